"""Invented reports for the writers' tests: an ordinary one, and the awkward ones."""

from dataclasses import replace

from db.rules.figurer import Avsnitt, Konsvarden, Rad, Rapport

HOSTILE = (
    "<b>&</para>",
    '<img src="/etc/passwd"/>',
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "+46",
    "</para><para>",
    "]]>&amp;<!--",
    "(\\) EMC Q %place 0 sida 1",
    "日本語 😀 \u202etxt.exe",
    "rad ett\nrad två\ttabb",
)


def rad(
    row_id: str,
    label: str,
    now: tuple[float | None, ...],
    before: tuple[float | None, ...] = (None, None, None),
    **more: object,
) -> Rad:
    """A row from (kvinnor, män, totalt[, uppgift saknas]) for the period and the one before."""
    fields: dict[str, object] = {"enhet": "antal", "dolda": {}, "jamforelse_dolda": {}, **more}
    return Rad(id=row_id, etikett=label, varde=_values(now), jamforelse=_values(before), **fields)  # type: ignore[arg-type]


def _values(numbers: tuple[float | None, ...]) -> Konsvarden:
    return Konsvarden(*numbers[:2], numbers[3] if len(numbers) > 3 else 0, numbers[2])


def avslut_rapport() -> Rapport:
    """An ordinary report: three sections, a hidden row, uppgift saknas, a row without kön, comparison."""
    return Rapport(
        rapport="avslut",
        titel="Avslut och vad de ledde till",
        period=("2024-01-01", "2024-08-31"),
        per="2024-08-31",
        period_namn="Delår augusti 2024",
        jamforelse_period=("2023-01-01", "2023-08-31"),
        jamforelse_namn="samma period 2023",
        kommun="Exempelkommun",
        namnd="Arbetsmarknadsnämnden",
        uttag="2024-09-09",
        demo=True,
        avsnitt=(_orsaker(), _andelar(), _platser()),
    )


def _orsaker() -> Avsnitt:
    rows = (
        rad(
            "avslut.totalt",
            "Alla avslut",
            (418, 344, 764, 2),
            (409, 327, 736),
            nyckeltal=True,
            definition="Inskrivningar som avslutades. Den som avslutades två gånger räknas två gånger.",
        ),
        rad(
            "avslut.a_arbete",
            "Arbete",
            (118, 128, 246),
            (104, 118, 222),
            niva=1,
            nyckeltal=True,
            definition="Arbete på den reguljära arbetsmarknaden i minst en månad, med eller utan stöd.",
        ),
        rad(
            "avslut.b_studier",
            "Studier",
            (79, 60, 139),
            (76, 52, 128),
            niva=1,
            definition="Studier som berättigar till studiemedel.",
        ),
        rad("avslut.c_annan_myndighet", "Annan myndighet", (58, 47, 105), (61, 48, 109), niva=1),
        rad("avslut.d_slutfort", "Slutfört uppdrag", (69, 36, 105), (74, 38, 112), niva=1),
        rad("avslut.e_ovrigt", "Övriga orsaker", (94, 73, 169, 2), (94, 71, 165), niva=1),
    )
    return Avsnitt(
        rubrik="Avslut efter orsak",
        rader=rows,
        diagram="fordelning",
        ingress=(
            "764 avslut gjordes under perioden. 385 av dem, 51 procent, ledde till arbete eller studier. "
            "Det är tre procentenheter mer än förra året."
        ),
    )


def _andelar() -> Avsnitt:
    rows = (
        rad(
            "avslut.andel_arbete_studier",
            "Andel till arbete eller studier",
            (47.1, 54.65, 50.5),
            (44.0, 52.0, 47.6),
            enhet="andel",
            nyckeltal=True,
            definition="Avslut till arbete eller studier, delat med alla avslut.",
        ),
        rad(
            "avslut.andel_ej_ateraktualiserade",
            "Andel som inte har återkommit inom ett år",
            (64.0, 74.2, 69.0),
            (61.0, 73.0, 67.0),
            enhet="andel",
            nyckeltal=True,
        ),
        rad(
            "avslut.andel_liten",
            "Andel i liten grupp",
            (None, None, 40.0),
            (50.0, 50.0, 50.0),
            enhet="andel",
            dolda={"kvinnor": "<5", "man": ".."},
        ),
        rad(
            "avslut.vantetid",
            "Väntetid, median",
            (16.5, 15, 16, 0),
            (17, 15, 21),
            enhet="dagar",
            nyckeltal=True,
        ),
    )
    return Avsnitt(
        "Andel till arbete eller studier",
        rows,
        "Kvinnor når arbete eller studier mer sällan än män, 47 procent mot 55.",
        "andel",
    )


def _platser() -> Avsnitt:
    rows = (
        rad("osa.anstallning", "OSA-anställning", (31, 48, 79), (26, 40, 66), nyckeltal=True),
        rad("osa.praktik_infor", "Praktik inför OSA", (5, 8, 13), (5, 6, 11)),
        rad(
            "osa.overgang",
            "Övergång till annan anställning",
            (None, None, 6),
            (0, None, None),
            dolda={"kvinnor": "<5", "man": ".."},
            jamforelse_dolda={"man": "<5", "totalt": "<5"},
        ),
        rad(
            "belaggning.kostnad",
            "Kostnad per intern plats",
            (None, None, 238123.4),
            (None, None, 244000),
            enhet="kr",
            konsuppdelad=False,
        ),
    )
    return Avsnitt(
        "Offentligt skyddat arbete (OSA)",
        rows,
        "79 personer hade en OSA-anställning, 13 fler än förra året.",
        "staplar",
    )


def without_comparison(rapport: Rapport) -> Rapport:
    """The same report on its own."""
    nothing = Konsvarden()
    avsnitt = tuple(
        replace(
            part, rader=tuple(replace(row, jamforelse=nothing, jamforelse_dolda={}) for row in part.rader)
        )
        for part in rapport.avsnitt
    )
    return replace(rapport, avsnitt=avsnitt, jamforelse_period=None, jamforelse_namn="")


def all_hidden() -> Rapport:
    """Every figure of every row hidden, in both periods."""
    marks = {"kvinnor": "<5", "man": "<5", "totalt": ".."}
    rapport = avslut_rapport()
    avsnitt = tuple(
        replace(
            part,
            ingress="",
            rader=tuple(
                replace(row, varde=Konsvarden(), jamforelse=Konsvarden(), dolda=marks, jamforelse_dolda=marks)
                for row in part.rader
            ),
        )
        for part in rapport.avsnitt
    )
    return replace(rapport, avsnitt=avsnitt)


def empty_rapport() -> Rapport:
    """A period in which nothing happened."""
    rows = (
        rad("avslut.totalt", "Alla avslut", (0, 0, 0)),
        rad("avslut.andel", "Andel", (None,) * 3, enhet="andel"),
    )
    return replace(
        without_comparison(avslut_rapport()),
        avsnitt=(Avsnitt("Avslut efter orsak", rows, diagram="staplar"), Avsnitt("Tomt avsnitt", ())),
    )


def long_rapport(rows: int = 40, sections: int = 1) -> Rapport:
    """Tables over several pages, in groups of one and three parts."""
    labels = ("Interna platser", "Återbruket", "Park och natur", "Kök och café")
    made = tuple(
        rad(
            f"belaggning.enhet.{number}",
            f"{labels[number % 4]} {number}",
            (number * 7 + 10, number * 5 + 11, number * 12 + 21),
            (number * 6 + 10, number * 5 + 10, number * 11 + 20),
            niva=int(number % 4 > 0),
        )
        for number in range(rows)
    )
    part = Avsnitt("Beläggning på kommunens platser", made, "Så här många platser var belagda.", "staplar")
    return replace(
        avslut_rapport(),
        avsnitt=tuple(replace(part, rubrik=f"{part.rubrik} {n + 1}") for n in range(sections)),
    )


def hostile_rapport() -> Rapport:
    """Markup, formulas, control characters and very long words in every text that comes from data."""
    texts = [*HOSTILE, "Arbetsmarknadsanställningsverksamhetssamordning" * 3, "Mycket lång benämning " * 12]
    rows = tuple(
        rad(
            f"insats.{index}",
            text,
            (10 + index, 20, 30 + index),
            (1234567, 7654321, 8888888),
            definition=f"{text} {text}",
        )
        for index, text in enumerate(texts)
    )
    nasty = "<b>&</para> =1+1 (\\) " * 4
    avsnitt = (Avsnitt(nasty, rows, nasty, "staplar"), Avsnitt(nasty, rows[:4], nasty, "fordelning"))
    return replace(avslut_rapport(), avsnitt=avsnitt, titel=nasty, kommun=nasty, namnd=nasty)
