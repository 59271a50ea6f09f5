"""The insatstyper that every register knows from the start (exchange.md), and which of them are OSA."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Insatstyp:
    """A kind of insats; `raknas_som_aktivitet` decides whether it meets the aktivitetskrav (R5)."""

    namn: str
    kategori: str
    raknas_som_aktivitet: bool = True


INSATSTYPER = (
    Insatstyp("arbetsträning", "arbetsplatsförlagd"),
    Insatstyp("praktik", "arbetsplatsförlagd"),
    Insatstyp("språkpraktik", "arbetsplatsförlagd"),
    Insatstyp("arbetsmarknadsanställning", "anställning"),
    Insatstyp("beredskapsanställning", "anställning"),
    Insatstyp("jobbsökaraktivitet", "jobbsökande"),
    Insatstyp("yrkesspår", "utbildning"),
    Insatstyp("sfi", "utbildning"),
    Insatstyp("vuxenutbildning", "utbildning"),
    Insatstyp("arbetslivsinriktad rehabilitering", "rehabilitering"),
    Insatstyp("sysselsättning", "sysselsättning"),
    Insatstyp("språkutveckling", "utbildning"),
    Insatstyp("praktik inför OSA", "OSA"),
    Insatstyp("OSA-anställning", "OSA"),
    Insatstyp("lönebidragsanställning", "anställning"),
    Insatstyp("nystartsjobb", "anställning"),
    Insatstyp("vägledning", "vägledning", raknas_som_aktivitet=False),
    Insatstyp("kartläggning", "kartläggning", raknas_som_aktivitet=False),
    Insatstyp("hälsofrämjande", "hälsa", raknas_som_aktivitet=False),
    Insatstyp("feriepraktik", "ungdom", raknas_som_aktivitet=False),
    Insatstyp("KAA-insats", "ungdom", raknas_som_aktivitet=False),
    Insatstyp("daglig verksamhet", "sysselsättning", raknas_som_aktivitet=False),
)

# The names that figures of domain.md sections 4 and 5 single out.
PRAKTIK_INFOR_OSA = "praktik inför OSA"
OSA_ANSTALLNING = "OSA-anställning"
LONEBIDRAGSANSTALLNING = "lönebidragsanställning"
ARBETSMARKNADSANSTALLNING = "arbetsmarknadsanställning"
FERIEPRAKTIK = "feriepraktik"
OSA_TYPER = (PRAKTIK_INFOR_OSA, OSA_ANSTALLNING)
