"""What is handed over is remembered, told once, and never taken back (R12)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from db.commands.rapportutskrift import Utskrift, remember_utskrift
from db.errors import ConflictError
from db.history import ONLY_TOLD, broken_seals
from db.maintenance import check_register
from db.models import Handelse, Rapportutskrift
from db.queries.rapportutskrift import list_utgivna
from db.rules.sidor import Nar, Sida
from db.session import Store
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, andringar
from tests.unit.rules.attack import count_row

NU = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)
AR = (date(2024, 1, 1), date(2024, 12, 31))
SIDA = Sida(*AR, AR[1], (count_row("a", 3, 9),), dolda={"a": {"kvinnor": "<5", "man": ".."}})
AVSLUT = Utskrift("avslut", "Avslut", *AR, AR[1], (SIDA,), 0)


def rows(store: Store) -> list[tuple[object, ...]]:
    with store.read(ELIN) as session:
        query = select(Rapportutskrift.rapport, Rapportutskrift.form, Rapportutskrift.signatur)
        return [tuple(row) for row in session.execute(query.order_by(Rapportutskrift.id))]


def test_a_print_is_kept_as_a_reader_has_it(store: Store) -> None:
    changes = remember_utskrift(store, ELIN, AVSLUT, "pdf", NU)
    with store.read(ELIN) as session:
        row = session.scalars(select(Rapportutskrift)).one()
        utgivna, senast = list_utgivna(session, ELIN, "avslut", "", 5)
        # Of another urval it is the same report; of another plan another follow-up.
        assert list_utgivna(session, ELIN, "avslut", "annan", 5) == (utgivna, senast)
        assert broken_seals(session) == []
    assert (row.tid, row.signatur, row.form) == ("2025-01-15T09:30:00.000000Z", "elin", "pdf")
    assert senast == row.id
    assert utgivna[0].sida.dolda == SIDA.dolda
    assert {p: k.synlig for p, k in utgivna[0].kanter.items()} == {
        ("a", "kvinnor"): False, ("a", "man"): False, ("a", "uppgift_saknas"): True, ("a", "totalt"): True,
    }  # fmt: skip
    assert andringar(store, changes.handelse_id) == [("rapportutskrift", "utskrift", None, '"pdf"')]
    assert check_register(store, ELIN) == []


def test_the_same_again_is_told_and_not_kept_twice(store: Store) -> None:
    first = remember_utskrift(store, ELIN, AVSLUT, "pdf", NU)
    annan = replace(AVSLUT, rapport="flode")
    remember_utskrift(store, ELIN, annan, "xlsx", NU)
    again = remember_utskrift(store, ELIN, AVSLUT, "xlsx", NU)
    assert rows(store) == [("avslut", "pdf", "elin"), ("flode", "xlsx", "elin")]
    assert again.handelse_id > first.handelse_id


def test_it_must_be_hidden_against_what_came_out_meanwhile(store: Store) -> None:
    remember_utskrift(store, ELIN, AVSLUT, "pdf", NU)
    ny = replace(AVSLUT, sidor=(replace(SIDA, figurer=(count_row("a", 3, 10),)),))
    with pytest.raises(ConflictError, match="Gör rapporten igen"):
        remember_utskrift(store, ELIN, ny, "pdf", NU)
    with store.read(ELIN) as session:
        _, senast = list_utgivna(session, ELIN, "avslut", "", 5)
    remember_utskrift(store, ELIN, replace(ny, senast=senast), "pdf", NU)
    assert len(rows(store)) == 2


def test_a_print_is_out_and_not_taken_back(store: Store) -> None:
    changes = remember_utskrift(store, ELIN, AVSLUT, "pdf", NU)
    with store.read(ELIN) as session:
        assert session.get_one(Handelse, changes.handelse_id).slag in ONLY_TOLD


def test_what_is_printed_again_is_read_once(store: Store) -> None:
    """However often a picture is copied: another day of judgement tells nothing but of rows of that day."""
    senare = replace(SIDA, per=date(2025, 3, 1))
    av_dagen = {"a": Nar.PER}
    prints = ((SIDA,), (senare, replace(SIDA, figurer=(count_row("a", 3, 10),))), (SIDA, senare))
    for sidor in (*prints, (replace(SIDA, nar=av_dagen), replace(senare, nar=av_dagen))):
        with store.read(ELIN) as session:
            _, senast = list_utgivna(session, ELIN, "avslut", "", 5)
        remember_utskrift(store, ELIN, replace(AVSLUT, sidor=sidor, senast=senast), "bild", NU)
    with store.read(ELIN) as session:
        utgivna, _ = list_utgivna(session, ELIN, "avslut", "", 5)
    assert len(rows(store)) == 4
    assert [len(u.sida.nar) for u in utgivna] == [1, 1, 0, 0]


def test_a_follow_up_hands_over_figures_of_other_reports(store: Store) -> None:
    sidor = (replace(SIDA, rapport="avslut"), replace(SIDA, rapport="osa"))
    uppfoljning = Utskrift("uppfoljning", "Uppföljning", *AR, AR[1], sidor, 0, "uppsala-2024")
    remember_utskrift(store, ELIN, uppfoljning, "pdf", NU)
    with store.read(ELIN) as session:
        utgivna, senast = list_utgivna(session, ELIN, "avslut", "", 5)
        assert ([u.sida.rapport for u in utgivna], senast) == (["avslut"], 0)
        assert list_utgivna(session, ELIN, "flode", "", 5) == ((), 0)
        utgivna, senast = list_utgivna(session, ELIN, "uppfoljning", "uppsala-2024", 5)
        assert ([u.sida.rapport for u in utgivna], bool(senast)) == (["avslut", "osa"], True)


def test_all_prints_are_read_in_one_statement(store: Store) -> None:
    for antal in range(9, 13):
        with store.read(ELIN) as session:
            _, senast = list_utgivna(session, ELIN, "avslut", "", 5)
        sida = replace(SIDA, figurer=(count_row("a", 3, antal),))
        remember_utskrift(store, ELIN, replace(AVSLUT, sidor=(sida,), senast=senast), "pdf", NU)
    with store.read(ELIN) as session, sent_statements(store) as sent:
        utgivna, _ = list_utgivna(session, ELIN, "avslut", "", 5)
    assert len(sent) == 1
    assert [u.kanter["a", "man"].varde for u in utgivna] == [12, 11, 10, 9]
