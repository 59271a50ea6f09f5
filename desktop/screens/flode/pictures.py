"""The pictures of the flow: how many stand in each steg over time, and which ways out they took.

Each picture is made as staff see it, and as it may leave the programme (R12).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from db.queries.flode import Vag
from db.queries.tavla import ALLA, FlodeUrval
from db.rules.figurer import Figur, Konsvarden, Summa
from db.rules.flode import Kurva, list_matdagar
from db.rules.sidor import Sida
from db.rules.suppression_minne import Marks
from db.rules.urval import Urval
from desktop.charts.areas import stacked_area
from desktop.charts.flows import Flow, Node, flow_diagram
from desktop.charts.hiding import flow_figures, hide_series, mask_flows, node_id
from desktop.charts.looks import step_looks
from desktop.charts.picture import Picture, Series
from desktop.formatting import NBSP, plural, short_date
from desktop.i18n import tr
from desktop.screens.flode.model import Span
from desktop.screens.words import first_upper
from desktop.skarm_service import Underlag

MOST_POINTS = 60
VECKOR = 26  # shown where the period is too short for a picture
INGEN = "ingen insats"
MOST_INSATSER = 9  # by name; the others are one
ANDRA = "*"
RAPPORT, UT = "flode", "flode.ut"  # the report, and its row of all that went
Pair = tuple[Picture, Picture]


def choose_days(fran: date, till: date, idag: date) -> tuple[date, ...]:
    """The days of the picture: the last of every week, or fewer of a long period; 26 weeks up to today where
    the period is shorter than six."""
    if (till - fran).days < 41:
        fran, till = date.fromordinal(idag.toordinal() - 7 * VECKOR + 1), idag
    veckor = max(1, -(-(till - fran).days // (7 * MOST_POINTS)))
    return list_matdagar(fran, till, 7 * veckor)


def make_stack(kurvor: Sequence[Kurva], dagar: Sequence[date], idag: date, troskel: int) -> Pair:
    """How many stand in each steg at each of the days; a part opens those of its steg and day."""
    mellan = (dagar[1] - dagar[0]).days // 7 if len(dagar) > 1 else 1
    veckor = plural(len(dagar) * mellan, tr("vecka"), tr("veckor"))
    title = f"{tr('Deltagare per steg')}, {veckor}"
    places = [_place(dag, idag, dagar) for dag in dagar]
    names = iter(step_looks(sum(kurva.steg_id is not None for kurva in kurvor)))
    series = [
        Series(
            kurva.namn,
            kurva.totalt,
            "ledig" if kurva.steg_id is None else next(names),
            tuple(f"{kurva.steg_id or 0}:{dag.isoformat()}" for dag in dagar),
        )
        for kurva in kurvor
    ]
    head = tr("Vecka")
    shown = stacked_area(title, places, series, head=head)
    return shown, stacked_area(title, places, hide_series(series, troskel), head=head)


def _place(dag: date, idag: date, dagar: Sequence[date]) -> str:
    """ "v. 46"; with the year where the picture goes over more than one."""
    week = dag.isocalendar().week
    if (dagar[-1] - dagar[0]).days > 400:
        return short_date(dag, idag)
    return f"v.{NBSP}{week}"


def make_ways(
    vagar: Sequence[Vag], span: Span, till: date, troskel: int, urval: FlodeUrval = ALLA
) -> tuple[Picture, Underlag[Picture]]:
    """From the last steg over the latest insats to the result, up to the day `till`; a part opens those who
    went there."""
    links: Counter[tuple[str, str]] = Counter()
    hade: Counter[str] = Counter()
    for vag in vagar:
        hade[vag.insatstyp] += vag.antal.total()
    vanliga = {typ for typ, _ in hade.most_common(MOST_INSATSER)}
    for vag in vagar:
        steg, insats, resultat = _keys(vag, vanliga)
        links[steg, insats] += vag.antal.total()
        links[insats, resultat] += vag.antal.total()
    title = f"{tr('Vart de gick som avslutades')} {span.namn}"
    heads = (tr("Från"), tr("Till"), tr("Antal"))
    columns = [_nodes(links, kind) for kind in ("steg", "insats", "resultat")]
    flows = [Flow(*link, antal, _id(">".join(link))) for link, antal in links.items()]

    def draw(dolda: Sequence[Marks]) -> Picture:
        marks = {rad: found["totalt"] for rad, found in dolda[0].items() if "totalt" in found}
        return flow_diagram(title, *mask_flows(columns, flows, marks), heads=heads)

    figurer, summor = flow_figures(columns, flows)
    ut = Figur(UT, "antal", Konsvarden(totalt=sum(vag.antal.total() for vag in vagar)))
    summor.append(Summa(UT, tuple(node_id(node) for node in columns[0])))
    slut, vilka = max(span.fran, till), Urval(malgrupp=urval.namn)
    grund, sida = (
        Sida(span.fran, slut, slut, tuple(found), tuple(known), urval=vilka)
        for found, known in (([ut], []), ([ut, *figurer], summor))
    )
    shown = flow_diagram(title, columns, flows, heads=heads)
    return shown, Underlag(RAPPORT, title, (sida,), draw, troskel, (grund,), variant=vilka.nyckel)


def _keys(vag: Vag, vanliga: Collection[str]) -> tuple[str, str, str]:
    insats = vag.insatstyp if vag.insatstyp in vanliga else ANDRA
    return f"steg:{vag.steg}", f"insats:{insats}", f"resultat:{vag.resultat}"


def _nodes(links: Mapping[tuple[str, str], int], kind: str) -> list[Node]:
    """The places of a column, those of most people first; the steg in the order of the flow."""
    size: Counter[str] = Counter()
    for (source, target), antal in links.items():
        for key in {source, target}:
            size[key] += antal
    keys = [key for key in size if key.startswith(f"{kind}:")]
    if kind != "steg":
        keys.sort(key=lambda key: (key.endswith(f":{ANDRA}"), -size[key], key))
    looks = {"steg": "steg4", "insats": "steg5", "resultat": "steg6"}
    return [Node(key, name_of(*key.split(":", 1)), looks[kind], _id(key)) for key in keys]


def _id(key: str) -> str:
    """What opens the people; those of many kinds in one are opened by nothing."""
    return "" if f":{ANDRA}" in key else key


def name_of(kind: str, name: str) -> str:
    """What a place of the flow diagram is called."""
    if name == ANDRA:
        return tr("Andra insatser")
    if name:
        return first_upper(name)
    return tr("Utan steg") if kind == "steg" else first_upper(tr(INGEN))
