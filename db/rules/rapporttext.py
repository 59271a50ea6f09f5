"""A report as JSON text and back: what is kept of a frozen one, to be printed again identically."""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from db.rules import figurer, tabell
from db.rules.figurer import Rapport

_KIND, _LIST = "_", "_lista"  # a list that stands for itself is a tuple
_KINDS: dict[str, type] = {
    cls.__name__: cls
    for module in (figurer, tabell)
    for cls in vars(module).values()
    if isinstance(cls, type) and dataclasses.is_dataclass(cls)
}


def to_canonical(value: object) -> str:
    """JSON text, the same for the same value: keys in order, no room between."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def report_to_plain(rapport: Rapport) -> dict[str, Any]:
    """The whole report as values that JSON can hold; what has its default is left out."""
    plain: dict[str, Any] = _to_plain(rapport)
    return plain


def report_from_plain(plain: Mapping[str, Any]) -> Rapport:
    """The report that `report_to_plain` wrote down. Raises ValueError for anything else."""
    try:
        rapport = _from_plain(plain)
    except (KeyError, TypeError) as error:
        raise ValueError("no report") from error
    if not isinstance(rapport, Rapport):
        raise ValueError("no report")
    return rapport


def _to_plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        made: dict[str, Any] = {_KIND: type(value).__name__}
        for field in dataclasses.fields(value):
            own = getattr(value, field.name)
            if own != field.default:
                made[field.name] = _to_plain(own)
        return made
    if isinstance(value, Mapping):
        return {key: _to_plain(own) for key, own in value.items()}
    if isinstance(value, list):
        return {_LIST: [_to_plain(own) for own in value]}
    return [_to_plain(own) for own in value] if isinstance(value, tuple) else value


def _from_plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_from_plain(own) for own in value)
    if isinstance(value, dict) and _LIST in value:
        return [_from_plain(own) for own in value[_LIST]]
    if isinstance(value, dict):
        made = {key: _from_plain(own) for key, own in value.items() if key != _KIND}
        return _KINDS[value[_KIND]](**made) if _KIND in value else made
    return value
