"""The people behind the figures of the flow; as many as the figure says, where nobody is hidden."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.models import Inskrivning, Steg
from db.queries import flode
from db.queries.flode_personer import PersonBakom, Utvag, list_i_steg, list_in, list_ut
from db.queries.tavla import UTAN_STEG, FlodeUrval
from db.session import Store
from tests.helpers import factories as make

FRAN, SLUT = date(2024, 5, 1), date(2024, 5, 31)
ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)
EVA = Aktor("eva", "Eva Ek", Roll.CHEF)


def enroll(
    session: Session, namn: str, inskriven: date, skyddad: str = "nej", **values: object
) -> Inskrivning:
    person = make.make_deltagare(session, fornamn=namn, efternamn="Ek", skyddad=skyddad, kon="K")
    return make.make_inskrivning(
        session, deltagare_id=person.id, inskriven=inskriven, koordinator="elin", **values
    )


def fill(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        s = work.session
        for namn, steg, fran in (("Ny", "Insats", FRAN), ("Sen", "", SLUT), ("Dold", "Insats", FRAN)):
            row = enroll(s, namn, fran, "sekretessmarkering" if namn == "Dold" else "nej")
            if steg:
                make.make_stegperiod(s, inskrivning_id=row.id, steg=steg, fran=fran + timedelta(2))
        gone = enroll(s, "Borta", date(2024, 1, 1), avslutad=SLUT, resultat="studier")
        make.make_stegperiod(s, inskrivning_id=gone.id, steg="Insats", fran=date(2024, 2, 1))
        enroll(s, "Avbröt", date(2024, 1, 1), avslutad=FRAN, resultat="avbrutit")
        enroll(s, "Förr", date(2024, 1, 1), avslutad=FRAN - timedelta(1), resultat="arbete")
        enroll(s, "Efter", SLUT + timedelta(1))
        arende = s.scalars(select(Inskrivning).where(Inskrivning.inskriven == FRAN)).all()[-1]
        make.make_arende(s, deltagare_id=arende.deltagare_id, nummer="Ä-9", handlaggare="elin")


def told(rows: tuple[PersonBakom, ...]) -> list[tuple[str, date, str]]:
    return [(row.person.namn, row.datum, row.text) for row in rows]


def test_in_and_out_are_those_of_the_figure(store: Store) -> None:
    fill(store)
    with store.read(ELIN) as session:
        genom = flode.count_genomflode(session, FRAN, SLUT)
        in_, ut = list_in(session, ELIN, FRAN, SLUT), list_ut(session, ELIN, FRAN, SLUT)
        egen = list_ut(session, ELIN, FRAN, SLUT, bara_egen=True)
        assert (len(in_), len(ut)) == (genom.in_.total(), genom.ut.total()) == (3, 2)
        assert told(egen) == [("Borta Ek", SLUT, "studier")]
        assert [row.person.nummer for row in in_ if row.person.is_masked] == ["Ä-9"]
        assert list_in(session, ELIN, FRAN, SLUT, FlodeUrval(kon="M")) == ()
    with store.read(EVA) as session:
        assert {row.person.namn for row in list_in(session, EVA, FRAN, SLUT)} == {"Ny Ek", "Sen Ek"}


def test_who_stood_in_a_steg_is_as_the_figure_says(store: Store) -> None:
    fill(store)
    with store.read(ELIN) as session:
        insats = session.execute(select(Steg.id).where(Steg.namn == "Insats")).scalar_one()
        (rad,) = [r for r in flode.list_steg(session, FRAN, SLUT) if r.steg_id == insats]
        there = list_i_steg(session, ELIN, insats, SLUT)
        assert len(there) == rad.pagaende.total() == 3
        assert told(there)[0] == ("Borta Ek", date(2024, 2, 1), "Insats")
        assert told(list_i_steg(session, ELIN, UTAN_STEG, SLUT)) == [("Sen Ek", SLUT, "")]
        everyone = list_i_steg(session, ELIN, None, SLUT)
        assert len(everyone) == flode.count_genomflode(session, FRAN, SLUT).inskrivna.total() == 4


def test_a_way_out_gives_those_that_the_figure_counts(store: Store) -> None:
    fill(store)
    with store.unit_of_work(SYSTEM, "test") as work:
        gone = work.session.scalars(select(Inskrivning).where(Inskrivning.resultat == "studier")).one()
        make.make_insats(work.session, typ="praktik", inskrivning_id=gone.id, start=date(2024, 2, 1))
        make.make_insats(work.session, typ="sfi", inskrivning_id=gone.id, start=date(2024, 3, 1))
    with store.read(ELIN) as session:
        for vag in flode.list_vagar(session, FRAN, SLUT):
            via = Utvag(vag.steg, vag.insatstyp, vag.resultat)
            assert len(list_ut(session, ELIN, FRAN, SLUT, via=via)) == vag.antal.total()
        assert told(list_ut(session, ELIN, FRAN, SLUT, via=Utvag(insatstyp="sfi"))) == [
            ("Borta Ek", SLUT, "studier")
        ]
        assert list_ut(session, ELIN, FRAN, SLUT, via=Utvag(insatstyp="praktik")) == ()
        assert told(list_ut(session, ELIN, FRAN, SLUT, via=Utvag(steg=""))) == [
            ("Avbröt Ek", FRAN, "avbrutit")
        ]
        assert len(list_ut(session, ELIN, FRAN, SLUT, via=Utvag(resultat="avbrutit"))) == 1
