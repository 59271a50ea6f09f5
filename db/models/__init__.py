"""All tables of the register; importing this module makes `Base.metadata` complete."""

from db.models.arende import Arende, Bistandsmanad, Undantag
from db.models.base import Base
from db.models.historik import Andring, Handelse, Importomgang
from db.models.insats import Insats, Narvaro, OsaBeslut
from db.models.inskrivning import Bip, Inskrivning, Planering, Stegperiod
from db.models.katalog import Enhet, Insatstyp, Installning, Kapacitet, Kostnad, Medarbetare, Resultat, Steg
from db.models.mote import Mote
from db.models.namnd import Delegationsbeslut, Indikatorvarde
from db.models.person import Deltagare, Hushall, Sokord, TidigareNummer

__all__ = [
    "Andring",
    "Arende",
    "Base",
    "Bip",
    "Bistandsmanad",
    "Delegationsbeslut",
    "Deltagare",
    "Enhet",
    "Handelse",
    "Hushall",
    "Importomgang",
    "Indikatorvarde",
    "Insats",
    "Insatstyp",
    "Inskrivning",
    "Installning",
    "Kapacitet",
    "Kostnad",
    "Medarbetare",
    "Mote",
    "Narvaro",
    "OsaBeslut",
    "Planering",
    "Resultat",
    "Sokord",
    "Steg",
    "Stegperiod",
    "TidigareNummer",
    "Undantag",
]
