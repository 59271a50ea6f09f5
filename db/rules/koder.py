"""The closed lists of words in the workbook; each value is the visible word, spelled as in exchange.md."""

from enum import StrEnum
from typing import TypeVar


class Skydd(StrEnum):
    """Skyddade personuppgifter (domain.md section 8)."""

    NEJ = "nej"
    SEKRETESSMARKERING = "sekretessmarkering"
    SKYDDAD_FOLKBOKFORING = "skyddad folkbokföring"
    FINGERADE_UPPGIFTER = "fingerade uppgifter"


class Utbildningsniva(StrEnum):
    """The highest education completed."""

    FORGYMNASIAL = "förgymnasial"
    GYMNASIAL = "gymnasial"
    EFTERGYMNASIAL = "eftergymnasial"


class Utfall(StrEnum):
    """The beslut in an ärende (R3)."""

    BIFALL = "bifall"
    AVSLAG = "avslag"


class Avslutsorsak(StrEnum):
    """Why an ärende was closed."""

    ANNAN_FORSORJNING = "annan försörjning"
    FLYTTAT = "flyttat"
    AVLIDIT = "avlidit"
    OVRIGT = "övrigt"


class HanvisadAv(StrEnum):
    """Who sent the deltagare to the arbetsmarknadsverksamhet."""

    ARBETSFORMEDLINGEN = "Arbetsförmedlingen"
    FORSAKRINGSKASSAN = "Försäkringskassan"
    SOCIALTJANST = "socialtjänst"
    SJALV = "själv"
    ANNAN = "annan"


class Spar(StrEnum):
    """The two parts of Heltidsaktiveringen."""

    ARENA_ARBETSMARKNAD = "Arena Arbetsmarknad"
    SYSSELSATTNING = "Sysselsättning"


class Resultat(StrEnum):
    """How an inskrivning ended (R9; what each counts as stands in db.rules.avslut)."""

    ARBETE = "arbete"
    ARBETE_MED_STOD = "arbete med stöd"
    EGET_FORETAG = "eget företag"
    KOMMUNAL_ANSTALLNING = "kommunal arbetsmarknadsanställning"
    STUDIER = "studier"
    STUDIER_UTAN_STUDIEMEDEL = "studier utan studiemedel"
    ANNAN_MYNDIGHET = "annan myndighet"
    SJUKERSATTNING = "sjukersättning"
    SLUTFORT_UPPDRAG = "slutfört uppdrag"
    PENSION = "pension"
    ANNAN_FORSORJNING = "annan försörjning"
    AVBRUTIT = "avbrutit"
    FLYTTAT = "flyttat"
    AVLIDIT = "avlidit"


class Enhetstyp(StrEnum):
    """Who runs the enhet: the förvaltning itself or somebody else."""

    INTERN = "intern"
    EXTERN = "extern"


class Motesform(StrEnum):
    """How people met."""

    FYSISKT = "fysiskt"
    TELEFON = "telefon"
    DIGITALT = "digitalt"


class Verksamhet(StrEnum):
    """Which part of the förvaltning held the möte."""

    EKONOMISKT_BISTAND = "ekonomiskt bistånd"
    ARBETSMARKNAD = "arbetsmarknad"


class Pass(StrEnum):
    """Half a day of närvaro; without one the row is the whole day."""

    FM = "fm"
    EM = "em"


class NarvaroStatus(StrEnum):
    """What is registered for a day; a day without a row is ej registrerat."""

    NARVARANDE = "närvarande"
    GILTIG_FRANVARO = "giltig frånvaro"
    OGILTIG_FRANVARO = "ogiltig frånvaro"
    SJUK = "sjuk"


class Svarande(StrEnum):
    """Who answered the BIP questions."""

    DELTAGARE = "deltagare"
    HANDLAGGARE = "handläggare"


class Forsorjning(StrEnum):
    """What somebody lives on, before and after an inskrivning."""

    EKONOMISKT_BISTAND = "ekonomiskt bistånd"
    LON = "lön"
    LON_MED_STOD = "lön med stöd"
    EGET_FORETAG = "eget företag"
    STUDIEMEDEL = "studiemedel"
    A_KASSA = "a-kassa"
    AKTIVITETSSTOD = "aktivitetsstöd"
    ETABLERINGSERSATTNING = "etableringsersättning"
    SJUKPENNING = "sjukpenning"
    SJUKERSATTNING = "sjukersättning"
    FORALDRAPENNING = "föräldrapenning"
    PENSION = "pension"
    ANNAN = "annan försörjning"
    INGEN = "ingen känd"


class Uppfoljningsslag(StrEnum):
    """When an avslut is followed up (R10 asks for the first)."""

    EN_MANAD = "1 månad"
    SEX_MANADER = "6 månader"
    TOLV_MANADER = "12 månader"


class Ansvarig(StrEnum):
    """Who does a step of a planering."""

    DELTAGAREN = "deltagaren"
    HANDLAGGAREN = "handläggaren"
    ANNAN = "annan"


class Granskningsbeslut(StrEnum):
    """What a review of an undantag comes to."""

    KVARSTAR = "kvarstår"
    UPPHOR = "upphör"


class Bedomningsskala(StrEnum):
    """How a plan's goals are judged (R14): the words of the file."""

    GRON_GUL_ROD = "gron-gul-rod"
    BRA_OK_BRISTER = "bra-ok-brister"
    INGEN = "ingen"


class Indikatorslag(StrEnum):
    """A row of a plan with values: one that judges a goal, or an amount that is only followed."""

    INDIKATOR = "indikator"
    VOLYM = "volym"


class Vardeslag(StrEnum):
    """A printed value of a plan: what came out, or the target (riktvärde)."""

    UTFALL = "utfall"
    RIKTVARDE = "riktvärde"


class Aktivitetslage(StrEnum):
    """How far an activity of a plan has come (R14)."""

    EJ_STARTAD = "Ej startad"
    PABORJAD = "Påbörjad"
    VANTAR = "Väntar"
    KLAR = "Klar"
    STOPPAD = "Stoppad"


KodT = TypeVar("KodT", bound=StrEnum)


class KodError(ValueError):
    """The word is not in the list; the message is Swedish and names the words that are."""


def parse_kod(lista: type[KodT], text: str) -> KodT:
    """The word in the list that `text` is, whatever its case and outer spaces. Raises KodError."""
    sokt = " ".join(text.casefold().split())
    for kod in lista:
        if kod.value.casefold() == sokt:
            return kod
    ord_ = ", ".join(kod.value for kod in lista)
    raise KodError(f"”{text.strip()}” finns inte i listan. Välj något av: {ord_}.")
