"""The reports there are, by the name they are asked for."""

from desktop.reports import (
    aktivitetskrav,
    avslut,
    belaggning,
    bip,
    bistand,
    delegationsbeslut,
    deltagare,
    flode,
    osa,
)
from desktop.reports.plan import rapport as uppfoljning
from desktop.reports.spec import Rapportspec

REPORTS: dict[str, Rapportspec] = {
    modul.SPEC.namn: modul.SPEC
    for modul in (
        deltagare,
        aktivitetskrav,
        flode,
        bip,
        avslut,
        osa,
        belaggning,
        bistand,
        uppfoljning,
        delegationsbeslut,
    )
}
