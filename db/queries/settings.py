"""The settings of a register, typed, with the defaults that hold until somebody saves another value."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor, Roll
from db.errors import StoreError
from db.models import Installning, Medarbetare
from db.rules import aktivitetskrav, belaggning, bip, osa
from db.rules.aktivitetskrav import Installningar as Kravinstallningar
from db.rules.suppression import TROSKEL
from db.sql import Prepared


@dataclass(frozen=True, slots=True)
class Installningar:
    """Every setting that the program knows. `troskel` is the threshold of R12; `bip_skala` the highest answer
    (2 to 10) and `bip_etiketter` what the eleven indicators are called on screen; `osa_mal` persons in OSA a
    year, 0 for no target."""

    aktivitetskrav: Kravinstallningar = aktivitetskrav.STANDARD
    troskel: int = TROSKEL
    kommun: str = ""
    namnd: str = ""
    demo: bool = False
    bip_skala: int = bip.SKALA
    bip_etiketter: tuple[str, ...] = bip.BIP_INDIKATORER
    osa_mal: int = osa.MAL_PER_AR


DEFAULTS: dict[str, Any] = {
    "aktivitetskrav.startpunkt": aktivitetskrav.STANDARD.startpunkt.value,
    "aktivitetskrav.dagar": aktivitetskrav.STANDARD.dagar,
    "sekretess.troskel": TROSKEL,
    "kommun.namn": "",
    "namnd.namn": "",
    "demo": False,
    "bip.skala": bip.SKALA,
    "bip.etiketter": bip.BIP_INDIKATORER,
    "belaggning.mal": belaggning.MAL,
    "platser.mal": {},
    "osa.mal_per_ar": osa.MAL_PER_AR,
}


SLAG = "inställning"  # what the history calls an act that changes settings
NOT_ALLOWED = "Du saknar behörighet att ändra inställningar. Kontakta chefen eller administratören."
# Who decides for everybody who uses the register.
ROLES = (Roll.CHEF, Roll.ADMINISTRATOR, Roll.SYSTEM)
_SAVED = Prepared(select(Installning.nyckel, Installning.varde))


def is_valid(nyckel: str, varde: object) -> bool:
    """Whether the value fits the setting; False for settings that the program does not know."""
    if nyckel == "aktivitetskrav.startpunkt":
        return varde in tuple(aktivitetskrav.Startpunkt)
    if nyckel == "aktivitetskrav.dagar":
        return type(varde) is int and 1 <= varde <= 366
    if nyckel == "sekretess.troskel":
        return type(varde) is int and 1 <= varde <= 100
    if nyckel == "bip.skala":
        return type(varde) is int and bip.MINSTA_SKALA <= varde <= bip.STORSTA_SKALA
    if nyckel == "bip.etiketter":
        return bip.is_etiketter(varde)
    if nyckel == "belaggning.mal":
        return belaggning.is_mal(varde)
    if nyckel == "platser.mal":
        return belaggning.is_platsmal(varde)
    if nyckel == "osa.mal_per_ar":
        return type(varde) is int and 0 <= varde <= osa.STORSTA_MAL
    return nyckel in DEFAULTS and type(varde) is type(DEFAULTS[nyckel])


def load_settings(session: Session, aktor: Aktor) -> Installningar:  # noqa: ARG001 - rights get their place here
    """All settings in one statement. Raises StoreError where a stored value cannot be used."""
    found = read_varden(session)
    return Installningar(
        aktivitetskrav=aktivitetskrav.Installningar(
            aktivitetskrav.Startpunkt(found["aktivitetskrav.startpunkt"]), found["aktivitetskrav.dagar"]
        ),
        troskel=found["sekretess.troskel"],
        kommun=found["kommun.namn"],
        namnd=found["namnd.namn"],
        demo=found["demo"],
        bip_skala=found["bip.skala"],
        bip_etiketter=found["bip.etiketter"],
        osa_mal=found["osa.mal_per_ar"],
    )


def read_varden(session: Session) -> dict[str, Any]:
    """Every setting that the program knows by its name, the default where none is saved; texts of a list as
    a tuple. One statement. Raises StoreError where a stored value cannot be used."""
    found = dict(DEFAULTS)
    for nyckel, text in _SAVED.rows(session):
        if nyckel in DEFAULTS:
            found[nyckel] = _read(nyckel, text)
    return {name: tuple(varde) if isinstance(varde, list) else varde for name, varde in found.items()}


def may_change_settings(session: Session, aktor: Aktor) -> bool:
    """Whether the user may change what holds for everybody: chef and administratör may. So may anybody in the
    demo, and while the register has no such member of staff: there is nobody else to ask."""
    if aktor.roll in ROLES or read_varden(session)["demo"]:
        return True
    appointed = select(Medarbetare.id).where(Medarbetare.aktiv, Medarbetare.roll.in_([*ROLES]))
    return session.execute(appointed.limit(1)).first() is None


def _read(nyckel: str, text: str) -> Any:
    try:
        varde = json.loads(text)
    except ValueError:
        varde = None
    if not is_valid(nyckel, varde):
        raise StoreError(f"Inställningen {nyckel} har ett värde som inte går att använda: {text}. Ändra den.")
    return varde
