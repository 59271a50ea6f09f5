"""Figures and what becomes of them."""

from db.rules.figurer import Figur, Konsvarden, nothing_yet


def test_days_to_come_have_no_figures() -> None:
    inskrivna = Figur("deltagare.nya", "antal", Konsvarden(3, 4, None, 7))
    andel = Figur(
        "osa.andel", "andel", Konsvarden(50.0, 25.0, None, 37.5),
        taljare=Konsvarden(1, 1, None, 2), namnare=Konsvarden(2, 4, None, 6),
    )  # fmt: skip
    antal, delar = nothing_yet([inskrivna, andel])
    assert (antal.id, antal.varde, antal.taljare) == (inskrivna.id, Konsvarden(0, 0, None, 0), None)
    assert delar.varde == Konsvarden()
    assert delar.taljare == delar.namnare == Konsvarden(0, 0, None, 0)
