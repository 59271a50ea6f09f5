"""The reading help of a follow-up: what the words of assessment mean, as the plan prints it or as in R14."""

from collections.abc import Iterator, Mapping
from typing import Any

from db.rules.bedomning import Farg, from_farg, say_bedomning
from db.rules.koder import Bedomningsskala
from db.rules.plan import Plandokument
from db.rules.riktvarde import Maluppfyllelse
from db.rules.tabell import NAS, NAS_INTE, OKLART, PA_VAG, Del, Forklaring, Forklaringar, Stycke
from desktop.reports.plan.tabeller import FARG

_WORDS = (
    Forklaring(
        Maluppfyllelse.NAS.value,
        "Indikatorn når sitt riktvärde. När riktvärdet är öka, minska eller bibehålla jämförs talet med det "
        "ingående värdet, annars med det senaste utfallet.",
        NAS,
    ),
    Forklaring(
        Maluppfyllelse.PA_VAG.value, "Riktvärdet nås inte, men talet är bättre än det jämförs med.", PA_VAG
    ),
    Forklaring(
        Maluppfyllelse.NAS_INTE.value, "Riktvärdet nås inte och talet är oförändrat eller sämre.", NAS_INTE
    ),
    Forklaring(
        Maluppfyllelse.GAR_INTE.value,
        "Uppgift saknas eller är skyddad, eller riktvärdet är en text som bara en person kan bedöma.",
        OKLART,
    ),
)
_RULE = (
    "Ett mål är {gron} när fler än hälften av indikatorerna når riktvärdet och fler än hälften av "
    "aktiviteterna är klara. Det är {rod} när ingen indikator når riktvärdet och högst hälften av "
    "aktiviteterna är klara. Annars är det {gul}."
)
_PROGNOSIS = (
    "Under året är bedömningen en prognos: det som är på väg, och en påbörjad aktivitet, räknas som att "
    "det nås."
)
_ABOVE = "Ett mål som har mål under sig vägs samman av dem: är alla lika gäller det, annars är det {gul}."
_SOURCES = (
    "Det som planen trycker står som det är tryckt. Övriga tal är räknade ur Egenväg, inskrivna av "
    "förvaltningen eller hämtade ur Kolada. Totalt kan vara mer än summan av kvinnor och män när uppgift om "
    "kön saknas. Ordet saknas betyder att uppgiften inte finns."
)
_OVERRULED = "Har någon ändrat en bedömning står skälet under Ändrade bedömningar."
_DIRECTION = "Minst och högst före ett riktvärde säger åt vilket håll det bedöms. Planen skriver bara talet."


def reading_help(plan: Plandokument, *, prognos: bool) -> tuple[Del, ...]:
    """How goals are judged: the words of the indicators, the plan's own words with its printed rules, and
    what the machine does where the plan prints none."""
    parts: list[Del] = [Forklaringar(_WORDS, "Så bedöms målen"), Stycke(_DIRECTION)]
    words = {kod: say_bedomning(plan.bedomning, _code(plan, kod)) for kod in FARG}
    sources = Stycke(_SOURCES, "Var talen kommer ifrån")
    if plan.bedomning is Bedomningsskala.INGEN:
        return (*parts, sources)
    printed = tuple(_printed_rules(plan.regler, words, prognos=prognos))
    if printed:
        parts.append(Forklaringar(printed))
    lines = [] if printed else [_RULE.format(**words)]
    lines += [_PROGNOSIS] if prognos else []
    lines.append(str(plan.regler.get("sammanvagning") or _ABOVE.format(**words)))
    parts.append(Stycke("\n".join([*lines, _OVERRULED])))
    if states := tuple(_states(plan.regler)):
        parts.append(Forklaringar(states, "Aktiviteternas läge"))
    return (*parts, sources)


def _code(plan: Plandokument, farg: str) -> str:
    return from_farg(plan.bedomning, Farg(farg))


def _printed_rules(
    regler: Mapping[str, Any], words: Mapping[str, str], *, prognos: bool
) -> Iterator[Forklaring]:
    """The rules as the plan's file holds them for delår or årsbokslut; nothing where it holds none."""
    for rule in _dicts(regler.get("delarsbokslut" if prognos else "arsbokslut")):
        farg = str(rule.get("farg", ""))
        text = " ".join(str(rule[key]) for key in ("rubrik", "text") if rule.get(key))
        yield Forklaring(words.get(farg, farg), text, FARG.get(farg, ""))


def _states(regler: Mapping[str, Any]) -> Iterator[Forklaring]:
    for state in _dicts(regler.get("aktivitetsstatus")):
        yield Forklaring(str(state.get("status", "")), str(state.get("text", "")))


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
