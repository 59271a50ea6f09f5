"""The figures of the screen OSA against the best SQL that we can write by hand for the same."""

from db.aktor import SYSTEM
from db.queries.osa import OsaTid
from db.queries.osa_platser import read_osa_platser
from db.queries.osa_siffror import list_ar, read_siffror, year_span
from db.session import Store
from tests.bench.figurer import FLOOR, INSATS, bare
from tests.bench.harness import Row, compare
from tests.bench.platser import FLOOR as PLATSER
from tests.bench.registers import PER

PROMISE = 1.5
_DAY = PER.isoformat()
_SPANS = " UNION ALL ".join(
    f"SELECT {nr} nr, '{fran}' fran, '{till}' till"
    for nr, (fran, till) in enumerate(
        (*(year_span(ar, PER) for ar in list_ar(PER)), year_span(PER.year, PER))
    )
)
PERSONER = f"""SELECT nr, kon, sum(a OR b), sum(a), sum(b), sum(a OR c) FROM
    (SELECT y.nr, k.deltagare_id, max(t.namn='OSA-anställning') a, max(t.namn='praktik inför OSA') b,
     max(t.namn='lönebidragsanställning') c FROM insats i JOIN insatstyp t ON t.id=i.insatstyp_id
     JOIN inskrivning k ON k.id=i.inskrivning_id
     JOIN ({_SPANS}) y ON i.start<=y.till AND (i.slut IS NULL OR i.slut>=y.fran)
     WHERE t.namn IN ('OSA-anställning','praktik inför OSA','lönebidragsanställning') GROUP BY 1, 2) p
    JOIN deltagare d ON d.id=p.deltagare_id GROUP BY 1, 2"""
GAR_UT = f"""SELECT kon, count(DISTINCT d.id) FROM insats i JOIN insatstyp t ON t.id=i.insatstyp_id
    JOIN inskrivning k ON k.id=i.inskrivning_id JOIN deltagare d ON d.id=k.deltagare_id
    JOIN osa_beslut b ON b.insats_id=i.id AND b.fran<='{_DAY}' AND b.till>='{_DAY}'
    WHERE t.namn='OSA-anställning' AND {INSATS} AND b.till<=date('{_DAY}','60 days')
    AND NOT EXISTS(SELECT 1 FROM osa_beslut n WHERE n.insats_id=i.id AND n.fran=date(b.till,'1 day'))
    GROUP BY 1"""
OSA_PER_ENHET = f"""SELECT enhet_id, count(*) FROM insats i JOIN insatstyp t ON t.id=i.insatstyp_id
    WHERE t.namn IN ('OSA-anställning','praktik inför OSA') AND i.start<='{_DAY}'
    AND (i.slut IS NULL OR i.slut>='{_DAY}') GROUP BY 1"""
# Persons of the year stand in the first statement, so the report's own first one is left out.
FIGURES = (PERSONER, *FLOOR["osa"][1:], GAR_UT)
PLACES = (
    OSA_PER_ENHET,
    f"""SELECT enhet_id, count(*) FROM insats WHERE enhet_id IN (SELECT id FROM enhet) AND slut>='{_DAY}'
     AND start<='{_DAY}' GROUP BY 1 UNION ALL SELECT enhet_id, count(*) FROM insats
     WHERE enhet_id IN (SELECT id FROM enhet) AND slut IS NULL AND start<='{_DAY}' GROUP BY 1""",
    *PLATSER[2:5],
)


def measure(store: Store, rounds: int = 9) -> list[Row]:
    """A row for the figures and one for the places; the register must be on SQLite."""
    tid = OsaTid(PER.replace(month=1, day=1), PER, PER)
    with bare(store) as cursor:

        def floor(statements: tuple[str, ...]) -> None:
            for sql in statements:
                cursor.execute(sql).fetchall()

        def figures() -> None:
            with store.read(SYSTEM) as session:
                read_siffror(session, SYSTEM, tid, 110)

        def places() -> None:
            with store.read(SYSTEM) as session:
                read_osa_platser(session, SYSTEM, PER, PER)

        return [
            compare(
                "OSA: sex års personer, övergångar, beslut",
                figures,
                lambda: floor(FIGURES),
                PROMISE,
                rounds=rounds,
            ),
            compare("OSA: platser på interna enheter", places, lambda: floor(PLACES), PROMISE, rounds=rounds),
        ]
