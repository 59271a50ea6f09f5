"""The invented municipality's own plan of the year, with its follow-ups so far, as in a register in use."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.plan_import import put_plan
from db.models import Aktivitetsstatus, Plan, Planaktivitet, Planindikator, Plankommentar
from db.rules.koder import Aktivitetslage, Bedomningsskala, Indikatorslag
from db.rules.plan import (
    INGAENDE,
    Aktivitet,
    Arshjul,
    Indikator,
    Mal,
    Plandokument,
    Varde,
    follow_up_period,
    plain_period,
)

CHEF = "karin.orndal"
KLART_EFTER = timedelta(days=12)  # after the last day of a period its follow-up is written
_BRA = "deltagare-bemotande"
_NIVA = ("malomrade", "namndmal")

# Goal: number, title; and its indicators: row id, name, unit, targets of last year, this year and next.
_MAL = (
    ("A", "", "Fler försörjer sig själva", ()),
    ("1", "A", "Fler går från ekonomiskt bistånd till arbete eller studier", (
        ("avslut.andel_arbete_studier", "Avslutade till arbete eller studier, andel", "andel", (30, 38, 42)),
        ("avslut.andel_egen_forsorjning", "Avslutade till egen försörjning, andel", "andel", (55, 58, 60)),
        ("ej_ateraktualiserade.andel", "Hushåll som inte kommer tillbaka, andel", "andel", (70, 75, 75)),
    )),
    ("2", "A", "Den som söker bistånd är i aktivitet i tid", (
        ("aktivitetskrav.andel_uppfyllt", "Aktivitet inom fjorton dagar, andel", "andel", (55, 70, 80)),
        ("aktivitetskrav.dagar_median", "Dagar från beslut till aktivitet, median", "dagar", (14, 12, 10)),
        ("vantetid.medel", "Väntan från ansökan till beslut, medel", "dagar", (14, 13, 12)),
    )),
    ("B", "", "Rätt insats och rätt plats", ()),
    ("3", "B", "Ingen står utan insats eller planering", (
        ("deltagare.med_insats_senaste_manaden_andel", "Deltagare med insats senaste månaden, andel", "andel",
         (80, 80, 85)),
        ("planering.andel_aktuell", "Deltagare med aktuell planering, andel", "andel", (70, 80, 85)),
        ("", "Deltagare som är nöjda med bemötandet, andel", "andel", (83, 85, 86)),
    )),
    ("4", "B", "Platserna används", (
        ("belaggning.intern.grad", "Beläggning på interna platser", "andel", (75, 80, 80)),
        ("belaggning.extern.grad", "Beläggning på externa platser", "andel", (60, 65, 70)),
    )),
)  # fmt: skip
_VOLYMER = (
    ("deltagare.unika", "Deltagare i arbetsmarknadsinsatser"),
    ("avslut.totalt", "Avslutade deltagare"),
    ("osa.totalt", "Personer i offentligt skyddat arbete"),
    ("moten.fysiska_arbetsmarknad", "Fysiska möten inom arbetsmarknadsverksamheten"),
    ("hushall.utbetalning", "Hushåll med utbetalat ekonomiskt bistånd"),
)
# Activity: goal, what, what comes of it, how far it has come, and what is said of that.
_AKTIVITETER = (
    ("1", "Matchning mot vård och handel tillsammans med arbetsgivare", "Fler anställningar utan stöd",
     Aktivitetslage.KLAR, "Fem arbetsgivare deltar."),
    ("1", "Studievägledning på plats varje vecka", "Fler börjar studera", Aktivitetslage.PABORJAD, ""),
    ("2", "Första mötet bokas samma dag som beslutet", "Kortare tid till aktivitet", Aktivitetslage.KLAR, ""),
    ("2", "Genomgång av ärenden utan aktivitet varje måndag", "Ingen blir stående", Aktivitetslage.PABORJAD,
     "Införd på två av tre enheter."),
    ("3", "Planering skrivs tillsammans med deltagaren", "Aktuella planeringar", Aktivitetslage.VANTAR,
     "Utbildningen är flyttad till hösten."),
    ("4", "Lediga platser visas för alla handläggare", "Platser fylls snabbare", Aktivitetslage.KLAR, ""),
)  # fmt: skip


def add_plan(session: Session, per: date) -> None:
    """Put the plan of the year of `per` into a new register, followed up so far; the caller commits."""
    ar = per.year
    dokument = make_plan(ar)
    plan = put_plan(session, f"exempelkommun-{ar}", dokument)
    gjorda = [text for text in dokument.uppfoljning if follow_up_period(text).till + KLART_EFTER <= per]
    for text in gjorda:
        _follow_up(session, plan, text)
    session.flush()


def make_plan(ar: int) -> Plandokument:
    """The plan of a year as a document."""
    mal, indikatorer = [], []
    for nummer, over, titel, rader in _MAL:
        mal.append(Mal(_kod(ar, nummer), _NIVA[bool(over)], titel, _kod(ar, over) if over else "", nummer))
        for beraknas, namn, enhet, riktvarden in rader:
            indikatorer.append(_indikator(ar, nummer, beraknas, namn, enhet, riktvarden))
    volymer = tuple(
        Indikator(
            f"ex{ar}-{id_}", namn, "antal", not id_.startswith("hushall"), Indikatorslag.VOLYM, beraknas=id_
        )
        for id_, namn in _VOLYMER
    )
    aktiviteter = tuple(
        Aktivitet(text, _kod(ar, nummer), forvantad_effekt=effekt)
        for nummer, text, effekt, *_ in _AKTIVITETER
    )
    return Plandokument(
        "Exempelkommun", "Arbetsmarknadsnämnden", ar, f"Verksamhetsplan {ar}",
        bedomning=Bedomningsskala.GRON_GUL_ROD, uppfoljning=(f"{ar}-03", f"{ar}-08", f"{ar}-12"),
        mal=tuple(mal), aktiviteter=aktiviteter, indikatorer=tuple(indikatorer), volymer=volymer,
        arshjul=(
            Arshjul("april", ("Uppföljning per mars",)),
            Arshjul("september", ("Uppföljning per augusti",)),
            Arshjul("november", ("Verksamhetsplan för nästa år",)),
            Arshjul("januari", ("Bokslut",)),
        ),
    )  # fmt: skip


def _kod(ar: int, nummer: str) -> str:
    return f"ex{ar}-{nummer.lower()}"


def _indikator(
    ar: int, mal: str, beraknas: str, namn: str, enhet: str, riktvarden: tuple[int, int, int]
) -> Indikator:
    varden: tuple[Varde, ...] = ()
    if not beraknas:  # what only a survey can tell
        varden = (
            Varde(INGAENDE, "82.0", "80.0", "81.0"),
            Varde(f"{ar}-03", "83.0", "81.0", "82.0"),
            Varde(f"{ar}-08", "86.0", "82.0", "84.0"),
        )
    return Indikator(
        f"ex{ar}-{beraknas or _BRA}", namn, enhet, not beraknas.startswith("belaggning"), mal=_kod(ar, mal),
        kalla="" if beraknas else "Deltagarenkät", beraknas=beraknas, varden=varden,
        riktvarden=tuple(
            Varde(str(year), totalt=str(tal)) for year, tal in enumerate(riktvarden, ar - 1)
        ),
    )  # fmt: skip


def _follow_up(session: Session, plan: Plan, text: str) -> None:
    """How far the activities had come, and a comment, at a follow-up."""
    period, dag = plain_period(text), follow_up_period(text).till + KLART_EFTER
    told = {rad[1]: rad for rad in _AKTIVITETER}
    for rad in session.scalars(select(Planaktivitet).where(Planaktivitet.plan_id == plan.id)):
        *_, lage, kommentar = told[rad.text]
        session.add(Aktivitetsstatus(
            aktivitet_id=rad.id, period=period, status=lage.value, kommentar=kommentar, signatur=CHEF,
            datum=dag,
        ))  # fmt: skip
    indikator = session.scalars(
        select(Planindikator).where(
            Planindikator.plan_id == plan.id, Planindikator.beraknas == _MAL[2][3][0][0]
        )
    ).one()
    session.add(Plankommentar(
        indikator_id=indikator.id, period=period, signatur=CHEF, datum=dag,
        text="Tiden till aktivitet är kortare, men två enheter bokar fortfarande första mötet för sent.",
        atgard="Tider för första mötet hålls fria varje dag.", klart="kvartal 1",
    ))  # fmt: skip
