"""The figures of the screen Avslut against the best SQL that we can write by hand for the same."""

from datetime import date

from db.aktor import SYSTEM
from db.queries.figurer.avslut import count_unika, list_avslutsrader, make_figures
from db.queries.figurer.efter_avslut import count_forsorjning, list_varaktighet
from db.queries.idag.scope import Omfang
from db.queries.uppfoljningslista import count_sedan
from db.rules.period import parse_period
from db.session import Store
from tests.bench import flode
from tests.bench.harness import Row
from tests.bench.registers import PER

PERIOD = parse_period("2024")
_JOIN = "FROM inskrivning k JOIN deltagare d ON d.id=k.deltagare_id"
_YEAR = "avslutad BETWEEN '2024-01-01' AND '2024-12-31'"
_WORK = "resultat IN ('arbete','arbete med stöd','eget företag')"
_STUDY = "resultat IN ('arbete','arbete med stöd','eget företag','studier')"
RESULTAT = (
    f"""SELECT kon, resultat, minst_en_manad, (SELECT CAST(julianday(min(n.inskriven))-julianday(k.avslutad)
     AS INTEGER) FROM inskrivning n WHERE n.deltagare_id=k.deltagare_id AND n.inskriven>k.avslutad
     AND n.inskriven<=min(date(k.avslutad,'365 days'),'2024-12-31')) dagar, count(*) {_JOIN} WHERE {_YEAR}
     GROUP BY 1, 2, 3, 4""",
    f"""SELECT kon, count(DISTINCT k.deltagare_id) {_JOIN} WHERE {_YEAR}
     AND (resultat='studier' OR {_WORK} AND minst_en_manad) GROUP BY 1""",
)
FORSORJNING = (
    f"SELECT forsorjning_fore, forsorjning_efter, kon, count(*) {_JOIN} WHERE {_YEAR} GROUP BY 1, 2, 3"
)


def _later(slag: str, fran: str, till: str) -> str:
    return f"""SELECT kon, resultat, u.forsorjning, count(*) {_JOIN} LEFT JOIN uppfoljning u
     ON u.inskrivning_id=k.id AND slag='{slag}' AND genomford<='2024-12-31'
     WHERE avslutad>'{fran}' AND avslutad<='{till}' AND {_STUDY} GROUP BY 1, 2, 3"""


VARAKTIGHET = (
    f"""SELECT kon, resultat, minst_en_manad, count(*) {_JOIN} WHERE {_WORK} AND avslutad IS NOT NULL
     AND coalesce(arbete_fran, avslutad)>'2023-11-30' AND coalesce(arbete_fran, avslutad)<='2024-11-30'
     GROUP BY 1, 2, 3""",
    _later("6 månader", "2023-06-30", "2024-06-30"),
    _later("12 månader", "2022-12-31", "2023-12-31"),
)
SEDAN = (
    f"""SELECT k.id, avslutad, resultat, arbete_fran, planerad {_JOIN} LEFT JOIN uppfoljning u
     ON u.inskrivning_id=k.id AND slag='1 månad' AND genomford IS NULL
     WHERE avslutad IS NOT NULL AND minst_en_manad IS NULL AND {_WORK}""",
    f"""SELECT genomford IS NULL, u.forsorjning IS NULL, slag, resultat, kon, count(*)
     {_JOIN} JOIN uppfoljning u ON u.inskrivning_id=k.id WHERE avslutad IS NOT NULL
     AND (genomford IS NULL AND planerad>'2025-01-07' AND NOT (slag='1 månad' AND minst_en_manad IS NULL
     AND {_WORK}) OR genomford BETWEEN '2024-01-01' AND '2024-12-31') GROUP BY 1, 2, 3, 4, 5""",
)

FIGURES: flode.Figures = {
    "avslut: resultat, egen försörjning, återkomster": (
        lambda s: make_figures(list_avslutsrader(s, PERIOD, PER), count_unika(s, PERIOD, PER)),
        RESULTAT,
    ),
    "avslut: försörjning före och efter": (lambda s: count_forsorjning(s, PERIOD, PER), (FORSORJNING,)),
    "avslut: kvar efter 1, 6 och 12 månader": (lambda s: list_varaktighet(s, PERIOD, PER), VARAKTIGHET),
    "avslut: uppföljningar senare och gjorda": (
        lambda s: count_sedan(s, SYSTEM, PER, Omfang.ALLA, (date(2024, 1, 1), PER)),
        SEDAN,
    ),
}


def measure(store: Store) -> list[Row]:
    """A row for each figure; the register must be on SQLite."""
    return flode.measure(store, figures=FIGURES)
