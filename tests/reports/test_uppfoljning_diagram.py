"""The subject part of each goal in a follow-up: answer, chart with direct labels, table and comment, and that
a chart shows nothing that is hidden (R12)."""

from dataclasses import replace
from datetime import date

from db.rules.plan import Indikator, Mal, Varde
from db.rules.tabell import Diagram, Stycke, Tabell
from desktop.reports.innehall import Tillval, list_delar
from tests.helpers.factories import make_plankommentar
from tests.helpers.pdf_structure import TaggedPdf, faults
from tests.helpers.planer import planmallar
from tests.reports.test_uppfoljning import follow_up, pdf_bytes, people, provstad, put
from tests.unit.commands.helpers import fill

TOP = "Målområde: Fler i arbete"


def section(rapport, rubrik):
    return next(avsnitt for avsnitt in rapport.avsnitt if avsnitt.rubrik == rubrik)


def chart(rapport, rubrik=TOP):
    return next((del_ for del_ in section(rapport, rubrik).delar if isinstance(del_, Diagram)), None)


def with_indicators(*indikatorer):
    plan = provstad()
    return replace(plan, indikatorer=tuple(replace(i, mal=i.mal or "a") for i in indikatorer))


def bars(group):
    return [(stapel.namn, stapel.text.replace("\xa0", " "), stapel.tidigare) for stapel in group.staplar]


def alts(rapport):
    """What stands for the charts where they are not seen."""
    figures = TaggedPdf(pdf_bytes(rapport)).nodes("Figure")
    return [str(node.raw["/Alt"]).replace("\xa0", " ") for node in figures]


def test_a_goal_has_its_answer_chart_table_and_comment(store):
    plan = put(store, provstad())
    people(store, 6, 7)
    fill(
        store,
        lambda session: [
            make_plankommentar(session, mal_id=plan.mal_id["a"], period="2024-08", text="Om målet."),
            make_plankommentar(
                session, indikator_id=plan.indikator_id["andel"], period="2024-08", text="Om andelen."
            ),
        ],
    )
    rapport = follow_up(store)
    assert [avsnitt.rubrik for avsnitt in rapport.avsnitt] == [
        "Mål och indikatorer", TOP, "Aktiviteter", "Avvikelser och åtgärder",
    ]  # fmt: skip
    amne = section(rapport, TOP)
    assert amne.ingress == (
        "Prognosen för helåret är ”Grön”. Av 3 indikatorer med riktvärde når en sitt riktvärde och en är på "
        "väg dit. En går inte att bedöma. Jämfört med tidigare utfall har två indikatorer ökat."
    )
    assert [type(del_) for del_ in amne.delar] == [Diagram, Tabell, Stycke, Stycke]
    assert [del_.rubrik for del_ in amne.delar[2:]] == [
        "Kommentar: Nämndmål 1.1: Fler i arbete",
        "Kommentar: Fler i arbete andel",
    ]


def test_the_chart_holds_outcome_earlier_and_target_on_a_scale_of_its_own(store):
    put(store, provstad())
    people(store, 6, 7)
    found = chart(follow_up(store))
    antal, andel = found.grupper
    assert found.rubrik == "Utfall mot riktvärde och tidigare utfall"
    assert bars(antal) == [
        ("Kvinnor jan–aug 2024", "6", False),
        ("Män jan–aug 2024", "7", False),
        ("Totalt 2022", "5", True),
        ("Totalt jan–aug 2024", "13", False),
    ]
    assert (antal.riktvarde, antal.riktord, antal.skala) == (10, "Riktvärde minst 10", 13)
    assert bars(andel) == [("Totalt 2022", "67,6 %", True), ("Totalt jan–aug 2024", "70,0 %", False)]
    assert (andel.riktord, andel.skala) == ("Riktvärde minst 75\xa0%", 100)


def test_a_hidden_kon_leaves_totalt_alone_and_a_hidden_total_nothing(store):
    put(store, provstad())
    people(store, 8, 1)
    antal = chart(follow_up(store)).grupper[0]
    assert [namn for namn, _, _ in bars(antal)] == ["Totalt 2022", "Totalt jan–aug 2024"]
    assert all("kvinnor" not in said for said in alts(follow_up(store)))


def test_no_chart_is_drawn_with_nothing_to_hold_against_each_other(store):
    alone = Indikator("en", "Ensam", "antal", False, varden=(Varde("2022", totalt="5"),))
    words = Indikator("ord", "Ord", "antal", False, riktvarden=(Varde("2024", text="Utifrån budget"),))
    minus = Indikator(
        "minus", "Minus", "tkr", False, varden=(Varde("2022", totalt="-5"), Varde("2023", totalt="4"))
    )
    put(store, with_indicators(alone, words, minus))
    rapport = follow_up(store)
    assert chart(rapport) is None
    assert section(rapport, TOP).ingress == "Det finns inga utfall för perioden."
    assert TaggedPdf(pdf_bytes(rapport)).nodes("Figure") == []


def test_history_without_an_outcome_says_that_it_is_earlier(store):
    kon = Indikator(
        "kon", "Kön", "andel", True, varden=(Varde("2022", kvinnor="4.5", man="5.0", totalt="4.7"),)
    )
    fler = replace(
        kon, kod="fler", namn="Fler", varden=(Varde("2022", totalt="4"), Varde("2023", totalt="5"))
    )
    put(store, with_indicators(kon, fler))
    found = chart(follow_up(store))
    assert found.rubrik == "Tidigare utfall"
    assert [len(group.staplar) for group in found.grupper] == [3, 2]
    assert found.grupper[0].skala == 5  # small shares differ on a scale of their own
    assert "riktvärdet" not in found.not_


def test_a_large_goal_draws_those_with_a_target_and_says_how_many(store):
    many = [
        Indikator(
            f"i{nummer}", f"Mått {nummer}", "antal", False,
            varden=(Varde("2023", totalt="40"), Varde("2024-08", totalt="50")),
            riktvarden=(Varde("2024", totalt="60"),) if nummer % 2 else (),
        )
        for nummer in range(20)
    ]  # fmt: skip
    put(store, with_indicators(*many))
    found = chart(follow_up(store))
    assert [group.namn for group in found.grupper] == [f"Mått {nummer}" for nummer in (1, 3, 5, 7, 9, 11)]
    assert found.rubrik.endswith("(6 av 20)")
    assert found.not_.endswith("Alla står i tabellen.")


def test_indicators_of_no_goal_have_a_part_of_their_own(store):
    plan = provstad()
    put(store, replace(plan, indikatorer=tuple(replace(i, mal="") for i in plan.indikatorer)))
    people(store, 6, 7)
    rapport = follow_up(store)
    assert [del_.bildtext for del_ in section(rapport, "Indikatorer utan mål").delar[1:]] == ["Indikatorer"]
    assert chart(rapport, "Indikatorer utan mål") is not None


def test_a_comment_on_a_goal_without_indicators_is_printed(store):
    plan = provstad()
    plan = put(store, replace(plan, mal=(*plan.mal, Mal("u", "uppdrag", "Ett uppdrag"))))
    fill(
        store,
        lambda session: make_plankommentar(
            session, mal_id=plan.mal_id["u"], period="2024-08", text="Om uppdraget."
        ),
    )
    (said,) = section(follow_up(store), "Kommentarer").delar
    assert said.rubrik == "Uppdrag: Ett uppdrag"


def test_in_short_tells_of_all_goals(store):
    put(store, planmallar()["botkyrka-2011"], "botkyrka-2011")
    rapport = follow_up(store, "2011-12", date(2012, 2, 1))
    assert rapport.korthet[0].startswith("Av 42 indikatorer med riktvärde når tolv")
    assert rapport.korthet[1] == "Jämfört med tidigare utfall har tio indikatorer ökat och elva minskat."
    assert rapport.korthet[2].startswith("Skillnaden mellan kvinnor och män är störst för ”3b)")
    assert faults(pdf_bytes(rapport)) == []
    said = alts(rapport)
    assert len(said) == 4
    assert "totalt 2010 90 %, totalt 2011 85 %, riktvärde minst 95 %." in said[0]
    assert "kvinnor 2011 88 %, män 2011 88 %" in said[0]


def test_charts_can_be_left_out(store):
    put(store, provstad())
    people(store, 6, 7)
    rapport = follow_up(store, tillval=Tillval(("diagram",)))
    assert chart(rapport) is None
    assert alts(rapport) == []
    assert "diagram" in [del_.nyckel for del_ in list_delar(follow_up(store))]
