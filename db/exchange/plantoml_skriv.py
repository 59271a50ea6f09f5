"""Writes a plan as TOML in the form of `plans/*.toml`: one table a row of the plan, its values one line each.

Written by hand because the form is part of the contract: the libraries spread a value over several tables, or
cannot keep a number's printed decimals.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from db.rules.koder import Indikatorslag
from db.rules.plan import Aktivitet, Arshjul, Indikator, Mal, Plandokument, Varde

_WIDTH = 110


def write_plan(plan: Plandokument) -> str:
    """The plan as TOML. Reading it gives an equal plan."""
    delar = [_table("[plan]", _head(plan))]
    delar += [_table("[[mal]]", _mal(m)) for m in plan.mal]
    delar += [_table("[[aktivitet]]", _aktivitet(a)) for a in plan.aktiviteter]
    delar += [_table(f"[[{_SLAG[i.slag]}]]", _indikator(i)) for i in (*plan.indikatorer, *plan.volymer)]
    if plan.regler:
        delar.append(_table("[bedomningsregler]", plan.regler.items()))
    delar += [_table("[[arshjul]]", _arshjul(a)) for a in plan.arshjul]
    return "\n".join(delar)


_SLAG = {Indikatorslag.INDIKATOR: "indikator", Indikatorslag.VOLYM: "volym"}


class _Tal(str):
    """A number as it is to stand, without quotes."""

    __slots__ = ()


def _table(huvud: str, falt: Iterable[tuple[str, Any]]) -> str:
    return "\n".join([huvud, *(f"{_key(nyckel)} = {_value(v)}" for nyckel, v in falt), ""])


def _head(plan: Plandokument) -> Iterator[tuple[str, Any]]:
    yield from (("kommun", plan.kommun), ("namnd", plan.namnd), ("ar", plan.ar))
    yield from _filled(titel=plan.titel, kalla=plan.kalla)
    yield "bedomning", plan.bedomning.value
    yield from _filled(uppfoljning=plan.uppfoljning)


def _mal(mal: Mal) -> Iterator[tuple[str, Any]]:
    yield "id", mal.kod
    yield from _filled(overordnat=mal.overordnat)
    yield "niva", mal.niva
    yield from _filled(nummer=mal.nummer)
    yield "titel", mal.titel
    yield from _filled(beskrivning=mal.beskrivning, bedomning=mal.bedomning)


def _aktivitet(aktivitet: Aktivitet) -> Iterator[tuple[str, Any]]:
    yield from _filled(mal=aktivitet.mal, nummer=aktivitet.nummer)
    yield "text", aktivitet.text
    yield from _filled(
        beskrivning=aktivitet.beskrivning,
        forvantad_effekt=aktivitet.forvantad_effekt,
        styrdokument=aktivitet.styrdokument,
        avrapporteras=aktivitet.avrapporteras,
    )


def _indikator(indikator: Indikator) -> Iterator[tuple[str, Any]]:
    yield "id", indikator.kod
    yield from _filled(mal=indikator.mal, nummer=indikator.nummer)
    yield from (
        ("namn", indikator.namn),
        ("enhet", indikator.enhet),
        ("konsuppdelad", indikator.konsuppdelad),
    )
    yield from _filled(
        kalla=indikator.kalla,
        definition=indikator.definition,
        beraknas=indikator.beraknas,
        koppling=indikator.koppling,
        kolada=indikator.kolada,
        varden=[_varde(v) for v in indikator.varden],
        riktvarden=[_varde(v) for v in indikator.riktvarden],
        bedomning=indikator.bedomning,
    )


def _varde(varde: Varde) -> dict[str, Any]:
    tal = {"kvinnor": varde.kvinnor, "man": varde.man, "totalt": varde.totalt}
    skrivna = {nyckel: _Tal(t) for nyckel, t in tal.items() if t is not None}
    return {"period": varde.period, **skrivna, **dict(_filled(text=varde.text))}


def _arshjul(arshjul: Arshjul) -> Iterator[tuple[str, Any]]:
    yield from (("manad", arshjul.manad), ("typ", list(arshjul.typ)))


def _filled(**falt: Any) -> Iterator[tuple[str, Any]]:
    return ((nyckel, varde) for nyckel, varde in falt.items() if varde)


def _value(varde: Any) -> str:
    if isinstance(varde, _Tal):
        return varde
    if isinstance(varde, str):
        return _text(varde)
    if isinstance(varde, Mapping):
        return (
            "{ " + ", ".join(f"{_key(n)} = {_value(v)}" for n, v in varde.items()) + " }" if varde else "{}"
        )
    if isinstance(varde, list | tuple):
        delar = [_value(del_) for del_ in varde]
        rad = ", ".join(delar)
        return f"[{rad}]" if len(rad) < _WIDTH else "[\n" + "".join(f"  {del_},\n" for del_ in delar) + "]"
    return json.dumps(varde)  # whole numbers, true and false


def _text(text: str) -> str:
    # JSON's escapes are TOML's too, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _key(nyckel: str) -> str:
    return (
        nyckel if nyckel.isascii() and nyckel.replace("_", "").replace("-", "").isalnum() else _text(nyckel)
    )
