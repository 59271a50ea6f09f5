"""The rules between cells and between rows: each takes a resolved sheet and tells its faults."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from db.exchange.frames import Frame
from db.exchange.indikatorvarden import check_indikatorvarden
from db.exchange.lopnummer import check_lopnummer
from db.exchange.storeside import Key
from db.rules.bip import BIP_INDIKATORER
from db.rules.delegation import find_name, has_number
from db.rules.insatstyper import OSA_ANSTALLNING
from db.rules.osa import Beslut, lacks_beslut

if TYPE_CHECKING:
    from db.exchange.resolving import Resolver

Values = dict[str, list[Any]]
Matched = dict[int, tuple[int, Key]]
# (earlier column, later column, fault rather than warning) by table.
ORDERS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "kapacitet": (("fran", "till", True),),
    "arende": (("ansokan", "beslut", True), ("beslut", "avslutat", True), ("ansokan", "avslutat", True)),
    "undantag": (("fran", "till", True),),
    "inskrivning": (
        ("inskriven", "avslutad", True),
        ("arbete_fran", "arbete_till", True),
        ("anvisad", "inskriven", False),
    ),
    "insats": (("start", "slut", True), ("start", "planerat_slut", True)),
    "osa_beslut": (("fran", "till", True),),
    "planering": (("upprattad", "nasta_uppfoljning", False),),
}


def check_sheet(resolver: "Resolver", frame: Frame, values: Values, matched: Matched) -> None:
    """Tell every fault and warning between cells, rows and the store."""
    table = frame.sheet.table
    _check_orders(frame, values, ORDERS.get(table, ()))
    check = _CHECKS.get(table)
    if check:
        check(resolver, frame, values, matched)


def kon_of(tolv: str | None) -> str | None:
    """The kön that a stored number carries (R2); None for a reservnummer and for no number."""
    if tolv is None or not tolv.isdigit():
        return None
    return "M" if int(tolv[10]) % 2 else "K"


def _check_orders(frame: Frame, values: Values, orders: Iterable[tuple[str, str, bool]]) -> None:
    told: set[tuple[int, str]] = set()
    for first, then, is_fault in orders:
        pairs = zip(values[first], values[then], strict=True)
        wrong = [p for p, (a, b) in enumerate(pairs) if b is not None and a is not None and b < a]
        for place in wrong:
            if (place, then) in told:
                continue
            told.add((place, then))
            names = frame.sheet.by_field
            message = (
                f"Dagen ligger före {names[first].name} ({values[first][place]}). Kontrollera båda datumen."
            )
            (frame.fault if is_fault else frame.warn)(place, then, message)


def _check_kapacitet(resolver: "Resolver", frame: Frame, values: Values, matched: Matched) -> None:
    """No two rows of an enhet may cover the same day; an open row ends the day before the next."""
    spans: dict[int, list[tuple[str, str | None, int | None]]] = defaultdict(list)
    for place, (enhet, fran, till) in enumerate(
        zip(values["enhet_id"], values["fran"], values["till"], strict=True)
    ):
        if enhet is not None and fran is not None and place not in frame.bad:
            spans[enhet].append((fran, till, place))
    own = {row_id for row_id, _ in matched.values()}
    for row_id, enhet, fran, till in resolver.store.rows(
        "kapacitet", ["enhet_id", "fran", "till"], "enhet_id", set(spans)
    ):
        if row_id not in own and enhet in spans:
            spans[enhet].append((fran, till, None))
    for rows in spans.values():
        _find_overlaps(frame, sorted(rows, key=lambda row: row[0]))


def _find_overlaps(frame: Frame, rows: list[tuple[str, str | None, int | None]]) -> None:
    for (fran, till, place), (nasta, _, nasta_place) in pairwise(rows):
        if till is None or till < nasta:
            continue
        if nasta_place is not None:
            message = f"Raden börjar innan raden från {fran} slutar ({till}). Rätta från eller till."
            frame.fault(nasta_place, "fran", message)
        elif place is not None:
            frame.fault(place, "till", f"Raden slutar efter att nästa rad börjar ({nasta}). Rätta till.")


def _check_deltagare(resolver: "Resolver", frame: Frame, values: Values, matched: Matched) -> None:
    numbers = values["personnummer"]
    _find_shared_numbers(frame, numbers)
    _find_taken_numbers(resolver, frame, values, matched)
    for place, (typ, kon) in enumerate(zip(values["nummertyp"], values["kon"], strict=True)):
        if typ == "reservnummer" and kon is None and not _is_told_unknown(frame, place):
            frame.warn(place, "kon", "Ett reservnummer säger inget om kön. Fyll i K, M eller uppgift saknas.")


def _is_told_unknown(frame: Frame, place: int) -> bool:
    return "kon" in frame.cells and bool(str(frame.cells["kon"][place]).strip())


def _find_shared_numbers(frame: Frame, numbers: list[str | None]) -> None:
    first: dict[str, int] = {}
    for place, number in enumerate(numbers):
        if number is None:
            continue
        earlier = first.setdefault(number, place)
        if earlier != place:
            frame.fault(
                place,
                "personnummer",
                f"Numret står också på rad {frame.rows[earlier]}. Två deltagare kan inte ha samma nummer: "
                "rätta numret eller slå ihop raderna.",
            )


def _find_taken_numbers(resolver: "Resolver", frame: Frame, values: Values, matched: Matched) -> None:
    store = resolver.store
    if store.is_empty("deltagare"):
        return
    wanted = {n: p for p, n in enumerate(values["personnummer"]) if n is not None}
    after = {row_id: values["personnummer"][p] for p, (row_id, _) in matched.items() if p not in frame.bad}
    own = {place: row_id for place, (row_id, _) in matched.items()}
    for row_id, number, nummer in store.rows("deltagare", ["personnummer", "nummer"], "personnummer", wanted):
        place = wanted.get(number)
        if place is None or own.get(place) == row_id or after.get(row_id, number) != number:
            continue
        frame.fault(
            place,
            "personnummer",
            f"Numret hör redan till deltagare {nummer} i registret. Rätta numret eller använd det id:t.",
        )
    for _, number, owner in store.rows(
        "tidigare_nummer", ["personnummer", "deltagare_id"], "personnummer", wanted
    ):
        place = wanted.get(number)
        if place is not None and own.get(place) != owner:
            frame.warn(
                place,
                "personnummer",
                "Numret har tidigare hört till en annan deltagare. Kontrollera om det är samma person.",
            )


def _check_arende(_: "Resolver", frame: Frame, values: Values, __: Matched) -> None:
    for place, (beslut, utfall) in enumerate(zip(values["beslut"], values["utfall"], strict=True)):
        if (beslut is None) == (utfall is None) or place in frame.bad:
            continue
        if beslut is None:
            frame.warn(place, "utfall", "Utfall utan beslutsdag: ärendet följs inte. Fyll i beslut.")
        else:
            frame.warn(place, "beslut", "Beslut utan utfall: ärendet följs inte. Fyll i bifall eller avslag.")
    for place, (avslutat, orsak) in enumerate(zip(values["avslutat"], values["avslutsorsak"], strict=True)):
        if orsak is not None and avslutat is None and place not in frame.bad:
            frame.warn(place, "avslutsorsak", "Avslutsorsak utan dag för avslut. Fyll i avslutat.")


def _check_inskrivning(resolver: "Resolver", frame: Frame, values: Values, matched: Matched) -> None:
    for place, (avslutad, resultat) in enumerate(zip(values["avslutad"], values["resultat"], strict=True)):
        if (avslutad is None) == (resultat is None) or _told(frame, place, "avslutad", "resultat"):
            continue
        if resultat is None:
            frame.fault(place, "resultat", "Inskrivningen är avslutad men saknar resultat. Fyll i resultat.")
        else:
            frame.fault(
                place, "avslutad", "Resultat utan dag för avslut. Fyll i avslutad eller ta bort resultatet."
            )
    for place, (fran, till) in enumerate(zip(values["arbete_fran"], values["arbete_till"], strict=True)):
        if till is not None and fran is None and not _told(frame, place, "arbete_fran"):
            frame.fault(place, "arbete_fran", "Arbetet har ett slut men ingen början. Fyll i arbete från.")
    _check_stored_insatser(resolver, frame, values, matched)


def _told(frame: Frame, place: int, *fields: str) -> bool:
    """Whether one of the cells is already told to be faulty: then its being empty is no news."""
    return place in frame.bad and any(
        field in frame.values
        and frame.values[field][place] is None
        and str(frame.cells[field][place]).strip() != ""
        for field in fields
    )


def _check_stored_insatser(resolver: "Resolver", frame: Frame, values: Values, matched: Matched) -> None:
    """Insatser that the file leaves alone must still fit when their inskrivning gets other days."""
    moved: dict[int, int] = {}
    for place, (row_id, _) in matched.items():
        if place not in frame.bad:
            moved[row_id] = place
    insatser = resolver.frames["Insatser"]
    in_file = set(insatser.values.get("nummer", ()))
    for _, nummer, owner, start, slut in resolver.store.rows(
        "insats", ["nummer", "inskrivning_id", "start", "slut"], "inskrivning_id", set(moved)
    ):
        if owner not in moved or nummer in in_file:
            continue
        place = moved[owner]
        inskriven, avslutad = values["inskriven"][place], values["avslutad"][place]
        if start < inskriven:
            message = f"Insatsen {nummer} i registret börjar tidigare ({start}). Rätta dagen eller insatsen."
            frame.fault(place, "inskriven", message)
        elif avslutad is not None and (slut is None or slut > avslutad):
            message = (
                f"Insatsen {nummer} i registret slutar inte före avslutet. Ta med den i filen och rätta den."
            )
            frame.fault(place, "avslutad", message)


def _spans(
    resolver: "Resolver", sheet: str, fields: tuple[str, ...], wanted: set[Any]
) -> dict[int, tuple[Any, ...]]:
    """Columns of the rows with these ids, from the file where they stand there, else from the store."""
    found: dict[int, tuple[Any, ...]] = {}
    if sheet in resolver.row_ids:
        columns = [resolver.merged[sheet][field] for field in fields]
        found = {
            row_id: row
            for row_id, row in zip(resolver.row_ids[sheet], zip(*columns, strict=True), strict=True)
            if row_id is not None
        }
    missing = wanted - found.keys() - {None}
    table = resolver.frames[sheet].sheet.table
    for row_id, *row in resolver.store.rows(table, fields, "id", missing):
        if row_id in missing:
            found[row_id] = tuple(row)
    return found


def _check_insats(resolver: "Resolver", frame: Frame, values: Values, _: Matched) -> None:
    owners = values["inskrivning_id"]
    spans = _spans(resolver, "Inskrivningar", ("inskriven", "avslutad"), set(owners))
    unknown = (None, None)
    for place, (owner, start, slut) in enumerate(zip(owners, values["start"], values["slut"], strict=True)):
        inskriven, avslutad = spans.get(owner, unknown)
        if start is not None and inskriven is not None and start < inskriven:
            message = f"Insatsen börjar före inskrivningen ({inskriven}). Rätta start eller inskriven."
            frame.fault(place, "start", message)
        if avslutad is not None:
            _check_end(frame, place, start, slut, avslutad)


def _check_end(frame: Frame, place: int, start: str | None, slut: str | None, avslutad: str) -> None:
    late = start is not None and start > avslutad
    if late:
        message = f"Insatsen börjar efter att inskrivningen avslutats ({avslutad}). Rätta start."
        frame.fault(place, "start", message)
    if slut is not None and slut > avslutad:
        message = f"Insatsen slutar efter att inskrivningen avslutats ({avslutad}). Rätta slut."
        frame.fault(place, "slut", message)
    elif slut is None and not late and not _told(frame, place, "slut"):
        message = f"Inskrivningen avslutades {avslutad}, så insatsen måste ha ett slut. Fyll i slut."
        frame.fault(place, "slut", message)


def check_osa(resolver: "Resolver") -> None:
    """Warn about each OSA-anställning of the file without decisions that cover it.

    Covered is the first day, and with an end every day to the end; a decision that runs out while the
    placement goes on is work to do, not a fault of the file.
    """
    from db.exchange.catalogues import names

    frame, ids = resolver.frames["Insatser"], resolver.row_ids.get("Insatser")
    if not ids:
        return
    values = resolver.merged["Insatser"]
    known = {**names(resolver.store, "insatstyp"), **resolver.known.get("Insatstyper", {})}
    osa = known.get(OSA_ANSTALLNING.casefold())
    placed = {p for p, typ in enumerate(values["insatstyp_id"]) if typ == osa and p not in frame.bad}
    beslut = _beslut(resolver, {ids[place] for place in placed})
    for place in sorted(placed):
        start = date.fromisoformat(values["start"][place])
        slut = date.fromisoformat(values["slut"][place] or values["start"][place])
        if lacks_beslut(start, slut, beslut.get(ids[place], ()), start, slut):
            frame.warn(
                place,
                "insatstyp_id",
                "Det saknas beslut som täcker hela OSA-anställningen. Lägg till det i bladet OSA-beslut.",
            )


def _beslut(resolver: "Resolver", insatser: set[int | None]) -> dict[int | None, list[Beslut]]:
    found: dict[int | None, list[Beslut]] = defaultdict(list)
    in_file: set[int] = set()
    if "OSA-beslut" in resolver.merged:
        values, frame = resolver.merged["OSA-beslut"], resolver.frames["OSA-beslut"]
        in_file = {row_id for row_id in resolver.row_ids["OSA-beslut"] if row_id is not None}
        rows = zip(values["insats_id"], values["fran"], values["till"], strict=True)
        for place, (insats, fran, till) in enumerate(rows):
            if place not in frame.bad:
                found[insats].append((date.fromisoformat(fran), date.fromisoformat(till)))
    for row_id, insats, fran, till in resolver.store.rows(
        "osa_beslut", ["insats_id", "fran", "till"], "insats_id", insatser
    ):
        if row_id not in in_file:
            found[insats].append((date.fromisoformat(fran), date.fromisoformat(till)))
    return found


def _check_narvaro(resolver: "Resolver", frame: Frame, values: Values, _: Matched) -> None:
    owners = values["insats_id"]
    spans = _spans(resolver, "Insatser", ("start", "slut"), set(owners))
    unknown = (None, None)
    for place, (owner, datum) in enumerate(zip(owners, values["datum"], strict=True)):
        start, slut = spans.get(owner, unknown)
        if datum is None or start is None:
            continue
        if datum < start or (slut is not None and datum > slut):
            frame.warn(
                place, "datum", f"Dagen ligger utanför insatsen ({start}–{slut or ''}). Kontrollera dagen."
            )


def _check_bip(resolver: "Resolver", frame: Frame, values: Values, _: Matched) -> None:
    skala = resolver.bip_skala
    for place, varde in enumerate(values["varde"]):
        if varde is not None and varde > skala:
            frame.fault(place, "varde", f"Talet ska vara från 1 till {skala}. Rätta det.")
    known = {name.casefold(): name for name in BIP_INDIKATORER}
    labels = values["indikator"]
    strange = {label for label in labels if label is not None and label not in BIP_INDIKATORER}
    for place, label in enumerate(labels):
        if label in strange and label.casefold() not in known:
            frame.fault(place, "indikator", f"Indikatorn är okänd. Skriv {', '.join(BIP_INDIKATORER)}.")


def _check_delegationsbeslut(resolver: "Resolver", frame: Frame, values: Values, matched: Matched) -> None:
    check_lopnummer(resolver, frame, values, matched)
    idag = resolver.idag.isoformat()
    for place, datum in enumerate(values["datum"]):
        if datum is not None and datum > idag:
            frame.warn(place, "datum", "Dagen har inte varit ännu. Kontrollera den.")
    for falt in ("arendetyp", "lagrum", "delegationspunkt", "beslut"):
        for place, text in enumerate(values[falt]):
            if text and has_number(text):
                frame.warn(place, falt, "Texten ser ut att innehålla ett personnummer. Ta bort det.")
            elif text and falt in ("arendetyp", "beslut") and find_name(text):
                frame.warn(
                    place, falt, "Texten ser ut att innehålla ett namn. Listan till nämnden ska vara utan."
                )


def _check_indikatorvarde(resolver: "Resolver", frame: Frame, values: Values, _: Matched) -> None:
    check_indikatorvarden(resolver, frame, values)


_CHECKS: dict[str, Callable[["Resolver", Frame, Values, Matched], None]] = {
    "kapacitet": _check_kapacitet,
    "deltagare": _check_deltagare,
    "arende": _check_arende,
    "inskrivning": _check_inskrivning,
    "insats": _check_insats,
    "narvaro": _check_narvaro,
    "bip": _check_bip,
    "delegationsbeslut": _check_delegationsbeslut,
    "indikatorvarde": _check_indikatorvarde,
}
