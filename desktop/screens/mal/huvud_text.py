"""A plan's follow-ups and årshjul as lines of text. Pure."""

from collections.abc import Sequence

from db.rules.plan import Arshjul


def write_perioder(perioder: Sequence[str]) -> str:
    """ "2024-04, 2024-08"."""
    return ", ".join(perioder)


def read_perioder(text: str) -> tuple[str, ...]:
    """The periods of a line, in the order given."""
    return tuple(part.strip() for part in text.replace(";", ",").split(",") if part.strip())


def write_arshjul(arshjul: Sequence[Arshjul]) -> str:
    """A line per month: "Mars: Ekonomiska nyckeltal; Uppföljning"."""
    return "\n".join(f"{rad.manad}: {'; '.join(rad.typ)}".rstrip(": ") for rad in arshjul)


def read_arshjul(text: str) -> tuple[Arshjul, ...]:
    """The months of the lines."""
    made = []
    for line in text.splitlines():
        manad, _, typ = line.partition(":")
        if line.strip():
            made.append(Arshjul(manad.strip(), tuple(t.strip() for t in typ.split(";") if t.strip())))
    return tuple(made)
