"""What the rows of each table are called, one and many."""

from collections.abc import Iterable

from db.queries.papperskorg import PapperskorgRow
from desktop.formatting import plural
from desktop.i18n import tr

NAMES = {
    "deltagare": ("deltagare", "deltagare"),
    "tidigare_nummer": ("tidigare nummer", "tidigare nummer"),
    "hushall": ("hushåll", "hushåll"),
    "arende": ("ärende", "ärenden"),
    "undantag": ("undantag", "undantag"),
    "bistandsmanad": ("biståndsmånad", "biståndsmånader"),
    "inskrivning": ("inskrivning", "inskrivningar"),
    "stegperiod": ("steg", "steg"),
    "insats": ("insats", "insatser"),
    "osa_beslut": ("OSA-beslut", "OSA-beslut"),
    "osa_uppfoljning": ("OSA-uppföljning", "OSA-uppföljningar"),
    "planering": ("planering", "planeringar"),
    "planeringssteg": ("steg i planeringen", "steg i planeringen"),
    "uppfoljning": ("uppföljning", "uppföljningar"),
    "mote": ("möte", "möten"),
    "narvaro": ("närvarorad", "närvarorader"),
    "narvaroschema": ("schemarad", "schemarader"),
    "bip": ("BIP-svar", "BIP-svar"),
    "bipplan": ("datum för BIP", "datum för BIP"),
    "anteckning": ("anteckning", "anteckningar"),
    "anteckningsmall": ("mall", "mallar"),
    "dokument": ("dokument", "dokument"),
    "enhet": ("enhet", "enheter"),
    "kapacitet": ("antal platser", "antal platser"),
    "kostnad": ("kostnad", "kostnader"),
    "insatstyp": ("insatstyp", "insatstyper"),
    "delegationsbeslut": ("delegationsbeslut", "delegationsbeslut"),
    "indikatorvarde": ("indikatorvärde", "indikatorvärden"),
    "installning": ("inställning", "inställningar"),
    "medarbetare": ("medarbetare", "medarbetare"),
    "sparad_lista": ("sparad lista", "sparade listor"),
    "uppskjuten": ("uppskjuten rad", "uppskjutna rader"),
    "passerad_varning": ("passerad varning", "passerade varningar"),
    "platsko": ("plats i kön", "platser i kön"),
    "undantagsgranskning": ("granskning av undantag", "granskningar av undantag"),
    "avstamning": ("avstämning", "avstämningar"),
    "steg": ("steg i flödet", "steg i flödet"),
    "plan": ("plan", "planer"),
    "planmal": ("mål", "mål"),
    "planaktivitet": ("aktivitet", "aktiviteter"),
    "planindikator": ("indikator", "indikatorer"),
    "planvarde": ("värde i en plan", "värden i en plan"),
    "malbedomning": ("bedömning", "bedömningar"),
    "aktivitetsstatus": ("läge för en aktivitet", "lägen för aktiviteter"),
    "plankommentar": ("kommentar", "kommentarer"),
    "koladavarde": ("värde från Kolada", "värden från Kolada"),
    "fryst_rapport": ("fryst rapport", "frysta rapporter"),
    "rapportutskrift": ("rapport som lämnats ut", "rapporter som lämnats ut"),
    "namndbehandling": ("sammanträde för en rapport", "sammanträden för rapporter"),
}
PEOPLE = 3  # named in a row; the others are counted


def name_content(row: PapperskorgRow) -> str:
    """What an act was about: "1 insats, 4 närvarorader"."""
    return count_rows(row.innehall)


def count_rows(counts: Iterable[tuple[str, int]]) -> str:
    """Rows by table: "1 insats, 4 närvarorader"."""
    words = ((count, NAMES.get(tabell, (tr("rad"), tr("rader")))) for tabell, count in counts)
    return ", ".join(plural(count, tr(one), tr(many)) for count, (one, many) in words)


def name_people(row: PapperskorgRow) -> str:
    """ "Hodan Rönnstig", "Bo Å, Cia Ö, Dan Ä och 2 till"."""
    names = [namn for _, namn in row.personer]
    more = f" {tr('och')} {len(names) - PEOPLE} {tr('till')}" if len(names) > PEOPLE else ""
    return ", ".join(names[:PEOPLE]) + more
