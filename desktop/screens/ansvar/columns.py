"""The columns of the overview."""

from db.queries.ansvar import INGEN, AnsvarRow
from db.rules.idag import Lista
from db.rules.text import sort_key
from desktop.formatting import number
from desktop.i18n import tr
from desktop.table_model import Column

# Lists that one column tells of together, so that all of them have room.
TOGETHER: tuple[tuple[str, str, int, tuple[Lista, ...]], ...] = (
    ("krav", "Krav", 46, (Lista.AKTIVITETSKRAV, Lista.UTAN_AKTIVITET)),
    (
        "uppfoljning", "Uppföljning", 94,
        (Lista.UPPFOLJNING, Lista.OSA_UPPFOLJNING, Lista.EFTER_AVSLUT),
    ),
    ("insatser", "Insatser", 66, (Lista.INSATS_SLUTAR,)),
    ("osa", "OSA", 42, (Lista.OSA_BESLUT,)),
    ("bip", "BIP", 42, (Lista.BIP,)),
    ("planering", "Planering", 76, (Lista.PLANERING,)),
    ("avslut", "Avslut", 58, (Lista.AVSLUT,)),
    ("narvaro", "Närvaro", 68, (Lista.NARVARO,)),
)  # fmt: skip


def name_of(row: AnsvarRow, *, spar: bool) -> str:
    """Who or which spår; staff who have left are told of."""
    if row.nyckel == INGEN:
        return tr("Inget spår") if spar else tr("Ingen ansvarig")
    return row.namn if row.aktiv else f"{row.namn} ({tr('inte i tjänst')})"


def make_columns(*, spar: bool, most: int) -> tuple[Column[AnsvarRow], ...]:
    """`most` is the longest bar's count."""
    return (
        Column(
            "namn", tr("Spår") if spar else tr("Ansvarig"), lambda row: name_of(row, spar=spar), 124,
            weight=500, tone="text", stretch=True, sort=lambda row: sort_key(row.namn),
        ),
        Column(
            "personer", tr("Deltagare"), lambda row: number(row.personer), 76, right=True,
            sort=lambda row: row.personer,
        ),
        Column(
            "alla", tr("Att göra"), lambda row: number(row.alla), 94, tone="text", weight=500,
            sort=lambda row: row.alla, bar=lambda row: (row.passerade / most, row.alla / most),
        ),
        Column(
            "passerade", tr("Passerade"), lambda row: number(row.passerade), 76, right=True,
            sort=lambda row: row.passerade,
        ),
        Column(
            "aldst", tr("Äldst"), lambda row: f"{number(row.aldst)}\u00a0d" if row.aldst else "", 58,
            right=True, sort=lambda row: row.aldst,
        ),
        *(_of_lists(*column) for column in TOGETHER),
    )  # fmt: skip


def _of_lists(key: str, title: str, width: int, listor: tuple[Lista, ...]) -> Column[AnsvarRow]:
    def count(row: AnsvarRow) -> int:
        return sum(row.per_lista[lista] for lista in listor)

    return Column(key, tr(title), lambda row: _some(count(row)), width, right=True, sort=count)


def _some(antal: int) -> str:
    return number(antal) if antal else "–"
