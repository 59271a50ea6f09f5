"""The follow-up of a plan as a report: structure, assessments with reasons, comments, hiding, a period
without data, hostile text, and the choice of plan."""

import io
import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from db.aktor import SYSTEM
from db.commands.plan_import import import_plan
from db.errors import KnownError
from db.queries.plan import load_plan
from db.rules.koder import Bedomningsskala
from db.rules.plan import Aktivitet, Indikator, Mal, Plandokument, Varde
from db.rules.rapporttext import report_from_plain, report_to_plain
from db.rules.tabell import Statusrad, Tabell
from desktop.fryst_service import compare_frozen, freeze_report, make_frozen_form, make_pdf
from desktop.report_service import hand_over, make_report, prepare_report
from desktop.reports.andrat_ord import tell_changes
from desktop.reports.json_writer import report_dict, to_json
from desktop.reports.pdf import write_pdf
from desktop.reports.text_writer import to_text
from desktop.reports.xlsx import write_xlsx
from tests.helpers.factories import (
    make_aktivitetsstatus,
    make_deltagare,
    make_indikatorvarde,
    make_inskrivning,
    make_malbedomning,
    make_medarbetare,
    make_plankommentar,
)
from tests.helpers.pdf_structure import TaggedPdf, faults
from tests.helpers.planer import planmallar
from tests.helpers.rapport_tabell import LONG, PAYLOAD
from tests.helpers.tryckta import plain
from tests.unit.commands.helpers import fill

IDAG = date(2024, 9, 9)
FREE = Varde("2024", text="Utifrån budget")
PERIODS = {
    "botkyrka-2011": "2011-12",
    "linkoping-2024": "2024-08",
    "sodertalje-2014": "2014-12",
    "sodertalje-2024": "2024-T1",
    "uppsala-2024": "2024-03",
}


def provstad(text="Fler i arbete", skala=Bedomningsskala.GRON_GUL_ROD):
    """A small plan in every form's need; `text` stands in every field that is text."""
    return Plandokument(
        "Provstad",
        "Nämnden",
        2024,
        "Plan 2024",
        "provstad.pdf",
        skala,
        ("2024-08",),
        mal=(Mal("over", "malomrade", text), Mal("a", "namndmal", text, "over", "1.1", text)),
        aktiviteter=(
            Aktivitet(text, "a", "1", text, text, text, text),
            Aktivitet(f"{text} två", "a", "2"),
        ),
        indikatorer=(
            Indikator(
                "unika",
                f"{text} antal",
                "antal",
                True,
                mal="a",
                kalla=text,
                definition=text,
                beraknas="deltagare.unika",
                koppling=text,
                varden=(Varde("2022", totalt="5"), Varde("2023-08", text="I.U")),
                riktvarden=(Varde("2024", totalt="10"), Varde("2025", totalt="20")),
            ),
            Indikator(
                "andel",
                f"{text} andel",
                "andel",
                False,
                mal="a",
                varden=(Varde("2022", totalt="67.6"), Varde("2024-08", totalt="70.0")),
                riktvarden=(Varde("2024", totalt="75"),),
            ),
            Indikator(
                "fri", text, "annat", False, mal="a", riktvarden=(Varde("2024", text="Utifrån budget"),)
            ),
        ),
    )


def put(store, dokument, kod="provstad"):
    saved = import_plan(store, SYSTEM, kod, dokument)
    with store.read(SYSTEM) as session:
        return load_plan(session, SYSTEM, saved.id)


def people(store, kvinnor, man):
    def make(session):
        for kon in "K" * kvinnor + "M" * man:
            person = make_deltagare(session, kon=kon)
            make_inskrivning(session, deltagare_id=person.id, inskriven=date(2024, 3, 1))

    fill(store, make)


def follow_up(store, period="2024-08", idag=IDAG, **more):
    return make_report(store, SYSTEM, "uppfoljning", period, idag=idag, **more)


def pdf_bytes(rapport):
    out = io.BytesIO()
    write_pdf(rapport, out, utskrivet=datetime(2024, 9, 12, 8, 14))
    return out.getvalue()


def tables(rapport):
    return [part for avsnitt in rapport.avsnitt for part in avsnitt.delar if isinstance(part, Tabell)]


def cells(rapport, label):
    """The texts of the first row with this label."""
    for tabell in tables(rapport):
        for rad in tabell.rader:
            if rad.etikett.startswith(label):
                return [plain(cell.text) for cell in rad.celler]
    raise AssertionError(label)


def rows(rapport):
    return {row["id"]: row for avsnitt in report_dict(rapport)["avsnitt"] for row in avsnitt["rader"]}


@pytest.mark.parametrize("kod", PERIODS)
def test_the_five_print_without_fault_and_over_pages(store, kod):
    put(store, planmallar()[kod], kod)
    rapport = follow_up(store, PERIODS[kod], date(2024, 12, 30))
    data = pdf_bytes(rapport)
    assert faults(data) == []
    pdf = TaggedPdf(data)
    headings = [node.full_text().strip() for node in pdf.nodes("H2")]
    assert headings[-1] == "Så läser du rapporten"
    assert "Mål och indikatorer" in headings
    assert "Det som planen trycker står som det är tryckt." in pdf.tree_text()
    assert "Om siffrorna" not in pdf.tree_text()  # nothing to say: no heading alone
    spread = [len({page for node in one.walk() for page, _ in node.marks}) for one in pdf.nodes("Table")]
    assert max(spread) >= 2


def test_a_computed_outcome_stands_beside_what_is_printed(store):
    put(store, provstad())
    people(store, 6, 7)
    rapport = follow_up(store)
    assert cells(rapport, "Fler i arbete antal") == ["5", "i.u", "13", "10", "20", "nås", "fler i arbete"]
    assert cells(rapport, "Kvinnor")[:3] == ["", "i.u", "6"]
    row = rows(rapport)["unika"]
    assert (row["kvinnor"], row["man"], row["totalt"]) == (6, 7, 13)
    assert row["utfall"]["2022"]["totalt"] == 5
    assert row["utfall"]["2023-08"]["text"] == "I.U"
    assert row["utfall"]["2024-08"] == {
        "kvinnor": 6,
        "man": 7,
        "totalt": 13,
        "text": "13",
        "kalla": "beräknat ur registret",
    }
    assert row["riktvarde"] == {
        "period": "2024",
        "kvinnor": None,
        "man": None,
        "totalt": 10,
        "text": "10",
        "ord": "minst 10",
    }
    assert row["bedomning"] == "Nås"
    assert rows(rapport)["fri"]["bedomning"] == "Går inte att bedöma"
    assert rows(rapport)["andel"]["bedomning"] == "På väg"
    json.loads(to_json(rapport))


def test_small_figures_are_hidden_everywhere_and_their_assessment_not_told(store):
    put(store, provstad())
    people(store, 2, 1)
    rapport = follow_up(store)
    assert cells(rapport, "Fler i arbete antal")[2] == "<5"
    row = rows(rapport)["unika"]
    assert row["totalt"] is None
    assert row["dolda"]["totalt"] == "<5"
    assert row["utfall"]["2024-08"]["totalt"] is None
    assert row["bedomning"] == "Går inte att bedöma"
    assert all(kort.id != "unika" for kort in rapport.kort)
    people(store, 6, 0)
    assert cells(follow_up(store), "Män")[2] == "<5"
    assert cells(follow_up(store), "Kvinnor")[2] == ".."
    text = TaggedPdf(pdf_bytes(follow_up(store))).tree_text()
    assert "<5 betyder 1–4 personer." in text


def test_cards_tell_target_and_status(store):
    put(store, provstad())
    people(store, 6, 7)
    rapport = follow_up(store)
    first, second = rapport.kort
    assert (first.id, first.riktvarde, first.statusord, first.jamforelse_namn) == (
        "unika",
        "minst 10",
        "Nås",
        "2022",
    )
    assert (second.varde.totalt, second.minst_decimaler) == (70, 1)
    lines = TaggedPdf(pdf_bytes(rapport)).tree_text().split("\n")
    for line in ("13 totalt +8", "Kvinnor 6", "2022: 5", "Riktvärde: minst 10", "Nås", "På väg"):
        assert line in lines, line


def test_what_staff_said_is_printed_with_role_reason_and_day(store):
    plan = put(store, provstad())
    people(store, 6, 7)

    def write(session):
        make_medarbetare(session, signatur="elin", namn="Elin Måsvik", roll="chef")
        make_plankommentar(
            session,
            indikator_id=plan.indikator_id["andel"],
            period="2024-08",
            signatur="elin",
            text="Få anvisningar.",
            atgard="Möten varje månad.",
            klart="2024-12-31",
            datum=date(2024, 9, 2),
        )
        make_plankommentar(
            session, mal_id=plan.mal_id["a"], period="2024-08", signatur="okand", text="Om målet."
        )
        make_aktivitetsstatus(session, aktivitet_id=plan.aktivitet_id[0], period="2024-08", status="Klar")
        make_malbedomning(
            session,
            mal_id=plan.mal_id["a"],
            period="2024-08",
            bedomning="rod",
            skal="Läget <b>är</b> &",
            signatur="elin",
            datum=date(2024, 9, 3),
        )

    fill(store, write)
    rapport = follow_up(store)
    assert cells(rapport, "Fler i arbete andel")[-2:] != []
    deviation, changed = tables(rapport)[-2:]
    assert [cell.text for cell in deviation.rader[0].celler] == [
        "På väg",
        "Få anvisningar.",
        "Möten varje månad.",
        "2024-12-31",
    ]
    assert [cell.text for cell in changed.rader[0].celler] == [
        "Röd",
        "Gul",
        "Läget <b>är</b> &",
        "Chef, 2024-09-03",
    ]
    text = TaggedPdf(pdf_bytes(rapport)).tree_text()
    for line in (
        "Få anvisningar.",
        "Chef, 2024-09-02",
        "Om målet.",
        "Läget <b>är</b> &",
        "Ändrade bedömningar",
    ):
        assert line in text
    assert "Förvaltningen, " in text
    assert "Elin" not in text
    assert "1 av 2" in text  # activities done, and indicators


def test_why_an_outcome_is_typed_is_printed(store):
    put(store, provstad())
    people(store, 6, 7)
    typed = {"period": "2024-08", "totalt": 99.0}
    fill(
        store,
        lambda session: [
            make_indikatorvarde(
                session, indikator="unika", kommentar="Fel & </para>", kalla="Listan", **typed
            ),
            make_indikatorvarde(session, indikator="andel", kommentar="", kalla="Enkäten", **typed),
        ],
    )
    rapport = follow_up(store)
    assert "99" in cells(rapport, "Fler i arbete antal")
    text = TaggedPdf(pdf_bytes(rapport)).tree_text()
    assert "Utfallet är inskrivet av förvaltningen: Fel & </para> Källa: Listan." in text
    assert "Enkäten" not in text


def test_a_period_without_data_says_so(store):
    put(store, provstad())
    rapport = follow_up(store, "2024-03")
    assert rapport.avsnitt[0].ingress.startswith("Det finns inga utfall för perioden.")
    assert cells(rapport, "Fler i arbete antal")[2] == "saknas"
    assert rapport.kort == ()
    assert faults(pdf_bytes(rapport)) == []
    bare = replace(provstad(), mal=(), indikatorer=(), aktiviteter=())
    put(store, bare, "tom")
    empty = follow_up(store, plan="tom")
    assert "Det finns inga uppgifter för perioden." in TaggedPdf(pdf_bytes(empty)).tree_text()


@pytest.mark.parametrize("text", [PAYLOAD, LONG])
def test_hostile_text_in_every_field_is_text(store, text):
    plan = put(store, provstad(text))

    def write(session):
        make_plankommentar(
            session, indikator_id=plan.indikator_id["andel"], period="2024-08", text=text, atgard=text
        )
        make_malbedomning(session, mal_id=plan.mal_id["a"], period="2024-08", bedomning="gul", skal=text)
        make_aktivitetsstatus(session, aktivitet_id=plan.aktivitet_id[0], period="2024-08", kommentar=text)

    fill(store, write)
    rapport = follow_up(store)
    data = pdf_bytes(rapport)
    assert faults(data) == []
    assert b"/Subtype /Image" not in data
    read = " ".join(TaggedPdf(data).tree_text().split())
    assert " ".join(PAYLOAD.split()) in read
    if text == LONG:
        assert read.count("SLUTORDET") >= 5
    assert PAYLOAD[:20] in to_text(rapport)
    out = io.BytesIO()
    write_xlsx(rapport, out)
    assert all(c.data_type != "f" for s in load_workbook(out) for row in s.iter_rows() for c in row)


def test_counts_by_status_are_those_of_the_table(store):
    put(store, provstad())
    people(store, 6, 7)
    rapport = follow_up(store)
    counts = rapport.avsnitt[0].delar[0]
    assert isinstance(counts, Statusrad)
    assert [(one.ord, one.antal) for one in counts.antal] == [
        ("Nås", 1),
        ("På väg", 1),
        ("Nås inte", 0),
        ("Går inte att bedöma", 1),
    ]
    assert rapport.avsnitt[0].ingress.startswith(
        "Av 3 indikatorer med riktvärde når en sitt riktvärde och en är på väg dit."
    )


def test_excel_has_the_figures_as_numbers(store):
    put(store, provstad())
    people(store, 6, 7)
    out = io.BytesIO()
    write_xlsx(follow_up(store), out)
    book = load_workbook(out)
    sheet = next(book[name] for name in book.sheetnames if "Indikatorer" in name)
    found = {row[0]: row[1:] for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]}
    assert found["Fler i arbete antal"][:5] == (5, "I.U", 13, 10, 20)
    assert found["Fler i arbete andel"][0] == 67.6


def test_the_words_of_bra_ok_har_brister(store):
    put(store, provstad(skala=Bedomningsskala.BRA_OK_BRISTER))
    people(store, 6, 7)
    rapport = follow_up(store)
    words = {
        cell.text for tabell in tables(rapport) for rad in tabell.rader if rad.band for cell in rad.celler
    }
    assert words - {""} <= {"Bra", "Ok", "Har brister"}
    assert "Ett mål är Bra när" in TaggedPdf(pdf_bytes(rapport)).tree_text()


def test_the_plan_is_the_only_one_of_year_and_kommun_or_is_asked_for(store):
    with pytest.raises(KnownError, match="ingen plan att följa upp"):
        follow_up(store)
    put(store, provstad())
    put(store, replace(provstad(), ar=2023, titel="Förra"), "forra")
    assert follow_up(store).kommun == "Provstad"
    put(store, replace(provstad(), namnd="Annan"), "annan")
    with pytest.raises(KnownError, match="Välj bland annan, provstad"):
        follow_up(store)
    assert follow_up(store, plan="annan").namnd == "Annan"
    with pytest.raises(KnownError, match="Planen finnsinte finns inte"):
        follow_up(store, plan="finnsinte")
    with pytest.raises(KnownError, match="Formen x finns inte"):
        follow_up(store, plan="annan", form="x")
    with pytest.raises(KnownError, match="bara rapporten uppfoljning"):
        make_report(store, SYSTEM, "osa", "2024", plan="annan", idag=IDAG)


def test_what_is_handed_over_is_remembered_and_hidden_against(store):
    put(store, provstad())
    people(store, 6, 7)
    first = prepare_report(store, SYSTEM, "uppfoljning", "2024-08", idag=IDAG)
    assert (first.utskrift.rapport, first.utskrift.variant) == ("uppfoljning", "provstad")
    assert not first.rapport.fler_dolda
    hand_over(store, SYSTEM, first, "pdf")
    people(store, 1, 0)
    later = prepare_report(store, SYSTEM, "uppfoljning", "2024-08", idag=IDAG)
    assert later.rapport.fler_dolda  # 6 kvinnor were told: 7 would give one away
    row = rows(later.rapport)["unika"]
    assert row["kvinnor"] is None
    assert row["dolda"]["kvinnor"] == ".."


def test_a_print_of_the_report_itself_is_known_to_the_follow_up(store):
    put(store, provstad())
    people(store, 6, 7)
    hand_over(
        store, SYSTEM, prepare_report(store, SYSTEM, "deltagare", "2024-01-01..2024-08-31", idag=IDAG), "pdf"
    )
    people(store, 1, 0)
    assert rows(follow_up(store))["unika"]["kvinnor"] is None


def test_a_follow_up_is_frozen_and_comes_back_as_it_was(store):
    put(store, provstad())
    people(store, 6, 7)
    made = prepare_report(store, SYSTEM, "uppfoljning", "2024-08", plan="provstad", idag=IDAG)
    assert report_from_plain(json.loads(json.dumps(report_to_plain(made.rapport)))) == made.rapport
    when = datetime(2024, 9, 12, 8, 14).astimezone()
    saved = freeze_report(store, SYSTEM, made, when)
    people(store, 6, 6)
    changed, _ = compare_frozen(store, SYSTEM, saved.id, IDAG)
    assert tell_changes(changed) == [
        "Fler i arbete antal, Utfall Jan–aug 2024: 13 → 25 (+12)",
        "Fler i arbete antal, kvinnor, Utfall Jan–aug 2024: 6 → 12 (+6)",
        "Fler i arbete antal, män, Utfall Jan–aug 2024: 7 → 13 (+6)",
    ]
    assert make_frozen_form(store, SYSTEM, saved.id, "pdf") == make_pdf(made.rapport, when)


def test_indicators_stand_with_their_numbers(store):
    put(store, planmallar()["uppsala-2024"], "uppsala-2024")
    labels = [rad.etikett for tabell in tables(follow_up(store)) for rad in tabell.rader]
    assert any(label.startswith("28. Sfi-elever inom studieväg 1 och 2") for label in labels)
    numbered = replace(provstad().indikatorer[1], nummer="4.", bedomning="rod")
    put(store, replace(provstad(), indikatorer=(numbered,)), "nummer")
    rapport = follow_up(store, "2024", date(2025, 2, 1), plan="nummer")
    assert cells(rapport, "4. Fler i arbete andel")[-1] == "nås inte"  # as the plan prints


def test_a_comparison_is_refused_with_the_reason(store):
    put(store, provstad())
    with pytest.raises(KnownError, match="tidigare utfall, inte med en vald period"):
        follow_up(store, jamfor="2023")


def test_measures_that_mean_the_same_share_one_entry(store):
    plan = provstad()
    one, other, third = (
        replace(i, definition="Samma sak", namn=f"Mått {n}") for n, i in enumerate(plan.indikatorer)
    )
    put(store, replace(plan, indikatorer=(one, replace(other, enhet="antal"), third)))
    assert [(word.ord, word.text) for word in follow_up(store).begrepp] == [
        ("Mått 0; Mått 1 och 1 till", "Samma sak")
    ]
