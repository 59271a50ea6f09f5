"""Changing the settings of the register, which hold for everybody who uses it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.varningar import pass_warnings
from db.errors import ConflictError
from db.locks import lock_table
from db.models import Bip, Installning
from db.queries.senast import find_latest_of
from db.queries.settings import NOT_ALLOWED, SLAG, is_valid, may_change_settings, read_varden
from db.rules.belaggning import FLEST_PLATSER, STORSTA_MAL
from db.rules.bip import LANGSTA_ETIKETT, MINSTA_SKALA, STORSTA_SKALA
from db.rules.osa import STORSTA_MAL as STORSTA_OSA_MAL
from db.rules.suppression import TROSKEL
from db.session import Store

CHANGED_MEANWHILE = (
    "Någon annan har ändrat inställningarna. Inget har sparats. Öppna dem igen och gör om ändringen."
)
LONGEST_NAME = 200
Varden = Mapping[str, Any]
_LIMITS = {
    "bip.skala": f"Välj en skala från {MINSTA_SKALA} till {STORSTA_SKALA}.",
    "aktivitetskrav.dagar": "Skriv antalet dagar, 1 till 366.",
    "sekretess.troskel": "Skriv ett antal från 1 till 100.",
    "belaggning.mal": f"Skriv två hela procenttal, 0 till {STORSTA_MAL}, det lägsta först.",
    "platser.mal": f"Skriv ett antal från 1 till {FLEST_PLATSER}, och en dag.",
    "osa.mal_per_ar": f"Skriv antalet personer, 0 till {STORSTA_OSA_MAL}.",
}


def label_field(place: int) -> str:
    """What findings call the label of an indicator, counted from 0: "etikett1" to "etikett11"."""
    return f"etikett{place + 1}"


def check_settings(session: Session, aktor: Aktor, varden: Varden) -> tuple[Finding, ...]:
    """Everything to tell about new values of some settings, by their names."""
    now = read_varden(session)
    found = [] if may_change_settings(session, aktor) else [Finding("", NOT_ALLOWED, stops=True)]
    for nyckel, varde in varden.items():
        found += _check(nyckel, varde)
        if not any(finding.stops for finding in found) and varde != now.get(nyckel):
            found += _warn(session, nyckel, varde)
    return tuple(found)


def save_settings(
    store: Store,
    aktor: Aktor,
    varden: Varden,
    tidigare: Varden | None = None,
    skal: str | None = None,
) -> Saved | None:
    """Save some settings as one act; None when nothing differs. `skal` is why a warning is passed.

    `tidigare` are the same settings as the form was opened with. Raises DataError, naming the field, and
    ConflictError when they are not so any more.
    """
    varden = {nyckel: tuple(v) if isinstance(v, list) else v for nyckel, v in varden.items()}
    with store.unit_of_work(aktor, SLAG, "Ändrade inställningar") as work:
        rows = _rows(work.session)
        now = read_varden(work.session)
        if tidigare is not None and any(now[nyckel] != varde for nyckel, varde in tidigare.items()):
            held = [(Installning.__tablename__, rows[nyckel].id) for nyckel in tidigare if nyckel in rows]
            senast = find_latest_of(work.session, held)
            raise ConflictError(CHANGED_MEANWHILE, {nyckel: now[nyckel] for nyckel in tidigare}, senast)
        varningar = refuse(check_settings(work.session, aktor, varden))
        ids = [_write(work.session, rows, n, varde) for n, varde in varden.items() if varde != now[n]]
        for rad_id in ids[:1]:
            pass_warnings(work, Installning.__tablename__, rad_id, varningar, skal)
    return None if work.changes is None else Saved(ids[0], work.changes, varningar)


def _rows(session: Session) -> dict[str, Installning]:
    """One act at a time: two who save at once would otherwise both find what they opened."""
    lock_table(session, Installning)
    return {row.nyckel: row for row in session.scalars(select(Installning))}


def _write(session: Session, rows: Mapping[str, Installning], nyckel: str, varde: Any) -> int:
    text = json.dumps(varde, ensure_ascii=False)
    row = rows.get(nyckel)
    if row is None:
        row = Installning(nyckel=nyckel, varde=text)
        session.add(row)
    row.varde = text
    session.flush()
    return row.id


def _check(nyckel: str, varde: Any) -> Iterator[Finding]:
    if nyckel in ("kommun.namn", "namnd.namn") and len(str(varde)) > LONGEST_NAME:
        yield Finding(nyckel, "Namnet är för långt. Korta det.", stops=True)
    elif not is_valid(nyckel, varde):
        told = tuple(_check_labels(varde)) if nyckel == "bip.etiketter" else ()
        text = _LIMITS.get(nyckel, f"Inställningen {nyckel} kan inte vara {varde}.")
        yield from told or (Finding(nyckel, text, stops=True),)


def _check_labels(etiketter: Sequence[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, etikett in enumerate(etiketter):
        text = str(etikett).strip().casefold()
        if not text:
            yield Finding(label_field(place), "Skriv vad frågan heter.", stops=True)
        elif len(text) > LANGSTA_ETIKETT:
            yield Finding(label_field(place), "Frågan är för lång. Korta den.", stops=True)
        elif text in seen:
            yield Finding(label_field(place), "En annan fråga heter så. Ändra den ena.", stops=True)
        seen.add(text)


def _warn(session: Session, nyckel: str, varde: Any) -> Iterator[Finding]:
    """What another value brings with it."""
    if nyckel == "bip.skala" and session.execute(select(Bip.id).limit(1)).first() is not None:
        text = "Svar som redan finns räknas inte om. Förändringen jämför dem med svar på den nya skalan."
        yield Finding(nyckel, text)
    elif nyckel.startswith("aktivitetskrav."):
        yield Finding(nyckel, "Frister och siffror räknas om, också för tidigare perioder.")
    elif nyckel == "sekretess.troskel" and varde < TROSKEL:
        text = f"Med ett lägre tal än {TROSKEL} kan enskilda kännas igen i rapporter."
        yield Finding(nyckel, text, asks=True)
