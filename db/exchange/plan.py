"""What an import will write: new rows by table in columns, changed cells by row."""

from dataclasses import dataclass, field
from typing import Any

Change = tuple[Any, Any]


@dataclass(slots=True)
class TablePlan:
    """Changes of one table. `columns` run in step with `new_ids`; a change is column → (old, new)."""

    table: str
    new_ids: list[int] = field(default_factory=list)
    columns: dict[str, list[Any]] = field(default_factory=dict)
    changed: dict[int, dict[str, Change]] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """All changes, tables in an order in which rows come after those they refer to."""

    tables: list[TablePlan] = field(default_factory=list)
    nya: int = 0
    andrade: int = 0
    oforandrade: int = 0
    hoppade: int = 0
