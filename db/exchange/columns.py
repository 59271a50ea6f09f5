"""What a sheet and a column of the workbook are, and the kinds of cells there are."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property


class Kind(Enum):
    """How a cell is read and written."""

    TEXT = auto()
    REF = auto()
    CATALOGUE = auto()  # a name in a catalogue of the store: steg, resultat
    CODE = auto()
    DATE = auto()
    MONTH = auto()
    PERIOD = auto()
    YES_NO = auto()
    INT = auto()
    MONEY = auto()  # kronor in the sheet, öre in the store
    HOURS = auto()  # hours in the sheet, minutes in the store
    TIME = auto()
    FLOAT = auto()
    NUMMER = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `field` is the store's column, `ref` the sheet or catalogue that the text names."""

    name: str
    kind: Kind
    field: str
    help: str
    required: bool = False
    codes: tuple[str, ...] = ()
    ref: str = ""
    width: int = 0
    low: int = 0
    high: int = 0
    default: object = None
    # A blank cell leaves the stored value of a known row as it is, instead of clearing it.
    blank_keeps: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet: `key` names what tells its rows apart; with `repeats` equal keys are counted in order."""

    name: str
    table: str
    help: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    repeats: bool = False

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by the name that is compared: lower case."""
        return {column.name.casefold(): column for column in self.columns}

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """Columns by the store's column."""
        return {column.field: column for column in self.columns}

    @property
    def has_own_id(self) -> bool:
        """Whether the rows carry an id that other sheets can name."""
        return self.key in (("nummer",), ("namn",))
