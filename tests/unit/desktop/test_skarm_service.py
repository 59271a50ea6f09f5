"""What leaves from a screen is remembered, and hidden against what has left before (R12)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from db.aktor import SYSTEM
from db.commands import rapportutskrift
from db.commands.rapportutskrift import Utskrift
from db.errors import ConflictError, KnownError
from db.history import Changes
from db.models import Rapportutskrift
from db.queries.flode import Vag
from db.queries.tavla import FlodeUrval
from db.rules.figurer import Figur, Summa
from db.rules.period import parse_period
from db.rules.sidor import Sida
from db.session import Store
from desktop.charts.picture import Picture
from desktop.report_service import prepare_report
from desktop.screens.aktivitetskrav.model import Steg
from desktop.screens.aktivitetskrav.pictures import make_shares
from desktop.screens.avslut.model import read_siffror
from desktop.screens.avslut.utlamnas import make_sides
from desktop.screens.flode.model import Perioden, make_span
from desktop.screens.flode.pictures import make_ways
from desktop.skarm_service import FEW, TRIES, Underlag, leave
from tests.helpers.factories import make_deltagare, make_inskrivning
from tests.unit.rules.attack import count_row, counts, share_row

AR = (date(2024, 1, 1), date(2024, 12, 31))
HALVAR = (date(2024, 1, 1), date(2024, 6, 30))
Marks = dict[str, dict[str, str]]


def underlag(
    dagar: tuple[date, date], *figurer: Figur, summor: Sequence[Summa] = (), **more: object
) -> Underlag[Marks]:
    sida = Sida(*dagar, dagar[1], figurer, tuple(summor))
    return Underlag("avslut", "Bild", (sida,), lambda dolda: dolda[0], 5, **more)  # type: ignore[arg-type]


def rows(store: Store) -> list[tuple[str, str, date]]:
    with store.read(SYSTEM) as session:
        query = select(Rapportutskrift.rapport, Rapportutskrift.form, Rapportutskrift.till)
        return [tuple(row) for row in session.execute(query.order_by(Rapportutskrift.id))]


def test_it_is_remembered_and_hides_what_leaves_later(store: Store) -> None:
    assert leave(store, SYSTEM, underlag(AR, count_row("a", 20, 30)), "bild") == {"a": {}}
    assert rows(store) == [("avslut", "bild", AR[1])]
    # Two kvinnor more in the same year, and in half of it so many that two are left.
    senare = leave(store, SYSTEM, underlag(AR, count_row("a", 22, 30)), "text")
    halvar = leave(store, SYSTEM, underlag(HALVAR, count_row("a", 18, 10)), "png")
    assert senare["a"].keys() >= {"kvinnor", "totalt"}
    assert halvar["a"].keys() >= {"kvinnor"}
    assert [form for _, form, _ in rows(store)] == ["bild", "text", "png"]


def test_the_same_again_is_the_same_and_kept_once(store: Store) -> None:
    first, again = (leave(store, SYSTEM, underlag(AR, count_row("a", 3, 9)), "bild") for _ in range(2))
    assert first.keys() == again.keys()
    assert first["a"].keys() == again["a"].keys()
    assert len(rows(store)) <= 2


def test_the_report_is_hidden_against_what_left_from_the_screen(store: Store) -> None:
    """The same avslut, with two more that were registered afterwards: shown, they would tell of two."""
    with store.unit_of_work(SYSTEM, "test") as work:
        for kon in "K" * 12 + "M" * 9:
            _avsluta(work.session, kon)
    period, per = parse_period("2024"), AR[1]
    fore = prepare_report(store, SYSTEM, "avslut", "2024", per=per, idag=per).rapport
    with store.read(SYSTEM) as session:
        sidor = make_sides(read_siffror(session, period, per, 5), period, per)
    assert leave(store, SYSTEM, sidor.underlag("klasser", "Bild", dict), "bild")["avslut.totalt"] == {}
    lika = prepare_report(store, SYSTEM, "avslut", "2024", per=per, idag=per).rapport
    assert _shown(lika) == _shown(fore)
    with store.unit_of_work(SYSTEM, "test") as work:
        for _ in range(2):
            _avsluta(work.session, "K")
    efter = prepare_report(store, SYSTEM, "avslut", "2024", per=per, idag=per).rapport
    assert efter.fler_dolda
    totalt = efter.avsnitt[0].rader[0]
    assert totalt.dolda.keys() >= {"kvinnor", "totalt"}


def _avsluta(session: object, kon: str) -> None:
    person = make_deltagare(session, kon=kon)  # type: ignore[arg-type]
    make_inskrivning(
        session,  # type: ignore[arg-type]
        deltagare_id=person.id,
        inskriven=date(2023, 3, 1),
        avslutad=date(2024, 3, 1),
        resultat="slutfört uppdrag",
    )


def _shown(rapport: object) -> list[tuple[str, list[str]]]:
    return [(rad.id, sorted(rad.dolda)) for a in rapport.avsnitt for rad in a.rader]  # type: ignore[attr-defined]


def test_shares_by_month_are_those_of_the_report(store: Store) -> None:
    """R7: two more who were late in the month, and the report hides what would tell of them."""
    januari, februari = (parse_period(f"2024-0{manad}") for manad in (1, 2))

    def andel(i_tid: int, sena: int) -> Figur:
        hela = counts(i_tid + sena, i_tid + sena)
        varden = share_row("aktivitetskrav.andel_uppfyllt", counts(i_tid, i_tid), hela)
        return replace(varden, taljare_id="aktivitetskrav.uppfyllt", namnare_id="aktivitetskrav.bas")

    andelar = (andel(10, 6), andel(8, 9))
    shown, made = make_shares(Steg.MANAD, (januari, februari), andelar, 14, 5)
    left = leave(store, SYSTEM, made, "png")
    assert left.table == shown.table
    assert rows(store) == [("aktivitetskrav", "png", februari.till)]
    igen = make_shares(Steg.MANAD, (januari, februari), (andel(10, 7), andelar[1]), 14, 5)[1]
    rader = leave(store, SYSTEM, igen, "png").table.rows
    assert rader[1].cells == shown.table.rows[1].cells
    assert set(rader[0].cells[1:]) == {".."}


def test_the_ways_of_some_are_hidden_beside_those_of_all(store: Store) -> None:
    """All but three went to work from a spår: the number of the spår would tell of three elsewhere."""
    span = make_span(Perioden.EGEN, AR[1], AR)

    def ways(antal: int, urval: FlodeUrval) -> Underlag[Picture]:
        vag = Vag("Insats", "praktik", "arbete", Counter({"K": antal}))
        return make_ways([vag], span, AR[1], 5, urval)[1]

    alla = leave(store, SYSTEM, ways(40, FlodeUrval()), "png")
    assert [row.cells[2] for row in alla.table.rows] == ["40", "40"]
    langt_ifran = leave(store, SYSTEM, ways(20, FlodeUrval(koordinator="bo")), "png")
    assert [row.cells[2] for row in langt_ifran.table.rows] == ["20", "20"]
    nara = leave(store, SYSTEM, ways(37, FlodeUrval(spar="A")), "png")
    assert [row.cells[2] for row in nara.table.rows] == ["..", ".."]


def test_the_report_is_not_hidden_more_for_the_sake_of_a_picture(store: Store) -> None:
    """By itself the picture would hide the whole to keep its parts; beside the report it hides the parts."""
    delar = (count_row("b", 4, 20), count_row("c", 20, 20))
    hel = count_row("a", 24, 40)
    summa = Summa("a", ("b", "c"))
    rapport = Sida(*AR, AR[1], (hel,))
    made = leave(store, SYSTEM, underlag(AR, hel, *delar, summor=(summa,), grund=(rapport,)), "bild")
    assert made["a"] == {}
    assert made["b"]["kvinnor"]
    assert made["c"]["kvinnor"]


# What is small is what the report's own two rows leave: nothing in the picture can keep it.
LEAKS = (count_row("a", 20, 30), count_row("b", 20, 28), count_row("c", 0, 2))
SUMMA = Summa("a", ("b", "c"))


def test_what_the_report_gives_away_may_not_leave(store: Store) -> None:
    rapport = Sida(*AR, AR[1], LEAKS[:2])
    wanted = underlag(AR, *LEAKS, summor=(SUMMA,), grund=(rapport,))
    with pytest.raises(KnownError, match="så få personer"):
        leave(store, SYSTEM, wanted, "bild")
    assert rows(store) == []
    reserv = underlag(AR, LEAKS[0])
    left = underlag(AR, *LEAKS, summor=(SUMMA,), grund=(rapport,), reserv=reserv)
    assert leave(store, SYSTEM, left, "text") == {"a": {}}
    assert rows(store) == [("avslut", "text", AR[1])]
    assert FEW.endswith("Välj en längre period.")


def test_what_has_left_before_is_read_beside(store: Store) -> None:
    leave(store, SYSTEM, underlag(AR, *LEAKS[:2]), "bild")
    with pytest.raises(KnownError, match="så få personer"):
        leave(store, SYSTEM, underlag(AR, *LEAKS, summor=(SUMMA,)), "bild")


def test_a_print_that_comes_between_is_hidden_against(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    remember, meanwhile = rapportutskrift.remember_utskrift, [0]

    def slow(store_: Store, aktor: object, utskrift: Utskrift, *more: object) -> Changes:
        if meanwhile[0]:
            meanwhile[0] -= 1
            raise ConflictError("En annan utskrift har lämnats ut.")
        return remember(store_, aktor, utskrift, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(rapportutskrift, "remember_utskrift", slow)
    meanwhile[0] = 1
    leave(store, SYSTEM, underlag(AR, count_row("a", 20, 30)), "bild")
    assert len(rows(store)) == 1
    meanwhile[0] = TRIES
    with pytest.raises(ConflictError):
        leave(store, SYSTEM, underlag(AR, count_row("a", 40, 50)), "bild")
    assert len(rows(store)) == 1
