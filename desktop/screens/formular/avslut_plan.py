"""What an avslut will do, in words, before it is done. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from db.commands.avslut_foljder import Avbokning, AvslutPlan, Sak
from db.rules.koder import Uppfoljningsslag
from desktop.formatting import plural, short_date
from desktop.i18n import tr


def plan_lines(plan: AvslutPlan, avslutad: date, today: date, hidden: bool) -> tuple[str, ...]:
    """One line each for what ends, what is cancelled and what is planned; a `hidden` card tells no places."""
    lines = []
    if plan.avslutas:
        lines.append(_ends(plan.avslutas, short_date(avslutad, today), hidden))
    told = _together(_cancelled(plan.avbokas, today, hidden))
    if told:
        lines.append(f"{tr('Avbokas')}: {told}.")
    planned = _together(_planned(slag, dag, today) for slag, dag in plan.planeras)
    if planned:
        lines.append(f"{tr('Planeras')}: {planned}.")
    return tuple(lines) or (tr("Inget annat avslutas, avbokas eller planeras."),)


def _ends(avslutas: Sequence[tuple[str, str]], day: str, hidden: bool) -> str:
    names = _together(f"{typ} ({enhet})" if enhet and not hidden else typ for typ, enhet in avslutas)
    places = sum(1 for _typ, enhet in avslutas if enhet)
    free = f" {plural(places, 'plats', 'platser')} {tr('blir lediga' if places > 1 else 'blir ledig')}."
    return f"{tr('Avslutas')} {day}: {names}.{free if places else ''}"


def _cancelled(avbokas: Sequence[Avbokning], today: date, hidden: bool) -> Iterator[str]:
    for avbokning in avbokas:
        day = short_date(avbokning.dag, today)
        if avbokning.sak is Sak.INSATS:
            yield f"{avbokning.text} {tr('från')} {day}"
        elif avbokning.sak is Sak.OSA_BESLUT:
            number = "" if hidden or not avbokning.text else f" {avbokning.text}"
            yield f"{tr('OSA-beslut')}{number} {tr('från')} {day}"
        elif avbokning.sak is Sak.MOTE:
            about = f" ({avbokning.text})" if avbokning.text else ""
            yield f"{tr('möte')} {day}{about}"
        elif avbokning.sak is Sak.PLATSKO:
            where = "" if hidden else f" ({avbokning.text})"
            yield f"{tr('plats i kön')}{where}"
        elif avbokning.sak is not Sak.FRANVARO:
            yield f"{_NAMES[avbokning.sak]} {day}"
    absent = sum(avbokning.sak is Sak.FRANVARO for avbokning in avbokas)
    if absent:
        yield f"{plural(absent, 'pass', 'pass')} {tr('frånvaro efter sista dagen')}"


_NAMES = {
    Sak.OSA_UPPFOLJNING: "OSA-uppföljning",
    Sak.BIP: "BIP-mätning",
    Sak.PLANERING: "uppföljning av planeringen",
}


def _planned(slag: str, dag: date, today: date) -> str:
    day = short_date(dag, today)
    if slag == Uppfoljningsslag.EN_MANAD.value:
        return f"{tr('kontroll')} {day} {tr('att arbetet varat en månad')}"
    return f"{tr('uppföljning')} {day} ({slag})"


def _together(parts: Iterator[str]) -> str:
    """ "a, b och c"."""
    told = list(parts)
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} {tr('och')} {told[-1]}" if told else ""
