"""One factory per model: consistent rows with defaults, flushed so that they have an id.

Every factory takes a session and overrides by column; owners that are not given are made.
"""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    Aktivitetsstatus,
    Anteckning,
    Anteckningsmall,
    Arende,
    Avstamning,
    Base,
    Bip,
    Bipplan,
    Bistandsmanad,
    Delegationsbeslut,
    Deltagare,
    Dokument,
    Dokumentinnehall,
    Enhet,
    FrystRapport,
    Hushall,
    Indikatorvarde,
    Insats,
    Insatstyp,
    Inskrivning,
    Kapacitet,
    Koladavarde,
    Kostnad,
    Malbedomning,
    Medarbetare,
    Mote,
    Namndbehandling,
    Narvaro,
    Narvaroschema,
    Oppnad,
    OsaBeslut,
    OsaUppfoljning,
    PasseradVarning,
    Plan,
    Planaktivitet,
    Planering,
    Planeringssteg,
    Planindikator,
    Plankommentar,
    Planmal,
    Planvarde,
    Platsko,
    Rapportutskrift,
    Sokord,
    SparadLista,
    Steg,
    Stegperiod,
    TidigareNummer,
    Undantag,
    Undantagsgranskning,
    Uppfoljning,
    Uppskjuten,
    Utkast,
)
from db.rules import namn

M = TypeVar("M", bound=Base)
_numbers = count(1)
ROOM = 10_000  # numbers for the fixtures of a whole file, which are made before its tests'
START = date(2024, 1, 8)
# Serials that the tax agency's test numbers mostly use: the third digit says kön.
SERIALS = {"K": ("980", "238"), "M": ("981", "239")}


def fictitious_personnummer(kon: str = "K", fodd: date | None = None, serial: int = 0) -> str:
    """Twelve digits with a valid check digit of nobody who exists; new each time unless `fodd` is given."""
    if fodd is None:
        # Serials of their own: no birth date that a test writes out is met again. All are born before 2000.
        fodd, serial = date(1950, 1, 1) + timedelta(days=next(_numbers) % 18_000), 1
    digits = f"{fodd:%y%m%d}{SERIALS[kon][serial]}"
    products = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return f"{fodd:%Y%m%d}{SERIALS[kon][serial]}{-sum(p // 10 + p % 10 for p in products) % 10}"


def number_from(first: int) -> None:
    """Give the next row this number, and count from there: what a test makes does not depend on what other
    tests have made before it."""
    global _numbers
    _numbers = count(first)


def month(ar: int, manad: int) -> int:
    """A calendar month as the store counts them."""
    return ar * 12 + manad - 1


def _add(session: Session, row: M) -> M:
    session.add(row)
    session.flush()
    return row


def _owner(
    session: Session, values: dict[str, Any], column: str, make: Callable[..., Any], **defaults: Any
) -> None:
    if column not in values:
        values[column] = make(session, **defaults).id


def _named(session: Session, model: type[Insatstyp] | type[Steg], name: str) -> int:
    return session.execute(select(model.id).where(model.namn == name)).scalar_one()


def make_hushall(session: Session, **values: Any) -> Hushall:
    return _add(session, Hushall(**{"nummer": f"H{next(_numbers)}", "antal_barn": 0} | values))


def make_deltagare(session: Session, **values: Any) -> Deltagare:
    """A woman with a number of her own (`personnummer=None`: none); sortering and sokord follow the name."""
    kon = values.get("kon", "K")
    number = values.get("personnummer", fictitious_personnummer(kon or "K"))
    day = int(number[6:8]) % 60 if number and number.isdigit() else 0
    born = date(int(number[:4]), int(number[4:6]), day) if number and day else None
    defaults = {
        "nummer": f"D{next(_numbers)}",
        "personnummer": number,
        "nummertyp": "personnummer" if number else None,
        "fodelsedatum": born,
        "fornamn": "Anna",
        "efternamn": "Åkesson",
        "kon": kon,
    }
    row = Deltagare(**defaults | values)
    row.sortering = values.get("sortering", namn.sortering(row.efternamn, row.fornamn))
    _add(session, row)
    for word in namn.sokord(row.efternamn, row.fornamn):
        session.add(Sokord(ord=word, sortering=row.sortering, deltagare_id=row.id))
    session.flush()
    return row


def make_tidigare_nummer(session: Session, **values: Any) -> TidigareNummer:
    _owner(session, values, "deltagare_id", make_deltagare)
    defaults = {"personnummer": fictitious_personnummer(), "nummertyp": "personnummer", "till": START}
    return _add(session, TidigareNummer(**defaults | values))


def make_arende(session: Session, **values: Any) -> Arende:
    """Granted the week after the ansökan and open, unless told otherwise."""
    _owner(session, values, "deltagare_id", make_deltagare)
    start = values.get("ansokan", START)
    defaults = {
        "nummer": f"Ä{next(_numbers)}",
        "ansokan": start,
        "beslut": start + timedelta(days=7),
        "utfall": "bifall",
        "handlaggare": "anna",
    }
    return _add(session, Arende(**defaults | values))


def make_undantag(session: Session, **values: Any) -> Undantag:
    _owner(session, values, "arende_id", make_arende)
    return _add(session, Undantag(**{"fran": START, "till": None, "skal": "sjuk"} | values))


def make_bistandsmanad(session: Session, **values: Any) -> Bistandsmanad:
    _owner(session, values, "arende_id", make_arende)
    defaults = {"manad": month(START.year, START.month), "belopp_ore": 800_000}
    return _add(session, Bistandsmanad(**defaults | values))


def make_inskrivning(session: Session, **values: Any) -> Inskrivning:
    """Open; an `avslutad` without `resultat` ends in arbete."""
    _owner(session, values, "deltagare_id", make_deltagare)
    defaults = {"nummer": f"I{next(_numbers)}", "inskriven": START, "koordinator": "bo"}
    if values.get("avslutad"):
        defaults["resultat"] = "arbete"
    return _add(session, Inskrivning(**defaults | values))


def make_stegperiod(session: Session, *, steg: str = "Kartläggning", **values: Any) -> Stegperiod:
    _owner(session, values, "inskrivning_id", make_inskrivning)
    values.setdefault("steg_id", _named(session, Steg, steg))
    return _add(session, Stegperiod(**{"fran": START} | values))


def make_planering(session: Session, **values: Any) -> Planering:
    _owner(session, values, "inskrivning_id", make_inskrivning)
    defaults = {"upprattad": START, "mal": "arbete", "nasta_uppfoljning": START + timedelta(days=90)}
    return _add(session, Planering(**defaults | values))


def make_bip(session: Session, **values: Any) -> Bip:
    _owner(session, values, "inskrivning_id", make_inskrivning)
    defaults = {"datum": START, "svarande": "deltagare", "indikator": "nätverk", "varde": 3}
    return _add(session, Bip(**defaults | values))


def make_insatstyp(session: Session, **values: Any) -> Insatstyp:
    defaults = {"namn": f"typ {next(_numbers)}", "kategori": "", "raknas_som_aktivitet": True}
    return _add(session, Insatstyp(**defaults | values))


def make_enhet(session: Session, **values: Any) -> Enhet:
    return _add(session, Enhet(**{"namn": f"Enhet {next(_numbers)}", "typ": "intern"} | values))


def make_kapacitet(session: Session, **values: Any) -> Kapacitet:
    _owner(session, values, "enhet_id", make_enhet)
    return _add(session, Kapacitet(**{"fran": date(2024, 1, 1), "till": None, "platser": 10} | values))


def make_kostnad(session: Session, **values: Any) -> Kostnad:
    _owner(session, values, "enhet_id", make_enhet)
    return _add(session, Kostnad(**{"ar": 2024, "belopp_ore": 100_000_000} | values))


def make_medarbetare(session: Session, **values: Any) -> Medarbetare:
    signatur = f"sig{next(_numbers)}"
    defaults = {"signatur": signatur, "namn": signatur.title(), "roll": "handläggare"}
    return _add(session, Medarbetare(**defaults | values))


def make_insats(session: Session, *, typ: str = "arbetsträning", **values: Any) -> Insats:
    """Running since the start; `typ` names the insatstyp."""
    _owner(session, values, "inskrivning_id", make_inskrivning)
    values.setdefault("insatstyp_id", _named(session, Insatstyp, typ))
    return _add(session, Insats(**{"nummer": f"P{next(_numbers)}", "start": START} | values))


def make_osa_beslut(session: Session, **values: Any) -> OsaBeslut:
    _owner(session, values, "insats_id", make_insats, typ="OSA-anställning")
    return _add(session, OsaBeslut(**{"fran": START, "till": START + timedelta(days=364)} | values))


def make_narvaro(session: Session, **values: Any) -> Narvaro:
    _owner(session, values, "insats_id", make_insats)
    return _add(session, Narvaro(**{"datum": START, "status": "närvarande", "minuter": 480} | values))


def make_mote(session: Session, **values: Any) -> Mote:
    _owner(session, values, "deltagare_id", make_deltagare)
    defaults = {"datum": START, "tid": "09:00", "langd": 60, "form": "fysiskt", "verksamhet": "arbetsmarknad"}
    return _add(session, Mote(**defaults | values))


def make_delegationsbeslut(session: Session, **values: Any) -> Delegationsbeslut:
    _owner(session, values, "arende_id", make_arende)
    defaults = {
        "datum": START,
        "arendetyp": "försörjningsstöd",
        "delegationspunkt": "2.1",
        "beslut": "bifall",
        "delegat": "socialsekreterare",
    }
    return _add(session, Delegationsbeslut(**defaults | values))


def make_indikatorvarde(session: Session, **values: Any) -> Indikatorvarde:
    defaults = {"indikator": f"indikator {next(_numbers)}", "period": "2024", "totalt": 47.2}
    return _add(session, Indikatorvarde(**defaults | values))


def make_anteckning(session: Session, **values: Any) -> Anteckning:
    _owner(session, values, "deltagare_id", make_deltagare)
    defaults = {
        "datum": START,
        "rubrik": "Samtal",
        "text": "Vill arbeta i kök.",
        "signatur": "elin",
        "skapad": f"{START.isoformat()}T09:00:00.000000Z",
    }
    return _add(session, Anteckning(**defaults | values))


def make_anteckningsmall(session: Session, **values: Any) -> Anteckningsmall:
    defaults = {"namn": f"Mall {next(_numbers)}", "text": "Nuläge:\nMål:\nNästa steg:"}
    return _add(session, Anteckningsmall(**defaults | values))


def make_dokument(session: Session, data: bytes = b"%PDF-1.7 intyg", **values: Any) -> Dokument:
    _owner(session, values, "deltagare_id", make_deltagare)
    sha256 = hashlib.sha256(data).hexdigest()
    if session.get(Dokumentinnehall, sha256) is None:
        session.add(Dokumentinnehall(sha256=sha256, data=data))
        session.flush()
    defaults = {
        "namn": "intyg.pdf",
        "typ": "application/pdf",
        "storlek": len(data),
        "sha256": sha256,
        "signatur": "elin",
        "skapad": f"{START.isoformat()}T09:00:00.000000Z",
    }
    return _add(session, Dokument(**defaults | values))


def make_planeringssteg(session: Session, **values: Any) -> Planeringssteg:
    _owner(session, values, "planering_id", make_planering)
    defaults = {"ordning": next(_numbers), "text": "Skriva cv", "ansvarig": "deltagaren"}
    return _add(session, Planeringssteg(**defaults | values))


def make_uppfoljning(session: Session, **values: Any) -> Uppfoljning:
    _owner(session, values, "inskrivning_id", make_inskrivning)
    defaults = {"slag": "6 månader", "planerad": START + timedelta(182)}
    return _add(session, Uppfoljning(**defaults | values))


def make_bipplan(session: Session, **values: Any) -> Bipplan:
    _owner(session, values, "inskrivning_id", make_inskrivning)
    return _add(session, Bipplan(**{"nasta": START + timedelta(91)} | values))


def make_osa_uppfoljning(session: Session, **values: Any) -> OsaUppfoljning:
    _owner(session, values, "insats_id", make_insats)
    return _add(session, OsaUppfoljning(**{"planerad": START + timedelta(91)} | values))


def make_narvaroschema(session: Session, **values: Any) -> Narvaroschema:
    _owner(session, values, "insats_id", make_insats)
    return _add(session, Narvaroschema(**{"veckodag": 1, "pass_": "fm"} | values))


def make_utkast(session: Session, **values: Any) -> Utkast:
    defaults = {
        "signatur": "elin",
        "nyckel": f"mote/{next(_numbers)}",
        "rubrik": "Nytt möte",
        "tid": f"{START.isoformat()}T09:00:00.000000Z",
        "varden": "{}",
    }
    return _add(session, Utkast(**defaults | values))


def make_oppnad(session: Session, **values: Any) -> Oppnad:
    _owner(session, values, "deltagare_id", make_deltagare)
    defaults = {"signatur": "elin", "tid": f"{START.isoformat()}T09:00:00.000000Z"}
    return _add(session, Oppnad(**defaults | values))


def make_sparad_lista(session: Session, **values: Any) -> SparadLista:
    defaults = {"agare": "elin", "skarm": "deltagare", "namn": f"Lista {next(_numbers)}", "val": "{}"}
    return _add(session, SparadLista(**defaults | values))


def make_uppskjuten(session: Session, **values: Any) -> Uppskjuten:
    defaults = {"signatur": "elin", "lista": "bip", "rad_id": next(_numbers), "till": START + timedelta(7)}
    return _add(session, Uppskjuten(**defaults | values))


def make_passerad_varning(session: Session, **values: Any) -> PasseradVarning:
    defaults = {
        "tabell": "insats",
        "rad_id": next(_numbers),
        "falt": "enhet",
        "varning": "Ingen ledig plats.",
        "skal": "Överenskommet med enheten.",
    }
    return _add(session, PasseradVarning(**defaults | values))


def make_platsko(session: Session, **values: Any) -> Platsko:
    _owner(session, values, "inskrivning_id", make_inskrivning)
    if not values.keys() & {"enhet_id", "insatstyp_id"}:
        _owner(session, values, "enhet_id", make_enhet)
    return _add(session, Platsko(**{"sedan": START} | values))


def make_undantagsgranskning(session: Session, **values: Any) -> Undantagsgranskning:
    _owner(session, values, "undantag_id", make_undantag)
    defaults = {
        "datum": START + timedelta(30),
        "signatur": "elin",
        "beslut": "kvarstår",
        "skal": "Läkarintyget är förlängt.",
    }
    return _add(session, Undantagsgranskning(**defaults | values))


def make_avstamning(session: Session, **values: Any) -> Avstamning:
    period = {"fran": START, "till": START + timedelta(90), "klar": START + timedelta(95)}
    defaults = period | {"signatur": f"elin-{next(_numbers)}"}
    return _add(session, Avstamning(**defaults | values))


def make_plan(session: Session, **values: Any) -> Plan:
    nummer = next(_numbers)
    defaults: dict[str, Any] = {
        "kod": f"provstad-{nummer}",
        "kommun": "Provstad",
        "namnd": "Arbetsmarknadsnämnden",
    }
    return _add(session, Plan(**defaults | {"ar": 2024, "bedomning": "gron-gul-rod"} | values))


def make_planmal(session: Session, **values: Any) -> Planmal:
    nummer = next(_numbers)
    _owner(session, values, "plan_id", make_plan)
    defaults: dict[str, Any] = {
        "kod": f"mal-{nummer}",
        "ordning": nummer,
        "niva": "namndmal",
        "titel": f"Mål {nummer}",
    }
    return _add(session, Planmal(**defaults | values))


def make_planaktivitet(session: Session, **values: Any) -> Planaktivitet:
    mal = session.get(Planmal, values["mal_id"]) if "mal_id" in values else make_planmal(session)
    assert mal
    defaults: dict[str, Any] = {
        "plan_id": mal.plan_id,
        "mal_id": mal.id,
        "ordning": next(_numbers),
        "text": "Starta kurser",
    }
    return _add(session, Planaktivitet(**defaults | values))


def make_planindikator(session: Session, **values: Any) -> Planindikator:
    mal = session.get(Planmal, values["mal_id"]) if "mal_id" in values else make_planmal(session)
    assert mal
    nummer = next(_numbers)
    defaults: dict[str, Any] = {
        "plan_id": mal.plan_id,
        "mal_id": mal.id,
        "ordning": nummer,
        "slag": "indikator",
    }
    defaults |= {"kod": f"indikator-{nummer}", "namn": f"Indikator {nummer}", "enhet": "antal"}
    return _add(session, Planindikator(**defaults | {"konsuppdelad": True} | values))


def make_planvarde(session: Session, **values: Any) -> Planvarde:
    _owner(session, values, "indikator_id", make_planindikator)
    defaults: dict[str, Any] = {"slag": "utfall", "ordning": 0, "period": "2024", "totalt": "47.20"}
    return _add(session, Planvarde(**defaults | values))


def make_malbedomning(session: Session, **values: Any) -> Malbedomning:
    if not values.keys() & {"mal_id", "indikator_id"}:
        values["mal_id"] = make_planmal(session).id
    defaults: dict[str, Any] = {
        "period": "2024",
        "bedomning": "gul",
        "skal": "Två kurser återstår.",
        "signatur": "elin",
    }
    return _add(session, Malbedomning(**defaults | {"datum": START} | values))


def make_aktivitetsstatus(session: Session, **values: Any) -> Aktivitetsstatus:
    _owner(session, values, "aktivitet_id", make_planaktivitet)
    defaults: dict[str, Any] = {"period": "2024", "status": "Klar", "signatur": "elin", "datum": START}
    return _add(session, Aktivitetsstatus(**defaults | values))


def make_plankommentar(session: Session, **values: Any) -> Plankommentar:
    if not values.keys() & {"mal_id", "indikator_id"}:
        values["mal_id"] = make_planmal(session).id
    defaults: dict[str, Any] = {
        "period": "2024",
        "text": "Fler har fått arbete.",
        "signatur": "elin",
        "datum": START,
    }
    return _add(session, Plankommentar(**defaults | values))


def make_koladavarde(session: Session, **values: Any) -> Koladavarde:
    defaults: dict[str, Any] = {
        "kpi": "U40455",
        "kommun": f"{next(_numbers):04}",
        "period": "2023",
        "totalt": 47.2,
    }
    return _add(session, Koladavarde(**defaults | values))


def make_rapportutskrift(session: Session, **values: Any) -> Rapportutskrift:
    slut = START + timedelta(90)
    defaults: dict[str, Any] = {"rapport": "avslut", "fran": START, "till": slut, "per": slut}
    defaults |= {"tid": "2024-04-01T08:00:00.000000Z", "signatur": "elin", "form": "pdf", "innehall": "{}"}
    return _add(session, Rapportutskrift(**defaults | {"sha256": f"{next(_numbers):064}"} | values))


def make_namndbehandling(session: Session, **values: Any) -> Namndbehandling:
    """Of a report and period of their own: each may be told of once."""
    till = START + timedelta(90 + next(_numbers))
    defaults: dict[str, Any] = {"rapport": "avslut", "fran": START, "till": till}
    defaults |= {"sammantrade": START + timedelta(120), "dnr": "AMN 2024-0132"}
    return _add(session, Namndbehandling(**defaults | values))


def make_fryst_rapport(session: Session, **values: Any) -> FrystRapport:
    dokument = make_dokument(session)
    slut = START + timedelta(90)
    defaults: dict[str, Any] = {"rapport": "avslut", "fran": START, "till": slut, "per": slut}
    defaults |= {"tid": "2024-04-01T08:00:00.000000Z", "signatur": "elin", "programversion": "1.0"}
    defaults |= {"sha256": dokument.sha256, "pdf_sha256": dokument.sha256}
    return _add(session, FrystRapport(**defaults | values))


# A factory for each table that a workbook can fill, then for those of the desk.
FACTORIES: dict[type[Base], Callable[..., Any]] = {
    Hushall: make_hushall,
    Deltagare: make_deltagare,
    TidigareNummer: make_tidigare_nummer,
    Arende: make_arende,
    Undantag: make_undantag,
    Bistandsmanad: make_bistandsmanad,
    Inskrivning: make_inskrivning,
    Stegperiod: make_stegperiod,
    Planering: make_planering,
    Bip: make_bip,
    Insatstyp: make_insatstyp,
    Enhet: make_enhet,
    Kapacitet: make_kapacitet,
    Kostnad: make_kostnad,
    Medarbetare: make_medarbetare,
    Insats: make_insats,
    OsaBeslut: make_osa_beslut,
    Narvaro: make_narvaro,
    Mote: make_mote,
    Delegationsbeslut: make_delegationsbeslut,
    Indikatorvarde: make_indikatorvarde,
    Plan: make_plan,
    Planmal: make_planmal,
    Planaktivitet: make_planaktivitet,
    Planindikator: make_planindikator,
    Planvarde: make_planvarde,
    Malbedomning: make_malbedomning,
    Aktivitetsstatus: make_aktivitetsstatus,
    Plankommentar: make_plankommentar,
    Koladavarde: make_koladavarde,
    FrystRapport: make_fryst_rapport,
    Namndbehandling: make_namndbehandling,
    Anteckning: make_anteckning,
    Anteckningsmall: make_anteckningsmall,
    Dokument: make_dokument,
    Planeringssteg: make_planeringssteg,
    Uppfoljning: make_uppfoljning,
    Bipplan: make_bipplan,
    OsaUppfoljning: make_osa_uppfoljning,
    Narvaroschema: make_narvaroschema,
    Utkast: make_utkast,
    Oppnad: make_oppnad,
    SparadLista: make_sparad_lista,
    Uppskjuten: make_uppskjuten,
    PasseradVarning: make_passerad_varning,
    Platsko: make_platsko,
    Undantagsgranskning: make_undantagsgranskning,
    Avstamning: make_avstamning,
}
