"""What a follow-up says of goals beside their indicators: overview, activities, deviations, comments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from db.rules.bedomning import say_bedomning
from db.rules.koder import Aktivitetslage
from db.rules.planbild import Aktivitetsbild, Indikatorbild, Malbild
from db.rules.planvarden import Kalla, Utfall
from db.rules.riktvarde import Maluppfyllelse
from db.rules.tabell import NAS, NAS_INTE, OKLART, PA_VAG, Stycke, Tabell, Tabellcell, Tabellkolumn, Tabellrad
from desktop.reports import formats
from desktop.reports.plan.celler import SAKNAS, TOM
from desktop.reports.plan.tabeller import Tabellmakare, mal_name

LAGE = {
    Aktivitetslage.KLAR: NAS,
    Aktivitetslage.PABORJAD: PA_VAG,
    Aktivitetslage.VANTAR: NAS_INTE,
    Aktivitetslage.STOPPAD: NAS_INTE,
    Aktivitetslage.EJ_STARTAD: OKLART,
}
NOBODY = "Förvaltningen"
_OFF_COURSE = (Maluppfyllelse.NAS_INTE.value, Maluppfyllelse.PA_VAG.value)
_LONGEST_NAME = 200

Roller = Mapping[str, str]


def who_and_when(signatur: str, datum: object, roller: Roller) -> str:
    """Who said it, by role, and when: a paper for the nämnd names the office, the log the person."""
    roll = roller.get(signatur, "")
    return f"{roll[:1].upper() + roll[1:] if roll else NOBODY}, {datum}"


def subtree(mal: Sequence[Malbild], top: Malbild) -> list[Malbild]:
    """A goal and all below it, in print order."""
    at = mal.index(top)
    made = [top]
    for one in mal[at + 1 :]:
        if one.djup <= top.djup:
            break
        made.append(one)
    return made


def with_indicators(mal: Sequence[Malbild], koder: Iterable[str]) -> list[Malbild]:
    """The goals that hold one of the indicators, and those above them; a goal at the top without any of its
    own is the heading, not a band."""
    wanted = set(koder)
    return [
        one
        for one in mal
        if any(kod in wanted for goal in subtree(mal, one) for kod in goal.indikatorer)
        and (one.djup or wanted.intersection(one.indikatorer))
    ]


def overview(
    makare: Tabellmakare,
    mal: Sequence[Malbild],
    bilder: Mapping[str, Indikatorbild],
    bildtext: str,
    tops: bool,
) -> Tabell:
    """Goals with assessment, how many of their indicators reach the target and how many activities are done;
    counted with all that lies below. `tops`: only the goals that lie under no other."""
    judged = any(makare.lage_of(one) for one in mal)
    shown = [one for one in mal if one.djup == 0 or not tops]
    rader = [rad for one in shown if (rad := _overview_row(makare, one, mal, bilder, judged=judged))]
    kolumner = [Tabellkolumn("Mål", del_=3)]
    kolumner += [Tabellkolumn("Läge", nyckel="bedomning")] if judged else []
    kolumner += [
        Tabellkolumn("Indikatorer som når riktvärdet", nyckel="indikatorer"),
        Tabellkolumn("Klara aktiviteter", nyckel="aktiviteter"),
    ]
    return Tabell(tuple(kolumner), tuple(rader), bildtext)


def _overview_row(
    makare: Tabellmakare,
    one: Malbild,
    mal: Sequence[Malbild],
    bilder: Mapping[str, Indikatorbild],
    *,
    judged: bool,
) -> Tabellrad | None:
    under = subtree(mal, one)
    lagen = [
        makare.indikatorlage(bilder[kod]).text for goal in under for kod in goal.indikatorer if kod in bilder
    ]
    lagen = [lage for lage in lagen if lage]
    aktiviteter = [aktivitet for goal in under for aktivitet in goal.aktiviteter]
    told = makare.lage_of(one)
    if not lagen and not aktiviteter and told is None:
        return None
    cells = [told or TOM] if judged else []
    judged_any = any(lage != Maluppfyllelse.GAR_INTE.value for lage in lagen)
    nas = _of(sum(lage == Maluppfyllelse.NAS.value for lage in lagen), len(lagen))
    cells.append(nas if judged_any or not lagen else SAKNAS)
    klara = sum(a.lage is not None and a.lage.status is Aktivitetslage.KLAR for a in aktiviteter)
    known = any(a.lage is not None for a in aktiviteter)
    cells.append(_of(klara, len(aktiviteter)) if known or not aktiviteter else SAKNAS)
    return Tabellrad(mal_name(one), tuple(cells), niva=min(one.djup, 3))


def _of(some: int, many: int) -> Tabellcell:
    return Tabellcell(f"{some} av {many}" if many else "")


def activities(mal: Sequence[Malbild], loose: Sequence[Aktivitetsbild], bildtext: str) -> Tabell:
    """Every activity under its goal, how far it has come and what is said of it."""
    alla = [a for one in mal for a in one.aktiviteter] + list(loose)
    effect = any(a.aktivitet.forvantad_effekt for a in alla)
    reported = any(a.aktivitet.avrapporteras for a in alla)
    said = any(a.lage and a.lage.kommentar for a in alla)
    kolumner = [Tabellkolumn("Aktivitet", del_=3), Tabellkolumn("Läge")]
    kolumner += [Tabellkolumn("Förväntad effekt", del_=2)] if effect else []
    kolumner += [Tabellkolumn("Avrapporteras")] if reported else []
    kolumner += [Tabellkolumn("Kommentar", del_=2)] if said else []
    rader: list[Tabellrad] = []
    for band, aktiviteter in (*((mal_name(one), one.aktiviteter) for one in mal), ("Utan mål", loose)):
        if aktiviteter:
            rader.append(Tabellrad(band, band=True, spann=len(kolumner)))
        for one in aktiviteter:
            cells = [_activity_state(one)]
            cells += [Tabellcell(one.aktivitet.forvantad_effekt)] if effect else []
            cells += [Tabellcell(one.aktivitet.avrapporteras)] if reported else []
            cells += [Tabellcell(one.lage.kommentar if one.lage else "")] if said else []
            rader.append(Tabellrad(_activity_name(one), tuple(cells)))
    return Tabell(tuple(kolumner), tuple(rader), bildtext, tom="Planen har inga aktiviteter.")


def _activity_name(one: Aktivitetsbild) -> str:
    return f"{one.aktivitet.nummer} {one.aktivitet.text}".strip()


def _activity_state(one: Aktivitetsbild) -> Tabellcell:
    return SAKNAS if one.lage is None else Tabellcell(one.lage.status.value, status=LAGE[one.lage.status])


def deviations(makare: Tabellmakare, bilder: Sequence[Indikatorbild], bildtext: str) -> Tabell:
    """Indicators that do not reach their target and have a comment, and those with an action: cause, action,
    date."""
    kolumner = (
        Tabellkolumn("Indikator", del_=1.4),
        Tabellkolumn("Läge", del_=0.2),
        Tabellkolumn("Orsak", del_=1.6),
        Tabellkolumn("Åtgärd", del_=1.6),
        Tabellkolumn("Klart", del_=0.8),
    )
    rader = [
        Tabellrad(
            bild.indikator.namn,
            (lage, Tabellcell(said.text), Tabellcell(said.atgard), Tabellcell(said.klart)),
        )
        for bild in bilder
        if (lage := makare.indikatorlage(bild))
        for said in bild.kommentarer
        if said.atgard or lage.text in _OFF_COURSE
    ]
    return Tabell(kolumner, tuple(rader), bildtext, tom="Inga avvikelser är kommenterade för perioden.")


def overruled(
    makare: Tabellmakare,
    mal: Sequence[Malbild],
    bilder: Sequence[Indikatorbild],
    roller: Roller,
    bildtext: str,
) -> Tabell:
    """Assessments that somebody has made over the machine's: what, the reason, who and when."""
    kolumner = (
        Tabellkolumn("Mål eller indikator", del_=1.6),
        Tabellkolumn("Bedömning"),
        Tabellkolumn("Utan ändring"),
        Tabellkolumn("Skäl", del_=2),
        Tabellkolumn("Ändrad av"),
    )
    rader = []
    for one in mal:
        if one.egen:
            before = say_bedomning(makare.skala, one.maskinens) if one.maskinens else ""
            cells = (makare.lage_of(one) or TOM, Tabellcell(before), Tabellcell(one.egen.skal))
            by = Tabellcell(who_and_when(one.egen.signatur, one.egen.datum, roller))
            rader.append(Tabellrad(mal_name(one), (*cells, by)))
    for bild in bilder:
        if bild.egen:
            cells = (
                makare.indikatorlage(bild),
                Tabellcell(bild.provning.samlad.value),
                Tabellcell(bild.egen.skal),
            )
            by = Tabellcell(who_and_when(bild.egen.signatur, bild.egen.datum, roller))
            rader.append(Tabellrad(bild.indikator.namn, (*cells, by)))
    return Tabell(kolumner, tuple(rader), bildtext)


def comments(mal: Sequence[Malbild], bilder: Sequence[Indikatorbild], roller: Roller) -> Iterator[Stycke]:
    """Every comment whole, under what it is about, with who and when; and why an outcome is typed."""
    about = [(mal_name(one), one.kommentarer, _why_typed(None)) for one in mal]
    about += [(bild.indikator.namn, bild.kommentarer, _why_typed(bild.utfall)) for bild in bilder]
    for name, said, typed in about:
        texts = [*typed, *(f"{one.text}\n{who_and_when(one.signatur, one.datum, roller)}" for one in said)]
        if texts:
            yield Stycke("\n".join(texts), formats.shorten(name, _LONGEST_NAME))


def _why_typed(utfall: Utfall | None) -> tuple[str, ...]:
    if utfall is None or utfall.kalla is not Kalla.SKRIVET or not utfall.kommentar:
        return ()
    source = f" Källa: {utfall.kallnot}." if utfall.kallnot else ""
    return (f"Utfallet är inskrivet av förvaltningen: {utfall.kommentar}{source}",)
