"""Taking back an act, an import too: new rows go, changed rows get their old values, removed ones return.

An act is refused whole when someone has changed its rows since, or made rows that refer to them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db import bulk, history
from db.aktor import Aktor
from db.commands.delegationsbeslut import number_again
from db.commands.skrivbord import leave_desks, return_to_desks
from db.errors import DataError
from db.exchange.outcome import Cancel, Progress, Ticker
from db.exchange.storeside import plain, table
from db.exchange.writing import free_lopnummer, number_type, rebuild_sokord
from db.history import NEW, REMOVED, CellRow, Changes
from db.locks import lock_rows
from db.models import Andring, Base, Handelse, Insats
from db.queries.angrade import SLAG, find_later, find_referring, find_undone
from db.queries.frysta import APPROVED, GODKANT
from db.queries.papperskorg import NO_ACT, require_known_act
from db.queries.sammanslagning import MERGED
from db.queries.settings import NOT_ALLOWED, may_change_settings
from db.queries.settings import SLAG as SETTINGS
from db.session import Store

NAMED_ROWS = 10
_NAMES = {"sortering", "fornamn", "efternamn"}  # what search words are made of
_WORDS = {
    "deltagare": "deltagare",
    "hushall": "hushåll",
    "arende": "ärende",
    "undantag": "undantag",
    "bistandsmanad": "biståndsmånad",
    "inskrivning": "inskrivning",
    "stegperiod": "steg",
    "insats": "insats",
    "osa_beslut": "OSA-beslut",
    "planering": "planering",
    "mote": "möte",
    "narvaro": "närvaro",
    "bip": "BIP-svar",
    "enhet": "enhet",
    "kapacitet": "antal platser",
    "kostnad": "kostnad",
    "insatstyp": "insatstyp",
    "delegationsbeslut": "delegationsbeslut",
    "indikatorvarde": "indikatorvärde",
    "anteckning": "anteckning",
    "anteckningsmall": "anteckningsmall",
    "dokument": "dokument",
    "planeringssteg": "steg i planeringen",
    "uppfoljning": "uppföljning",
    "bipplan": "nästa BIP",
    "osa_uppfoljning": "OSA-uppföljning",
    "narvaroschema": "närvaroschema",
    "sparad_lista": "sparad lista",
    "uppskjuten": "uppskjuten rad",
    "passerad_varning": "passerad varning",
    "platsko": "plats i kön",
    "undantagsgranskning": "granskning av undantag",
    "avstamning": "avstämning",
    "steg": "steg i flödet",
    "installning": "inställning",
    "plan": "plan",
    "planmal": "mål",
    "planaktivitet": "aktivitet",
    "planindikator": "indikator",
    "planvarde": "värde i planen",
    "malbedomning": "bedömning",
    "aktivitetsstatus": "läge för en aktivitet",
    "plankommentar": "kommentar",
    "koladavarde": "värde från Kolada",
    "fryst_rapport": "fryst rapport",
    "rapportutskrift": "rapport som lämnats ut",
    "namndbehandling": "sammanträde för en rapport",
}


def undo_act(
    store: Store,
    aktor: Aktor,
    handelse_id: int,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Changes:
    """Take back an act as a whole; the undoing is an act of its own, which can be taken back too.

    Raises DataError when the act does not exist, is undone already, or naming the rows that stand in the way,
    and NotFoundError where it concerns a protected person whom the user may not know of.
    """
    ticker = Ticker(progress, cancel)
    ticker.tick(0.0, "Kontrollerar vad som har hänt sedan dess")
    with store.unit_of_work(aktor, SLAG) as work:
        act = work.session.get(Handelse, handelse_id)
        if act is None:
            raise DataError(NO_ACT)
        require_known_act(work.session, aktor, act)
        _require_allowed(work.session, aktor, act)
        if handelse_id in find_undone(work.session):
            raise DataError("Det är redan ångrat. Inget har ändrats.")
        text = f"Ångrade: {act.slag} {act.text}".strip()
        undoing = _Undoing(work.session, handelse_id, ticker)
        cells = undoing.run()
        ticker.tick(0.85, "Skriver historiken")
        undone = history.append_rows(work.session, aktor.signatur, SLAG, text, cells, handelse_id)
        ticker.tick(0.98, "Sparar")
    if progress is not None:
        progress(1.0, "Klart")
    return Changes(undone, frozenset((cell[0], cell[1]) for cell in cells))


def _require_allowed(session: Session, aktor: Aktor, act: Handelse) -> None:
    """What holds for everybody is taken back by those who may set it; what is approved not at all."""
    if act.slag == GODKANT:
        raise DataError(APPROVED)
    query = select(Andring.id).where(Andring.handelse_id == act.id, Andring.tabell == "installning")
    is_concerned = act.slag in (SETTINGS, SLAG) and session.execute(query.limit(1)).first() is not None
    if is_concerned and not may_change_settings(session, aktor):
        raise DataError(NOT_ALLOWED)


class _Undoing:
    def __init__(self, session: Session, handelse_id: int, ticker: Ticker) -> None:
        self.session = session
        self.connection: Connection = session.connection()
        self.act = handelse_id
        self.ticker = ticker
        self.cells: list[CellRow] = []
        self._gone: list[CellRow] = []

    def run(self) -> list[CellRow]:
        self._lock()
        self._refuse_changed()
        try:
            self._let_numbers_go()
            self._restore_removed()
            people = self._restore_changed()
            self._refuse_referred()
            self._leave_desks()
            self._remove_new()
            self._refuse_enrolled_twice()
            self._refuse_outside()
        except IntegrityError as error:
            raise DataError(
                "Det går inte att ångra: ett nummer eller id som skulle tillbaka används nu av någon annan. "
                "Inget har ändrats."
            ) from error
        rebuild_sokord(self.session, people)
        if self._restored:
            return_to_desks(self.session, set(self._restored))
        return self.cells

    def _lock(self) -> None:
        """Nobody changes the act's rows between the look at them and the write. Owners first, as the acts
        themselves do."""
        query = select(Andring.tabell, Andring.rad_id).where(Andring.handelse_id == self.act)
        ids: defaultdict[str, set[int]] = defaultdict(set)
        for tabell, rad_id in self.session.execute(query):
            ids[tabell].add(rad_id)
        owners = select(Insats.inskrivning_id).join(Andring, Andring.rad_id == Insats.id)
        ids["inskrivning"] |= set(
            self.session.scalars(owners.where(Andring.handelse_id == self.act, Andring.tabell == "insats"))
        )
        for tabell in _ordered(ids):
            lock_rows(self.session, Base.metadata.tables[tabell], ids[tabell])

    def _refuse_changed(self) -> None:
        """Later acts on the same rows stand in the way."""
        if rows := find_later(self.session, self.act):
            self._refuse(rows, "har ändrats sedan dess")

    def _refuse_referred(self) -> None:
        if rows := find_referring(self.session, self.act):
            self._refuse(rows, "hänvisar till det som skulle tas bort")

    def _refuse_enrolled_twice(self) -> None:
        """Nobody is enrolled twice at once: an inskrivning does not open again beside one that is open."""
        back, beside = table("inskrivning").alias(), table("inskrivning").alias()
        touched = select(Andring.rad_id).where(
            Andring.handelse_id == self.act, Andring.tabell == "inskrivning"
        )
        opened = touched.where(Andring.falt.in_(("avslutad", REMOVED)))
        rows = self.connection.execute(
            select(beside.c.id)
            .join(back, back.c.deltagare_id == beside.c.deltagare_id)
            .where(back.c.id.in_(opened), back.c.avslutad.is_(None))
            .where(beside.c.id.not_in(touched), beside.c.avslutad.is_(None))
        )
        if found := {("inskrivning", row_id) for row_id in rows.scalars()}:
            self._refuse(found, "är öppna, och deltagaren skulle bli inskriven två gånger")

    def _refuse_outside(self) -> None:
        """What comes back lies within its inskrivning: an insats does not run again where that has closed
        since, nor does an inskrivning get other days than what has been registered in it."""
        insats, owner = table("insats"), table("inskrivning")
        moved = self._moved("insats", "start", "slut", "inskrivning_id", REMOVED)
        resized = self._moved("inskrivning", "inskriven", "avslutad")
        rows = self.connection.execute(
            select(insats.c.id)
            .join(owner, owner.c.id == insats.c.inskrivning_id)
            .where(or_(insats.c.id.in_(moved), owner.c.id.in_(resized)))
            .where(
                or_(
                    insats.c.start < owner.c.inskriven,
                    and_(owner.c.avslutad.is_not(None), insats.c.slut.is_(None)),
                    insats.c.slut > owner.c.avslutad,
                )
            )
        )
        if found := {("insats", row_id) for row_id in rows.scalars()}:
            self._refuse(found, "skulle ligga utanför sin inskrivning")

    def _moved(self, name: str, *fields: str) -> Select[int]:
        query = select(Andring.rad_id).where(Andring.handelse_id == self.act, Andring.tabell == name)
        return query.where(Andring.falt.in_(fields))

    def _refuse(self, rows: Iterable[tuple[str, int]], why: str) -> None:
        ordered = sorted(rows)
        names = [self._name(name, row_id) for name, row_id in ordered[:NAMED_ROWS]]
        more = f" och {len(ordered) - NAMED_ROWS} till" if len(ordered) > NAMED_ROWS else ""
        raise DataError(
            f"Det går inte att ångra. Dessa rader {why}: {', '.join(names)}{more}. Inget har ändrats."
        )

    def _name(self, name: str, row_id: int) -> str:
        chosen = table(name)
        word = _WORDS.get(name, name)
        named_by = "signatur" if name == "medarbetare" else "nyckel"
        for column in ("kod", "nummer", "namn", named_by):
            if column in chosen.c:
                called = self.connection.execute(
                    select(chosen.c[column]).where(chosen.c.id == row_id)
                ).scalar()
                if called != "":
                    return f"{word} {called}" if called else f"{word} (borttagen)"
        for key in chosen.foreign_keys:
            owner = key.column.table
            if "nummer" in owner.c:
                statement = (
                    select(owner.c.nummer).join(chosen, key.parent == owner.c.id).where(chosen.c.id == row_id)
                )
                if called := self.connection.execute(statement).scalar():
                    return f"{word} för {_WORDS.get(owner.name, owner.name)} {called}"
        return f"{word} {row_id}"

    def _cells(self, *conditions: Any) -> list[Any]:
        statement = select(Andring.tabell, Andring.rad_id, Andring.falt, Andring.gammalt, Andring.nytt)
        return list(
            self.connection.execute(
                statement.where(Andring.handelse_id == self.act, *conditions).order_by(Andring.id)
            )
        )

    def _let_numbers_go(self) -> None:
        """Where numbers changed hands nobody holds one while they go back: two people may get each other's,
        or the number of one who comes back may stand on another."""
        renumbered = self._cells(Andring.tabell == "delegationsbeslut", Andring.falt == "lopnummer")
        free_lopnummer(self.session, (row_id for _, row_id, *_ in renumbered))
        changed = self._cells(Andring.tabell == "deltagare", Andring.falt == "personnummer")
        if not changed:
            return
        self._gone = list(self._removed_cells("deltagare"))  # as they are, before their numbers go
        free = [(None, None, row_id) for _, row_id, *_ in (*changed, *self._gone)]
        bulk.update_rows(self.connection, "deltagare", ("personnummer", "nummertyp"), free)

    def _restore_removed(self) -> None:
        removed: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for name, row_id, _, old, _ in self._cells(Andring.falt == REMOVED):
            removed[name].append({"id": row_id} | json.loads(old))
        for name in _ordered(removed):
            columns = [column.name for column in table(name).columns]
            if name == "delegationsbeslut":
                number_again(self.session, removed[name])
            inner = _inner_references(name)
            rows = ([None if c in inner else row.get(c) for c in columns] for row in removed[name])
            bulk.insert_rows(self.connection, name, columns, rows)
            for column in inner:  # once all that they may name are there
                named = [(row[column], row["id"]) for row in removed[name]]
                bulk.update_rows(self.connection, name, (column,), named)
            self.cells += [(name, row["id"], NEW, None, None) for row in removed[name]]
        self._restored = [row["id"] for row in removed.get("deltagare", ())]

    def _restore_changed(self) -> list[int]:
        """Give changed cells their old values; returns the deltagare whose search words must be made anew."""
        rows: dict[tuple[str, int], dict[str, tuple[str | None, str | None]]] = defaultdict(dict)
        for name, row_id, column, old, new in self._cells(Andring.falt.not_in((NEW, REMOVED))):
            rows[name, row_id][column] = (old, new)
            self.cells.append((name, row_id, column, new, old))
        alike: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)
        for (name, row_id), changes in rows.items():
            values = {field: None if old is None else json.loads(old) for field, (old, _) in changes.items()}
            if "personnummer" in values:
                # The type was let go with the number, so it is written also where it stays the same.
                values.setdefault("nummertyp", number_type(values["personnummer"]))
            alike[name, tuple(values)].append((*values.values(), row_id))
        for (name, columns), updates in alike.items():
            bulk.update_rows(self.connection, name, columns, updates)
        renamed = [row for (name, row), c in rows.items() if name == "deltagare" and c.keys() & _NAMES]
        return [*renamed, *self._restored]

    def _leave_desks(self) -> None:
        """Where two cards become one again: the one who goes is new in the act, and the warning that the
        merge leaves, on the one who stays, was removed in it."""
        gone = self._cells(Andring.tabell == "passerad_varning", Andring.falt == REMOVED)
        merged = [told for *_, old, _ in gone if (told := json.loads(old))["falt"] == MERGED]
        for told in merged:
            for _, row_id, *_ in self._cells(Andring.tabell == "deltagare", Andring.falt == NEW):
                leave_desks(self.session, row_id, told["rad_id"])

    def _remove_new(self) -> None:
        new: dict[str, list[int]] = defaultdict(list)
        for name, row_id, *_ in self._cells(Andring.falt == NEW):
            new[name].append(row_id)
        order = list(reversed(_ordered(new)))
        for place, name in enumerate(order):
            self.ticker.tick(0.2 + 0.6 * place / len(order), "Tar bort rader")
            kept = self._gone if name == "deltagare" else []
            self.cells += kept or self._removed_cells(name)
            ours = select(Andring.rad_id).where(
                Andring.handelse_id == self.act, Andring.tabell == name, Andring.falt == NEW
            )
            chosen = table(name)
            if inner := _inner_references(name):
                freed = dict.fromkeys(inner)
                self.connection.execute(update(chosen).where(chosen.c.id.in_(ours)).values(freed))
            self.connection.execute(delete(chosen).where(chosen.c.id.in_(ours)))

    def _removed_cells(self, name: str) -> Iterator[CellRow]:
        chosen = table(name)
        columns = list(chosen.columns)
        names = [column.name for column in columns]
        statement = (
            select(*(plain(column) for column in columns))
            .join(Andring, Andring.rad_id == chosen.c.id)
            .where(Andring.handelse_id == self.act, Andring.tabell == name, Andring.falt == NEW)
            .order_by(chosen.c.id)
        )
        place = names.index("id")
        for row in self.connection.execute(statement):
            yield (
                name,
                row[place],
                REMOVED,
                json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False),
                None,
            )


def _ordered(names: Iterable[str]) -> list[str]:
    wanted = set(names)
    return [known.name for known in Base.metadata.sorted_tables if known.name in wanted]


def _inner_references(name: str) -> list[str]:
    """The columns by which a table's rows name each other."""
    chosen = table(name)
    return [key.parent.name for key in chosen.foreign_keys if key.column.table is chosen]
