"""The picture of the screen Aktivitetskrav against the best SQL that we can write by hand for the same."""

from db.aktor import SYSTEM
from db.queries.figurer.aktivitetskrav import list_andelar
from db.rules.period import parse_period
from db.session import Store
from tests.bench import flode
from tests.bench.harness import Row
from tests.bench.registers import PER

MANADER = tuple(parse_period(f"2024-{manad:02}") for manad in range(1, 13))
ANDELAR = """SELECT kon, substr(f, 1, 7), count(*), sum(a<=f) FROM
    (SELECT kon, avslutat, date(beslut,'14 days') f, max(beslut, (SELECT min(i.start) FROM inskrivning k
      JOIN insats i ON i.inskrivning_id=k.id JOIN insatstyp t ON t.id=i.insatstyp_id
      WHERE k.deltagare_id=x.deltagare_id AND t.raknas_som_aktivitet AND i.start<='2024-12-31'
      AND (i.slut IS NULL OR i.slut>=x.beslut))) a
     FROM arende x JOIN deltagare d ON d.id=x.deltagare_id
     WHERE utfall='bifall' AND beslut BETWEEN '2023-12-18' AND '2024-12-17')
    WHERE avslutat IS NULL OR avslutat>f OR a<=f GROUP BY 1, 2"""

FIGURES: flode.Figures = {
    "aktivitetskravet: andel per månad ett år": (
        lambda s: list_andelar(s, SYSTEM, MANADER, PER),
        (ANDELAR,),
    ),
}


def measure(store: Store) -> list[Row]:
    """A row for each figure; the register must be on SQLite."""
    return flode.measure(store, figures=FIGURES)
