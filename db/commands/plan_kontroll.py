"""What there is to tell of a goal, an activity, an indicator or a value before it is written in a plan."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from db.commands.findings import Finding
from db.rules.koder import Bedomningsskala
from db.rules.plan import (
    BEDOMNINGAR,
    ENHETER,
    NIVAER,
    Aktivitet,
    Indikator,
    Mal,
    Varde,
    find_cycles,
    is_planperiod,
)
from db.rules.planmatt import find_rapport
from db.rules.riktvarde import RiktvardeError, parse_riktvarde, parse_tal

Planrad = Mal | Aktivitet | Indikator
LONGEST = 20_000
LONGEST_TAL = 40
KON = {"kvinnor": "kvinnor", "man": "män", "totalt": "totalt"}


@dataclass(frozen=True, slots=True)
class Omgivning:
    """The plan around a row: the kod of what each goal hangs under, the kod of indicators, and the scale.
    `egen` is the kod of the row itself as it is written now, "" for a new one."""

    overordnat: Mapping[str, str]
    indikatorer: frozenset[str]
    skala: Bedomningsskala
    egen: str = ""


def clean_rad(rad: Planrad) -> Planrad:
    """The row without blanks at the ends of its texts, its numbers as the store holds them."""
    if isinstance(rad, Indikator):
        return replace(
            rad,
            kod=rad.kod.strip(),
            namn=rad.namn.strip(),
            varden=tuple(clean_varde(v) for v in rad.varden),
            riktvarden=tuple(clean_varde(v) for v in rad.riktvarden),
        )
    if isinstance(rad, Mal):
        return replace(rad, kod=rad.kod.strip(), titel=rad.titel.strip())
    return replace(rad, text=rad.text.strip())


def clean_varde(varde: Varde) -> Varde:
    """A value as the store holds it: "1 250,5" is "1250.5"; what is no number stays for the check to tell."""
    tal = {nyckel: _clean_tal(getattr(varde, nyckel)) for nyckel in KON}
    text = (varde.text or "").strip() or None
    return Varde(varde.period.strip(), tal["kvinnor"], tal["man"], tal["totalt"], text)


def check_rad(rad: Planrad, omgivning: Omgivning) -> Iterator[Finding]:
    """Everything to tell about a cleaned row."""
    if isinstance(rad, Mal):
        yield from _check_mal(rad, omgivning)
    elif isinstance(rad, Indikator):
        yield from _check_indikator(rad, omgivning)
    else:
        yield from _check_texts(
            nummer=rad.nummer, text=rad.text, beskrivning=rad.beskrivning, styrdokument=rad.styrdokument,
            forvantad_effekt=rad.forvantad_effekt, avrapporteras=rad.avrapporteras,
        )  # fmt: skip
        yield from _check_owner("mal", rad.mal, omgivning)
        if not rad.text:
            yield Finding("text", "Skriv vad aktiviteten är.", stops=True)


def check_varde(varde: Varde, *, is_mal: bool, falt: str = "") -> Iterator[Finding]:
    """Everything to tell about a cleaned value; fields are named with `falt` before them."""
    if not is_planperiod(varde.period):
        yield Finding(
            f"{falt}period", "Skriv perioden som 2024, 2024-T1, 2024-08 eller ingaende.", stops=True
        )
    for nyckel, ord_ in KON.items():
        tal: str | None = getattr(varde, nyckel)
        if tal is not None and (parse_tal(tal) is None or len(tal) > LONGEST_TAL):
            yield Finding(f"{falt}{nyckel}", f"Värdet för {ord_} är inget tal: {tal[:40]}.", stops=True)
    if varde == Varde(varde.period):
        yield Finding(f"{falt}totalt", "Skriv ett tal eller en text.", stops=True)
    yield from _check_texts(**{f"{falt}text": varde.text or ""})
    if is_mal and varde.text:
        try:
            parse_riktvarde(varde.text)
        except RiktvardeError as error:
            yield Finding(f"{falt}text", str(error), stops=True)


def check_text(falt: str, text: str, longest: int = LONGEST) -> Iterator[Finding]:
    """A text that is too long, or holds signs that do not show."""
    if len(text) > longest:
        yield Finding(falt, f"Texten är för lång. Högst {longest} tecken.", stops=True)
    if any(ord(tecken) < 32 and tecken not in "\n\t\r" for tecken in text) or "\x7f" in text:
        yield Finding(falt, "Texten innehåller styrtecken som inte syns. Ta bort dem.", stops=True)


def _check_texts(**texter: str) -> Iterator[Finding]:
    kort = {"nummer": 40, "kod": 120, "niva": 40, "enhet": 40, "beraknas": 120, "kolada": 20, "bedomning": 40}
    for falt, text in texter.items():
        yield from check_text(falt, text, kort.get(falt, LONGEST))


def _check_mal(mal: Mal, omgivning: Omgivning) -> Iterator[Finding]:
    yield from _check_texts(
        kod=mal.kod, niva=mal.niva, titel=mal.titel, nummer=mal.nummer, beskrivning=mal.beskrivning,
        bedomning=mal.bedomning,
    )  # fmt: skip
    yield from _check_kod(mal.kod, omgivning)
    yield from _check_word("niva", mal.niva, NIVAER)
    if not mal.titel:
        yield Finding("titel", "Skriv vad målet heter.", stops=True)
    yield from _check_owner("overordnat", mal.overordnat, omgivning)
    kvar = {kod: over for kod, over in omgivning.overordnat.items() if kod != omgivning.egen}
    # Goals below follow their goal when its id changes.
    trad = {kod: mal.kod if over == omgivning.egen and over else over for kod, over in kvar.items()}
    over = mal.kod if mal.overordnat and mal.overordnat == omgivning.egen else mal.overordnat
    if mal.kod in find_cycles({**trad, mal.kod: over}):
        yield Finding("overordnat", "Målet kan inte ligga under sig självt.", stops=True)
    yield from _check_bedomning(mal.bedomning, omgivning)


def _check_indikator(indikator: Indikator, omgivning: Omgivning) -> Iterator[Finding]:
    yield from _check_texts(
        kod=indikator.kod, namn=indikator.namn, enhet=indikator.enhet, kalla=indikator.kalla,
        definition=indikator.definition, beraknas=indikator.beraknas, koppling=indikator.koppling,
        kolada=indikator.kolada, nummer=indikator.nummer, bedomning=indikator.bedomning,
    )  # fmt: skip
    yield from _check_kod(indikator.kod, omgivning)
    yield from _check_word("enhet", indikator.enhet, ENHETER)
    if not indikator.namn:
        yield Finding("namn", "Skriv vad indikatorn heter.", stops=True)
    yield from _check_owner("mal", indikator.mal, omgivning)
    yield from _check_bedomning(indikator.bedomning, omgivning)
    if indikator.beraknas and not find_rapport(indikator.beraknas):
        yield Finding("beraknas", "Ingen rapport har den raden. Utfallet får skrivas in för hand.")
    for falt, varden in (("varden", indikator.varden), ("riktvarden", indikator.riktvarden)):
        yield from _check_varden(falt, varden)


def _check_varden(falt: str, varden: Iterable[Varde]) -> Iterator[Finding]:
    perioder: set[str] = set()
    for nummer, varde in enumerate(varden):
        yield from check_varde(varde, is_mal=falt == "riktvarden", falt=f"{falt}.{nummer}.")
        if varde.period in perioder:
            yield Finding(f"{falt}.{nummer}.period", f"Perioden {varde.period} står två gånger.", stops=True)
        perioder.add(varde.period)


def _check_kod(kod: str, omgivning: Omgivning) -> Iterator[Finding]:
    if not kod or "\n" in kod:
        yield Finding("kod", "Skriv ett id, på en rad.", stops=True)
    elif kod != omgivning.egen and (kod in omgivning.overordnat or kod in omgivning.indikatorer):
        yield Finding("kod", "Det id:t finns redan i planen.", stops=True)


def _check_word(falt: str, ord_: str, kanda: Mapping[str, str]) -> Iterator[Finding]:
    if not ord_.strip():
        yield Finding(falt, f"Välj något av: {', '.join(kanda.values())}.", stops=True)
    elif ord_ not in kanda:
        yield Finding(falt, f"”{ord_}” känns inte igen. Kända är: {', '.join(kanda)}.")


def _check_bedomning(bedomning: str, omgivning: Omgivning) -> Iterator[Finding]:
    if bedomning and bedomning not in BEDOMNINGAR[omgivning.skala]:
        yield Finding("bedomning", "Bedömningen hör inte till planens ord.")


def _check_owner(falt: str, kod: str, omgivning: Omgivning) -> Iterator[Finding]:
    if kod and kod not in omgivning.overordnat:
        yield Finding(falt, "Målet finns inte i planen.", stops=True)


def _clean_tal(tal: str | None) -> str | None:
    if tal is None or not tal.strip():
        return None
    last: Decimal | None = parse_tal(tal)
    return tal.strip() if last is None else f"{last:f}"
