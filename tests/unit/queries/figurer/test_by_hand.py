"""Figures of registers small enough to count by hand: first and last days, open ends, day of judgement."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.settings import save_settings
from db.models import Steg
from db.queries.figurer.slugs import unique_slugs
from db.rules.figurer import Konsvarden
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.factories import month
from tests.helpers.statements import sent_statements
from tests.unit.queries.figurer.test_against_oracle import REPORTS, figures_of

NYAR, NYARSAFTON = date(2024, 1, 1), date(2024, 12, 31)
DAG = timedelta(days=1)


def values(
    store: Store, aktor: Aktor, period: str = "2024", per: str = "2024-12-31"
) -> dict[str, Konsvarden]:
    """The value of every row."""
    return {id_: figur.varde for id_, figur in figures_of(store, aktor, period, per).items()}


def inskriven(
    session: Session, fran: date, till: date | None = None, kon: str | None = "K", **person: object
) -> int:
    """A person with one inskrivning; returns the inskrivning's id."""
    deltagare = make.make_deltagare(session, kon=kon, **person)
    return make.make_inskrivning(session, deltagare_id=deltagare.id, inskriven=fran, avslutad=till).id


def test_inskrivna_counts_both_ends_of_the_period(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        inskriven(work.session, date(2023, 3, 1), NYAR)  # the first day is a day of the period
        inskriven(work.session, date(2023, 3, 1), NYAR - DAG, "M")  # ended the day before
        inskriven(work.session, NYARSAFTON, None, "M")  # begins on the last day
        inskriven(work.session, NYARSAFTON + DAG)  # begins the day after
        inskriven(work.session, date(2024, 5, 1), NYARSAFTON, None)  # closed on the last day: still inskriven
    v = values(store, aktor)
    assert v["deltagare.unika"] == Konsvarden(1, 1, 1, 3)
    assert v["deltagare.nya"] == Konsvarden(0, 1, 1, 2)
    assert v["deltagare.avslutade"] == Konsvarden(1, 0, 1, 2)
    assert v["deltagare.inskrivna_sista_dag"] == Konsvarden(0, 1, 1, 2)
    assert v["avslut.totalt"] == Konsvarden(1, 0, 1, 2)


def test_a_person_with_two_inskrivningar_is_one_person_and_two_avslut(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        person = make.make_deltagare(work.session, kon="M").id
        for fran, till in ((date(2024, 1, 8), date(2024, 3, 1)), (date(2024, 4, 1), date(2024, 9, 1))):
            make.make_inskrivning(
                work.session, deltagare_id=person, inskriven=fran, avslutad=till, resultat="studier"
            )
    v = values(store, aktor)
    assert v["deltagare.unika"].totalt == v["deltagare.nya"].totalt == v["deltagare.avslutade"].totalt == 1
    assert v["avslut.b_studier"].totalt == 2
    assert v["avslut.antal_arbete_studier_unika"].totalt == 1
    assert v["avslut.ateraktualiserade_12_manader"] == Konsvarden(0, 1, 0, 1)
    assert v["avslut.andel_ej_ateraktualiserade"] == Konsvarden(None, 50.0, None, 50.0)


@pytest.mark.parametrize(("dagar", "tillbaka"), [(0, 0), (1, 1), (365, 1), (366, 0)])
def test_a_return_is_within_365_days_of_the_close(
    store: Store, aktor: Aktor, dagar: int, tillbaka: int
) -> None:
    with store.unit_of_work(aktor, "test") as work:
        person = make.make_deltagare(work.session).id
        slut = date(2024, 2, 1)
        make.make_inskrivning(
            work.session, deltagare_id=person, inskriven=slut - DAG, avslutad=slut, resultat="flyttat"
        )
        make.make_inskrivning(work.session, deltagare_id=person, inskriven=slut + dagar * DAG)
    v = values(store, aktor, per="2025-12-31")
    assert v["avslut.ateraktualiserade_12_manader"].totalt == tillbaka


def test_what_is_dated_after_the_day_of_judgement_has_not_happened(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        inskrivning = inskriven(work.session, date(2024, 2, 1), date(2024, 8, 1))
        person = make.make_deltagare(work.session).id
        make.make_inskrivning(work.session, deltagare_id=person, inskriven=date(2024, 7, 1))
        make.make_insats(work.session, inskrivning_id=inskrivning, typ="praktik", start=date(2024, 7, 1))
        make.make_mote(work.session, deltagare_id=person, datum=date(2024, 7, 1))
    v = values(store, aktor, per="2024-06-30")
    assert v["deltagare.unika"].totalt == v["deltagare.inskrivna_sista_dag"].totalt == 1
    assert v["deltagare.avslutade"].totalt == v["avslut.totalt"].totalt == 0
    assert v["insats.praktik.unika"].totalt == v["moten.fysiska_arbetsmarknad"].totalt == 0
    assert values(store, aktor)["insats.praktik.unika"].totalt == 1


def test_age_is_on_the_last_day_of_the_period(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        inskriven(work.session, NYAR, fodelsedatum=date(1999, 12, 31))  # 25 that very day
        inskriven(work.session, NYAR, fodelsedatum=date(2000, 1, 1))  # 24
        inskriven(work.session, NYAR, fodelsedatum=None)
    v = values(store, aktor)
    assert [v[f"deltagare.alder.{a}"].totalt for a in ("-24", "25-", "uppgift_saknas")] == [1, 1, 1]


def test_insats_in_the_last_thirty_days_and_plan_not_passed(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        for slut, uppfoljning in ((date(2024, 12, 2), NYARSAFTON), (date(2024, 12, 1), NYARSAFTON - DAG)):
            ik = inskriven(work.session, NYAR)
            make.make_insats(work.session, inskrivning_id=ik, start=NYAR, slut=slut)
            make.make_planering(
                work.session, inskrivning_id=ik, upprattad=NYAR, nasta_uppfoljning=NYARSAFTON + DAG
            )
            make.make_planering(
                work.session, inskrivning_id=ik, upprattad=NYAR + DAG, nasta_uppfoljning=uppfoljning
            )
    v = values(store, aktor)
    assert v["deltagare.med_insats_senaste_manaden_andel"].totalt == 50.0
    assert v["planering.andel_aktuell"].totalt == 50.0


def test_meetings_that_were_stayed_away_from_or_not_physical_are_not_counted(
    store: Store, aktor: Aktor
) -> None:
    with store.unit_of_work(aktor, "test") as work:
        person = make.make_deltagare(work.session).id
        for form, uteblev, datum in (
            ("fysiskt", False, NYAR),
            ("fysiskt", False, NYARSAFTON),
            ("fysiskt", True, NYAR),
            ("telefon", False, NYAR),
            ("fysiskt", False, NYARSAFTON + DAG),
        ):
            make.make_mote(work.session, deltagare_id=person, form=form, uteblev=uteblev, datum=datum)
    assert values(store, aktor)["moten.fysiska_arbetsmarknad"] == Konsvarden(2, 0, 0, 2)


def test_helarsplatser_weigh_days_and_omfattning_by_the_days_of_the_year(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        ik = inskriven(work.session, date(2023, 1, 1))
        make.make_insats(work.session, inskrivning_id=ik, start=date(2023, 1, 1), omfattning=50)
    assert values(store, aktor)["helarsplatser.totalt"].totalt == pytest.approx(0.5)
    both = values(store, aktor, "2023-01-01..2024-12-31")
    assert both["helarsplatser.totalt"].totalt == pytest.approx(1.0)
    assert values(store, aktor, "2024-01")["helarsplatser.totalt"].totalt == pytest.approx(0.5 * 31 / 366)


def test_feriepraktik_is_a_number_of_insatser_and_left_out_of_koladas_deltagare(
    store: Store, aktor: Aktor
) -> None:
    with store.unit_of_work(aktor, "test") as work:
        ik = inskriven(work.session, NYAR)
        for start in (date(2024, 6, 10), date(2024, 7, 10)):
            make.make_insats(work.session, inskrivning_id=ik, typ="feriepraktik", start=start, slut=start)
        inskriven(work.session, NYAR)
    v = values(store, aktor)
    assert v["feriepraktik.antal"].totalt == 2
    assert v["insats.feriepraktik.unika"].totalt == 1
    assert v["deltagare.utan_feriepraktik"].totalt == v["deltagare.endast_feriepraktik"].totalt == 1


def test_work_counts_as_a_only_when_the_month_is_confirmed(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        for svar in (True, False, None):
            person = make.make_deltagare(work.session).id
            make.make_inskrivning(
                work.session,
                deltagare_id=person,
                inskriven=NYAR,
                avslutad=NYARSAFTON,
                resultat="arbete",
                minst_en_manad=svar,
            )
    v = values(store, aktor)
    rader = ("a_arbete", "e_ovrigt", "invantar_bekraftelse", "egen_forsorjning", "antal_arbete_studier_unika")
    assert [v[f"avslut.{r}"].totalt for r in rader] == [1, 1, 1, 3, 1]
    assert v["avslut.andel_arbete_studier"].totalt == pytest.approx(100 / 3)


def test_osa_counts_each_person_once_and_shows_missing_and_ending_beslut(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        ik = inskriven(work.session, NYAR)
        make.make_insats(
            work.session, inskrivning_id=ik, typ="praktik inför OSA", start=NYAR, slut=date(2024, 3, 31)
        )
        insats = make.make_insats(
            work.session, inskrivning_id=ik, typ="OSA-anställning", start=date(2024, 4, 1)
        )
        make.make_osa_beslut(
            work.session, insats_id=insats.id, fran=date(2024, 4, 1), till=NYARSAFTON + 60 * DAG
        )
        utan = inskriven(work.session, NYAR, kon="M")
        make.make_insats(work.session, inskrivning_id=utan, typ="OSA-anställning", start=NYARSAFTON)
    v = values(store, aktor)
    assert v["osa.totalt"] == v["osa.anstallning"] == Konsvarden(1, 1, 0, 2)
    assert v["osa.praktik_infor"] == Konsvarden(1, 0, 0, 1)
    assert v["osa.utan_beslut"] == Konsvarden(0, 1, 0, 1)
    assert v["osa.beslut_gar_ut_60_dagar"] == Konsvarden(1, 0, 0, 1)


def test_belaggning_of_a_period_that_has_not_begun_is_empty(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        enhet = make.make_enhet(work.session, typ="intern").id
        make.make_kapacitet(work.session, enhet_id=enhet, fran=NYAR, platser=4)
    v = values(store, aktor, "2025", "2024-06-30")
    assert v["belaggning.intern.grad"].totalt is None
    assert v["belaggning.intern.platser_medel"].totalt == 0
    assert v["belaggning.intern.kostnad_per_plats"].totalt is None


def test_belaggning_counts_places_by_days_and_needs_every_cost(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        enhet = make.make_enhet(work.session, namn="Köket & Co", typ="intern").id
        make.make_kapacitet(work.session, enhet_id=enhet, fran=NYAR, till=None, platser=2)
        make.make_kostnad(work.session, enhet_id=enhet, ar=2024, belopp_ore=30_000_000)
        ik = inskriven(work.session, date(2023, 1, 1))
        make.make_insats(
            work.session, inskrivning_id=ik, enhet_id=enhet, start=date(2023, 12, 1), slut=NYAR, omfattning=25
        )
        annan = make.make_enhet(work.session, namn="Utan kostnad", typ="extern").id
        make.make_kapacitet(work.session, enhet_id=annan, fran=NYAR, till=None, platser=1)
    v = values(store, aktor)
    assert v["belaggning.enhet.koket_co.grad"] == Konsvarden(totalt=100 / (2 * 366))
    assert v["belaggning.intern.platser_medel"].totalt == 2.0
    assert v["belaggning.intern.kostnad_per_plats"].totalt == pytest.approx(150_000)
    assert values(store, aktor, "2024-H1", "2024-06-30")[
        "belaggning.intern.kostnad_per_plats"
    ].totalt == pytest.approx(150_000)
    assert v["belaggning.extern.kostnad_per_plats"].totalt is None


def test_households_and_their_people_share_bistandsmanader(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        hushall = make.make_hushall(work.session, antal_barn=3).id
        sokande = make.make_deltagare(work.session, kon="K", hushall_id=hushall).id
        make.make_deltagare(work.session, kon="M", hushall_id=hushall)
        arende = make.make_arende(
            work.session, deltagare_id=sokande, ansokan=date(2022, 11, 1), beslut=date(2022, 12, 1)
        ).id
        for manad in range(month(2022, 12), month(2025, 1)):
            make.make_bistandsmanad(work.session, arende_id=arende, manad=manad)
        ensam = make.make_deltagare(work.session, kon="M").id
        make.make_arende(work.session, deltagare_id=ensam, ansokan=NYAR, beslut=NYARSAFTON)
    v = values(store, aktor)
    assert v["hushall.med_insats"] == Konsvarden(totalt=2)
    assert v["hushall.utbetalning"].totalt == v["hushall.over_2_ar"].totalt == 1
    assert v["barn.i_hushall"].totalt == v["barn.langvarigt"].totalt == 3
    assert v["bistand.vuxna_individer"] == Konsvarden(1, 2, 0, 3)
    assert v["langvarigt.antal"] == v["bistand.mottagare"] == Konsvarden(1, 1, 0, 2)
    assert v["vantetid.medel"].totalt == 365.0
    november = values(store, aktor, "2024-11", "2024-11-30")
    assert november["hushall.over_2_ar"].totalt == 0  # 24 months, not more than 24


def test_an_arende_closed_on_the_last_day_is_closed(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        make.make_arende(
            work.session, ansokan=NYAR, beslut=NYAR, avslutat=NYARSAFTON, avslutsorsak="annan försörjning"
        )
        make.make_arende(
            work.session, ansokan=NYAR, beslut=NYAR, avslutat=NYARSAFTON + DAG, avslutsorsak="flyttat"
        )
    v = values(store, aktor)
    assert v["hushall.med_insats"].totalt == 1
    assert v["avslutade_hushall.annan_forsorjning"].totalt == 1


def test_an_empty_register_gives_zero_and_nothing_to_share(store: Store, aktor: Aktor) -> None:
    figurer = figures_of(store, aktor, "2024", "2024-12-31").values()
    medel = [f for f in figurer if f.enhet != "antal" or ("_medel" in f.id and f.id.startswith("bip."))]
    assert all(f.varde.totalt is None for f in medel)
    assert all(f.varde.totalt == 0 for f in figurer if f not in medel)


def test_the_number_of_statements_is_pinned(store: Store, aktor: Aktor) -> None:
    with sent_statements(store) as sent:
        figures_of(store, aktor, "2024", "2024-12-31")
    assert len(sent) == 5 + 4 + 3 + 2 + 2 + 3 + 5 + 5
    assert len(REPORTS) == 8


def test_where_an_inskrivning_stands_and_for_how_long(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        s = work.session
        ut = inskriven(s, date(2024, 1, 8), date(2024, 3, 1))
        make.make_stegperiod(s, inskrivning_id=ut, steg="Kartläggning", fran=date(2024, 1, 18))
        make.make_stegperiod(s, inskrivning_id=ut, steg="Insats", fran=date(2024, 1, 28))
        kvar = inskriven(s, date(2024, 12, 1), kon="M")
        make.make_stegperiod(s, inskrivning_id=kvar, steg="Aktualisering", fran=date(2024, 12, 1))
        # Two steg on one day: the later in the flow counts, whichever was written first.
        make.make_stegperiod(s, inskrivning_id=kvar, steg="Planering", fran=date(2024, 12, 11))
        make.make_stegperiod(s, inskrivning_id=kvar, steg="Kartläggning", fran=date(2024, 12, 11))
        make.make_stegperiod(s, inskrivning_id=kvar, steg="Insats", fran=NYARSAFTON + DAG)  # only planned
        sista = inskriven(s, date(2024, 12, 11), NYARSAFTON, None)  # stands in its steg on the last day
        make.make_stegperiod(s, inskrivning_id=sista, steg="Planering", fran=date(2024, 12, 1))  # too early
        inskriven(s, NYARSAFTON)  # has come to no steg
    v = values(store, aktor)
    assert v["flode.in"] == Konsvarden(2, 1, 1, 4)
    assert v["flode.ut"] == Konsvarden(1, 0, 1, 2)
    assert v["flode.ledtid_median"] == Konsvarden(53.0, None, 20.0, 36.5)
    assert v["flode.inskrivna"] == Konsvarden(1, 1, 1, 3)
    assert v["flode.utan_steg.antal"] == Konsvarden(1, 0, 0, 1)
    assert v["flode.planering.antal"] == Konsvarden(0, 1, 1, 2)
    assert v["flode.planering.dagar_median"] == Konsvarden(None, 20.0, 20.0, 20.0)
    assert v["flode.planering.lamnat"] == Konsvarden(0, 0, 1, 1)
    assert v["flode.kartlaggning.lamnat_dagar_median"] == Konsvarden(10.0, None, None, 10.0)
    assert v["flode.aktualisering.lamnat_dagar_median"] == Konsvarden(None, 10.0, None, 10.0)
    assert v["flode.insats.lamnat_dagar_median"] == Konsvarden(33.0, None, None, 33.0)
    assert v["flode.matchning.antal"] == v["flode.insats.antal"] == Konsvarden(0, 0, 0, 0)


def test_change_is_from_the_first_answer_ever_to_the_latest_of_the_period(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        s = work.session

        def answers(
            inskrivning: int, *svar: tuple[date, int], svarande: str = "deltagare", **bip: str
        ) -> None:
            for datum, varde in svar:
                make.make_bip(
                    s, inskrivning_id=inskrivning, datum=datum, varde=varde, svarande=svarande, **bip
                )

        up, down, once = (inskriven(s, date(2023, 3, 1), kon=kon) for kon in ("K", "M", None))
        answers(up, (date(2023, 5, 1), 2), (date(2024, 2, 1), 1), (NYARSAFTON, 4), (NYARSAFTON + DAG, 1))
        answers(up, (date(2024, 2, 1), 3), (date(2024, 5, 1), 3), indikator="samarbete")
        answers(up, (date(2024, 2, 1), 5), (date(2024, 5, 1), 1), svarande="handläggare")
        answers(
            up, (date(2024, 2, 1), 1), (date(2024, 5, 1), 2), svarande="handläggare", indikator="yrkeskunskap"
        )
        answers(down, (NYAR, 3), (date(2024, 4, 1), 2))
        answers(once, (date(2024, 4, 1), 2))
        answers(
            inskriven(s, date(2023, 3, 1)), (date(2023, 4, 1), 1), (date(2023, 7, 1), 5)
        )  # not in the period
    v = values(store, aktor)
    assert v["bip.matta"] == Konsvarden(1, 1, 1, 3)
    assert v["bip.matta_flera"] == Konsvarden(1, 1, 0, 2)
    assert v["bip.andel_forbattrade"] == Konsvarden(100.0, 0.0, None, 50.0)
    assert v["bip.natverk.forandring_medel"] == Konsvarden(2.0, -1.0, None, 0.5)
    assert v["bip.natverk.andel_forbattrade"] == Konsvarden(100.0, 0.0, None, 50.0)
    assert v["bip.samarbete.forandring_medel"] == Konsvarden(0.0, None, None, 0.0)
    assert v["bip.yrkeskunskap.forandring_medel"] == Konsvarden(1.0, None, None, 1.0)
    assert v["bip.natverk.forandring_medel_handlaggare"] == Konsvarden(-4.0, None, None, -4.0)
    assert v["bip.andel_forbattrade_handlaggare"] == Konsvarden(0.0, None, None, 0.0)  # 1 up, 4 down


def test_a_person_measured_in_two_inskrivningar_counts_once_with_the_latest(
    store: Store, aktor: Aktor
) -> None:
    with store.unit_of_work(aktor, "test") as work:
        s = work.session
        person = make.make_deltagare(s, kon="K").id
        senare = make.make_inskrivning(s, deltagare_id=person, inskriven=date(2024, 8, 1)).id
        forsta = make.make_inskrivning(
            s, deltagare_id=person, inskriven=date(2024, 1, 8), avslutad=date(2024, 6, 1)
        ).id
        for inskrivning, dag, varde in (
            (forsta, date(2024, 2, 1), 1),
            (forsta, date(2024, 5, 1), 5),
            (senare, date(2024, 9, 1), 3),
            (senare, date(2024, 12, 1), 2),
        ):
            make.make_bip(s, inskrivning_id=inskrivning, datum=dag, varde=varde)
    v = values(store, aktor)
    assert v["bip.matta"].totalt == v["bip.matta_flera"].totalt == 1
    assert v["bip.natverk.forandring_medel"].totalt == -1.0
    assert values(store, aktor, "2024-H1", "2024-06-30")["bip.natverk.forandring_medel"].totalt == 4.0


def test_the_questions_carry_the_names_of_the_settings(store: Store, aktor: Aktor) -> None:
    etiketter = [f"Fråga {nummer}" for nummer in range(1, 12)]
    save_settings(store, aktor, {"bip.etiketter": etiketter})
    found = figures_of(store, aktor, "2024", "2024-12-31")
    assert found["bip.halsa_i_vardagen.forandring_medel"].namn == "Fråga 1"
    assert found["bip.handlaggarens_tro_pa_jobb.andel_forbattrade"].namn == "Fråga 11"


def test_a_steg_may_be_called_what_another_row_is(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        work.session.add(Steg(namn="Utan steg", ordning=7))
    found = figures_of(store, aktor, "2024", "2024-12-31")
    assert found["flode.utan_steg.antal"].namn == ""
    assert found["flode.utan_steg_2.antal"].namn == "Utan steg"


def test_names_that_fold_alike_get_ids_of_their_own() -> None:
    assert unique_slugs(["Café-Å", "cafe a", "Café a", "cafe_a_2", "…"]) == {
        "Café-Å": "cafe_a_3",
        "cafe a": "cafe_a_4",
        "Café a": "cafe_a",
        "cafe_a_2": "cafe_a_2",
        "…": "namnlos",
    }
