"""The design tokens: the one source of colours, sizes and type. No Qt here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resources import resource_path


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One step of the type scale, in px at 100 %."""

    px: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class ChipColours:
    """Token names of one kind of chip."""

    text: str
    fill: str
    edge: str
    icon: str


@dataclass(frozen=True)
class Tokens:
    """tokens.json, looked up by name; an unknown name is a bug and raises KeyError."""

    colours: Mapping[str, Mapping[str, str]]
    types: Mapping[str, TypeStyle]
    sizes: Mapping[str, int]
    rows: Mapping[str, int]
    radii: Mapping[str, int]
    chips: Mapping[str, ChipColours]
    scales: tuple[int, ...]
    contrast: Mapping[str, tuple[Mapping[str, Any], ...]]


def load_tokens(path: Path | None = None) -> Tokens:
    """The tokens of the file, those shipped in resources/ unless told."""
    raw = json.loads((path or resource_path("tokens.json")).read_text(encoding="utf-8"))
    return Tokens(
        colours={s: {n: _argb(v["hex"]) for n, v in c.items()} for s, c in raw["colour"].items()},
        types={t["name"]: TypeStyle(t["px"], t["line"], t["weight"]) for t in raw["type"]},
        sizes={k: v for k, v in raw["size"].items() if isinstance(v, int)},
        rows=raw["row"],
        radii=raw["radius"],
        chips={k: ChipColours(**v) for k, v in _chips(raw["chip"]).items()},
        scales=tuple(raw["text_scale_percent"]),
        contrast={s: tuple(raw["contrast"][s]) for s in ("light", "dark")},
    )


def _argb(value: str) -> str:
    """Qt writes the alpha first: #RRGGBBAA becomes #AARRGGBB."""
    return f"#{value[7:]}{value[1:7]}" if len(value) == 9 else value


def _chips(chips: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """The kinds of the file; where the icon is "by meaning" and the caller names none, it is info."""
    return {k: {**v, "icon": v["icon"].replace("by meaning", "info")} for k, v in chips.items()}
