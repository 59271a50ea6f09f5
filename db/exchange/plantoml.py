"""Reads a plan (`plans/*.toml`) and lists all its faults at once, each with its line, in Swedish."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from db.errors import StoreError
from db.exchange.plantoml_falt import Lasning, Post
from db.exchange.plantoml_rader import find_stallen
from db.rules.koder import Bedomningsskala, Indikatorslag
from db.rules.period import MAX_AR, MIN_AR
from db.rules.plan import (
    BEDOMNINGAR,
    ENHETER,
    NIVAER,
    Aktivitet,
    Arshjul,
    Indikator,
    Mal,
    Plandokument,
    Varde,
    find_cycles,
    is_planperiod,
)
from db.rules.riktvarde import RiktvardeError, parse_riktvarde
from db.rules.text import slug

MAX_BYTES = 500_000  # the largest plan we know has 57 000
MAX_FEL = 500  # told; a file with more is something else than a plan
LONGEST_KOD = 64
MAX_RADER = 2_000  # of each kind; the largest plan we know has 78
# A key of many dotted parts, over which tomllib's time grows with the square of their number.
_DEEP = re.compile(r"""(?:\.[ \t]*[\w"'-]+[ \t]*){60}""")


@dataclass(frozen=True, slots=True)
class Planfel:
    """A fault or a warning and the line it stands on; 0 for the file as a whole."""

    rad: int
    meddelande: str


@dataclass(frozen=True, slots=True)
class Planlasning:
    """What was read: the plan is None where there is a fault."""

    plan: Plandokument | None
    fel: tuple[Planfel, ...] = ()
    varningar: tuple[Planfel, ...] = ()


def read_plan(path: Path) -> Planlasning:
    """The plan in a file. Raises StoreError when the file cannot be read at all."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except IsADirectoryError:
        raise StoreError(f"{path} är en mapp. Ange en fil.") from None
    except FileNotFoundError:
        raise StoreError(f"Filen {path} finns inte. Kontrollera sökvägen.") from None
    except (OSError, ValueError):
        raise StoreError(f"{path} gick inte att läsa. Kontrollera sökvägen och dina rättigheter.") from None
    return parse_plan(data)


def parse_plan(data: bytes | str) -> Planlasning:
    """The plan in a TOML text, or every fault in it."""
    if len(data) > MAX_BYTES:
        return _refused(0, f"Filen är större än {MAX_BYTES // 1000} kB. Så stor är ingen plan.")
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        rad = data[: error.start].count(b"\n") + 1  # type: ignore[arg-type]
        return _refused(rad, "Filen är inte skriven i UTF-8. Spara om den som UTF-8.")
    if not text.strip():
        return _refused(0, "Filen är tom.")
    if _DEEP.search(text):
        return _refused(0, "Filen har nycklar med för många delar. En plan har bara enkla nycklar.")
    try:
        tabeller = tomllib.loads(text, parse_float=_decimal)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        return _broken(error)
    for namn, poster in tabeller.items():
        if isinstance(poster, list) and len(poster) > MAX_RADER:
            return _refused(0, f"Filen har fler än {MAX_RADER} av {namn[:60]}. Så stor är ingen plan.")
    return _Planlasare(tabeller, text).read()


def find_kod(path: Path) -> str:
    """What a plan is called in the register: its file's name, folded. Raises StoreError for one without
    letters."""
    kod = re.sub(r"_+", "-", slug(path.stem))[:LONGEST_KOD].strip("-")
    if not kod:
        raise StoreError(f"Filnamnet {path.name} går inte att använda som namn på planen. Byt namn på filen.")
    return kod


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        raise ValueError("tal") from None


def _refused(rad: int, meddelande: str) -> Planlasning:
    return Planlasning(None, (Planfel(rad, meddelande),))


def _broken(error: Exception) -> Planlasning:
    told = str(error)
    match = re.search(r"\(at line (\d+), column (\d+)\)", told)
    rad = int(match[1]) if match else 0
    if isinstance(error, RecursionError):
        return _refused(0, "Filen har för många hakparenteser i varandra.")
    if "Cannot overwrite" in told or "twice" in told or "Cannot declare" in told:
        return _refused(rad, "Samma nyckel eller tabell står två gånger.")
    if match is None and "end of document" in told:
        return _refused(0, "Filen tar slut mitt i ett värde. Kontrollera citattecken och hakparenteser.")
    tecken = f" vid tecken {match[2]}" if match else ""
    return _refused(
        rad,
        f"Raden går inte att läsa som TOML{tecken}. "
        "Kontrollera likhetstecken, citattecken, komman och hakparenteser.",
    )


class _Planlasare:
    def __init__(self, tabeller: dict[str, Any], text: str) -> None:
        self.tabeller = tabeller
        self.lasning = Lasning(find_stallen(text))
        self.koder: dict[str, int] = {}

    def read(self) -> Planlasning:
        last = self.lasning
        huvud = last.table(self.tabeller, "plan")
        if huvud is None:
            last.add_fel(0, "Tabellen [plan] saknas.")
            huvud = Post(last, "plan", {}, last.place("plan", 0))
        mal = tuple(self._mal(post) for post in last.tables(self.tabeller, "mal"))
        plan = self._plan(huvud, mal)
        for namn in self.tabeller:
            if namn not in ("plan", "mal", "aktivitet", "indikator", "volym", "bedomningsregler", "arshjul"):
                rad = last.place(namn, 0).rad
                if rad <= 1:
                    rad = last.place("", 0).line(namn)
                last.add_varning(rad, f"Tabellen {namn} känns inte igen och tas inte med.")
        fel = sorted({Planfel(rad, text) for rad, text in last.fel}, key=_order)[:MAX_FEL]
        varningar = sorted({Planfel(rad, text) for rad, text in last.varningar}, key=_order)[:MAX_FEL]
        return Planlasning(None if fel else plan, tuple(fel), tuple(varningar))

    def _plan(self, post: Post, mal: tuple[Mal, ...]) -> Plandokument:
        koder = {m.kod for m in mal}
        self._check_tree(mal)
        las = self.lasning
        plan = Plandokument(
            kommun=post.text("kommun", required=True, longest=200),
            namnd=post.text("namnd", required=True, longest=200),
            ar=post.year("ar", MIN_AR, MAX_AR),
            titel=post.text("titel"),
            kalla=post.text("kalla"),
            bedomning=_skala(post),
            uppfoljning=tuple(self._period(post, p, "uppfoljning") for p in post.texts("uppfoljning")),
            mal=mal,
            aktiviteter=tuple(self._aktivitet(p, koder) for p in las.tables(self.tabeller, "aktivitet")),
            indikatorer=self._indikatorer("indikator", Indikatorslag.INDIKATOR, koder),
            volymer=self._indikatorer("volym", Indikatorslag.VOLYM, koder),
            regler=las.rules(self.tabeller, "bedomningsregler"),
            arshjul=tuple(self._arshjul(p) for p in las.tables(self.tabeller, "arshjul")),
        )
        post.finish()
        for namn, rader in (("mal", mal), ("indikator", plan.indikatorer), ("volym", plan.volymer)):
            self._check_words(namn, rader, BEDOMNINGAR[plan.bedomning])
        return plan

    def _check_words(self, namn: str, rader: Sequence[Mal | Indikator], ord_: Mapping[str, str]) -> None:
        for nummer, rad in enumerate(rader):
            if rad.bedomning and rad.bedomning not in ord_:
                line = self.lasning.place(namn, nummer).line("bedomning")
                self.lasning.add_varning(line, f"Bedömningen ”{rad.bedomning}” hör inte till planens ord.")

    def _check_tree(self, mal: tuple[Mal, ...]) -> None:
        las = self.lasning
        overordnat = {m.kod: m.overordnat for m in mal}
        for nummer, m in enumerate(mal):
            if m.overordnat and m.overordnat not in overordnat:
                rad = las.place("mal", nummer).line("overordnat")
                las.add_fel(rad, f"Det överordnade målet ”{m.overordnat}” finns inte i planen.")
        for kod in find_cycles(overordnat):
            nummer = next(i for i, m in enumerate(mal) if m.kod == kod)
            rad = las.place("mal", nummer).line("overordnat")
            las.add_fel(rad, f"Målet ”{kod}” ligger över sig självt.")

    def _mal(self, post: Post) -> Mal:
        mal = Mal(
            self._kod(post),
            self._word(post, "niva", NIVAER),
            post.text("titel", required=True),
            post.text("overordnat"),
            post.text("nummer", longest=40),
            post.text("beskrivning"),
            post.text("bedomning", longest=40),
        )
        post.finish()
        return mal

    def _aktivitet(self, post: Post, koder: set[str]) -> Aktivitet:
        aktivitet = Aktivitet(
            post.text("text", required=True),
            self._owner(post, koder),
            post.text("nummer", longest=40),
            post.text("beskrivning"),
            post.text("forvantad_effekt"),
            post.text("styrdokument"),
            post.text("avrapporteras"),
        )
        post.finish()
        return aktivitet

    def _indikatorer(self, namn: str, slag: Indikatorslag, koder: set[str]) -> tuple[Indikator, ...]:
        return tuple(self._indikator(p, slag, koder) for p in self.lasning.tables(self.tabeller, namn))

    def _indikator(self, post: Post, slag: Indikatorslag, koder: set[str]) -> Indikator:
        indikator = Indikator(
            self._kod(post),
            post.text("namn", required=True),
            self._word(post, "enhet", ENHETER),
            post.flag("konsuppdelad"),
            slag,
            self._owner(post, koder),
            post.text("kalla"),
            post.text("definition"),
            post.text("beraknas", longest=120),
            post.text("koppling"),
            post.text("kolada", longest=20),
            self._varden(post, "varden"),
            self._varden(post, "riktvarden"),
            post.text("nummer", longest=40),
            post.text("bedomning", longest=40),
        )
        post.finish()
        return indikator

    def _varden(self, post: Post, nyckel: str) -> tuple[Varde, ...]:
        perioder: set[str] = set()
        ut = []
        for del_ in post.tables(nyckel):
            varde = Varde(
                self._period(del_, del_.text("period", required=True, longest=40), "period"),
                del_.number("kvinnor"),
                del_.number("man"),
                del_.number("totalt"),
                del_.text("text") or None,
            )
            del_.finish()
            if varde.period in perioder:
                del_.fel("period", f"Perioden {varde.period} står två gånger.")
            perioder.add(varde.period)
            _check_varde(del_, varde, is_mal=nyckel == "riktvarden")
            ut.append(varde)
        return tuple(ut)

    def _arshjul(self, post: Post) -> Arshjul:
        arshjul = Arshjul(post.text("manad", required=True, longest=40), post.texts("typ"))
        post.finish()
        return arshjul

    def _kod(self, post: Post) -> str:
        kod = post.text("id", required=True, longest=120)
        if kod and (kod != kod.strip() or "\n" in kod):
            post.fel("id", f"Id ”{' '.join(kod.split())}” får inte ha blanksteg i kanten eller radbrytning.")
        if kod in self.koder:
            post.fel("id", f"Id ”{kod}” finns redan på rad {self.koder[kod]}.")
        elif kod:
            self.koder[kod] = post.stalle.line("id")
        return kod

    def _owner(self, post: Post, koder: set[str]) -> str:
        mal = post.text("mal")
        if mal and mal not in koder:
            post.fel("mal", f"Målet ”{mal}” finns inte i planen.")
        return mal

    def _word(self, post: Post, nyckel: str, kanda: dict[str, str]) -> str:
        ord_ = post.text(nyckel, required=True, longest=40)
        if ord_ and ord_ not in kanda:
            post.varning(nyckel, f"{nyckel} ”{ord_}” känns inte igen. Kända är: {', '.join(kanda)}.")
        return ord_

    def _period(self, post: Post, period: str, nyckel: str) -> str:
        if period and not is_planperiod(period):
            post.fel(
                nyckel,
                f"Perioden ”{period}” går inte att läsa. Skriv till exempel 2024, 2024-T1, 2024-08 "
                "eller ingaende.",
            )
        return period


def _skala(post: Post) -> Bedomningsskala:
    ord_ = post.text("bedomning", longest=40) or Bedomningsskala.INGEN.value
    if ord_ not in tuple(Bedomningsskala):
        post.varning(
            "bedomning",
            f"Bedömningen ”{ord_}” känns inte igen; planen läses in utan bedömning. "
            f"Kända är: {', '.join(Bedomningsskala)}.",
        )
        return Bedomningsskala.INGEN
    return Bedomningsskala(ord_)


def _check_varde(post: Post, varde: Varde, *, is_mal: bool) -> None:
    if varde == Varde(varde.period):
        post.fel("", "Värdet har varken tal eller text.")
    elif is_mal and varde.text:
        try:
            parse_riktvarde(varde.text)
        except RiktvardeError as error:
            post.fel("text", str(error))


_order: Callable[[Planfel], tuple[int, str]] = lambda fel: (fel.rad, fel.meddelande)  # noqa: E731
