"""The troubles of the surroundings that a database tells of, turned into Swedish sentences."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from db.errors import StoreError


@contextmanager
def known_faults() -> Iterator[None]:
    """Turn the database's word for a trouble of the surroundings into a Swedish sentence."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        message = explain(error)
        if message is None:
            raise
        raise StoreError(message) from error
    except PermissionError as error:
        raise StoreError(f"Du saknar behörighet till {error.filename}. Inget har ändrats.") from error


_BUSY = "Registret används av ett annat program just nu. Inget har sparats. Försök igen om en stund."
_FULL = "Disken är full. Inget har sparats. Frigör utrymme och försök igen."
_DISK = "Disken gick inte att läsa eller skriva. Inget har sparats. Kontrollera disken och utrymmet."
_READ_ONLY = "Registret är skrivskyddat. Inget har sparats. Be om skrivrättighet till filen och mappen."
CLOSED = "Registret gick inte att öppna. Kontrollera sökvägen och dina rättigheter till mappen."
_FOREIGN = "Filen är inget register från Egenväg, eller så är den skadad."
_BROKEN = "Registret är skadat. Återställ den senaste säkerhetskopian."
_NO_SERVER = "Databasservern svarar inte. Kontrollera adressen och nätverket."
_LOST = "Kontakten med databasen bröts. Inget har sparats. Försök igen."
_NO_LOGIN = "Databasservern godtog inte inloggningen. Kontrollera användare och lösenord."
_NO_DATABASE = "Databasen finns inte på servern. Kontrollera namnet i adressen."
_FORBIDDEN = "Du saknar behörighet i databasen. Inget har sparats. Kontakta administratören."

# What the engines say, in the order of asking: SQLite in English always, a server before it lets us in.
EXPLANATIONS = (
    ("database is locked", _BUSY),
    ("database table is locked", _BUSY),
    ("database or disk is full", _FULL),
    ("disk i/o error", _DISK),
    ("readonly database", _READ_ONLY),
    ("unable to open database", CLOSED),
    ("file is not a database", _FOREIGN),
    ("database disk image is malformed", _BROKEN),
    ("malformed database schema", _BROKEN),
    ("password authentication failed", _NO_LOGIN),
    ("no password supplied", _NO_LOGIN),
    ("no pg_hba.conf entry", _NO_LOGIN),
    ('role "', _NO_LOGIN),
    ('" does not exist', _NO_DATABASE),
    ("too many clients", _BUSY),
    ("too many connections", _BUSY),
    ("connection failed", _NO_SERVER),
    ("connection refused", _NO_SERVER),
    ("connection timeout", _NO_SERVER),
    ("resolve host", _NO_SERVER),
    ("translate host", _NO_SERVER),
)
# PostgreSQL's own numbers, the same in whatever language the server speaks.
SQLSTATES = {
    "25006": _READ_ONLY,
    "40001": _BUSY,  # another act came in between
    "40P01": _BUSY,  # two acts waited for each other
    "42501": _FORBIDDEN,
    "53100": _FULL,
    "53300": _BUSY,  # too many connections
    "55P03": _BUSY,  # lock_timeout
    "57P01": _LOST,
    "57P02": _LOST,
    "57P03": _NO_SERVER,
    "58030": _DISK,
}


def explain(error: Exception) -> str | None:
    """The Swedish sentence for a fault of the surroundings, None when the fault is ours."""
    fault = error.orig if isinstance(error, DBAPIError) else error
    if (state := getattr(fault, "sqlstate", None)) is not None:
        return SQLSTATES.get(state)
    told = str(fault).lower()
    for needle, message in EXPLANATIONS:
        if needle in told:
            return message
    return _LOST if isinstance(error, DBAPIError) and error.connection_invalidated else None
