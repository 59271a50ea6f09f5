"""The plans that the program carries with it, read once, and plans made up by hypothesis."""

from functools import cache
from pathlib import Path
from string import ascii_lowercase

from hypothesis import strategies as st

from db.exchange.planfil import list_planmallar
from db.rules.koder import Bedomningsskala, Indikatorslag
from db.rules.plan import (
    ENHETER,
    INGAENDE,
    NIVAER,
    Aktivitet,
    Arshjul,
    Indikator,
    Mal,
    Plandokument,
    Varde,
)

ALLA_NYCKLAR = Path(__file__).parent.parent / "data" / "planer" / "alla-nycklar.toml"
KODER = ("botkyrka-2011", "linkoping-2024", "sodertalje-2014", "sodertalje-2024", "uppsala-2024")


@cache
def planmallar() -> dict[str, Plandokument]:
    """The five plans by kod."""
    return {mall.kod: mall.plan for mall in list_planmallar()}


# What a plan may print: quotes, markup, line breaks, signs of other alphabets.
_text = st.text(
    st.one_of(
        st.sampled_from("abcåäö \n\t\"'\\#[]{}=<>&%"),
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x7f"),
    ),
    max_size=30,
)
_needed = _text.filter(str.strip)
_tal = st.none() | st.decimals(-(10**6), 10**6, places=2).map(str) | st.integers(-999, 10**6).map(str)
_nummer = st.sampled_from(("", "1.2"))
_regel = _text | st.lists(_text) | st.integers(-9, 9) | st.booleans()
_perioder = ("2022", "2023", "2023-08", "2024-T1", "2014-T3", INGAENDE)


@st.composite
def _varden(draw: st.DrawFn) -> tuple[Varde, ...]:
    perioder = draw(st.lists(st.sampled_from(_perioder), unique=True, max_size=3))
    ut = []
    for period in perioder:
        text = draw(st.none() | st.sampled_from(("I.U", "öka", "≥0", "Utifrån budget")))
        tal = draw(st.tuples(_tal, _tal, _tal))
        varde = Varde(period, *tal, text)
        ut.append(varde if varde != Varde(period) else Varde(period, totalt="50.0"))
    return tuple(ut)


@st.composite
def plandokument(draw: st.DrawFn) -> Plandokument:
    """Any plan that a file may hold."""
    koder = draw(
        st.lists(
            st.text(ascii_lowercase + "åäö-. '\"", min_size=1, max_size=8).filter(lambda k: k == k.strip()),
            unique=True,
            max_size=9,
        )
    )
    delning = draw(st.integers(0, len(koder)))
    mal_koder, indikator_koder = koder[:delning], koder[delning:]
    mal = tuple(
        Mal(
            kod, draw(st.sampled_from(list(NIVAER))), draw(_needed),
            draw(st.sampled_from(["", *mal_koder[:plats]])), draw(_text.map(lambda t: t[:5])), draw(_text),
        )
        for plats, kod in enumerate(mal_koder)
    )  # fmt: skip
    owner = st.sampled_from(["", *mal_koder])
    indikatorer = [
        Indikator(
            kod, draw(_needed), draw(st.sampled_from(list(ENHETER))), draw(st.booleans()),
            draw(st.sampled_from(Indikatorslag)), draw(owner), draw(_text), draw(_text),
            draw(st.sampled_from(("", "avslut.totalt"))), draw(_text), draw(st.sampled_from(("", "U40455"))),
            draw(_varden()), draw(_varden()), draw(_nummer), draw(st.sampled_from(("", "gul"))),
        )
        for kod in indikator_koder
    ]  # fmt: skip
    return Plandokument(
        draw(_needed), draw(_needed), draw(st.integers(1900, 2999)), draw(_text), draw(_text),
        draw(st.sampled_from(Bedomningsskala)),
        tuple(draw(st.lists(st.sampled_from(_perioder), max_size=2))),
        mal,
        tuple(draw(st.lists(st.builds(Aktivitet, _needed, owner, _nummer, _text), max_size=4))),
        tuple(i for i in indikatorer if i.slag is Indikatorslag.INDIKATOR),
        tuple(i for i in indikatorer if i.slag is Indikatorslag.VOLYM),
        draw(st.dictionaries(_needed, _regel, max_size=2)),
        tuple(draw(st.lists(st.builds(Arshjul, _needed, st.lists(_text).map(tuple)), max_size=2))),
    )  # fmt: skip
