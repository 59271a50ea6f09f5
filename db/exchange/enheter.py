"""The sheet Enheter holds two tables: the enhet by its name, and its capacity row by row."""

from typing import TYPE_CHECKING

from db.exchange.frames import Frame
from db.exchange.plan import Plan, TablePlan

if TYPE_CHECKING:
    from db.exchange.resolving import Resolver


class Enheter:
    """The enheter that a sheet names, with ids known or set aside."""

    def __init__(self, resolver: "Resolver", frame: Frame) -> None:
        self._resolver = resolver
        self._frame = frame
        self._typer: dict[str, str | None] = {}
        size = len(frame)
        self._names = frame.values.get("enhet_id", [None] * size)
        self._check_typer(frame.values.get("typ", [None] * size))
        named = {name for name in self._names if name is not None}
        rows = resolver.store.by_key("enhet", ["typ"], ["namn"], named)
        self._stored = {key[0]: (found[0][0], found[0][1][0]) for key, found in rows.items()}
        new = [name for name in dict.fromkeys(self._names) if name is not None and name not in self._stored]
        self.ids = {name: row_id for name, (row_id, _) in self._stored.items()}
        self.ids |= dict(zip(new, resolver.store.allot("enhet", len(new)), strict=True))

    def settle(self, plan: Plan) -> set[int]:
        """Plan the enheter that have a row to import; returns the ids of those whose typ changes."""
        good = {n: None for p, n in enumerate(self._names) if n is not None and p not in self._frame.bad}
        part = TablePlan("enhet")
        new = [name for name in good if name not in self._stored]
        part.new_ids = [self.ids[name] for name in new]
        part.columns = {"namn": new, "typ": [self._typer[name] for name in new]}
        for name in good:
            row_id, old = self._stored.get(name, (0, None))
            if row_id and self._typer[name] != old:
                part.changed[row_id] = {"typ": (old, self._typer[name])}
        plan.tables.append(part)
        self._count_bare(plan, part)
        bad = {name for name in self._names if name is not None} - good.keys()
        self._resolver.faulty["Enheter"] = bad
        self._resolver.known["Enheter"] = {n: i for n, i in self.ids.items() if n not in bad}
        return set(part.changed)

    def _count_bare(self, plan: Plan, part: TablePlan) -> None:
        """Rows without places make no row of capacity: they are new or changed with their enhet."""
        for place in sorted(self._frame.bare - self._frame.bad.keys()):
            row_id = self.ids[self._names[place] or ""]
            plan.nya += row_id in part.new_ids
            plan.andrade += row_id in part.changed
            plan.oforandrade += row_id not in part.new_ids and row_id not in part.changed
            self._frame.warn(place, "platser", "Enheten har inga platser angivna. Fyll i från och platser.")

    def _check_typer(self, typer: list[str | None]) -> None:
        for place, (name, typ) in enumerate(zip(self._names, typer, strict=True)):
            if name is None or typ is None:
                continue
            first = self._typer.setdefault(name, typ)
            if first != typ:
                message = f"Enheten är {first} på en tidigare rad. Skriv samma typ på alla rader för enheten."
                self._frame.fault(place, "typ", message)
