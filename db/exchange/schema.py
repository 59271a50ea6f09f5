"""The workbook of exchange.md as data: one declaration for reading, checks, export, template and help."""

from collections.abc import Iterable

from db.exchange.columns import Column as Column
from db.exchange.columns import Kind as Kind
from db.exchange.columns import Sheet as Sheet
from db.rules import koder
from db.rules.bip import STORSTA_SKALA

UPPGIFT_SAKNAS = "uppgift saknas"
HELP_SHEET = "Hjälp"
FAULT_COLUMN = "fel"


def _own_id(name: str, text: str, field: str = "nummer", width: int = 64) -> Column:
    return Column(name, Kind.TEXT, field, text, required=True, width=width)


def _text(name: str, field: str, text: str, *, required: bool = False, width: int = 32_767) -> Column:
    return Column(
        name, Kind.TEXT, field, text, required=required, width=width, default=None if required else ""
    )


def _ref(name: str, field: str, sheet: str, text: str, *, required: bool = True) -> Column:
    return Column(name, Kind.REF, field, text, required=required, ref=sheet)


def _date(name: str, field: str, text: str, *, required: bool = False) -> Column:
    return Column(name, Kind.DATE, field, text, required=required)


def _code(
    name: str, field: str, codes: Iterable[str], text: str, *, required: bool = False, default: object = None
) -> Column:
    return Column(name, Kind.CODE, field, text, required=required, codes=_words(codes), default=default)


def _words(codes: Iterable[str]) -> tuple[str, ...]:
    """Plain text: what is compared, stored and sealed must not depend on the class of a code."""
    return tuple(str(code) for code in codes)


def _yes_no(name: str, field: str, text: str, *, required: bool = False, default: object = None) -> Column:
    return Column(name, Kind.YES_NO, field, text, required=required, codes=("ja", "nej"), default=default)


def _int(
    name: str, field: str, low: int, high: int, text: str, *, required: bool = False, default: object = None
) -> Column:
    return Column(name, Kind.INT, field, text, required=required, low=low, high=high, default=default)


def _kr(name: str, field: str, text: str, *, required: bool = False) -> Column:
    return Column(name, Kind.MONEY, field, text, required=required, high=1_000_000_000_000)


ENHETER = Sheet(
    "Enheter",
    "kapacitet",
    "Enheter och hur många platser de har. En ny rad för varje ändring av antalet platser.",
    ("enhet_id", "fran"),
    (
        _ref("enhet", "enhet_id", "Enheter", "Enhetens namn."),
        _code("typ", "typ", koder.Enhetstyp, "Om enheten är kommunens egen.", required=True),
        _date("från", "fran", "Första dagen med detta antal platser.", required=True),
        _date("till", "till", "Sista dagen. Tom: tills vidare eller till nästa rad."),
        _int("platser", "platser", 0, 1_000_000, "Antal platser.", required=True),
    ),
)
KOSTNADER = Sheet(
    "Kostnader",
    "kostnad",
    "Vad varje enhet kostar per kalenderår.",
    ("enhet_id", "ar"),
    (
        _ref("enhet", "enhet_id", "Enheter", "Enhetens namn, som i bladet Enheter."),
        _int("år", "ar", 1900, 2200, "Kalenderår.", required=True),
        _kr("kronor", "belopp_ore", "Årets kostnad i kronor.", required=True),
    ),
)
INSATSTYPER = Sheet(
    "Insatstyper",
    "insatstyp",
    "Egna insatstyper, eller ändringar av dem som finns från början.",
    ("namn",),
    (
        _own_id("insatstyp", "Insatstypens namn.", "namn", 200),
        _text("kategori", "kategori", "Grupp som insatstypen hör till."),
        _yes_no(
            "räknas som aktivitet",
            "raknas_som_aktivitet",
            "Om insatsen uppfyller aktivitetskravet.",
            required=True,
        ),
    ),
)
HUSHALL = Sheet(
    "Hushåll",
    "hushall",
    "Hushåll med antal barn.",
    ("nummer",),
    (
        _own_id("hushåll", "Hushållets id."),
        _int("antal barn", "antal_barn", 0, 99, "Antal barn som bor i hushållet."),
    ),
)
DELTAGARE = Sheet(
    "Deltagare",
    "deltagare",
    "En rad för varje person.",
    ("nummer",),
    (
        _own_id("deltagare", "Deltagarens id."),
        Column(
            "personnummer",
            Kind.NUMMER,
            "personnummer",
            "Personnummer, samordningsnummer (ÅÅÅÅMMDD-NNNN) eller reservnummer (ÅÅÅÅMMDD-Tnnn).",
        ),
        _text("förnamn", "fornamn", "Förnamn.", required=True, width=200),
        _text("efternamn", "efternamn", "Efternamn.", required=True, width=200),
        _code("kön", "kon", ("K", "M", UPPGIFT_SAKNAS), "Tomt: det som numret säger."),
        _ref("hushåll", "hushall_id", "Hushåll", "Hushållets id, som i bladet Hushåll.", required=False),
        _text("område", "omrade", "Bostadsområde eller stadsdel."),
        Column(
            "skyddad",
            Kind.CODE,
            "skyddad",
            "Skyddade personuppgifter. En tom cell tar inte bort ett skydd, det gör bara nej.",
            codes=_words(koder.Skydd),
            default="nej",
            blank_keeps=True,
        ),
        _yes_no("utrikesfödd", "utrikesfodd", "Om personen är född utomlands."),
        _code("utbildningsnivå", "utbildningsniva", koder.Utbildningsniva, "Högsta utbildning."),
        _text("språk", "sprak", "Språk som personen talar."),
        _text("tolk", "tolk", "Språk som tolk behövs på."),
        _text("telefon", "telefon", "Telefonnummer, som text."),
        _text("e-post", "epost", "E-postadress."),
    ),
)
ARENDEN = Sheet(
    "Ärenden",
    "arende",
    "Ärenden om ekonomiskt bistånd.",
    ("nummer",),
    (
        _own_id("ärende", "Ärendets id."),
        _ref("deltagare", "deltagare_id", "Deltagare", "Den sökandes id, som i bladet Deltagare."),
        _date("ansökan", "ansokan", "Dag för ansökan.", required=True),
        _date("beslut", "beslut", "Dag för beslut."),
        _code("utfall", "utfall", koder.Utfall, "Vad beslutet blev."),
        _date("avslutat", "avslutat", "Dag då ärendet avslutades."),
        _code("avslutsorsak", "avslutsorsak", koder.Avslutsorsak, "Varför ärendet avslutades."),
        _text("försörjningshinder", "forsorjningshinder", "Varför personen inte försörjer sig själv."),
        _text("handläggare", "handlaggare", "Handläggarens signatur.", width=64),
    ),
)
UNDANTAG = Sheet(
    "Undantag",
    "undantag",
    "Undantag från aktivitetskravet.",
    ("arende_id", "fran"),
    (
        _ref("ärende", "arende_id", "Ärenden", "Ärendets id."),
        _date("från", "fran", "Första dagen.", required=True),
        _date("till", "till", "Sista dagen. Tom: tills vidare."),
        _text("skäl", "skal", "Varför undantaget gäller.", required=True),
    ),
    repeats=True,
)
BISTANDSMANADER = Sheet(
    "Biståndsmånader",
    "bistandsmanad",
    "Månader då försörjningsstöd betalades ut.",
    ("arende_id", "manad"),
    (
        _ref("ärende", "arende_id", "Ärenden", "Ärendets id."),
        Column("månad", Kind.MONTH, "manad", "Månad, ÅÅÅÅ-MM.", required=True),
        _kr("belopp", "belopp_ore", "Utbetalt belopp i kronor."),
    ),
)
INSKRIVNINGAR = Sheet(
    "Inskrivningar",
    "inskrivning",
    "Inskrivningar i arbetsmarknadsverksamheten.",
    ("nummer",),
    (
        _own_id("inskrivning", "Inskrivningens id."),
        _ref("deltagare", "deltagare_id", "Deltagare", "Deltagarens id."),
        _date("anvisad", "anvisad", "Dag då personen anvisades hit."),
        _date("inskriven", "inskriven", "Första dagen.", required=True),
        _code("hänvisad av", "hanvisad_av", koder.HanvisadAv, "Vem som hänvisade personen hit."),
        _text("spår", "spar", "Till exempel Arena Arbetsmarknad eller Sysselsättning.", width=100),
        _text("koordinator", "koordinator", "Koordinatorns signatur.", width=64),
        _date("avslutad", "avslutad", "Sista dagen. Kräver resultat."),
        Column("resultat", Kind.CATALOGUE, "resultat", "Hur inskrivningen slutade.", ref="resultat"),
        _date("arbete från", "arbete_fran", "Första dagen i arbetet."),
        _date("arbete till", "arbete_till", "Sista dagen i arbetet."),
        _yes_no("minst en månad", "minst_en_manad", "Om arbetet varade minst en månad. Tom: inte känt än."),
    ),
)
STEG = Sheet(
    "Steg",
    "stegperiod",
    "Dagen då en inskrivning kom till ett steg i flödet.",
    ("inskrivning_id", "steg_id", "fran"),
    (
        _ref("inskrivning", "inskrivning_id", "Inskrivningar", "Inskrivningens id."),
        Column("steg", Kind.CATALOGUE, "steg_id", "Stegets namn.", required=True, ref="steg"),
        _date("från", "fran", "Första dagen i steget.", required=True),
    ),
)
INSATSER = Sheet(
    "Insatser",
    "insats",
    "Insatser inom en inskrivning.",
    ("nummer",),
    (
        _own_id("insats", "Insatsens id."),
        _ref("inskrivning", "inskrivning_id", "Inskrivningar", "Inskrivningens id."),
        _ref("insatstyp", "insatstyp_id", "Insatstyper", "Insatstypens namn."),
        _ref("enhet", "enhet_id", "Enheter", "Enhetens namn, som i bladet Enheter.", required=False),
        _date("start", "start", "Första dagen.", required=True),
        _date("planerat slut", "planerat_slut", "Dag då insatsen är tänkt att sluta."),
        _date("slut", "slut", "Sista dagen. Tom: pågår."),
        _int("omfattning", "omfattning", 1, 100, "Procent av heltid. Tom: 100.", default=100),
        _text("avbrottsorsak", "avbrottsorsak", "Varför insatsen avbröts."),
    ),
)
OSA_BESLUT = Sheet(
    "OSA-beslut",
    "osa_beslut",
    "Arbetsförmedlingens beslut om offentligt skyddat arbete.",
    ("insats_id", "fran"),
    (
        _ref("insats", "insats_id", "Insatser", "Insatsens id."),
        _date("beslut från", "fran", "Första dagen som beslutet gäller.", required=True),
        _date("beslut till", "till", "Sista dagen som beslutet gäller.", required=True),
        _text("diarienummer", "diarienummer", "Beslutets diarienummer."),
        _kr("bidrag per månad", "bidrag_ore", "Bidrag per månad i kronor."),
    ),
)
PLANERINGAR = Sheet(
    "Planeringar",
    "planering",
    "Planeringar (handlingsplaner). En ny version är en ny rad.",
    ("inskrivning_id", "upprattad"),
    (
        _ref("inskrivning", "inskrivning_id", "Inskrivningar", "Inskrivningens id."),
        _date("upprättad", "upprattad", "Dag då planeringen gjordes.", required=True),
        _text("mål", "mal", "Vad planeringen ska leda till."),
        _date("nästa uppföljning", "nasta_uppfoljning", "Dag för nästa uppföljning."),
    ),
)
MOTEN = Sheet(
    "Möten",
    "mote",
    "Möten, bokade eller hållna.",
    ("deltagare_id", "datum", "tid", "form", "verksamhet"),
    (
        _ref("deltagare", "deltagare_id", "Deltagare", "Deltagarens id."),
        _date("datum", "datum", "Dag för mötet.", required=True),
        Column("tid", Kind.TIME, "tid", "Klockslag, till exempel 09:30.", default=""),
        _int("längd", "langd", 1, 1440, "Längd i minuter."),
        _code("form", "form", koder.Motesform, "Hur mötet hålls.", required=True),
        _code("verksamhet", "verksamhet", koder.Verksamhet, "Vem mötet är med.", required=True),
        _yes_no("uteblev", "uteblev", "Om personen uteblev. Tom: nej.", default=False),
    ),
    repeats=True,
)
NARVARO = Sheet(
    "Närvaro",
    "narvaro",
    "Närvaro per insats och dag, eller förmiddag och eftermiddag.",
    ("insats_id", "datum", "pass"),
    (
        _ref("insats", "insats_id", "Insatser", "Insatsens id."),
        _date("datum", "datum", "Dag.", required=True),
        _code("pass", "pass", koder.Pass, "fm eller em. Tom: hela dagen.", default=""),
        _code("status", "status", koder.NarvaroStatus, "Om personen var där.", required=True),
        Column("timmar", Kind.HOURS, "minuter", "Antal timmar, till exempel 3,5.", high=24),
    ),
)
BIP = Sheet(
    "BIP",
    "bip",
    "Svar på progressionsmätningar, en rad för varje fråga.",
    ("inskrivning_id", "datum", "svarande", "indikator"),
    (
        _ref("inskrivning", "inskrivning_id", "Inskrivningar", "Inskrivningens id."),
        _date("datum", "datum", "Dag för mätningen.", required=True),
        _code("svarande", "svarande", koder.Svarande, "Vem som svarar.", required=True),
        _text("indikator", "indikator", "Frågans namn.", required=True, width=200),
        _int(
            "värde",
            "varde",
            1,
            STORSTA_SKALA,
            "Svar på registrets skala, från början 1 till 5.",
            required=True,
        ),
    ),
)
DELEGATIONSBESLUT = Sheet(
    "Delegationsbeslut",
    "delegationsbeslut",
    "Beslut på delegation. Skriv inga namn på deltagare.",
    ("arende_id", "datum", "arendetyp", "lagrum", "delegationspunkt", "beslut", "delegat"),
    (
        _ref("ärende", "arende_id", "Ärenden", "Ärendets id.", required=False),
        _date("datum", "datum", "Dag för beslutet.", required=True),
        _text("ärendetyp", "arendetyp", "Vad ärendet gäller.", required=True, width=200),
        _text("lagrum", "lagrum", "Lag och paragraf."),
        _text(
            "delegationspunkt", "delegationspunkt", "Punkt i delegationsordningen.", required=True, width=200
        ),
        _text("beslut", "beslut", "Vad som beslutades.", required=True),
        _text("delegat", "delegat", "Vem som beslutade.", required=True, width=200),
        Column(
            "löpnummer",
            Kind.INT,
            "lopnummer",
            "Nummer inom beslutets år. Tom: nästa lediga nummer.",
            low=1,
            high=10_000_000,
            blank_keeps=True,
        ),
    ),
    repeats=True,
)
INDIKATORVARDEN = Sheet(
    "Indikatorvärden",
    "indikatorvarde",
    "Utfall för indikatorer i mål- och indikatorplaner.",
    ("indikator", "period"),
    (
        _text("indikator", "indikator", "Indikatorns id i planen.", required=True, width=200),
        Column("period", Kind.PERIOD, "period", "Till exempel 2024, 2024-T1 eller 2024-06.", required=True),
        Column("kvinnor", Kind.FLOAT, "kvinnor", "Utfall för kvinnor."),
        Column("män", Kind.FLOAT, "man", "Utfall för män."),
        Column("totalt", Kind.FLOAT, "totalt", "Utfall för alla."),
        _text("källa", "kalla", "Varifrån utfallet kommer."),
        _text("kommentar", "kommentar", "Kommentar till utfallet."),
    ),
)

# In contract order, which is also an order in which every row comes after the rows it refers to.
SHEETS = (
    ENHETER,
    KOSTNADER,
    INSATSTYPER,
    HUSHALL,
    DELTAGARE,
    ARENDEN,
    UNDANTAG,
    BISTANDSMANADER,
    INSKRIVNINGAR,
    STEG,
    INSATSER,
    OSA_BESLUT,
    PLANERINGAR,
    MOTEN,
    NARVARO,
    BIP,
    DELEGATIONSBESLUT,
    INDIKATORVARDEN,
)
SHEET_BY_NAME = {sheet.name.casefold(): sheet for sheet in SHEETS}
