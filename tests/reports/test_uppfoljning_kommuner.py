"""The municipality beside others in a follow-up: Kolada's figures by kön, with year and source."""

from dataclasses import replace

from db.rules.tabell import Tabell
from desktop.reports.plan.kommuner import RUBRIK
from tests.helpers.factories import make_koladavarde
from tests.helpers.pdf_structure import TaggedPdf, faults
from tests.reports.test_uppfoljning import follow_up, pdf_bytes, provstad, put
from tests.unit.commands.helpers import fill


def plan(*kpi):
    """A plan whose indicators are measured by Kolada too."""
    whole = provstad()
    indikatorer = [replace(i, kolada=k) for i, k in zip(whole.indikatorer, [*kpi, "", ""][:3], strict=True)]
    return replace(whole, kommun="Linköpings kommun", indikatorer=tuple(indikatorer))


def figures(store, *rows):
    def make(session):
        for kpi, kommun, period, kvinnor, man, totalt in rows:
            make_koladavarde(
                session, kpi=kpi, kommun=kommun, period=period, kvinnor=kvinnor, man=man, totalt=totalt
            )

    fill(store, make)


def section(rapport):
    return next((avsnitt for avsnitt in rapport.avsnitt if avsnitt.rubrik == RUBRIK), None)


def printed(rapport):
    (tabell,) = section(rapport).delar
    return [(rad.etikett, *(cell.text for cell in rad.celler)) for rad in tabell.rader]


def test_without_figures_there_is_no_such_part(store):
    put(store, plan("U40455"))
    assert section(follow_up(store)) is None


def test_the_own_municipality_comes_first_then_the_country_then_others_by_name(store):
    put(store, plan("U40800", "U40455"))
    figures(
        store,
        ("U40455", "1980", "2023", None, None, 39.5),
        ("U40455", "0580", "2022", 1.0, 1.0, 1.0),
        ("U40455", "0580", "2023", 44.25, 50.0, 47.2),
        ("U40455", "0000", "2023", 36.0, 42.0, 39.1),
        ("U40455", "1490", "2023", 30.0, 31.0, 30.5),
        ("U40800", "0580", "2024", 300.0, 400.0, 700.0),
        ("U40800", "0000", "2024", 500.0, 400.0, 900.0),
    )
    rapport = follow_up(store)
    assert printed(rapport) == [
        ("Fler i arbete antal (Kolada U40800)",),
        ("Linköping", "2024", "300", "400", "700"),
        ("Riket", "2024", "500", "400", "900"),
        ("Fler i arbete andel (Kolada U40455)",),
        ("Linköping", "2023", "44,3", "50,0", "47,2"),
        ("Riket", "2023", "36,0", "42,0", "39,1"),
        ("Borås", "2023", "30,0", "31,0", "30,5"),
        ("Västerås", "2023", "saknas", "saknas", "39,5"),
    ]
    avsnitt = section(rapport)
    assert avsnitt.ingress == (
        "Av 2 mått har Linköpings kommun ett högre värde än riket för 1 och ett lägre för 1. "
        "Tabellen visar det senaste år som Kolada har värden för."
    )
    (tabell,) = avsnitt.delar
    assert tabell.kalla == "Källa: Kolada, nyckeltal U40800, U40455, inlästa i Egenväg 2024-09-09."
    assert [rad.etikett for rad in tabell.rader if rad.stark] == ["Linköping", "Linköping"]
    data = pdf_bytes(rapport)
    assert faults(data) == []
    assert RUBRIK in [node.full_text().strip() for node in TaggedPdf(data).nodes("H2")]


def test_one_measure_is_told_against_the_country(store):
    put(store, plan("U40455"))
    lead = "Linköpings kommun har ett värde som är {} rikets."
    for own, words in ((30.0, "lägre än"), (39.1, "samma som"), (50.0, "högre än")):
        fill(store, lambda session: [session.delete(row) for row in all_rows(session)])
        figures(store, ("U40455", "0580", "2023", None, None, own), ("U40455", "0000", "2023", 1, 1, 39.1))
        assert section(follow_up(store)).ingress.startswith(lead.format(words))


def all_rows(session):
    from sqlalchemy import select

    from db.models import Koladavarde

    return session.scalars(select(Koladavarde)).all()


def test_without_the_own_municipality_the_others_stand(store):
    put(store, plan("U40455"))
    figures(store, ("U40455", "1490", "2023", 1, 2, 3), ("U40455", "G1", "2023", 1, 2, None))
    assert [rad[0] for rad in printed(follow_up(store))[1:]] == ["Borås", "G1"]
    assert section(follow_up(store)).ingress == "Tabellen visar det senaste år som Kolada har värden för."


def test_of_many_municipalities_the_ends_are_printed(store):
    put(store, plan("U40455"))
    koder = [f"{1400 + number}" for number in range(60)]
    figures(
        store,
        ("U40455", "0580", "2023", 1, 1, 30.0),
        *(("U40455", kod, "2023", None, None, float(at)) for at, kod in enumerate(koder)),
    )
    rows = printed(follow_up(store))
    assert [rad[-1] for rad in rows[1:]] == ["30", "59", "58", "57", "56", "55", "4", "3", "2", "1", "0"]
    (tabell,) = section(follow_up(store)).delar
    assert isinstance(tabell, Tabell)
    assert tabell.noter == ("Av 60 andra kommuner visas de 5 med högst och de 5 med lägst värde.",)
