"""The printed rules of assessment of a plan, as a form shows them: the rules of the file are of free form,
and what a form does not show stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FARGER = ("gron", "gul", "rod")
TIDER = ("delarsbokslut", "arsbokslut")
NO_RULES = ("", "", "")


@dataclass(frozen=True, slots=True)
class Planregler:
    """What a goal of each colour (FARGER) means at delår and at årsbokslut, how goals above are weighed, what
    the states of activities mean ("Klar: …" on a line each), and the rules as running text.

    A rule's first line is its heading where it has more than one.
    """

    delarsbokslut: tuple[str, str, str] = NO_RULES
    arsbokslut: tuple[str, str, str] = NO_RULES
    sammanvagning: str = ""
    aktivitetsstatus: str = ""
    text: str = ""


def read_regler(regler: Mapping[str, Any]) -> Planregler:
    """The rules of a plan's file."""
    return Planregler(
        _read_rules(regler.get(TIDER[0])),
        _read_rules(regler.get(TIDER[1])),
        _word(regler.get("sammanvagning")),
        "\n".join(f"{_word(one.get('status'))}: {_word(one.get('text'))}" for one in _states(regler)),
        _word(regler.get("text")).strip(),
    )


def write_regler(regler: Mapping[str, Any], nya: Planregler) -> dict[str, Any]:
    """The rules as the file holds them, changed where a form changed them; empty ones are left out."""
    nu = read_regler(regler)
    made = dict(regler)
    for tid in TIDER:
        if getattr(nya, tid) != getattr(nu, tid):
            made[tid] = _write_rules(made.get(tid), getattr(nya, tid))
    for nyckel in ("sammanvagning", "text"):
        if getattr(nya, nyckel).strip() != getattr(nu, nyckel).strip():
            made[nyckel] = getattr(nya, nyckel).strip()
    if nya.aktivitetsstatus.strip() != nu.aktivitetsstatus.strip():
        lines = [line.partition(":") for line in nya.aktivitetsstatus.splitlines() if line.strip()]
        made["aktivitetsstatus"] = [{"status": s.strip(), "text": t.strip()} for s, _, t in lines]
    return {nyckel: varde for nyckel, varde in made.items() if varde not in ("", [])}


def _read_rules(varde: Any) -> tuple[str, str, str]:
    found = {str(rule.get("farg", "")): rule for rule in _dicts(varde)}
    gron, gul, rod = (_read_rule(found.get(farg, {})) for farg in FARGER)
    return gron, gul, rod


def _read_rule(rule: Mapping[str, Any]) -> str:
    parts = (_word(rule.get("rubrik")).strip(), _word(rule.get("text")).strip())
    return "\n".join(part for part in parts if part)


def _write_rules(varde: Any, texts: Sequence[str]) -> list[dict[str, Any]]:
    others = [dict(rule) for rule in _dicts(varde) if str(rule.get("farg", "")) not in FARGER]
    return [*(_write_rule(f, t.strip()) for f, t in zip(FARGER, texts, strict=True) if t.strip()), *others]


def _write_rule(farg: str, text: str) -> dict[str, Any]:
    rubrik, _, resten = text.partition("\n")
    head = {"rubrik": rubrik.strip()} if resten.strip() else {}
    return {"farg": farg, **head, "text": resten.strip() or rubrik.strip()}


def _states(regler: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return _dicts(regler.get("aktivitetsstatus"))


def _dicts(varde: Any) -> list[Mapping[str, Any]]:
    return [one for one in varde if isinstance(one, Mapping)] if isinstance(varde, list) else []


def _word(varde: Any) -> str:
    return varde if isinstance(varde, str) else ""
