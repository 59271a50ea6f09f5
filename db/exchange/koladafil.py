"""Reads Kolada's v3 JSON (exchange.md): every fault is listed with its place in the file, and with any fault
nothing is imported."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from db.aktor import Aktor
from db.commands.kolada import Koladaresultat, import_koladarader
from db.errors import StoreError
from db.rules.kolada import KON, Koladarad
from db.rules.period import MAX_AR, MIN_AR
from db.session import Store

MAX_BYTES = 50_000_000
MAX_RADER = 50_000
MAX_FEL = 500
_KPI = re.compile(r"[A-Za-z][A-Za-z0-9]{1,19}")
_KOMMUN = re.compile(r"[A-Za-z]?[0-9]{1,9}")
_TOPP = {"values", "count", "next_url", "next_page", "previous_url", "previous_page", "page", "per_page"}
_RAD = {"kpi", "municipality", "ou", "period", "values", "isdeleted"}
_VARDE = {"gender", "count", "status", "value", "isdeleted"}


@dataclass(frozen=True, slots=True)
class Koladafel:
    """A fault or a warning and where in the file: `values[3].values[0].gender`, "" for the whole."""

    plats: str
    meddelande: str


@dataclass(frozen=True, slots=True)
class Koladalasning:
    """What was read; with any fault there are no rows."""

    rader: tuple[Koladarad, ...]
    fel: tuple[Koladafel, ...] = ()
    varningar: tuple[Koladafel, ...] = ()


@dataclass(frozen=True, slots=True)
class Koladainlasning:
    """What became of a file; `resultat` is None where it was refused."""

    resultat: Koladaresultat | None
    fel: tuple[Koladafel, ...]
    varningar: tuple[Koladafel, ...]


def import_koladafil(store: Store, aktor: Aktor, fil: Path) -> Koladainlasning:
    """Read a file into the register. Raises StoreError for a file that cannot be read, DataError for somebody
    who may not."""
    last = read_kolada(fil)
    resultat = None if last.fel else import_koladarader(store, aktor, last.rader)
    return Koladainlasning(resultat, last.fel, last.varningar)


def read_kolada(fil: Path) -> Koladalasning:
    """The figures in a file. Raises StoreError when it cannot be read at all."""
    try:
        with fil.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except IsADirectoryError:
        raise StoreError(f"{fil} är en mapp. Ange en fil.") from None
    except FileNotFoundError:
        raise StoreError(f"Filen {fil} finns inte. Kontrollera sökvägen.") from None
    except (OSError, ValueError):
        raise StoreError(f"{fil} gick inte att läsa. Kontrollera sökvägen och dina rättigheter.") from None
    return parse_kolada(data)


def parse_kolada(data: bytes) -> Koladalasning:
    """The figures in Kolada's JSON, or every fault in it."""
    if len(data) > MAX_BYTES:
        return _refused(
            f"Filen är större än {MAX_BYTES // 1_000_000} MB. Hämta färre mått eller år åt gången."
        )
    try:
        told = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        return _refused("Filen är inte skriven i UTF-8.")
    except RecursionError:
        return _refused("Filen har för många hakparenteser i varandra.")
    except json.JSONDecodeError as error:
        return _refused(f"Rad {error.lineno}, tecken {error.colno}: filen är ingen JSON.")
    except ValueError:
        return _refused("Filen är ingen JSON: den har ett tal som inte går att använda.")
    if not isinstance(told, dict) or not isinstance(told.get("values"), list):
        return _refused("Filen är inte Koladas: listan values saknas.")
    if len(told["values"]) > MAX_RADER:
        return _refused(f"Filen har fler än {MAX_RADER} rader. Hämta färre mått eller år åt gången.")
    return _Lasare().read(told)


def _no_number(text: str) -> float:
    raise ValueError(text)


def _refused(meddelande: str) -> Koladalasning:
    return Koladalasning((), (Koladafel("", meddelande),))


@dataclass(slots=True)
class _Lasare:
    fel: list[Koladafel] = field(default_factory=list)
    varningar: dict[str, Koladafel] = field(default_factory=dict)
    rader: dict[tuple[str, str, str], tuple[Koladarad, str]] = field(default_factory=dict)
    borttagna: dict[tuple[str, str, str], Koladarad] = field(default_factory=dict)

    def read(self, told: Mapping[str, Any]) -> Koladalasning:
        self._known(told, _TOPP, "")
        if told.get("next_url") or told.get("next_page"):
            self._warn("next", "", "Filen är en sida av flera. Hämta och läs in de andra sidorna också.")
        for nummer, rad in enumerate(told["values"]):
            self._rad(rad, f"values[{nummer}]")
        # A removed row says nothing where the one that took its place is there too.
        kvar = {nyckel: rad for nyckel, (rad, _) in self.rader.items()}
        rader = () if self.fel else tuple({**self.borttagna, **kvar}.values())
        return Koladalasning(rader, tuple(self.fel[:MAX_FEL]), tuple(self.varningar.values())[:MAX_FEL])

    def _rad(self, rad: object, plats: str) -> None:
        if not isinstance(rad, dict):
            self._add(plats, "ska vara ett objekt med kpi, municipality, period och values.")
            return
        self._known(rad, _RAD, plats)
        if "municipality" not in rad and "ou" in rad:
            self._warn("ou", plats, "Värden för enheter (ou) tas inte med.")
            return
        kpi = self._text(rad, "kpi", _KPI, plats)
        kommun = self._text(rad, "municipality", _KOMMUN, plats)
        period = self._year(rad.get("period"), f"{plats}.period")
        borta = self._flag(rad, plats)
        tal = {} if borta else self._varden(rad.get("values"), f"{plats}.values")
        if not (kpi and kommun and period):
            return
        last = Koladarad(kpi, kommun, period, tal.get("kvinnor"), tal.get("man"), tal.get("totalt"))
        if borta:
            self.borttagna[last.nyckel] = last
            return
        fore = self.rader.setdefault(last.nyckel, (last, plats))
        if fore[0] != last:
            self._add(plats, f"är samma mått, kommun och år som {fore[1]} men har andra värden.")

    def _varden(self, varden: object, plats: str) -> dict[str, float | None]:
        if not isinstance(varden, list):
            self._add(plats, "ska vara en lista.")
            return {}
        tal: dict[str, float | None] = {}
        for nummer, varde in enumerate(varden):
            har = f"{plats}[{nummer}]"
            if not isinstance(varde, dict):
                self._add(har, "ska vara ett objekt med gender och value.")
                continue
            self._known(varde, _VARDE, har)
            kon = varde.get("gender")
            nyckel = KON.get(kon) if isinstance(kon, str) else None
            if nyckel is None:
                self._add(f"{har}.gender", "ska vara T, K eller M.")
            elif nyckel in tal:
                self._add(f"{har}.gender", f"{kon} står två gånger.")
            else:
                borta = self._flag(varde, har)
                tal[nyckel] = None if borta else self._number(varde.get("value"), f"{har}.value")
        return tal

    def _number(self, value: object, plats: str) -> float | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._add(plats, "ska vara ett tal eller null.")
            return None
        try:
            tal = float(value)
        except OverflowError:
            tal = float("inf")
        if not isfinite(tal) or abs(tal) >= 1e15:
            self._add(plats, "är för stort.")
            return None
        return tal

    def _text(self, rad: Mapping[str, Any], nyckel: str, form: re.Pattern[str], plats: str) -> str:
        value = rad.get(nyckel)
        if isinstance(value, str) and form.fullmatch(value):
            return value
        self._add(f"{plats}.{nyckel}", "saknas." if value is None else "har fel form.")
        return ""

    def _year(self, value: object, plats: str) -> str:
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if re.fullmatch("[0-9]{4}", text, re.ASCII) and MIN_AR <= int(text) <= MAX_AR:
            return text
        self._add(plats, "ska vara ett år.")
        return ""

    def _flag(self, rad: Mapping[str, Any], plats: str) -> bool:
        value = rad.get("isdeleted")
        if value is not None and not isinstance(value, bool):
            self._add(f"{plats}.isdeleted", "ska vara true eller false.")
        return value is True

    def _known(self, rad: Mapping[str, Any], kanda: set[str], plats: str) -> None:
        for nyckel in sorted(rad.keys() - kanda):
            self._warn(nyckel, plats, f"Nyckeln {nyckel[:60]!r} känns inte igen och tas inte med.")

    def _warn(self, vad: str, plats: str, text: str) -> None:
        """Once for each kind."""
        self.varningar.setdefault(vad, Koladafel(plats, text))

    def _add(self, plats: str, text: str) -> None:
        self.fel.append(Koladafel(plats, f"{plats} {text}"))
