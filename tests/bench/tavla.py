"""The board of Flöde with every card, and the overview Ansvar, against the same facts asked bare."""

from typing import Any

from db.aktor import SYSTEM
from db.queries.ansvar import read_ansvar
from db.queries.tavla import read_tavla
from db.session import Store
from tests.bench.figurer import bare
from tests.bench.harness import Row, compare
from tests.bench.registers import PER, selects_of

PROMISE = 1.5
_DAY = PER.isoformat()
_OPEN = f"k.avslutad IS NULL AND k.inskriven<='{_DAY}'"
TAVLA = (
    f"""SELECT k.id, k.spar, k.koordinator, k.inskriven, d.id, d.skyddad, fornamn, efternamn, personnummer,
     sortering, kon, fodelsedatum, omrade, p.steg_id, max(p.fran, k.inskriven)
     FROM inskrivning k JOIN deltagare d ON d.id=k.deltagare_id LEFT JOIN stegperiod p ON p.id=
      (SELECT q.id FROM stegperiod q JOIN steg s ON s.id=q.steg_id WHERE q.inskrivning_id=k.id
       AND q.fran<='{_DAY}' ORDER BY q.fran DESC, s.ordning DESC LIMIT 1) WHERE {_OPEN}""",
    f"""SELECT i.inskrivning_id, t.namn, e.namn, i.start, coalesce(i.slut, i.planerat_slut)
     FROM inskrivning k JOIN insats i ON i.inskrivning_id=k.id JOIN insatstyp t ON t.id=i.insatstyp_id
     LEFT JOIN enhet e ON e.id=i.enhet_id WHERE {_OPEN} AND (i.slut IS NULL OR i.slut>='{_DAY}')""",
    f"""SELECT m.deltagare_id, min(m.datum) FROM mote m JOIN inskrivning k ON k.deltagare_id=m.deltagare_id
     WHERE {_OPEN} AND m.datum>='{_DAY}' AND NOT m.uteblev GROUP BY 1""",
)


def measure(store: Store, rounds: int = 5) -> list[Row]:
    """A row for the board and one for Ansvar; the register must be on SQLite.

    Ansvar is the work lists of everybody: its floor is what it asks itself, sent bare.
    """

    def board() -> None:
        with store.read(SYSTEM) as session:
            read_tavla(session, SYSTEM, PER)

    def ansvar() -> None:
        with store.read(SYSTEM) as session:
            read_ansvar(session, SYSTEM, PER)

    asked = selects_of(store, ansvar)
    with bare(store) as cursor:

        def floor(statements: list[tuple[str, Any]]) -> None:
            for sql, values in statements:
                cursor.execute(sql, values).fetchall()

        return [
            compare(
                "flödet: alla kort på tavlan", board, lambda: floor([(s, ()) for s in TAVLA]), PROMISE,
                rounds=rounds,
            ),
            compare(
                "ansvar: allas arbetslistor", ansvar, lambda: floor(asked), PROMISE, rounds=rounds,
                note=f"{len(asked)} frågor",
            ),
        ]  # fmt: skip
