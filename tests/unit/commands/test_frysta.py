"""Frozen reports: kept as they are, checked each time, approved by a named role, never removed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from db.aktor import Aktor, Roll
from db.commands.avstamning import AvstamningUppgifter, mark_klar
from db.commands.frysta import (
    FORM,
    LONGEST,
    Frysning,
    approve_fryst,
    freeze_rapport,
    log_fryst_utskrift,
)
from db.commands.rapportutskrift import Utskrift
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.history import ONLY_TOLD
from db.maintenance import check_register
from db.models import Handelse, Rapportutskrift
from db.queries.frysta import list_frysta, read_fryst, read_fryst_pdf
from db.queries.rapportutskrift import list_utgivna
from db.rules.figurer import Avsnitt, Konsvarden, Rad, Rapport
from db.rules.period import make_period
from db.rules.sidor import Sida
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, fill
from tests.unit.rules.attack import count_row

NU = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)
AR = (date(2024, 1, 1), date(2024, 12, 31))
SEKRETERARE = Aktor("nina", "Nina", Roll.NAMNDSEKRETERARE)
SIDA = Sida(*AR, AR[1], (count_row("a", 3, 9),), dolda={"a": {"kvinnor": "<5", "man": ".."}})
RAD = Rad("a", "Avslut", "antal", Konsvarden(None, None, 0, 12), Konsvarden(), dict(SIDA.dolda["a"]), {})
RAPPORT = Rapport("avslut", "Avslut", ("2024-01-01", "2024-12-31"), "2024-12-31", (Avsnitt("Alla", (RAD,)),))
FRYSNING = Frysning(
    Utskrift("avslut", "Avslut", *AR, AR[1], (SIDA,), 0), RAPPORT, b"%PDF-1.7 sidor", NU, "0.1.0",
    {"namn": "avslut", "period": "2024", "per": "2024-12-31"}, {"troskel": 5}, "  Bokslut ",
)  # fmt: skip


def freeze(store: Store, frysning: Frysning = FRYSNING) -> int:
    return freeze_rapport(store, ELIN, frysning, NU).id


def test_everything_is_kept(store: Store) -> None:
    fill(store, lambda s: make.make_medarbetare(s, signatur="elin", namn="Elin Måsvik"))
    fryst_id = freeze(store)
    with store.read(EVA) as session:
        fryst, pdf = read_fryst(session, EVA, fryst_id), read_fryst_pdf(session, EVA, fryst_id)
    rad = fryst.rad
    assert (rad.signatur, rad.namn, rad.tid, rad.text) == (
        "elin",
        "Elin Måsvik",
        "2025-01-15T09:30:00.000000Z",
        "Bokslut",
    )
    assert (rad.fran, rad.till, rad.per, rad.programversion, rad.version) == (*AR, AR[1], "0.1.0", 1)
    assert (rad.godkand, rad.godkand_av, rad.ersatt) == (None, "", False)
    assert (fryst.rapport, pdf, fryst.utskrivet) == (RAPPORT, b"%PDF-1.7 sidor", NU)
    assert (fryst.parametrar["period"], fryst.installningar) == ("2024", {"troskel": 5})
    assert check_register(store, EVA) == []


def test_a_frozen_report_is_handed_over(store: Store) -> None:
    """R12: later prints are hidden against it, also when it is taken back."""
    saved = freeze_rapport(store, ELIN, FRYSNING, NU)
    undo_act(store, ELIN, saved.changes.handelse_id)
    with store.read(ELIN) as session:
        assert list_frysta(session, ELIN) == ()
        utgivna, senast = list_utgivna(session, ELIN, "avslut", "", 5)
        assert utgivna[0].sida.dolda == SIDA.dolda
        assert session.get_one(Rapportutskrift, senast).form == FORM
    ny = replace(FRYSNING.utskrift, sidor=(replace(SIDA, figurer=(count_row("a", 3, 10),)),))
    with pytest.raises(ConflictError):
        freeze(store, replace(FRYSNING, utskrift=ny))


def test_a_text_too_long_is_refused(store: Store) -> None:
    with pytest.raises(DataError) as refused:
        freeze(store, replace(FRYSNING, text="x" * (LONGEST + 1)))
    assert refused.value.field == "text"


def test_who_has_not_marked_the_period_as_done_is_told(store: Store) -> None:
    def people(session: object) -> None:
        for signatur, namn, aktiv in (("elin", "Elin", True), ("åke", "Åke", True), ("bo", "Bo", False)):
            make.make_medarbetare(session, signatur=signatur, namn=namn, aktiv=aktiv)
            make.make_inskrivning(session, koordinator=signatur, inskriven=date(2024, 2, 1))
        make.make_inskrivning(session, koordinator="", inskriven=date(2024, 2, 1))

    fill(store, people)
    (warning,) = freeze_rapport(store, ELIN, FRYSNING, NU).varningar
    assert warning.message == "Perioden är inte markerad som klar av Elin, Åke."
    for signatur in ("elin", "åke"):
        aktor = Aktor(signatur, signatur, Roll.KOORDINATOR)
        mark_klar(store, aktor, AvstamningUppgifter(signatur, make_period(*AR)), date(2025, 1, 10), "Klart")
    assert freeze_rapport(store, ELIN, FRYSNING, NU).varningar == ()


class TestApproving:
    @pytest.mark.parametrize("aktor", [EVA, SEKRETERARE])
    def test_by_who_answers_for_it(self, store: Store, aktor: Aktor) -> None:
        fryst_id = freeze(store)
        approve_fryst(store, aktor, fryst_id, NU)
        with store.read(ELIN) as session:
            (rad,) = list_frysta(session, ELIN)
        assert (rad.godkand_av, rad.godkand_namn, rad.godkand_roll) == (
            aktor.signatur,
            aktor.signatur,
            aktor.roll.value,
        )
        assert rad.godkand == "2025-01-15T09:30:00.000000Z"

    @pytest.mark.parametrize("roll", [r for r in Roll if r not in (Roll.CHEF, Roll.NAMNDSEKRETERARE)])
    def test_by_nobody_else(self, store: Store, roll: Roll) -> None:
        fryst_id = freeze(store)
        with pytest.raises(DataError, match="Bara chefen eller nämndsekreteraren"):
            approve_fryst(store, Aktor("x", "X", roll), fryst_id, NU)

    def test_once(self, store: Store) -> None:
        fryst_id = freeze(store)
        approve_fryst(store, EVA, fryst_id, NU)
        with pytest.raises(ConflictError, match="redan godkänd av eva"):
            approve_fryst(store, SEKRETERARE, fryst_id, NU)
        with pytest.raises(NotFoundError):
            approve_fryst(store, EVA, 99, NU)

    def test_it_is_not_taken_back(self, store: Store) -> None:
        frozen = freeze_rapport(store, ELIN, FRYSNING, NU)
        approved = approve_fryst(store, EVA, frozen.id, NU)
        for act, aktor in ((approved, EVA), (frozen, ELIN)):
            with pytest.raises(DataError):
                undo_act(store, aktor, act.changes.handelse_id)
        with pytest.raises(DataError, match="Frys en ny version"):
            undo_act(store, EVA, approved.changes.handelse_id)


def test_a_new_version_takes_its_place(store: Store) -> None:
    first = freeze(store)
    second = freeze(store, replace(FRYSNING, text="Rättad"))
    annan = freeze(store, replace(FRYSNING, utskrift=replace(FRYSNING.utskrift, rapport="flode")))
    with store.read(ELIN) as session:
        rader = list_frysta(session, ELIN)
        assert [r.id for r in list_frysta(session, ELIN, "flode")] == [annan]
    assert [(r.id, r.version, r.ersatt) for r in rader] == [
        (annan, 1, False), (second, 2, False), (first, 1, True),
    ]  # fmt: skip


def test_all_are_listed_in_two_statements(store: Store) -> None:
    for versions in range(3):
        freeze(store, replace(FRYSNING, text=str(versions)))
    with store.read(ELIN) as session, sent_statements(store) as sent:
        assert len(list_frysta(session, ELIN)) == 3
    assert len(sent) == 2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE dokumentinnehall SET data = :data WHERE sha256 = (SELECT sha256 FROM fryst_rapport)",
        "UPDATE dokumentinnehall SET data = :data WHERE sha256 = (SELECT pdf_sha256 FROM fryst_rapport)",
    ],
)
def test_a_changed_byte_is_found(store: Store, change: str) -> None:
    fryst_id = freeze(store)
    with store.engine.begin() as connection:
        connection.execute(text(change), {"data": b"%PDF-1.7 sidan"})
    with store.read(EVA) as session, pytest.raises(DataError, match="är skadad"):
        read_fryst(session, EVA, fryst_id)
        read_fryst_pdf(session, EVA, fryst_id)
    (fault,) = check_register(store, EVA)
    assert fault.omrade == "frysta rapporter"
    assert "kontrollsumman stämmer inte" in fault.text


@pytest.mark.parametrize(
    "held",
    [
        b"inte json",
        json.dumps({"rapport": {}}).encode(),
        json.dumps({}).encode(),
    ],
)
def test_what_is_no_report_is_not_read(store: Store, held: bytes) -> None:
    def add(session: object) -> int:
        dokument = make.make_dokument(session, data=held)
        return make.make_fryst_rapport(session, sha256=dokument.sha256).id

    fryst_id = fill(store, add)
    with store.read(EVA) as session, pytest.raises(DataError, match="är skadad"):
        read_fryst(session, EVA, fryst_id)


def test_a_changed_row_is_found(store: Store) -> None:
    fryst_id = freeze(store)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE fryst_rapport SET fran = '2023-01-01'"))
    with store.read(EVA) as session, pytest.raises(DataError, match="är skadad"):
        read_fryst(session, EVA, fryst_id)


def test_one_that_is_not_there(store: Store) -> None:
    calls: list[Callable[..., object]] = [read_fryst, read_fryst_pdf]
    for call in calls:
        with store.read(EVA) as session, pytest.raises(NotFoundError):
            call(session, EVA, 7)
    with pytest.raises(NotFoundError):
        log_fryst_utskrift(store, EVA, 7, "pdf")


def test_a_print_of_it_is_told(store: Store) -> None:
    frozen = freeze_rapport(store, ELIN, FRYSNING, NU)
    changes = log_fryst_utskrift(store, EVA, frozen.id, "pdf")
    with store.read(EVA) as session:
        assert session.get_one(Handelse, changes.handelse_id).slag in ONLY_TOLD
    undo_act(store, ELIN, frozen.changes.handelse_id)  # telling of it stands not in the way
