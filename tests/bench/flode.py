"""The figures of the screen Flöde against the best SQL that we can write by hand for the same.

The floor asks SQLite bare, and leaves to others what is done with the rows.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from db.aktor import SYSTEM
from db.queries import flode
from db.rules.flode import list_matdagar
from db.session import Store
from tests.bench.figurer import FLOOR, bare
from tests.bench.harness import Row, compare

PROMISE = 1.5
FRAN, SLUT = date(2024, 1, 1), date(2024, 12, 31)
VECKOR = list_matdagar(date(2024, 7, 2), SLUT)  # 26 weeks and the day they begin

KURVOR = """SELECT steg_id, kon, CASE WHEN fran>'2024-07-02' THEN
     (CAST(julianday(fran)-julianday('2024-07-02') AS INTEGER)+6)/7 ELSE 0 END,
     CASE WHEN nasta IS NOT NULL THEN (CAST(julianday(nasta)-julianday('2024-07-02') AS INTEGER)+6)/7
     ELSE (CAST(julianday(till)-julianday('2024-07-02') AS INTEGER)+7)/7 END, count(*) FROM
    (SELECT *, coalesce(nasta, CASE WHEN avslutad<='2024-12-31' THEN avslutad END) till FROM
     (SELECT steg_id, kon, max(p.fran, inskriven) fran, avslutad,
       lead(p.fran) OVER (PARTITION BY p.inskrivning_id ORDER BY p.fran, s.ordning) nasta
      FROM stegperiod p JOIN steg s ON s.id=p.steg_id JOIN inskrivning k ON k.id=p.inskrivning_id
      JOIN deltagare d ON d.id=k.deltagare_id WHERE inskriven<='2024-12-31'
      AND (avslutad IS NULL OR avslutad>='2024-07-02') AND p.fran<='2024-12-31'
      AND (avslutad IS NULL OR p.fran<=avslutad)))
    WHERE (till IS NULL OR till>='2024-07-02') AND (nasta IS NULL OR nasta>fran) GROUP BY 1, 2, 3, 4"""
INSKRIVNA = """SELECT kon, CASE WHEN inskriven>'2024-07-02' THEN
     (CAST(julianday(inskriven)-julianday('2024-07-02') AS INTEGER)+6)/7 ELSE 0 END,
     CASE WHEN avslutad<='2024-12-31' THEN
     (CAST(julianday(avslutad)-julianday('2024-07-02') AS INTEGER)+7)/7 END, count(*)
    FROM inskrivning k JOIN deltagare d ON d.id=k.deltagare_id WHERE inskriven<='2024-12-31'
    AND (avslutad IS NULL OR avslutad>='2024-07-02') GROUP BY 1, 2, 3"""
IDAG = (
    """SELECT kon, count(*) FROM inskrivning k JOIN deltagare d ON d.id=k.deltagare_id
    WHERE inskriven<='2024-12-31' AND (avslutad IS NULL OR avslutad>='2024-12-31') GROUP BY 1""",
    """SELECT steg_id, kon, julianday('2024-12-31')-julianday(fran), count(*) FROM
    (SELECT steg_id, kon, max(p.fran, inskriven) fran,
      lead(p.fran) OVER (PARTITION BY p.inskrivning_id ORDER BY p.fran, s.ordning) nasta
     FROM stegperiod p JOIN steg s ON s.id=p.steg_id JOIN inskrivning k ON k.id=p.inskrivning_id
     JOIN deltagare d ON d.id=k.deltagare_id WHERE inskriven<='2024-12-31'
     AND (avslutad IS NULL OR avslutad>='2024-12-31') AND p.fran<='2024-12-31')
    WHERE nasta IS NULL GROUP BY 1, 2, 3""",
)
RESULTAT = """SELECT resultat, kon, count(*) FROM inskrivning k JOIN deltagare d ON d.id=k.deltagare_id
    WHERE avslutad BETWEEN '2024-01-01' AND '2024-12-31' GROUP BY 1, 2"""
VAGAR = """SELECT steg_id, typ, resultat, kon, count(*) FROM
    (SELECT resultat, kon,
      (SELECT steg_id FROM stegperiod p JOIN steg s ON s.id=p.steg_id WHERE p.inskrivning_id=k.id
       AND p.fran<=k.avslutad ORDER BY p.fran DESC, s.ordning DESC LIMIT 1) steg_id,
      (SELECT insatstyp_id FROM insats i WHERE i.inskrivning_id=k.id AND i.start<=k.avslutad
       ORDER BY i.start DESC, i.id DESC LIMIT 1) typ
     FROM inskrivning k JOIN deltagare d ON d.id=k.deltagare_id
     WHERE avslutad BETWEEN '2024-01-01' AND '2024-12-31') GROUP BY 1, 2, 3, 4"""

Figures = dict[str, tuple[Callable[[Session], Any], tuple[str, ...]]]  # ours, and the floor's statements
FIGURES: Figures = {
    "flödet: in, ut, steg och dagar ett år": (
        lambda s: (flode.count_genomflode(s, FRAN, SLUT), flode.list_steg(s, FRAN, SLUT)),
        FLOOR["flode"],
    ),
    "flödet: inskrivna idag, över riktvärdet, resultat ett år": (
        lambda s: (
            flode.count_inskrivna(s, SLUT),
            flode.list_steg(s, SLUT, SLUT),
            flode.count_resultat(s, FRAN, SLUT),
        ),
        (*IDAG, RESULTAT),
    ),
    "flödet: hur många i varje steg, 26 veckor": (
        lambda s: flode.list_kurvor(s, VECKOR),
        (KURVOR, INSKRIVNA),
    ),
    "flödet: vart de gick ett år": (lambda s: flode.list_vagar(s, FRAN, SLUT), (VAGAR,)),
}


def measure(store: Store, rounds: int = 5, figures: Figures = FIGURES) -> list[Row]:
    """A row for each figure; the register must be on SQLite."""
    with bare(store) as cursor:

        def floor(statements: tuple[str, ...]) -> None:
            for sql in statements:
                cursor.execute(sql).fetchall()

        def ours(figure: Callable[[Session], Any]) -> None:
            with store.read(SYSTEM) as session:
                figure(session)

        return [
            compare(what, lambda f=figure: ours(f), lambda s=sql: floor(s), PROMISE, rounds=rounds)  # type: ignore[misc]
            for what, (figure, sql) in figures.items()
        ]
