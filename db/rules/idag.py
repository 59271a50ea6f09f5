"""The work lists of the day: how far ahead each one looks, and when its things fall due. Dates only.

A row is on a list because of a date in the register; nobody writes it there and nobody ticks it off.
"""

from datetime import date, timedelta
from enum import StrEnum

from db.rules.bip import calculate_nasta_matning

KRAV_DAGAR = 3
UPPFOLJNING_DAGAR = 7
INSATS_DAGAR = 14
BIP_DAGAR = 7
NARVARO_DAGAR = 14
# Within so many days of the inskrivning there is a planering and a first measurement.
FORSTA_DAGAR = 14
# A follow-up missed for longer makes the planering itself the thing to do.
INAKTUELL_DAGAR = 30


class Lista(StrEnum):
    """The lists in the order shown; the value is what `uppskjuten` names them by."""

    AKTIVITETSKRAV = "aktivitetskrav"
    UTAN_AKTIVITET = "utan_aktivitet"
    UPPFOLJNING = "uppfoljning"
    INSATS_SLUTAR = "insats_slutar"
    OSA_BESLUT = "osa_beslut"
    OSA_UPPFOLJNING = "osa_uppfoljning"
    BIP = "bip"
    PLANERING = "planering"
    AVSLUT = "avslut"
    EFTER_AVSLUT = "efter_avslut"
    NARVARO = "narvaro"


class Nar(StrEnum):
    """When a thing is due, seen from a day."""

    PASSERAD = "passerad"
    IDAG = "idag"
    VECKA = "vecka"
    SENARE = "senare"


def place_frist(frist: date | None, dag: date) -> Nar:
    """When a due day is, seen from `dag`; without a day it is later."""
    if frist is None:
        return Nar.SENARE
    left = (frist - dag).days
    if left < 0:
        return Nar.PASSERAD
    return Nar.IDAG if left == 0 else Nar.VECKA if left <= 7 else Nar.SENARE


def place_krav(frist: date | None, dag: date) -> Lista:
    """Which list an ärende without activity (R8) stands in: the frist is near or passed, or it is not."""
    near = frist is not None and frist <= dag + timedelta(KRAV_DAGAR)
    return Lista.AKTIVITETSKRAV if near else Lista.UTAN_AKTIVITET


def find_bip_frist(senaste: date | None, avtalad: date | None, inskriven: date) -> date:
    """The day of the next measurement: the day agreed, while nothing is measured since it was; else three
    months after the latest; before the first, FORSTA_DAGAR after the inskrivning."""
    if avtalad is not None and (senaste is None or avtalad > senaste):
        return avtalad
    if senaste is None:
        return inskriven + timedelta(FORSTA_DAGAR)
    return calculate_nasta_matning(senaste)


def find_planering_frist(inskriven: date, kartlagd: date | None) -> date:
    """The day a first planering is due: when the kartläggning is done, else FORSTA_DAGAR after the start."""
    senast = inskriven + timedelta(FORSTA_DAGAR)
    return senast if kartlagd is None else min(senast, kartlagd)


def is_inaktuell(nasta_uppfoljning: date, dag: date) -> bool:
    """Whether a planering is so long out of date that a new one is due, not a follow-up of the old one."""
    return nasta_uppfoljning < dag - timedelta(INAKTUELL_DAGAR)
