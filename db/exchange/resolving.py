"""Sets the file beside the store: references become ids, rows are new, changed or unchanged, faults are told.

Sheets are taken in contract order, so that a row's owners are settled before it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.exchange import catalogues, checks
from db.exchange.cells import clean_text, shown
from db.exchange.enheter import Enheter
from db.exchange.frames import Frame
from db.exchange.lopnummer import give_lopnummer, spread_years
from db.exchange.outcome import Ticker
from db.exchange.plan import Plan, TablePlan
from db.exchange.schema import DELEGATIONSBESLUT, ENHETER, SHEETS, UPPGIFT_SAKNAS, Column, Kind, Sheet
from db.exchange.storeside import Key, StoreSide, table
from db.rules.bip import SKALA
from db.rules.namn import sortering

DERIVED = {"deltagare": ("nummertyp", "fodelsedatum", "sortering")}
_ROW_FAULTS = "Hör till raden {text} i bladet {blad}, som har fel. Rätta den raden först."


@dataclass(slots=True)
class Resolver:
    """Settles sheet after sheet; afterwards `plan` says what to write and the frames hold all faults."""

    store: StoreSide
    frames: dict[str, Frame]
    idag: date
    ticker: Ticker
    bip_skala: int = SKALA
    plan: Plan = field(default_factory=Plan)
    # By sheet: what an id in the file or in the store means, and ids of rows that cannot be imported.
    known: dict[str, dict[str, int]] = field(default_factory=dict)
    faulty: dict[str, set[str]] = field(default_factory=dict)
    merged: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    row_ids: dict[str, list[int | None]] = field(default_factory=dict)

    def run(self) -> Plan:
        """Settle all sheets; progress 0.5–0.65."""
        for number, sheet in enumerate(SHEETS):
            frame = self.frames[sheet.name]
            self.ticker.tick(0.5 + 0.15 * number / len(SHEETS), f"Jämför bladet {sheet.name} med registret")
            if len(frame):
                _SheetResolver(self, frame).run()
        return self.plan


class _SheetResolver:
    def __init__(self, resolver: Resolver, frame: Frame) -> None:
        self.all = resolver
        self.store = resolver.store
        self.frame = frame
        self.sheet: Sheet = frame.sheet
        self.size = len(frame)
        self.values: dict[str, list[Any]] = dict(frame.values)
        self.matched: dict[int, tuple[int, Key]] = {}
        self.fields = [c.field for c in self.sheet.columns if c.field not in self.sheet.key]
        self.enheter: Enheter | None = None

    def run(self) -> None:
        if self.sheet is ENHETER:
            self._take_enheter()
        for column in self.sheet.columns:
            if column.kind in (Kind.REF, Kind.CATALOGUE) and column.field in self.values:
                self._refer(column)
        for column in self.sheet.columns:
            if column.field not in self.values and (column.required or column.field in self.sheet.key):
                self.values[column.field] = [column.default] * self.size
        if self.sheet.table == "deltagare":
            self._spread_numbers()
        if self.sheet is DELEGATIONSBESLUT:
            spread_years(self.values)
            self.fields.append("ar")
        if self.sheet is ENHETER:
            self.fields.remove("typ")
        keys = self._keys()
        self._match(keys)
        self._merge()
        if self.sheet.table == "deltagare":
            self._derive_deltagare()
        self.all.merged[self.sheet.name] = self.values
        checks.check_sheet(self.all, self.frame, self.values, self.matched)
        self._settle()

    def _take_enheter(self) -> None:
        """Enheter holds two tables: the enhet by name, and its capacity by row."""
        self.enheter = Enheter(self.all, self.frame)
        self.all.known["Enheter"] = self.enheter.ids

    def _refer(self, column: Column) -> None:
        texts = self.values[column.field]
        wanted = {text for text in texts if text is not None}
        known, faulty = self._names(column, wanted)
        fold = column.kind is Kind.CATALOGUE or column.ref == "Insatstyper"
        found = {text: known.get(text.casefold() if fold else text) for text in wanted}
        self.values[column.field] = [found.get(text) for text in texts]
        lost = {text for text in wanted if found[text] is None}
        broken = {text for text in wanted if (text.casefold() if fold else text) in faulty}
        if lost or broken:
            self._tell_lost(column, texts, lost, broken)

    def _names(self, column: Column, wanted: set[str]) -> tuple[dict[str, Any], set[str]]:
        if column.kind is Kind.CATALOGUE or column.ref == "Insatstyper":
            catalogue = "insatstyp" if column.ref == "Insatstyper" else column.ref
            known = {**catalogues.names(self.all.store, catalogue), **self.all.known.get(column.ref, {})}
            return known, self.all.faulty.get(column.ref, set())
        known = self.all.known.setdefault(column.ref, {})
        faulty = self.all.faulty.get(column.ref, set())
        unknown = wanted - known.keys() - faulty
        if unknown:
            target, name = ("enhet", "namn") if column.ref == "Enheter" else (_TABLES[column.ref], "nummer")
            known.update(self.store.ids(target, unknown, name))
        return known, faulty

    def _tell_lost(self, column: Column, texts: list[Any], lost: set[str], broken: set[str]) -> None:
        for place, text in enumerate(texts):
            if text in broken:
                self.frame.leave_out(place, _ROW_FAULTS.format(text=text, blad=column.ref))
            elif text in lost:
                self.frame.fault(place, column.field, catalogues.lost_message(self.all.store, column, text))

    def _spread_numbers(self) -> None:
        if "personnummer" in self.values:
            numbers = self.values["personnummer"]
            self.values["personnummer"] = [n and n.tolv for n in numbers]
            self.values["nummertyp"] = [n and n.typ for n in numbers]
            self.values["fodelsedatum"] = [
                n and n.fodelsedatum and n.fodelsedatum.isoformat() for n in numbers
            ]
        self.fields += DERIVED["deltagare"]

    def _keys(self) -> list[Key | None]:
        """The key of each row; None where it cannot be told."""
        sheet = self.sheet
        columns = [
            [c.default if v is None else v for v in self.values[c.field]]
            if c.default is not None
            else self.values[c.field]
            for c in (sheet.by_field[name] for name in sheet.key)
        ]
        keys: list[Key | None] = list(zip(*columns, strict=True))
        if sheet.table == "insatstyp":
            keys = [None if key is None or key[0] is None else (key[0].casefold(),) for key in keys]
        if not sheet.repeats:
            self._find_repeated(keys)
        return keys

    def _find_repeated(self, keys: list[Key | None]) -> None:
        if len(set(keys)) == self.size:
            return
        first: dict[Key, int] = {}
        for place, key in enumerate(keys):
            if key is None or None in key:
                continue
            if key in first:
                self._tell_repeated(place, first[key])
            else:
                first[key] = place

    def _tell_repeated(self, place: int, earlier: int) -> None:
        where = f"rad {self.frame.rows[earlier]}"
        if self.frame.blad(earlier) != self.frame.blad(place):
            where += f" i bladet {self.frame.blad(earlier)}"
        field = self.sheet.key[0] if len(self.sheet.key) == 1 else self.sheet.key[-1]
        if not self.sheet.by_field[field].required:
            field = self.sheet.key[-2]
        name = " och ".join(self.sheet.by_field[f].name for f in self.sheet.key)
        self.frame.fault(
            place, field, f"Samma {name} finns redan på {where}. Ta bort eller rätta en av raderna."
        )

    def _match(self, keys: list[Key | None]) -> None:
        sheet = self.sheet
        if self.store.is_empty(sheet.table):
            return
        stored = [f for f in self.fields if f in table(sheet.table).c]
        fold = sheet.table == "insatstyp"
        # The catalogue is short and its names are compared without regard to case: take all of it.
        values = range(10**6) if fold else {key[0] for key in keys if key is not None and key[0] is not None}
        existing = self.store.by_key(sheet.table, stored, sheet.key, values)
        if None in {key and key[0] for key in keys} and sheet.repeats:
            self._add_ownerless(existing, stored)
        if fold:
            existing = {(key[0].casefold(),): rows for key, rows in existing.items()}
        seen: Counter[Key] = Counter()
        for place, key in enumerate(keys):
            rows = existing.get(key) if key is not None else None
            if rows is None or (place in self.frame.bad and not sheet.has_own_id):
                continue
            assert key is not None
            turn = seen[key] if sheet.repeats else 0
            seen[key] += 1
            if turn < len(rows):
                self.matched[place] = rows[turn]

    def _add_ownerless(self, existing: dict[Key, list[tuple[int, Key]]], stored: Sequence[str]) -> None:
        """Rows without an owner (delegationsbeslut without ärende), which no list of owners asks for."""
        for row in self.store.ownerless(self.sheet.table, [*self.sheet.key, *stored], self.sheet.key[0]):
            width = len(self.sheet.key)
            existing.setdefault(tuple(row[1 : width + 1]), []).append((row[0], tuple(row[width + 1 :])))

    def _merge(self) -> None:
        """Blank cells get their default; columns that the file lacks keep what the store holds."""
        for place, name in enumerate(self.fields):
            column = self.sheet.by_field.get(name)
            default = column.default if column else None
            if name not in self.values:
                self.values[name] = [default] * self.size
                for row, (_, old) in self.matched.items():
                    self.values[name][row] = old[place]
                continue
            values = self.values[name]
            if column and column.blank_keeps:
                for row, (_, old) in self.matched.items():
                    if values[row] is None:
                        values[row] = old[place]
            if default is not None and None in values:
                self.values[name] = [default if value is None else value for value in values]
        for name in self.sheet.key:
            default = self.sheet.by_field[name].default
            if default is not None:
                self.values[name] = [default if value is None else value for value in self.values[name]]

    def _derive_deltagare(self) -> None:
        values = self.values
        told = self.frame.values.get("kon")
        for place, kon in enumerate(values["kon"]):
            if told is None and place in self.matched:
                continue
            if kon is None:
                values["kon"][place] = checks.kon_of(values["personnummer"][place])
            elif kon == UPPGIFT_SAKNAS:
                values["kon"][place] = None
        values["sortering"] = [
            sortering(efternamn or "", fornamn or "")
            for efternamn, fornamn in zip(values["efternamn"], values["fornamn"], strict=True)
        ]

    def _settle(self) -> None:
        """Sort the rows into new, changed, unchanged and left out, and make their ids known."""
        plan, bad, matched = self.all.plan, self.frame.bad, self.matched
        part = TablePlan(self.sheet.table)
        stored = [f for f in self.fields if f in table(self.sheet.table).c]
        bare = self.frame.bare
        new = [p for p in range(self.size) if p not in matched and p not in bad and p not in bare]
        if self.sheet is DELEGATIONSBESLUT:
            give_lopnummer(self.all, self.values, new)
        ids: list[int | None] = [None] * self.size
        for place, row_id in zip(new, self.store.allot(self.sheet.table, len(new)), strict=True):
            ids[place] = row_id
        changed_enheter = self.enheter.settle(plan) if self.enheter else set()
        part.new_ids = [row_id for row_id in ids if row_id is not None]
        whole = len(new) == self.size
        for name in (*self.sheet.key, *stored):
            column = self.values[name]
            part.columns[name] = column if whole else [column[p] for p in new]
        for place, (row_id, old) in matched.items():
            ids[place] = row_id
            if place in bad:
                continue
            now = tuple(self.values[name][place] for name in stored)
            if now != old:
                part.changed[row_id] = {n: (o, v) for n, o, v in zip(stored, old, now, strict=True) if o != v}
            same = now == old and not (changed_enheter and self.values["enhet_id"][place] in changed_enheter)
            plan.oforandrade += same
            plan.andrade += not same
        plan.nya += len(new)
        plan.hoppade += len(bad)
        plan.tables.append(part)
        self.all.row_ids[self.sheet.name] = ids
        if self.sheet.has_own_id:
            self._make_known(ids)

    def _make_known(self, ids: list[int | None]) -> None:
        names = self.values[self.sheet.key[0]]
        if self.sheet.table == "insatstyp":
            names = [name and name.casefold() for name in names]
        bad = self.frame.bad
        known = dict(zip(names, ids, strict=True)) if not bad else {}
        if bad:
            known = {n: i for p, (n, i) in enumerate(zip(names, ids, strict=True)) if p not in bad}
            cells = self.frame.cells.get(self.sheet.key[0], [""] * self.size)
            called = {names[place] or clean_text(shown(cells[place])) for place in bad}
            self.all.faulty[self.sheet.name] = called - known.keys() - {""}
        self.all.known[self.sheet.name] = known


_TABLES = {sheet.name: sheet.table for sheet in SHEETS}
