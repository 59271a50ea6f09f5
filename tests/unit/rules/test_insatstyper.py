"""The catalogues that a register knows from the start agree with exchange.md and with the first revision."""

from importlib import import_module

from db.rules import insatstyper
from db.rules.avslut import REGLER
from db.rules.insatstyper import INSATSTYPER
from db.rules.steg import STANDARDSTEG

JA = (
    "arbetsträning, praktik, språkpraktik, arbetsmarknadsanställning, beredskapsanställning, "
    "jobbsökaraktivitet, yrkesspår, sfi, vuxenutbildning, arbetslivsinriktad rehabilitering, sysselsättning, "
    "språkutveckling, praktik inför OSA, OSA-anställning, lönebidragsanställning, nystartsjobb"
)
NEJ = "vägledning, kartläggning, hälsofrämjande, feriepraktik, KAA-insats, daglig verksamhet"


def test_insatstyper_known_from_the_start() -> None:
    assert ", ".join(t.namn for t in INSATSTYPER if t.raknas_som_aktivitet) == JA
    assert ", ".join(t.namn for t in INSATSTYPER if not t.raknas_som_aktivitet) == NEJ
    assert all(t.kategori for t in INSATSTYPER)


def test_names_that_figures_single_out_are_in_the_catalogue() -> None:
    namn = {t.namn for t in INSATSTYPER}
    assert set(insatstyper.OSA_TYPER) < namn
    assert {
        insatstyper.LONEBIDRAGSANSTALLNING,
        insatstyper.ARBETSMARKNADSANSTALLNING,
        insatstyper.FERIEPRAKTIK,
    } < namn


def test_first_revision_seeds_the_same_catalogues() -> None:
    revision = import_module("migrations.versions.0001_registret")
    kategorier = {t.namn: t.kategori for t in INSATSTYPER}
    assert kategorier == revision.AKTIVITETER | revision.OVRIGA
    assert set(revision.AKTIVITETER) == {t.namn for t in INSATSTYPER if t.raknas_som_aktivitet}
    assert revision.STEG == STANDARDSTEG
    assert tuple((namn, r.kolada, r.egen_forsorjning) for namn, r in REGLER.items()) == revision.RESULTAT
