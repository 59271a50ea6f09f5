"""What has changed since a report was frozen is told as printed: hidden numbers are not compared (R12)."""

from dataclasses import replace

from db.rules.andrat import JAMFORELSE, PERIOD, Andrat, Skillnad, compare_reports
from db.rules.figurer import Avsnitt, Konsvarden, Rad, Rapport
from db.rules.tabell import Stycke

INGET = Konsvarden()


def rad(id_: str, varde: Konsvarden, enhet: str = "antal", **more: object) -> Rad:
    return replace(Rad(id_, id_.upper(), enhet, varde, INGET, {}, {}), **more)  # type: ignore[arg-type]


def rapport(*rader: Rad, text: str = "") -> Rapport:
    delar = (Stycke(text),) if text else ()
    avsnitt = (Avsnitt("Alla", rader), Avsnitt("Text", (), delar=delar))
    return Rapport("avslut", "Avslut", ("2024-01-01", "2024-12-31"), "2024-12-31", avsnitt)


def test_the_same_report_has_not_changed() -> None:
    one = rapport(rad("a", Konsvarden(5, 8, 0, 13)), text="Lika")
    assert not compare_reports(one, one)
    assert compare_reports(one, one) == Andrat((), ())


def test_numbers_that_are_others() -> None:
    da = rapport(rad("a", Konsvarden(totalt=13)), rad("p", Konsvarden(totalt=49.6), "andel"))
    nu = rapport(rad("a", Konsvarden(totalt=20)), rad("p", Konsvarden(totalt=48.9), "andel"))
    assert compare_reports(da, nu).tal == (
        Skillnad("Alla", "a", "A", "antal", PERIOD, "totalt", 13, 20, skillnad=7),
        Skillnad("Alla", "p", "P", "andel", PERIOD, "totalt", 49.6, 48.9, skillnad=-1),
    )


def test_the_difference_is_of_the_printed_numbers() -> None:
    da, nu = (rapport(rad("d", Konsvarden(totalt=n), "dagar")) for n in (10.26, 12.0))
    assert [s.skillnad for s in compare_reports(da, nu).tal] == [1.7]


def test_what_is_hidden_is_not_compared() -> None:
    da = rapport(rad("a", Konsvarden(), dolda={"man": "<5"}), rad("b", Konsvarden(totalt=100)))
    nu = rapport(rad("a", Konsvarden(), dolda={"man": ".."}), rad("b", INGET, dolda={"totalt": ".."}))
    (skillnad,) = compare_reports(da, nu).tal
    assert skillnad == Skillnad("Alla", "b", "B", "antal", PERIOD, "totalt", 100, None, "", "..")
    (skillnad,) = compare_reports(nu, da).tal
    assert (skillnad.da_dold, skillnad.nu, skillnad.skillnad) == ("..", 100, None)


def test_nothing_where_there_was_a_hidden_number() -> None:
    da, nu = rapport(rad("a", INGET, dolda={"man": ".."})), rapport(rad("a", INGET))
    (skillnad,) = compare_reports(da, nu).tal
    assert (skillnad.nyckel, skillnad.da_dold, skillnad.nu_dold) == ("man", "..", "")


def test_the_comparison_has_a_side_of_its_own() -> None:
    da = rapport(rad("a", INGET, jamforelse=Konsvarden(totalt=10)))
    nu = rapport(rad("a", INGET, jamforelse=Konsvarden(totalt=15)))
    assert [(s.sida, s.skillnad) for s in compare_reports(da, nu).tal] == [(JAMFORELSE, 5)]


def test_rows_that_came_and_went() -> None:
    da, nu = rapport(rad("a", Konsvarden(totalt=10))), rapport(rad("b", Konsvarden(totalt=15)))
    assert [(s.rad, s.da, s.nu) for s in compare_reports(da, nu).tal] == [("a", 10, None), ("b", None, 15)]


def test_sections_of_text_and_tables_are_named() -> None:
    assert compare_reports(rapport(text="Då"), rapport(text="Nu")).avsnitt == ("Text",)
