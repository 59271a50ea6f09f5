"""The card: everything held on a person, in time order, masked where it must be."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.commands.delning import split_deltagare
from db.commands.sammanslagning import Sammanslagning, merge_deltagare
from db.commands.undo import undo_act
from db.errors import NotFoundError
from db.models import Deltagare, Insats, Inskrivning
from db.queries.card import read_card
from db.queries.card_rows import Card, StegRow
from db.rules.aktivitetskrav import Status
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements

DAG = date(2024, 6, 3)
ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)
EVA = Aktor("eva", "Eva", Roll.CHEF)
STATEMENTS = 25


def fill(store: Store, act: Callable[[Session], Any]) -> int:
    with store.unit_of_work(SYSTEM, "test") as work:
        found = act(work.session)
    return int(found.id)


def read(store: Store, deltagare_id: int, aktor: Aktor = ELIN, **more: Any) -> Card:
    with store.read(aktor) as session:
        return read_card(session, aktor, deltagare_id, DAG, **more)


def everything(session: Session, **values: Any) -> Deltagare:
    """A person with two of everything, made in the wrong order."""
    make.make_medarbetare(session, signatur="elin", namn="Elin Måsvik")
    hushall = make.make_hushall(session, nummer="H1", antal_barn=2)
    person = make.make_deltagare(
        session, fornamn="Hodan", efternamn="Rönnstig", personnummer="198803149809",
        hushall_id=hushall.id, telefon="070-1740635", epost="h@example.com", omrade="Fröslunda", **values,
    )  # fmt: skip
    make.make_deltagare(session, hushall_id=hushall.id)
    make.make_tidigare_nummer(session, deltagare_id=person.id, personnummer="198803749809")
    arende = make.make_arende(
        session, deltagare_id=person.id, nummer="Ä-2", ansokan=date(2024, 5, 20), beslut=date(2024, 5, 27),
        handlaggare="elin",
    )  # fmt: skip
    old = make.make_arende(session, deltagare_id=person.id, nummer="Ä-1", avslutat=date(2024, 2, 1))
    make.make_undantag(session, arende_id=old.id, till=date(2024, 1, 20))
    for manad, ore in ((6, 1_000_000), (5, None)):
        make.make_bistandsmanad(session, arende_id=arende.id, manad=make.month(2024, manad), belopp_ore=ore)
    inskrivning = make.make_inskrivning(session, deltagare_id=person.id)
    make.make_stegperiod(session, inskrivning_id=inskrivning.id, steg="Insats", fran=date(2024, 3, 1))
    make.make_stegperiod(session, inskrivning_id=inskrivning.id, steg="Kartläggning")
    make.make_planering(session, inskrivning_id=inskrivning.id)
    enhet = make.make_enhet(session, namn="Återbruket")
    insats = make.make_insats(
        session, inskrivning_id=inskrivning.id, start=date(2024, 3, 1), enhet_id=enhet.id
    )
    make.make_insats(session, inskrivning_id=inskrivning.id, start=date(2024, 2, 1), slut=date(2024, 2, 20))
    make.make_osa_beslut(session, insats_id=insats.id)
    for dag in (4, 5, 6):
        make.make_narvaro(session, insats_id=insats.id, datum=date(2024, 3, dag), minuter=60)
    make.make_narvaro(session, insats_id=insats.id, datum=date(2024, 3, 7), status="sjuk", minuter=None)
    make.make_mote(session, deltagare_id=person.id, datum=date(2024, 4, 2))
    make.make_mote(session, deltagare_id=person.id, datum=date(2024, 4, 1), uteblev=True)
    make.make_bip(session, inskrivning_id=inskrivning.id)
    _desk(session, person, inskrivning, insats)
    return person


def _desk(session: Session, person: Deltagare, inskrivning: Inskrivning, insats: Insats) -> None:
    """What is written at the desk."""
    plan = make.make_planering(session, inskrivning_id=inskrivning.id, upprattad=date(2024, 4, 8), mal="Kock")
    make.make_planeringssteg(session, planering_id=plan.id, ordning=2, text="Söka arbete")
    make.make_planeringssteg(
        session, planering_id=plan.id, ordning=1, text="Skriva cv", klar=date(2024, 4, 9)
    )
    first = make.make_anteckning(session, deltagare_id=person.id, datum=date(2024, 4, 9))
    make.make_anteckning(
        session, deltagare_id=person.id, datum=date(2024, 4, 10), signatur="eva", rattar_id=first.id
    )
    make.make_dokument(session, deltagare_id=person.id, namn="intyg.pdf")
    make.make_uppfoljning(session, inskrivning_id=inskrivning.id)
    make.make_bipplan(session, inskrivning_id=inskrivning.id, nasta=date(2024, 7, 1))
    make.make_osa_uppfoljning(session, insats_id=insats.id, planerad=date(2024, 5, 1), text="Trivs.")


def test_everything_held_is_there_in_time_order(store: Store) -> None:
    card = read(store, fill(store, everything))
    assert (card.namn, card.personnummer, card.telefon) == ("Hodan Rönnstig", "19880314-9809", "070-1740635")
    assert (card.hushall, card.antal_barn, card.vuxna_i_hushallet) == ("H1", 2, 2)
    assert [n.personnummer for n in card.nummer] == ["19880374-9809"]
    assert [a.nummer for a in card.arenden] == ["Ä-1", "Ä-2"]
    assert [b.belopp_ore for b in card.bistand] == [None, 1_000_000]
    assert [i.start for i in card.insatser] == [date(2024, 2, 1), date(2024, 3, 1)]
    assert [m.datum.day for m in card.moten] == [1, 2]
    assert [(n.status, n.antal, n.minuter) for n in card.narvaro] == [("närvarande", 3, 180), ("sjuk", 1, 0)]
    assert len(card.undantag) == len(card.osa) == len(card.bip) == 1
    assert card.alla_steg[:2] == ("Aktualisering", "Kartläggning")


def test_the_open_arende_and_inskrivning_come_first(store: Store) -> None:
    card = read(store, fill(store, everything))
    assert card.arende is not None
    assert (card.arende.nummer, card.arende.handlaggare) == ("Ä-2", "Elin Måsvik")
    assert card.arende.krav is not None
    assert card.arende.krav.bedomning.status is Status.UPPFYLLT
    assert card.inskrivning is not None
    assert card.inskrivning.avslutad is None


def test_a_steg_lasts_until_the_next_or_the_avslut(store: Store) -> None:
    def closed(session: Session) -> Deltagare:
        person = make.make_deltagare(session)
        inskrivning = make.make_inskrivning(session, deltagare_id=person.id, avslutad=date(2024, 5, 1))
        for steg, dag in (("Planering", date(2024, 3, 1)), ("Kartläggning", date(2024, 2, 1))):
            make.make_stegperiod(session, inskrivning_id=inskrivning.id, steg=steg, fran=dag)
        make.make_stegperiod(session, inskrivning_id=inskrivning.id, steg="Insats", fran=date(2024, 3, 1))
        return person

    card = read(store, fill(store, closed))
    inskrivning_id = card.inskrivningar[0].id
    assert card.steg == (
        StegRow(inskrivning_id, "Kartläggning", date(2024, 2, 1), date(2024, 2, 29)),
        StegRow(inskrivning_id, "Planering", date(2024, 3, 1), date(2024, 3, 1)),
        StegRow(inskrivning_id, "Insats", date(2024, 3, 1), date(2024, 5, 1)),
    )


def test_an_insats_has_a_status_on_a_day(store: Store) -> None:
    def several(session: Session) -> Deltagare:
        person = make.make_deltagare(session)
        inskrivning = make.make_inskrivning(session, deltagare_id=person.id)
        for start, slut, orsak in (
            (date(2024, 1, 8), date(2024, 1, 9), ""),
            (date(2024, 1, 10), date(2024, 1, 11), "sjukdom"),
            (date(2024, 1, 12), DAG, ""),
            (date(2024, 6, 4), None, ""),
        ):
            make.make_insats(
                session, inskrivning_id=inskrivning.id, start=start, slut=slut, avbrottsorsak=orsak
            )
        return person

    card = read(store, fill(store, several))
    assert [i.status_on(DAG) for i in card.insatser] == ["avslutad", "avbruten", "pagar", "planerad"]


def test_the_log_tells_who_changed_what(store: Store) -> None:
    deltagare_id = fill(store, everything)
    with store.unit_of_work(ELIN, "registrering", "Telefon") as work:
        person = work.session.get_one(Deltagare, deltagare_id)
        person.telefon = "070-0000000"
    newest, *rest = read(store, deltagare_id).logg
    assert (newest.aktor, newest.slag, newest.falt) == ("Elin Måsvik", "registrering", "telefon")
    assert (newest.gammalt, newest.nytt) == ('"070-1740635"', '"070-0000000"')
    assert {r.falt for r in rest} == {"+"}


def test_the_log_holds_what_hangs_on_other_rows_and_names_what_ids_stand_for(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        insats = make.make_insats(work.session)
        inskrivning = work.session.get_one(Inskrivning, insats.inskrivning_id)
        insats_id, deltagare_id = insats.id, inskrivning.deltagare_id
    with store.unit_of_work(ELIN, "registrering") as work:
        session = work.session
        insats = session.get_one(Insats, insats_id)
        insats.enhet_id = make.make_enhet(session, namn="Köket").id
        arende = make.make_arende(session, deltagare_id=deltagare_id)
        make.make_undantag(session, arende_id=arende.id)
        make.make_stegperiod(session, inskrivning_id=insats.inskrivning_id)
        make.make_osa_beslut(session, insats_id=insats_id)
    logg = read(store, deltagare_id).logg
    changed = next(row for row in logg if row.falt == "enhet_id")
    assert (changed.gammalt_namn, changed.nytt_namn) == (None, "Köket")
    assert {"undantag", "stegperiod", "osa_beslut"} <= {row.tabell for row in logg}


def test_a_protected_person_is_nobodys_but_the_named(store: Store) -> None:
    deltagare_id = fill(store, lambda s: everything(s, skyddad="sekretessmarkering"))
    with pytest.raises(NotFoundError) as missing:
        read(store, deltagare_id + 1000)
    with pytest.raises(NotFoundError) as hidden:
        read(store, deltagare_id, EVA)
    assert missing.value.message == hidden.value.message


@pytest.mark.parametrize(
    "secret", ["Hodan", "Rönnstig", "19880314-9809", "1740635", "h@example", "Fröslunda", "Återbruket"]
)
def test_the_named_sees_the_card_masked(store: Store, secret: str) -> None:
    deltagare_id = fill(store, lambda s: everything(s, skyddad="sekretessmarkering"))
    with store.unit_of_work(ELIN, "registrering") as work:
        work.session.get_one(Deltagare, deltagare_id).telefon = "1740635x"
    card = read(store, deltagare_id)
    assert card.dold
    assert secret not in repr(card)
    assert card.arende is not None
    shown = read(store, deltagare_id, oppna_skyddad=True)
    assert not shown.dold
    assert secret in repr(shown)
    assert shown.vuxna_i_hushallet == 2  # the person too


def test_the_number_of_statements_is_the_same_for_anybody(store: Store) -> None:
    full = fill(store, everything)
    empty = fill(store, make.make_deltagare)
    counts = []
    for deltagare_id in (full, empty):
        with sent_statements(store) as sent:
            read(store, deltagare_id)
        counts.append(len(sent))
    assert counts == [STATEMENTS, STATEMENTS]


def test_what_is_written_at_the_desk(store: Store) -> None:
    card = read(store, fill(store, everything))
    assert [(p.mal, [s.text for s in p.steg]) for p in card.planeringar][-1] == (
        "Kock",
        ["Skriva cv", "Söka arbete"],
    )
    first, correction = card.anteckningar
    assert (first.namn, first.text, correction.namn) == ("Elin Måsvik", "Vill arbeta i kök.", "eva")
    assert correction.rattar_id == first.id
    assert [(d.namn, d.storlek, d.av) for d in card.dokument] == [("intyg.pdf", 14, "Elin Måsvik")]
    assert [(u.slag, u.genomford) for u in card.uppfoljningar] == [("6 månader", None)]
    assert [b.nasta for b in card.bipplaner] == [date(2024, 7, 1)]
    assert [u.planerad for u in card.osa_uppfoljningar] == [date(2024, 5, 1)]
    assert len(card.medlemmar) == 1


def test_reviews_stand_with_their_undantag(store: Store) -> None:
    def act(session: Session) -> Deltagare:
        person = make.make_deltagare(session)
        arende = make.make_arende(session, deltagare_id=person.id)
        first, second = (
            make.make_undantag(session, arende_id=arende.id, skal=skal) for skal in ("sjuk", "vab")
        )
        for dag in (3, 2):
            make.make_undantagsgranskning(session, undantag_id=second.id, datum=date(2024, 5, dag))
        make.make_undantagsgranskning(session, undantag_id=first.id, datum=date(2024, 5, 4))
        return person

    card = read(store, fill(store, act))
    assert {u.skal: sorted(g.datum.day for g in u.granskningar) for u in card.undantag} == {
        "sjuk": [4],
        "vab": [2, 3],
    }


def test_a_masked_card_tells_nothing_of_notes_documents_and_places(store: Store) -> None:
    person_id = fill(store, lambda s: everything(s, skyddad="sekretessmarkering"))
    card = read(store, person_id)
    assert card.dold
    assert {a.text for a in card.anteckningar} == {""}
    assert {d.namn for d in card.dokument} == {""}
    assert {u.text for u in card.osa_uppfoljningar} == {""}
    assert card.medlemmar == ()
    assert read(store, person_id, oppna_skyddad=True).dokument[0].namn == "intyg.pdf"


def test_a_protected_member_of_the_household_is_not_named(store: Store) -> None:
    def two(session: Session) -> Deltagare:
        hushall = make.make_hushall(session)
        make.make_deltagare(session, hushall_id=hushall.id, skyddad="fingerade uppgifter")
        make.make_deltagare(
            session, hushall_id=hushall.id, fornamn="Åsa", efternamn="Öberg", personnummer=None
        )
        return make.make_deltagare(session, hushall_id=hushall.id)

    (member,) = read(store, fill(store, two)).medlemmar
    assert (member.namn, member.personnummer) == ("Åsa Öberg", "")


def test_a_return_within_a_year_is_shown(store: Store) -> None:
    def back(session: Session) -> Deltagare:
        person = make.make_deltagare(session)
        make.make_arende(session, deltagare_id=person.id, avslutat=date(2024, 2, 1))
        make.make_arende(session, deltagare_id=person.id, ansokan=date(2024, 4, 1), beslut=None, utfall=None)
        return person

    card = read(store, fill(store, back))
    earlier, later = card.arenden
    assert [(a.sort, a.fran_id, a.till_id) for a in card.ateraktualiseringar] == [
        ("arende", earlier.id, later.id)
    ]


def test_who_was_made_a_part_of_this_one_is_told_and_its_history_goes_on(store: Store) -> None:
    kvar = fill(store, everything)
    annan = fill(store, lambda s: make.make_deltagare(s, fornamn="Hodan", efternamn="Rönnstig"))
    with store.unit_of_work(ELIN, "ändring") as work:
        work.session.get_one(Deltagare, annan).telefon = "070-1740611"
    val = Sammanslagning(annan, frozenset(), "Dubbelregistrerad")
    changes = merge_deltagare(store, ELIN, kvar, val, DAG).changes
    (row,) = read(store, kvar).sammanslagna
    assert row.namn.startswith("Hodan Rönnstig 19")
    assert (row.skal, row.vem) == ("Dubbelregistrerad", "Elin Måsvik")
    logg = read(store, kvar).logg
    assert any(rad.nytt == '"070-1740611"' for rad in logg)
    assert any(rad.varning == row.namn and rad.slag == "sammanslagning" for rad in logg)
    again = undo_act(store, ELIN, undo_act(store, ELIN, changes.handelse_id).handelse_id)
    (row,) = read(store, kvar).sammanslagna
    split_deltagare(store, ELIN, row.id)
    assert read(store, kvar).sammanslagna == ()
    assert again.handelse_id > changes.handelse_id
