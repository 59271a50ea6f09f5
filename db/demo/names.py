"""Invented people: given names in use in Sweden today, family names made up or common in many countries."""

from typing import NamedTuple


class Bakgrund(NamedTuple):
    """Names that go together, the language, the share of the people, and whether they are born abroad."""

    kvinnor: tuple[str, ...]
    man: tuple[str, ...]
    efternamn: tuple[str, ...]
    sprak: str
    andel: int
    utrikes: bool


KVINNOR_SV = (
    "Elin",
    "Saga",
    "Birgitta",
    "Åsa",
    "Malin",
    "Ritva",
    "Ingrid",
    "Asta",
    "Linnéa",
    "Gunvor",
    "Tove",
    "Märta",
    "Annika",
    "Sanna",
    "Karin",
    "Ebba",
    "Ulrika",
    "Disa",
    "Greta",
    "Maj-Britt",
    "Anna-Lena",
    "Siv",
    "Petra",
    "Ylva",
)
MAN_SV = (
    "Åke",
    "Kent",
    "Petter",
    "Jonas",
    "Björn",
    "Örjan",
    "Göran",
    "Erik",
    "Ivar",
    "Casper",
    "Sören",
    "Lars-Erik",
    "Håkan",
    "Oskar",
    "Viktor",
    "Tommy",
    "Adrian",
    "Emil",
    "Jan-Olof",
    "Mårten",
    "Kalle",
    "Rasmus",
    "Ove",
    "Pär",
)
EFTERNAMN_SV = (
    "Granvret",
    "Lövmo",
    "Rönnstig",
    "Fjällmo",
    "Älgmyra",
    "Utterdal",
    "Ekbacke",
    "Dalstig",
    "Åkervret",
    "Östanmyr",
    "Björkvret",
    "Vindstig",
    "Måsvik",
    "Tallmyra",
    "Sävhult",
    "Ängstig",
    "Kärrlund",
    "Hasselvik",
    "Örnmo",
    "Stenvret",
    "Åmyra",
    "Lindhult",
    "Snöstig",
    "Alvret",
    "Häggmo",
    "Ripdal",
    "Öhult",
    "Vassmyra",
    "Ljungstig",
    "Ådalsmo",
)

BAKGRUNDER = (
    Bakgrund(KVINNOR_SV, MAN_SV, EFTERNAMN_SV, "svenska", 52, False),
    Bakgrund(
        ("Hodan", "Hawa", "Amina", "Sagal", "Fadumo", "Ifrah", "Zamzam", "Ayaan"),
        ("Yusuf", "Abdi", "Liban", "Mahad", "Ilyas", "Guled", "Warsan", "Said"),
        ("Warsame", "Guleed", "Farah Ali", "Jimaale", "Samatar", "Dirie", "Hirsi Nur"),
        "somaliska",
        11,
        True,
    ),
    Bakgrund(
        ("Leyla", "Zeinab", "Farah", "Rana", "Samira", "Nour", "Hanan", "Dalal"),
        ("Samir", "Faisal", "Hassan", "Karim", "Ziad", "Nabil", "Omar", "Tarek"),
        ("Al-Khalil", "Haddadin", "Sabbaghi", "Darwishe", "El-Amari", "Nassrallah", "Qasimi"),
        "arabiska",
        15,
        True,
    ),
    Bakgrund(
        ("Tsega", "Aster", "Selam", "Rahwa", "Mihret", "Luam"),
        ("Dawit", "Tesfay", "Yonas", "Filmon", "Abel", "Merhawi"),
        ("Tesfazghi", "Gebremaryam", "Habtesion", "Woldeab", "Kidaneab"),
        "tigrinska",
        8,
        True,
    ),
    Bakgrund(
        ("Parisa", "Shirin", "Maryam", "Nasrin", "Laleh"),
        ("Reza", "Navid", "Farhad", "Milad", "Ahmadzia"),
        ("Rostamian", "Noorzaei", "Ahmadiyan", "Karimiyar", "Sohrabian"),
        "dari",
        7,
        True,
    ),
    Bakgrund(
        ("Olena", "Iryna", "Danuta", "Jelena", "Mirela", "Agnieszka"),
        ("Andrij", "Piotr", "Goran", "Zoran", "Bogdan", "Mykola"),
        ("Kowalczewska", "Petrenkova", "Horvatin", "Šimunek", "Ionescaru", "Żurawski"),
        "ukrainska",
        5,
        True,
    ),
    Bakgrund(
        ("Ceren", "Elif", "Zerya", "Rojin"),
        ("Adem", "Baran", "Serhat", "Aram"),
        ("Özkılıç", "Demirbaş", "Karayel", "Aslanoğlu"),
        "kurdiska",
        2,
        True,
    ),
)

OMRADEN = ("Centrum", "Norra Åby", "Söderäng", "Östermyra", "Västerhöjd", "Ängsgården")

STAB = (
    ("elin.masvik", "Elin Måsvik", "handläggare"),
    ("jonas.ripdal", "Jonas Ripdal", "handläggare"),
    ("sanna.vretback", "Sanna Vretbäck", "handläggare"),
    ("amir.sabbaghi", "Amir Sabbaghi", "handläggare"),
    ("patrik.angstig", "Patrik Ängstig", "koordinator"),
    ("leila.ekbacke", "Leila Ekbacke", "koordinator"),
    ("ove.tallmyra", "Ove Tallmyra", "koordinator"),
    ("karin.orndal", "Karin Örndal", "chef"),
)

ENHETER = (
    ("Återbruket", "intern", "Kommunen"),
    ("Kök & café, Arena", "intern", "Kommunen"),
    ("Stadsträdgården", "intern", "Kommunen"),
    ("Snickeriet", "intern", "Kommunen"),
    ("Cykelverkstaden", "intern", "Kommunen"),
    ("Textil och tvätt", "intern", "Kommunen"),
    ("Jobbtorget", "intern", "Kommunen"),
    ("Lärbron", "extern", "Lärbron AB"),
    ("Vårdlotsen", "extern", "Vårdlotsen"),
    ("Föreningen Bryggan", "extern", "Bryggan"),
    ("Yrkesporten", "extern", "Yrkesporten"),
    ("Flera arbetsgivare", "extern", "Flera arbetsgivare"),
)
