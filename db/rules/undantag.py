"""When an undantag from the aktivitetskrav is to be looked at again."""

from datetime import date, timedelta

GRANSKAS_EFTER = 90  # days that an undantag without end may go unreviewed


def find_granskas(
    fran: date, till: date | None, granskad: date | None, nasta: date | None, dag: date
) -> date | None:
    """The day from which an undantag that applies on `dag` is to be reviewed; None: on no day, or not now.

    `granskad` and `nasta` are the day of the latest review and the next that was then decided. A day that
    was decided goes before the 90 days of an undantag without end.
    """
    if dag < fran or (till is not None and till < dag):
        return None
    if nasta is not None:
        return nasta
    if till is not None:
        return None
    return (fran if granskad is None else max(fran, granskad)) + timedelta(GRANSKAS_EFTER)
