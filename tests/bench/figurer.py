"""All figures of the reports against the best SQL that we can write by hand for the same figures.

The floor asks SQLite bare and leaves out what makes it dear for us: ärenden with undantag (their frist cannot
be worked out in plain SQL), months shared by two ärenden of a household, runs with pauses, decisions.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib import import_module
from statistics import median
from typing import Any

from db.aktor import SYSTEM
from db.rules.period import parse_period
from db.rules.sidor import Sida
from db.rules.suppression import hide
from db.rules.suppression_minne import hide_sides, read_out
from db.session import Store
from desktop.reports.registry import REPORTS as REGISTRY
from tests.bench.harness import Row, clock, compare

PROMISE = 1.5
PERIOD = parse_period("2024")
REPORTS = ("deltagare", "aktivitetskrav", "flode", "bip", "avslut", "osa", "belaggning", "bistand")
ACTIVE = "{0}<='2024-12-31' AND ({1} IS NULL OR {1}>='2024-01-01')"
INSATS = ACTIVE.format("i.start", "i.slut")
DAYS = "julianday(min(coalesce(i.slut,'2024-12-31'),'2024-12-31'))-julianday(max(i.start,'2024-01-01'))+1"
GRANTED = "utfall='bifall' AND +beslut<='2024-12-31' AND (avslutat IS NULL OR avslutat>'2024-12-31')"
M = 2024 * 12  # January

FLOOR: dict[str, tuple[str, ...]] = {
    "deltagare": (
        f"""SELECT kon, count(*), sum(ny), sum(slut), sum(sista), sum(fodelsedatum>'1999-12-31') FROM
        (SELECT deltagare_id, max(inskriven>='2024-01-01') ny, max(avslutad<='2024-12-31') slut,
         max(avslutad IS NULL OR avslutad>='2024-12-31') sista FROM inskrivning
         WHERE {ACTIVE.format("inskriven", "avslutad")} GROUP BY 1) p
        JOIN deltagare d ON d.id=p.deltagare_id GROUP BY kon""",
        """SELECT kon, count(*), sum(med), sum(plan) FROM
        (SELECT k.deltagare_id, max(EXISTS(SELECT 1 FROM inskrivning k2 JOIN insats i ON
         i.inskrivning_id=k2.id
          WHERE k2.deltagare_id=k.deltagare_id AND i.start<='2024-12-31'
          AND (i.slut IS NULL OR i.slut>='2024-12-02'))) med,
         max((SELECT nasta_uppfoljning FROM planering p WHERE p.inskrivning_id=k.id
          AND upprattad<='2024-12-31' ORDER BY upprattad DESC LIMIT 1)>='2024-12-31') plan
         FROM inskrivning k WHERE inskriven<='2024-12-31' AND (avslutad IS NULL OR avslutad>='2024-12-31')
         GROUP BY 1) p JOIN deltagare d ON d.id=p.deltagare_id GROUP BY kon""",
        f"""SELECT insatstyp_id, kon, count(*), sum(n), sum(dagar) FROM
        (SELECT k.deltagare_id, insatstyp_id, count(*) n, sum(({DAYS})*omfattning) dagar FROM insats i
         JOIN inskrivning k ON k.id=i.inskrivning_id WHERE {INSATS} GROUP BY 1, 2) p
        JOIN deltagare d ON d.id=p.deltagare_id GROUP BY 1, 2""",
        """SELECT verksamhet, kon, count(*) FROM mote m JOIN deltagare d ON d.id=m.deltagare_id
        WHERE datum BETWEEN '2024-01-01' AND '2024-12-31' AND form='fysiskt' AND NOT uteblev GROUP BY 1,
         2""",
    ),
    "aktivitetskrav": (
        """SELECT kon, CASE WHEN f<a THEN 's' WHEN a IS NOT NULL THEN 'u' WHEN avslutat<=f THEN 'x' ELSE
         'f' END,
        julianday(a)-julianday(beslut), count(*) FROM
        (SELECT kon, beslut, avslutat, date(beslut,'14 days') f, max(beslut, (SELECT min(i.start) FROM
         inskrivning k
          JOIN insats i ON i.inskrivning_id=k.id JOIN insatstyp t ON t.id=i.insatstyp_id
          WHERE k.deltagare_id=x.deltagare_id AND t.raknas_som_aktivitet AND i.start<='2024-12-31'
          AND (i.slut IS NULL OR i.slut>=x.beslut))) a
         FROM arende x JOIN deltagare d ON d.id=x.deltagare_id
         WHERE utfall='bifall' AND beslut BETWEEN '2023-12-18' AND '2024-12-17') GROUP BY 1, 2, 3""",
        f"""SELECT kon, count(*) FROM arende x JOIN deltagare d ON d.id=x.deltagare_id WHERE {GRANTED}
        AND NOT EXISTS(SELECT 1 FROM undantag u WHERE u.arende_id=x.id AND u.fran<='2024-12-31'
         AND (u.till IS NULL OR u.till>='2024-12-31'))
        AND NOT EXISTS(SELECT 1 FROM inskrivning k JOIN insats i ON i.inskrivning_id=k.id
         WHERE k.deltagare_id=x.deltagare_id AND i.start<='2024-12-31' AND (i.slut IS NULL OR
         i.slut>='2024-12-31')
         AND i.insatstyp_id IN (SELECT id FROM insatstyp WHERE raknas_som_aktivitet)) GROUP BY 1""",
    ),
    "flode": (
        """SELECT kon, CASE WHEN avslutad BETWEEN '2024-01-01' AND '2024-12-31'
         THEN julianday(avslutad)-julianday(inskriven) END, sum(inskriven>='2024-01-01'),
         sum(avslutad IS NULL OR avslutad>='2024-12-31'), count(*)
        FROM inskrivning k JOIN deltagare d ON d.id=k.deltagare_id
        WHERE inskriven<='2024-12-31' AND (avslutad IS NULL OR avslutad>='2024-01-01') GROUP BY 1, 2""",
        """SELECT steg_id, kon, julianday(coalesce(till,'2024-12-31'))-julianday(fran),
         nasta IS NULL AND (avslutad IS NULL OR avslutad>='2024-12-31'), till>='2024-01-01', count(*) FROM
        (SELECT *, coalesce(nasta, CASE WHEN avslutad<='2024-12-31' THEN avslutad END) till FROM
         (SELECT steg_id, kon, max(p.fran, inskriven) fran, avslutad,
           lead(p.fran) OVER (PARTITION BY p.inskrivning_id ORDER BY p.fran, s.ordning) nasta
          FROM stegperiod p JOIN steg s ON s.id=p.steg_id JOIN inskrivning k ON k.id=p.inskrivning_id
          JOIN deltagare d ON d.id=k.deltagare_id WHERE inskriven<='2024-12-31'
          AND (avslutad IS NULL OR avslutad>='2024-01-01') AND p.fran<='2024-12-31'
          AND (avslutad IS NULL OR p.fran<=avslutad)))
        WHERE (till IS NULL OR till>='2024-01-01') AND (nasta IS NULL OR nasta>fran)
        GROUP BY 1, 2, 3, 4, 5""",
    ),
    "bip": (
        """WITH m AS MATERIALIZED (SELECT id, kon FROM (SELECT k.id, kon,
          row_number() OVER (PARTITION BY k.deltagare_id ORDER BY inskriven DESC, k.id DESC) plats
          FROM inskrivning k JOIN deltagare d ON d.id=k.deltagare_id
          WHERE k.id IN (SELECT inskrivning_id FROM bip WHERE datum BETWEEN '2024-01-01' AND '2024-12-31'))
         WHERE plats=1),
        f AS MATERIALIZED (SELECT inskrivning_id, kon, svarande, indikator,
          max(cast(julianday(datum) AS INTEGER)*100+varde)%100
          -min(cast(julianday(datum) AS INTEGER)*100+varde)%100 f
         FROM bip JOIN m ON m.id=inskrivning_id WHERE datum<='2024-12-31'
         GROUP BY 1, 2, 3, 4 HAVING max(datum)>min(datum))
        SELECT NULL, NULL, kon, count(*), 0, 0 FROM m GROUP BY 3 UNION ALL
        SELECT svarande, NULL, kon, count(*), 0, sum(f>0) FROM
         (SELECT svarande, kon, sum(f) f FROM f GROUP BY inskrivning_id, svarande) GROUP BY 1, 3 UNION ALL
        SELECT svarande, indikator, kon, count(*), sum(f), sum(f>0) FROM f GROUP BY 1, 2, 3""",
    ),
    "avslut": (
        """SELECT kon, resultat, minst_en_manad, count(*), count(DISTINCT k.deltagare_id),
        sum(EXISTS(SELECT 1 FROM inskrivning n WHERE n.deltagare_id=k.deltagare_id AND
         n.inskriven>k.avslutad
         AND n.inskriven<=min(date(k.avslutad,'365 days'),'2024-12-31')))
        FROM inskrivning k JOIN deltagare d ON d.id=k.deltagare_id
        WHERE avslutad BETWEEN '2024-01-01' AND '2024-12-31' GROUP BY 1, 2, 3""",
    ),
    "osa": (
        f"""SELECT kon, count(*), sum(a), sum(b), sum(a OR c) FROM
        (SELECT k.deltagare_id, max(t.namn='OSA-anställning') a, max(t.namn='praktik inför OSA') b,
         max(t.namn='lönebidragsanställning') c FROM insats i JOIN insatstyp t ON t.id=i.insatstyp_id
         JOIN inskrivning k ON k.id=i.inskrivning_id WHERE {INSATS}
         AND t.namn IN ('OSA-anställning','praktik inför OSA','lönebidragsanställning') GROUP BY 1) p
        JOIN deltagare d ON d.id=p.deltagare_id GROUP BY 1""",
        f"""SELECT kon, count(DISTINCT d.id) FROM insats i JOIN insatstyp t ON t.id=i.insatstyp_id
        JOIN inskrivning k ON k.id=i.inskrivning_id JOIN deltagare d ON d.id=k.deltagare_id
        LEFT JOIN osa_beslut b ON b.insats_id=i.id AND b.fran<=i.start
        WHERE t.namn='OSA-anställning' AND {INSATS} AND coalesce(b.till,'')<coalesce(i.slut,'2024-12-31')
        GROUP BY 1""",
        """SELECT kon, count(DISTINCT d.id) FROM insats i JOIN insatstyp t ON t.id=i.insatstyp_id
        JOIN inskrivning k ON k.id=i.inskrivning_id JOIN deltagare d ON d.id=k.deltagare_id
        WHERE t.namn='OSA-anställning' AND i.slut BETWEEN '2024-01-01' AND '2024-12-31' AND
        EXISTS(SELECT 1 FROM inskrivning k2 JOIN insats n ON n.inskrivning_id=k2.id
         CROSS JOIN insatstyp t2 ON t2.id=n.insatstyp_id WHERE k2.deltagare_id=d.id AND n.start>=i.slut
         AND n.start<='2024-12-31' AND t2.namn IN ('nystartsjobb','lönebidragsanställning')) GROUP BY 1""",
    ),
    "belaggning": (
        f"SELECT enhet_id, sum({DAYS}) FROM insats i NOT INDEXED WHERE {INSATS} GROUP BY 1",
        "SELECT enhet_id, fran, till, platser FROM kapacitet",
        "SELECT enhet_id, ar, belopp_ore FROM kostnad",
    ),
    "bistand": (
        f"""SELECT count(*), sum(antal_barn) FROM (SELECT DISTINCT hushall_id FROM arende x
        JOIN deltagare d ON d.id=x.deltagare_id WHERE {GRANTED}) JOIN hushall h ON h.id=hushall_id""",
        f"""SELECT kon, count(*) FROM deltagare WHERE fodelsedatum<='2006-12-31' AND hushall_id IN
        (SELECT hushall_id FROM arende x JOIN deltagare d ON d.id=x.deltagare_id WHERE {GRANTED}) GROUP
         BY 1""",
        f"""SELECT kon, count(*), sum(ar>=10), sum(tre>=27), sum(ung*ar)/12.0, sum(slut AND NOT efter),
         sum(slut), sum(sista) FROM
        (SELECT hushall_id h, sum(ar) ar, sum(tre) tre, max(slut) slut, max(efter) efter, max(sista)
          sista FROM
         (SELECT arende_id, sum(manad BETWEEN {M} AND {M + 11}) ar,
           sum(manad BETWEEN {M + 11 - 35} AND {M + 11}) tre,
           sum(manad BETWEEN {M + 11 - 24} AND {M + 11})=25 sista,
           max(manad BETWEEN {M - 12} AND {M - 7}) slut, max(manad BETWEEN {M - 6} AND {M + 5}) efter
          FROM bistandsmanad GROUP BY 1) b
         JOIN arende x ON x.id=b.arende_id JOIN deltagare d ON d.id=x.deltagare_id GROUP BY 1)
        JOIN (SELECT hushall_id, kon, fodelsedatum>'1999-12-31' ung FROM deltagare) ON hushall_id=h
        GROUP BY 1""",
        """SELECT count(DISTINCT hushall_id) FROM arende x JOIN deltagare d ON d.id=x.deltagare_id
        WHERE avslutsorsak='annan försörjning' AND avslutat BETWEEN '2024-01-01' AND '2024-12-31'""",
        """SELECT kon, julianday(beslut)-julianday(ansokan), count(*) FROM arende x JOIN deltagare d
        ON d.id=x.deltagare_id WHERE beslut BETWEEN '2024-01-01' AND '2024-12-31' GROUP BY 1, 2""",
        f"""SELECT kon, count(DISTINCT d.id) FROM arende x JOIN deltagare d ON d.id=x.deltagare_id
        WHERE {GRANTED} AND forsorjningshinder LIKE 'sjuk%' GROUP BY 1""",
        f"""SELECT kon, count(*), sum(EXISTS(SELECT 1 FROM arende x JOIN bistandsmanad b ON b.arende_id=x.id
         WHERE x.deltagare_id=d.id AND b.manad={M}+strftime('%m',sista))) FROM
        (SELECT k.deltagare_id, max(coalesce(i.slut,'9999')) sista FROM insats i JOIN inskrivning k
         ON k.id=i.inskrivning_id WHERE i.insatstyp_id=(SELECT id FROM insatstyp
         WHERE namn='arbetsmarknadsanställning') GROUP BY 1 HAVING sista BETWEEN '2022-12-01' AND
         '2023-11-30') p
        JOIN deltagare d ON d.id=p.deltagare_id GROUP BY 1""",
    ),
}


def measure(store: Store, rounds: int = 5) -> list[Row]:
    """All reports together, each by itself in the note; the register must be on SQLite."""
    with bare(store) as cursor:

        def floor(namn: str) -> None:
            for sql in FLOOR[namn]:
                cursor.execute(sql).fetchall()

        def ours(namn: str) -> None:
            with store.read(SYSTEM) as session:
                import_module(f"db.queries.figurer.{namn}").figures(session, SYSTEM, PERIOD, PERIOD.till)

        rows = [compare(n, partial(ours, n), partial(floor, n), PROMISE, rounds=rounds) for n in REPORTS]
    vi, golv = sum(row.ours for row in rows), sum(row.floor for row in rows)
    var_for_sig = ", ".join(f"{row.what} {row.ratio:.2f}" for row in rows)
    return [Row("alla tal i årsrapporterna", vi, golv, PROMISE, note=f"var för sig: {var_for_sig}")]


PRINTS = 60


def measure_memory(store: Store) -> Row:
    """A report hidden against sixty earlier prints, against the second that it may take at most."""
    spec, figures = REGISTRY["deltagare"], import_module("db.queries.figurer.deltagare").figures

    def side(text: str) -> Sida:
        period = parse_period(text)
        with store.read(SYSTEM) as session:
            rows = tuple(figures(session, SYSTEM, period, period.till))
        return Sida(
            period.fran, period.till, period.till, rows, spec.sums(rows), spec.days(rows), spec.lager
        )  # fmt: skip

    delar = [f"-{d}" for d in ("T1", "T2", "T3", "H1", "H2", "Q1", "Q2", "Q3", "Q4")]
    delar += [f"-{manad:02}" for manad in range(1, 13)]
    texts = [f"{ar}{d}" for ar in (2022, 2023, 2024) for d in ("", *delar)][:PRINTS]
    out = [replace(s, dolda=hide(s.figurer, s.summor)) for s in map(side, texts)]
    new = side("2022-01-01..2024-12-31")
    seconds = median(clock(lambda: hide_sides([new], [read_out(s) for s in out])) for _ in range(3))
    return Row(f"dölja mot {PRINTS} tidigare rapporter, högst 1 s", seconds, 1.0, 1.0)


@contextmanager
def bare(store: Store) -> Iterator[Any]:
    """A cursor on the file itself, set up as our connections are."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(store.path))
    connection.execute("PRAGMA cache_size = -32768")
    connection.execute("PRAGMA temp_store = MEMORY")
    try:
        yield connection.cursor()
    finally:
        connection.close()
