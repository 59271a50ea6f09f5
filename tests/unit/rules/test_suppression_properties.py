"""Hiding holds for any report (R12): properties, and an attacker who tries every table that fits a print."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.rules import suppression_moves
from db.rules.figurer import KON_NYCKLAR, Figur, Summa
from db.rules.suppression import derivable, hide
from tests.unit.rules.attack import Attacker, count_row, counts, share_row

Report = tuple[list[Figur], list[Summa], int]
Triple = tuple[int, int, int]

fast = settings(derandomize=True, deadline=None, max_examples=80)


def _add(rader: Sequence[Triple]) -> Triple:
    return (sum(r[0] for r in rader), sum(r[1] for r in rader), sum(r[2] for r in rader))


@st.composite
def reports(draw: st.DrawFn, most: int = 9, rows: int = 3) -> Report:
    """Rows by kön with a total, a subtotal and shares of all kinds, and a threshold."""
    troskel = draw(st.sampled_from([5, 5, 3]))
    tal = st.integers(0, most)
    delar = draw(st.lists(st.tuples(tal, tal, st.sampled_from([0, 0, 0, 1, 6])), min_size=1, max_size=rows))
    namn = [f"d{i}" for i in range(len(delar))]
    figurer = [count_row(n, *d) for n, d in zip(namn, delar, strict=True)]
    summor = []
    hel = _add(delar)
    if draw(st.booleans()):
        figurer.append(count_row("hel", *hel))
        summor.append(Summa("hel", tuple(namn)))
    if len(delar) > 2 and draw(st.booleans()):
        figurer.append(count_row("mellan", *_add(delar[:2])))
        summor.append(Summa("mellan", ("d0", "d1")))
    if draw(st.booleans()):
        bas = draw(st.sampled_from(["hel", "bas"]))
        figurer.append(share_row("andel", counts(*delar[0]), counts(*hel), "d0", bas))
        if len(delar) > 1 and draw(st.booleans()):
            taljare = draw(st.sampled_from(["d1", ""]))
            figurer.append(share_row("andel2", counts(*delar[1]), counts(*hel), taljare, bas))
        if len(delar) > 2 and draw(st.booleans()):
            figurer.append(share_row("andel3", counts(*_add(delar[:2])), counts(*hel), namnare_id=bas))
            summor.append(Summa("andel3", ("d0", "d1")))
    return figurer, summor, troskel


@fast
@given(reports(most=40, rows=8))
def test_nothing_small_is_shown(report: Report) -> None:
    """R12: counts of 1-4, and shares with such a numerator, complement or base."""
    figurer, summor, troskel = report
    dolda = hide(figurer, summor, troskel)
    for figur in figurer:
        for k in KON_NYCKLAR:
            behind = [figur.varde.get(k)] if figur.enhet == "antal" else []
            if figur.taljare is not None and figur.namnare is not None:
                t, n = figur.taljare.get(k) or 0, figur.namnare.get(k) or 0
                behind = [t, n, n - t] if n else []
            if any(v is not None and 0 < v < troskel for v in behind):
                assert k in dolda[figur.id]


@fast
@given(reports(most=40, rows=8))
def test_marks_say_what_they_mean(report: Report) -> None:
    """`<5` only for a count of 1-4; `..` else."""
    figurer, summor, troskel = report
    dolda = hide(figurer, summor, troskel)
    for figur in figurer:
        for k, mark in dolda[figur.id].items():
            varde = figur.varde.get(k)
            assert varde is not None
            assert mark == ".." or (mark == f"<{troskel}" and figur.enhet == "antal" and 0 < varde < troskel)


@fast
@given(reports(most=40, rows=8))
def test_nothing_small_nothing_hidden(report: Report) -> None:
    """Reports without small numbers are shown whole."""
    figurer, summor, _ = report
    assert hide(figurer, summor, 1) == {f.id: {} for f in figurer}


@fast
@given(reports(most=40, rows=8), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(report: Report, rnd: object) -> None:
    """The same report is hidden the same way every time."""
    figurer, summor, troskel = report
    assert hide(figurer[::-1], summor[::-1], troskel) == hide(figurer, summor, troskel)


@fast
@given(reports(most=40, rows=8))
def test_the_audit_finds_nothing(report: Report) -> None:
    figurer, summor, troskel = report
    assert derivable(figurer, summor, hide(figurer, summor, troskel), troskel) == []


@fast
@given(reports())
def test_no_attacker_gets_through(report: Report) -> None:
    """Every hidden count could be another number, in some table that prints exactly the same."""
    figurer, summor, troskel = report
    assert (
        Attacker(figurer, summor, hide(figurer, summor, troskel), troskel, _highest(figurer) + 2).worked_out()
        == []
    )


@fast
@given(reports(most=6, rows=2), st.data())
def test_the_audit_misses_nothing_that_the_attacker_finds(report: Report, data: st.DataObject) -> None:
    """Hidden at random instead, the audit names all that the attacker works out."""
    figurer, summor, troskel = report
    dolda: dict[str, dict[str, str]] = {}
    for figur in figurer:
        keys = [k for k in KON_NYCKLAR if figur.varde.get(k)]
        chosen = data.draw(st.sets(st.sampled_from(keys))) if keys else set()
        dolda[figur.id] = {k: _mark(figur, k, troskel) for k in sorted(chosen)}
    named = {(rad, k) for rad, k, _ in derivable(figurer, summor, dolda, troskel)}
    attacker = Attacker(figurer, summor, dolda, troskel, _highest(figurer) + 2)
    assert set(attacker.worked_out()) <= named


def _mark(figur: Figur, nyckel: str, troskel: int) -> str:
    varde = figur.varde.get(nyckel) or 0
    return f"<{troskel}" if figur.enhet == "antal" and varde < troskel else ".."


def _highest(figurer: Sequence[Figur]) -> int:
    alla = [f.namnare if f.enhet == "andel" else f.varde for f in figurer]
    return max(int(v) for varde in alla if varde is not None for v in varde if v is not None)


@pytest.mark.parametrize("budget", [1, 20])
def test_short_of_time_more_is_hidden_not_less(monkeypatch: pytest.MonkeyPatch, budget: int) -> None:
    """Where the search for a cheap way gives up, the dear way is as safe."""
    delar = [(2, 0, 1), (3, 9, 0), (0, 4, 0), (7, 1, 0), (0, 0, 0), (12, 6, 1)]
    figurer = [count_row(f"d{i}", *d) for i, d in enumerate(delar)]
    figurer += [count_row("hel", *_add(delar)), count_row("mellan", *_add(delar[:3]))]
    figurer.append(share_row("andel", counts(*_add(delar[1:4])), counts(*_add(delar)), namnare_id="hel"))
    summor = [Summa("hel", tuple(f"d{i}" for i in range(6))), Summa("mellan", ("d0", "d1", "d2"))]
    summor.append(Summa("andel", ("d1", "d2", "d3")))
    with monkeypatch.context() as patch:
        patch.setattr(suppression_moves, "BUDGET", budget)
        dolda = hide(figurer, summor)
    assert derivable(figurer, summor, dolda) == []
    assert Attacker(figurer, summor, dolda, 5, 60).worked_out() == []
    assert sum(map(len, dolda.values())) >= sum(map(len, hide(figurer, summor).values()))


def test_a_large_report_is_hidden_at_once() -> None:
    """A hundred rows in ten groups, nested: nothing can be worked out, and far from all is hidden."""
    figurer, summor, grupper = [], [], []
    for g in range(10):
        delar = [((7 * i * (g + 1)) % 23, (11 * i + 5 * g) % 31, int(i == g)) for i in range(9)]
        figurer += [count_row(f"g{g}.{i}", *d) for i, d in enumerate(delar)]
        figurer.append(count_row(f"g{g}", *_add(delar)))
        summor.append(Summa(f"g{g}", tuple(f"g{g}.{i}" for i in range(9))))
        grupper.append(_add(delar))
    figurer.append(count_row("alla", *_add(grupper)))
    summor.append(Summa("alla", tuple(f"g{g}" for g in range(10))))
    dolda = hide(figurer, summor)
    assert derivable(figurer, summor, dolda) == []
    shown = sum(4 - len(marks) for marks in dolda.values())
    assert shown > 4 * len(figurer) // 2
