"""Opening a register for the window: the store, who sits at the desk, and what the shell tells of it."""

import getpass
from dataclasses import dataclass
from pathlib import Path

from db.aktor import SYSTEM, Aktor
from db.queries.medarbetare import find_aktor
from db.queries.settings import load_settings
from db.session import Store


@dataclass(frozen=True, slots=True)
class Opened:
    """An open register. `unit` stands under the name of the program."""

    store: Store
    aktor: Aktor
    unit: str
    demo: bool


def open_for_window(where: str, signatur: str = "") -> Opened:
    """Open and, where needed, upgrade a register. Raises StoreError in Swedish.

    The acting user is the member of staff with `signatur`, else with the computer's login name; in the demo
    it is one of the invented staff, whoever is chosen or else the same every time.
    """
    from db.migrate import open_register

    store = open_register(where)
    try:
        with store.read(SYSTEM) as session:
            settings = load_settings(session, SYSTEM)
            aktor = find_aktor(session, signatur or ("" if settings.demo else _login()))
            if settings.demo and aktor.namn == aktor.signatur:  # nobody of the invented staff
                aktor = _demo_aktor()
    except BaseException:
        store.close()
        raise
    return Opened(store, aktor, settings.kommun, settings.demo)


def describe(store: Store) -> str:
    """Where the register is, for the status bar."""
    return f"Register: {store.path.name}" if store.path else "Ansluten till databasen"


def demo_register() -> str:
    """Where the demo that the window makes lies."""
    from db.places import data_folder

    return str(data_folder() / "demo.egenvag")


def exists(where: str) -> bool:
    """Whether there is something to open: a server is always worth trying."""
    return bool(where) and ("://" in where or Path(where).exists())


def _demo_aktor() -> Aktor:
    from db.demo import DEMO_AKTOR

    return DEMO_AKTOR


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
