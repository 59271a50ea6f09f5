"""What is written of a person: checked, and kept with its search words and the number's history."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import get_args

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding
from db.commands.insats import new_nummer
from db.errors import DataError
from db.exchange.writing import number_type, rebuild_sokord
from db.models import Deltagare, TidigareNummer
from db.queries import access
from db.queries.dubbletter import DubblettRow, Skal, Sokt, find_dubbletter
from db.rules.datum import full_date
from db.rules.koder import Skydd, Utbildningsniva
from db.rules.namn import sortering
from db.rules.personnummer import Kon, Nummer, NummerError, format_nummer, parse_nummer

LONGEST_NAME, LONGEST = 200, 400
OLDEST = 1900
# Says no more than it must: who is protected is not told, nor that anybody is.
REFUSED = "Numret går inte att registrera här. Kontakta administratören."
JUST_TAKEN = "Någon annan registrerade just det numret. Sök på numret igen."


@dataclass(frozen=True, slots=True)
class PersonUppgifter:
    """What is written of a person; `personnummer` in any form, empty where there is none."""

    fornamn: str
    efternamn: str
    personnummer: str = ""
    fodelsedatum: date | None = None
    kon: str | None = None
    skyddad: str = Skydd.NEJ.value
    omrade: str = ""
    telefon: str = ""
    epost: str = ""
    sprak: str = ""
    tolk: str = ""
    utrikesfodd: bool | None = None
    utbildningsniva: str | None = None


def check_person(
    session: Session,
    aktor: Aktor,
    uppgifter: PersonUppgifter,
    idag: date,
    deltagare_id: int | None = None,
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first; `deltagare_id` is the one being changed.

    A number of somebody whom the user may not know of is not told here: only saving it is refused.
    """
    try:
        nummer = parse_nummer(uppgifter.personnummer, idag) if uppgifter.personnummer else None
    except NummerError as error:
        return (Finding("personnummer", str(error), stops=True), *_check_words(uppgifter))
    found = [
        *_check_words(uppgifter),
        *_check_birth(uppgifter, nummer, idag),
        *_check_kon(uppgifter, nummer),
        *(_check_taken(session, aktor, nummer.tolv, deltagare_id) if nummer else ()),
        *(_check_doubles(session, aktor, uppgifter, nummer) if deltagare_id is None else ()),
    ]
    return tuple(sorted(found, key=lambda finding: not finding.stops))


def write_person(
    session: Session, aktor: Aktor, uppgifter: PersonUppgifter, idag: date, row: Deltagare | None = None
) -> Deltagare:
    """Keep checked values in a new row or in `row`, whose earlier number goes to its history with `idag` as
    the last day. Raises DataError where the number belongs to somebody else."""
    tolv = parse_nummer(uppgifter.personnummer, idag).tolv if uppgifter.personnummer else None
    _refuse_hidden(session, aktor, tolv, row.id if row is not None else None)
    if row is None:
        row = Deltagare(nummer=new_nummer())
        session.add(row)
    elif row.personnummer not in (None, tolv):
        session.add(
            TidigareNummer(
                deltagare_id=row.id, personnummer=row.personnummer, nummertyp=row.nummertyp, till=idag
            )
        )
    for name in _PLAIN:
        setattr(row, name, getattr(uppgifter, name))
    row.personnummer, row.nummertyp = tolv, number_type(tolv)
    row.sortering = sortering(uppgifter.efternamn, uppgifter.fornamn)
    try:
        session.flush()
    except IntegrityError as error:
        raise DataError(JUST_TAKEN, "personnummer") from error
    rebuild_sokord(session, [row.id])
    return row


def read_person(row: Deltagare) -> PersonUppgifter:
    """What is written of a person now, the number as twelve characters."""
    return PersonUppgifter(
        personnummer=row.personnummer or "", **{name: getattr(row, name) for name in _PLAIN}
    )


def tidy(uppgifter: PersonUppgifter, idag: date) -> PersonUppgifter:
    """The same with the number as it is stored, so that two can be compared. Raises NummerError."""
    if not uppgifter.personnummer:
        return uppgifter
    return replace(uppgifter, personnummer=parse_nummer(uppgifter.personnummer, idag).tolv)


_PLAIN = tuple(field.name for field in fields(PersonUppgifter) if field.name != "personnummer")


def _check_words(uppgifter: PersonUppgifter) -> Iterator[Finding]:
    for name, missing in (("fornamn", "Skriv förnamnet."), ("efternamn", "Skriv efternamnet.")):
        if not getattr(uppgifter, name).strip():
            yield Finding(name, missing, stops=True)
        elif len(getattr(uppgifter, name)) > LONGEST_NAME:
            yield Finding(name, "Namnet är för långt. Korta det.", stops=True)
    for name in ("omrade", "telefon", "epost", "sprak", "tolk"):
        if len(getattr(uppgifter, name)) > LONGEST:
            yield Finding(name, "Texten är för lång. Korta den.", stops=True)
    for name, codes in (("kon", get_args(Kon)), ("utbildningsniva", tuple(Utbildningsniva))):
        if getattr(uppgifter, name) not in (None, *codes):
            yield Finding(name, "Välj ur listan.", stops=True)
    if uppgifter.skyddad not in tuple(Skydd):
        yield Finding("skyddad", "Välj ur listan.", stops=True)
    if uppgifter.epost and "@" not in uppgifter.epost:
        yield Finding("epost", "Adressen saknar @. Kontrollera den.")


def _check_birth(uppgifter: PersonUppgifter, nummer: Nummer | None, idag: date) -> Iterator[Finding]:
    born = uppgifter.fodelsedatum
    if born is None:
        if nummer is None:
            yield Finding(
                "fodelsedatum",
                "Utan nummer och födelsedatum går det inte att se om personen redan finns i registret.",
            )
        return
    if born > idag:
        yield Finding("fodelsedatum", "Födelsedatumet ligger i framtiden. Kontrollera det.", stops=True)
    elif born.year < OLDEST:
        yield Finding("fodelsedatum", f"Födelseåret {born.year} är ovanligt tidigt. Kontrollera det.")
    if nummer is not None and nummer.fodelsedatum not in (None, born):
        # The day of a samordningsnummer may be a guess; that of a personnummer is the person's own.
        text = f"Numret säger {full_date(nummer.fodelsedatum)}. Rätta numret eller datumet."
        yield Finding("fodelsedatum", text, stops=nummer.typ == "personnummer")


def _check_kon(uppgifter: PersonUppgifter, nummer: Nummer | None) -> Iterator[Finding]:
    if nummer is None:
        return
    if nummer.kon is not None and uppgifter.kon not in (None, nummer.kon):
        said = {"K": "kvinna", "M": "man"}[nummer.kon]
        yield Finding("kon", f"Numret säger {said}. Kontrollera om det är rätt.")
    elif nummer.kon is None and uppgifter.kon is None:
        yield Finding("kon", "Numret säger inget om kön. Välj ett om du vet.")


def _check_taken(session: Session, aktor: Aktor, tolv: str, deltagare_id: int | None) -> Iterator[Finding]:
    other = Deltagare.id != (deltagare_id or 0)
    known = select(Deltagare.skyddad, Deltagare.fornamn, Deltagare.efternamn).where(
        other, access.may_know(aktor)
    )
    for skyddad, fornamn, efternamn in session.execute(known.where(Deltagare.personnummer == tolv)):
        who = f"{fornamn} {efternamn}" if access.is_open(skyddad) else "en deltagare med skyddad identitet"
        text = f"Numret finns redan: {who}. Öppna det kortet i stället."
        yield Finding("personnummer", text, stops=True)
    had = select(TidigareNummer.deltagare_id).where(TidigareNummer.personnummer == tolv)
    if session.execute(known.where(Deltagare.id.in_(had)).limit(1)).first() is not None:
        text = "Numret har tidigare hört till en annan deltagare. Kontrollera om det är samma person."
        yield Finding("personnummer", text, asks=True)


def _check_doubles(
    session: Session, aktor: Aktor, uppgifter: PersonUppgifter, nummer: Nummer | None
) -> Iterator[Finding]:
    """Tell of somebody born the same day whose name is alike: a reason is asked for.

    Which of them stands in the live list of doubles only: the text is kept on this person's card, where
    everybody reads it, also when the other has become protected. Whoever is protected now makes no trace.
    """
    born = uppgifter.fodelsedatum or (nummer.fodelsedatum if nummer else None)
    sokt = Sokt(None, born, uppgifter.fornamn, uppgifter.efternamn)
    open_rows = (row for row in find_dubbletter(session, aktor, sokt) if not row.is_masked)
    if any(row.skal is Skal.SAMMA_DAG and not _is_taken(row, nummer) for row in open_rows):
        text = "Född samma dag, med liknande namn som en annan deltagare. Är det samma person?"
        yield Finding("fodelsedatum", text, asks=True)


def _is_taken(row: DubblettRow, nummer: Nummer | None) -> bool:
    """Whether the row is the one whose number it is, who is told of already."""
    return nummer is not None and row.personnummer == format_nummer(nummer.tolv)


def _refuse_hidden(session: Session, aktor: Aktor, tolv: str | None, deltagare_id: int | None) -> None:
    """Raise DataError where a number is or was a protected person's whom the acting user may not know of."""
    if tolv is None:
        return
    owners = select(Deltagare.id).where(Deltagare.personnummer == tolv)
    earlier = select(TidigareNummer.deltagare_id).where(TidigareNummer.personnummer == tolv)
    hidden = select(Deltagare.id).where(
        Deltagare.id.in_(owners.union(earlier)), Deltagare.id != (deltagare_id or 0), ~access.may_know(aktor)
    )
    if session.execute(hidden.limit(1)).scalar() is not None:
        raise DataError(REFUSED, "personnummer")
