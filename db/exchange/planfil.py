"""Plans as files: read into the register, written from it, and those that the program carries with it."""

from dataclasses import dataclass
from pathlib import Path

from db.aktor import Aktor
from db.commands.findings import Saved
from db.commands.plan_import import import_plan
from db.exchange.plantoml import Planfel, find_kod, read_plan
from db.exchange.plantoml_skriv import write_plan
from db.files import write_file
from db.queries.plan import load_plan
from db.rules.plan import Plandokument
from db.session import Store
from resources import resource_path


@dataclass(frozen=True, slots=True)
class Planinlasning:
    """What became of a file: `sparad` is None where it was refused, or where nothing differed."""

    kod: str
    plan: Plandokument | None
    sparad: Saved | None
    fel: tuple[Planfel, ...]
    varningar: tuple[Planfel, ...]


@dataclass(frozen=True, slots=True)
class Planmall:
    """A plan that the program carries with it."""

    kod: str
    plan: Plandokument
    fil: Path


def import_planfil(store: Store, aktor: Aktor, fil: Path, kod: str = "") -> Planinlasning:
    """Read a file into the register, by default under the file's name. With any fault nothing is written.

    Raises StoreError for a file that cannot be read, DataError for somebody who may not.
    """
    kod = kod or find_kod(fil)
    last = read_plan(fil)
    if last.plan is None:
        return Planinlasning(kod, None, None, last.fel, last.varningar)
    sparad = import_plan(store, aktor, kod, last.plan)
    told = tuple(Planfel(0, v.message) for v in sparad.varningar) if sparad else ()
    return Planinlasning(kod, last.plan, sparad, (), (*last.varningar, *told))


def export_plan(store: Store, aktor: Aktor, plan_id: int, fil: Path) -> None:
    """Write a plan as TOML, whole or not at all. Raises NotFoundError, StoreError."""
    with store.read(aktor) as session:
        text = write_plan(load_plan(session, aktor, plan_id).dokument)
    write_file(fil, lambda stream: stream.write(text.encode()))


def list_planmallar() -> tuple[Planmall, ...]:
    """The plans that the program carries with it, by name."""
    mallar = []
    for fil in sorted(resource_path("planer").glob("*.toml")):
        last = read_plan(fil)
        assert last.plan is not None, last.fel
        mallar.append(Planmall(find_kod(fil), last.plan, fil))
    return tuple(mallar)
