"""The report `delegationsbeslut`: what was decided on delegation, one by one, and how many of what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from db.rules.figurer import Avsnitt
from db.rules.tabell import Forklaring, Tabell, Tabellcell, Tabellkolumn, Tabellrad
from db.rules.text import slug
from desktop.reports import formats
from desktop.reports.spec import Rapportspec

EMPTY = "Inga delegationsbeslut i perioden."
NOT_PEOPLE = "Antalen gäller beslut, inte personer."
NO_NAMES = "Listan innehåller inga namn på deltagare. Ärendet anges med ärendenummer."
_COLUMNS = (
    Tabellkolumn("Löpnr", del_=0.7),
    Tabellkolumn("Datum", del_=0.9),
    Tabellkolumn("Ärende"),
    Tabellkolumn("Ärendetyp", del_=1.5),
    Tabellkolumn("Lagrum", del_=1.2),
    Tabellkolumn("Punkt", del_=0.6),
    Tabellkolumn("Beslut", del_=2.0),
    Tabellkolumn("Delegat", del_=1.2),
)


class Beslut(Protocol):
    """A decision, as the query hands it over."""

    @property
    def ar(self) -> int | None: ...
    @property
    def lopnummer(self) -> int | None: ...
    @property
    def nummer(self) -> str: ...
    @property
    def id(self) -> int: ...
    @property
    def datum(self) -> date: ...
    @property
    def arende(self) -> str: ...
    @property
    def arendetyp(self) -> str: ...
    @property
    def lagrum(self) -> str: ...
    @property
    def delegationspunkt(self) -> str: ...
    @property
    def beslut(self) -> str: ...
    @property
    def delegat(self) -> str: ...


def make_sections(nu: Sequence[Beslut], fore: Sequence[Beslut] | None) -> tuple[Avsnitt, ...]:
    """How many of every ärendetyp, beside the comparison where there is one, and the list."""
    return (
        Avsnitt("Antal per ärendetyp", (), _lead(nu), delar=(_counts(nu, fore),)),
        Avsnitt("Beslut", (), delar=(_list(nu),)),
    )


def _lead(rows: Sequence[Beslut]) -> str:
    if not rows:
        return EMPTY
    told = f"{formats.format_tal(len(rows))}{formats.HARD_SPACE}delegationsbeslut fattades"
    (typ, most), *others = _ordered(rows)
    if not others:
        return f"{told} under perioden, alla av ärendetypen {typ}."
    return (
        f"{told} under perioden. Vanligast var {typ}, {formats.format_tal(most)}{formats.HARD_SPACE}beslut."
    )


def _ordered(rows: Sequence[Beslut]) -> list[tuple[str, int]]:
    counts = Counter(row.arendetyp for row in rows)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _counts(nu: Sequence[Beslut], fore: Sequence[Beslut] | None) -> Tabell:
    now = Counter(row.arendetyp for row in nu)
    before = Counter(row.arendetyp for row in fore) if fore is not None else None
    periods = [now] if before is None else [before, now]
    names = [typ for typ, _ in _ordered((*nu, *(fore or ())))]
    rows = [
        _count_row(typ, f"{ident}.antal", [counts[typ] for counts in periods])
        for typ, ident in zip(names, _slugs(names), strict=True)
    ]
    if rows:
        alla = _count_row("Alla", "totalt", [sum(counts.values()) for counts in periods])
        rows.append(replace(alla, stark=True))
    return Tabell(
        (Tabellkolumn("Ärendetyp", del_=3), *_heads(fore is not None)), tuple(rows),
        "Antal per ärendetyp", noter=(NOT_PEOPLE,), tom=EMPTY,
    )  # fmt: skip


def _heads(compared: bool) -> tuple[Tabellkolumn, ...]:
    if not compared:
        return (Tabellkolumn("Antal", siffror=True, totalt=True),)
    return (
        Tabellkolumn("Jämförelseperioden", siffror=True),
        Tabellkolumn("Perioden", siffror=True, totalt=True),
    )


def _count_row(etikett: str, ident: str, values: Sequence[int]) -> Tabellrad:
    """In JSON as the rows by kön of other reports, of which this has none."""
    none = {"kvinnor": None, "man": None}
    then = values[0] if len(values) > 1 else None
    data: dict[str, object] = {
        "enhet": "antal", **none, "uppgift_saknas": None, "totalt": values[-1],
        "jamforelse": {**none, "totalt": then}, "dolda": [],
    }  # fmt: skip
    cells = tuple(Tabellcell(formats.format_tal(value), value) for value in values)
    return Tabellrad(etikett, cells, id=f"delegationsbeslut.{ident}", data=data)


def _slugs(names: Sequence[str]) -> list[str]:
    """Row ids; two types with one slug are told apart by their order."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        ident = slug(name) or "ovrigt"
        seen[ident] += 1
        found.append(ident if seen[ident] == 1 else f"{ident}_{seen[ident]}")
    return found


def _list(rows: Sequence[Beslut]) -> Tabell:
    return Tabell(
        _COLUMNS, tuple(_row(row) for row in rows), "Beslut i nummerordning", noter=(NO_NAMES,),
        tom=EMPTY,
    )  # fmt: skip


def _row(row: Beslut) -> Tabellrad:
    texts = {
        "datum": row.datum.isoformat(),
        "arende": row.arende,
        "arendetyp": row.arendetyp,
        "lagrum": row.lagrum,
        "delegationspunkt": row.delegationspunkt,
        "beslut": row.beslut,
        "delegat": row.delegat,
    }
    number = row.nummer or formats.SAKNAS
    return Tabellrad(
        number,
        tuple(Tabellcell(text) for text in texts.values()),
        id=f"delegationsbeslut.{row.ar}.{row.lopnummer}" if row.nummer else f"delegationsbeslut.id.{row.id}",
        data={"ar": row.ar, "lopnummer": row.lopnummer, **texts},
    )


SPEC = Rapportspec(
    namn="delegationsbeslut",
    titel="Delegationsbeslut",
    beskrivning="Alla beslut som har fattats på delegation under perioden, utan namn på deltagare.",
    avsnitt=(),
    listor=make_sections,
    begrepp=(
        Forklaring(
            "Delegationsbeslut",
            "Beslut som en handläggare eller chef har fattat på nämndens vägnar enligt delegationsordningen. "
            "Ren verkställighet är inte med.",
        ),
        Forklaring(
            "Löpnummer", "Beslutets nummer inom året. Ett nummer som saknas hör till ett borttaget beslut."
        ),
        Forklaring("Punkt", "Punkten i delegationsordningen som ger rätt att besluta."),
        Forklaring("Delegat", "Den som har fattat beslutet."),
    ),
)
