"""The columns of the overview."""

from db.queries.ansvar import INGEN, AnsvarRow, Efter
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


NAMES = {
    Efter.PERSON: ("Ansvarig", "Ingen ansvarig"), Efter.SPAR: ("Spår", "Inget spår"),
    Efter.ENHET: ("Enhet", "Ingen enhet"),
}  # fmt: skip


def name_of(row: AnsvarRow, efter: Efter) -> str:
    """Who, which spår or which enhet; staff who have left are told of."""
    if row.nyckel == INGEN:
        return tr(NAMES[efter][1])
    return row.namn if row.aktiv else f"{row.namn} ({tr('inte i tjänst')})"


def make_columns(efter: Efter, most: int) -> tuple[Column[AnsvarRow], ...]:
    """`most` is the longest bar's count."""
    return (
        Column(
            "namn", tr(NAMES[efter][0]), lambda row: name_of(row, efter), 124,
            weight=500, tone="text", stretch=True, sort=lambda row: sort_key(row.namn),
            tip=lambda row: name_of(row, efter),
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
