"""Reports put together: labels, order, hiding, sums, and leads that give no hidden number away."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from db.rules.figurer import KON_NYCKLAR, Figur, Konsvarden, Rad, Rapport
from db.rules.period import parse_period
from desktop.reports import formats
from desktop.reports.assemble import Huvud, assemble
from desktop.reports.leads import Siffror
from desktop.reports.registry import REPORTS
from desktop.reports.tabledata import table_data

PERIOD = parse_period("2024")
HUVUD = Huvud(
    PERIOD,
    date(2024, 12, 31),
    date(2025, 1, 7),
    ord={"dagar": "14", "startpunkt": "beslutet om bistånd"},
)


def antal(id_: str, kvinnor: int, man: int, saknas: int = 0, **rest: Any) -> Figur:
    return Figur(id_, "antal", Konsvarden(kvinnor, man, saknas, kvinnor + man + saknas), **rest)


def andel(id_: str, taljare: Figur, namnare: Figur, **rest: Any) -> Figur:
    delar = ((taljare.varde.get(k) or 0, namnare.varde.get(k) or 0) for k in KON_NYCKLAR)
    varde = Konsvarden(*(100 * t / n if n else None for t, n in delar))
    return Figur(
        id_,
        "andel",
        varde,
        taljare.varde,
        namnare.varde,
        taljare_id=taljare.id,
        namnare_id=namnare.id,
        **rest,
    )


def krav(uppfyllt: tuple[int, int], sent: tuple[int, int], forfallet: tuple[int, int]) -> list[Figur]:
    statusar = {"uppfyllt": uppfyllt, "uppfyllt_sent": sent, "forfallet": forfallet, "pagar": (0, 0)}
    rader = [antal(f"aktivitetskrav.{namn}", *tal) for namn, tal in (statusar | {"undantag": (0, 0)}).items()]
    tal = [uppfyllt, sent, forfallet]
    bas = antal("aktivitetskrav.bas", sum(k for k, _ in tal), sum(m for _, m in tal))
    return [bas, *rader, andel("aktivitetskrav.andel_uppfyllt", rader[0], bas)]


def rows(rapport: Rapport) -> dict[str, Rad]:
    return {rad.id: rad for avsnitt in rapport.avsnitt for rad in avsnitt.rader}


def make(namn: str, figurer: Sequence[Figur], fore: Sequence[Figur] | None = None, **huvud: Any) -> Rapport:
    return assemble(REPORTS[namn], figurer, fore, replace(HUVUD, **huvud)).rapport


def test_the_head_and_the_words_of_the_settings() -> None:
    rapport = make("aktivitetskrav", krav((40, 30), (5, 6), (10, 9)), kommun="Ängby", demo=True, troskel=7)
    assert (rapport.rapport, rapport.titel) == ("aktivitetskrav", "Aktivitetskravet")
    assert (rapport.period, rapport.per) == (("2024-01-01", "2024-12-31"), "2024-12-31")
    assert rapport.uttag == "2025-01-07"
    assert (rapport.kommun, rapport.demo, rapport.troskel) == ("Ängby", True, 7)
    assert rapport.jamforelse_period is None
    bas = rows(rapport)["aktivitetskrav.bas"]
    assert bas.etikett == "Ärenden med frist under perioden"
    assert "14:e dagen efter beslutet om bistånd" in bas.definition
    assert (bas.varde.totalt, bas.konsuppdelad, bas.dolda) == (100, True, {})


def test_statuses_sum_to_the_base_and_hide_together() -> None:
    figurer = krav((40, 30), (2, 6), (10, 9))
    found = rows(make("aktivitetskrav", figurer))
    statusar = [r for i, r in found.items() if r.niva == 1]
    assert len(statusar) == 5
    late = found["aktivitetskrav.uppfyllt_sent"]
    assert late.dolda["kvinnor"] == "<5"
    assert late.varde.kvinnor is None
    # Neither the other kön nor the rest of the column may give it away.
    assert "man" in late.dolda or "totalt" in late.dolda
    hidden = [r for r in statusar if "kvinnor" in r.dolda]
    assert len(hidden) >= 2 or "kvinnor" in found["aktivitetskrav.bas"].dolda


def test_hidden_numbers_are_in_no_row_and_no_lead() -> None:
    rapport = make("aktivitetskrav", krav((3, 1), (0, 0), (40, 37)))
    for rad in rows(rapport).values():
        assert all(rad.varde.get(nyckel) is None for nyckel in rad.dolda)
    lead = rapport.avsnitt[0].ingress
    assert lead == f"81{formats.HARD_SPACE}ärenden hade sin frist under perioden."


def test_a_small_total_is_told_as_a_mark() -> None:
    rapport = make("osa", [antal("osa.totalt", 2, 1), antal("osa.anstallning", 2, 1)])
    lead = rapport.avsnitt[0].ingress
    assert lead.startswith("Färre än 5 personer hade OSA-anställning eller praktik inför OSA")
    assert not re.search(r"\b[123]\b", lead)


def test_a_protected_total_says_that_it_is_protected() -> None:
    rad = Rad("osa.totalt", "", "antal", Konsvarden(), Konsvarden(), {"totalt": ".."}, {})
    lead = REPORTS["osa"].avsnitt[0].ingress(Siffror({rad.id: rad}, "31 december 2024", "31 december 2024"))
    assert lead == (
        "Antalet personer i offentligt skyddat arbete visas inte, för att skydda enskilda personer."
    )


def test_one_person_is_singular() -> None:
    rapport = make("osa", [antal("osa.totalt", 1, 0)], troskel=1)
    assert rapport.avsnitt[0].ingress.startswith(
        f"1{formats.HARD_SPACE}person hade OSA-anställning eller praktik inför OSA under perioden"
    )


def test_the_comparison_is_hidden_by_itself_and_told_in_the_lead() -> None:
    nu, fore = krav((40, 30), (5, 6), (10, 9)), krav((20, 20), (0, 0), (2, 20))
    rapport = make("aktivitetskrav", nu, fore, jamforelse=parse_period("2023"))
    rad = rows(rapport)["aktivitetskrav.forfallet"]
    assert rad.dolda == {}
    assert rad.jamforelse_dolda["kvinnor"] == "<5"
    assert rad.jamforelse.kvinnor is None
    assert (rapport.jamforelse_namn, rapport.jamforelse_period) == ("2023", ("2023-01-01", "2023-12-31"))


@pytest.mark.parametrize(
    ("nu", "fore", "mening"),
    [
        (90, 50, "Det är 40 fler än 2023."),
        (50, 90, "Det är 40 färre än 2023."),
        (50, 50, "Det är lika många som 2023."),
    ],
)
def test_the_change_is_told_in_words(nu: int, fore: int, mening: str) -> None:
    rapport = make(
        "osa",
        [antal("osa.totalt", nu, 0)],
        [antal("osa.totalt", fore, 0)],
        jamforelse=parse_period("2023"),
    )
    assert mening in rapport.avsnitt[0].ingress


def test_a_change_of_one_point_is_singular_and_uses_the_printed_numbers() -> None:
    nu, fore = krav((50, 50), (25, 25), (25, 25)), krav((49, 49), (26, 26), (25, 25))
    rapport = make("aktivitetskrav", nu, fore, jamforelse=parse_period("2023"))
    assert f"Det är 1{formats.HARD_SPACE}procentenhet högre än 2023." in rapport.avsnitt[0].ingress


def test_rows_of_a_catalogue_carry_its_names() -> None:
    rapport = make(
        "deltagare",
        [antal("insats.sfi.unika", 10, 10, namn="sfi"), antal("insats.praktik.unika", 9, 9, namn="praktik")],
    )
    insatser = rapport.avsnitt[2].rader
    assert [(r.id, r.etikett) for r in insatser] == [
        ("insats.sfi.unika", "Sfi"),
        ("insats.praktik.unika", "Praktik"),
    ]
    assert all("Varje person räknas en gång per insats." in r.definition for r in insatser)


def test_the_steg_of_a_catalogue_sum_to_all_and_hide_together() -> None:
    steg = {"kartlaggning": (31, 22), "planering": (2, 14), "insats": (40, 30)}
    rader = [antal(f"flode.{slug}.antal", *tal, namn=slug.capitalize()) for slug, tal in steg.items()]
    figurer = [antal("flode.inskrivna", 73, 66), *rader, antal("flode.utan_steg.antal", 0, 0)]
    found = rows(make("flode", figurer))
    assert [r.etikett for r in found.values() if r.niva] == [
        "Kartlaggning",
        "Planering",
        "Insats",
        "Utan steg",
    ]
    assert found["flode.planering.antal"].dolda["kvinnor"] == "<5"
    # Without the sum of the steg, the other kön and totalt would be all there is to protect.
    assert sum("kvinnor" in rad.dolda for rad in found.values()) >= 2


def test_the_largest_steg_is_told_only_while_no_steg_is_hidden() -> None:
    def told(insats: int, matchning: int) -> str:
        steg = {"insats": insats, "matchning": matchning}
        rader = [antal(f"flode.{namn}.antal", tal, tal, namn=namn) for namn, tal in steg.items()]
        totalt = insats + matchning
        return make("flode", [antal("flode.inskrivna", totalt, totalt), *rader]).avsnitt[1].ingress

    assert told(40, 20).endswith("Flest fanns i Insats.")
    assert "Flest" not in told(40, 2)
    assert "Flest" not in told(20, 20)


def test_the_question_that_has_risen_most_is_told_with_its_two_decimals() -> None:
    def medel(namn: str, kvinnor: float, man: float, antal_: int = 10) -> Figur:
        namnare = Konsvarden(antal_, antal_, 0, 2 * antal_)
        varde = Konsvarden(kvinnor, man, None, (kvinnor + man) / 2)
        id_ = f"bip.{namn}.forandring_medel"
        return Figur(id_, "antal", varde, namnare=namnare, matt=True, namn=namn)

    def told(*figurer: Figur) -> str:
        return make("bip", figurer).avsnitt[2].ingress

    assert told(medel("nätverk", 0.25, 0.2), medel("samarbete", -0.5, 0.5)) == (
        f"Mest har svaren ökat på ”Nätverk”, i medeltal med 0,23{formats.HARD_SPACE}poäng."
    )
    assert told(medel("nätverk", 1, 1), medel("samarbete", 2, 2, 2)) == ""
    assert told(medel("nätverk", -1, 0), medel("samarbete", 0, 0)) == ""


def test_numbers_that_count_nobody_have_a_word_and_decimals_of_their_own() -> None:
    figur = Figur(
        "bip.natverk.forandring_medel",
        "antal",
        Konsvarden(0.254, -1.5, None, 0.1),
        namnare=Konsvarden(9, 9, 0, 18),
        matt=True,
        namn="nätverk",
    )
    rapport = make("bip", [figur])
    table = table_data(rapport, rapport.avsnitt[2])
    assert table.head == "Poäng"
    assert [cell.text for cell in table.rows[0].cells] == ["0,25", f"{formats.MINUS}1,50", "0,10"]
    assert rows(rapport)["bip.natverk.forandring_medel"].enhet == "antal"


def test_places_and_households_are_not_divided_by_kon() -> None:
    figurer = [Figur("belaggning.intern.grad", "andel", Konsvarden(totalt=51.2), skyddas=False)]
    rad = rows(make("belaggning", figurer))["belaggning.intern.grad"]
    assert rad.konsuppdelad is False
    tom = [
        Figur(
            "langvarigt.andel_av_mottagare",
            "andel",
            Konsvarden(),
            Konsvarden(0, 0, 0, 0),
            Konsvarden(0, 0, 0, 0),
        )
    ]
    assert rows(make("bistand", tom))["langvarigt.andel_av_mottagare"].konsuppdelad is True


@pytest.mark.parametrize("spec", REPORTS.values(), ids=REPORTS)
def test_every_row_says_what_it_is(spec: Any) -> None:
    rader = [rad for avsnitt in spec.avsnitt for rad in avsnitt.rader]
    assert len({rad.id for rad in rader}) == len(rader)
    etiketter = [rad.etikett for rad in rader if rad.etikett]
    assert len(set(etiketter)) == len(etiketter)
    for rad in rader:
        assert rad.definition.endswith(".")
        assert rad.etikett or "*" in rad.id
        assert "!" not in rad.definition + rad.etikett
    assert spec.listor or not spec.avsnitt or 1 <= sum(rad.nyckeltal for rad in rader) <= 8


@pytest.mark.parametrize("spec", REPORTS.values(), ids=REPORTS)
def test_a_report_of_nothing_says_so_without_numbers_missing_from_sentences(spec: Any) -> None:
    figurer = [antal(r.id, 0, 0) for a in spec.avsnitt for r in a.rader if "*" not in r.id]
    rapport = assemble(spec, figurer, None, HUVUD).rapport
    for avsnitt in rapport.avsnitt:
        assert not re.search(r"^\W|  | \.|None", avsnitt.ingress)
