"""``hikiwake frontier``: a table, a picture, an object."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from hikiwake.api import load
from hikiwake.cli import options
from hikiwake.cli.drawing import draw
from hikiwake.cli.points import window
from hikiwake.explain.language.layout import width_of
from hikiwake.pareto.fronts.searched import Searched
from hikiwake.solvers.cp_sat import OutOfTime
from hikiwake.solvers.deadline import TimeIsOver
from tests.unit.cli.cast import DEARER, NONE, SAMPLE, Shell, choice


def test_the_table_marks_the_settled_package(shell: Shell) -> None:
    """Four points in the order of Ann's gain, the settled one (90, 24) marked."""
    ran = shell.run("frontier", shell.file(DEARER))
    rows = [line for line in ran.out.splitlines() if "deal –" in line]
    assert [row.split("deal – ")[1] for row in rows] == ["d", "a", "b", "c"]
    assert [row.startswith("◆") for row in rows] == [False, False, True, False]
    assert "90 (90 %)" in rows[2]
    assert "all packages were searched" in ran.out
    assert ran.code == 0


def test_a_settled_package_between_two_corners_is_in_the_table_too(shell: Shell) -> None:
    """With savings to divide, the draw lies on a straight part: it has a row of its own."""
    ran = shell.run("frontier", shell.file(SAMPLE))
    marked = [line for line in ran.out.splitlines() if line.startswith("◆ ") and "57 %" in line]
    assert len(marked) == 1
    assert "straight parts" in ran.out


def test_the_object_has_every_point_and_every_straight_part(shell: Shell) -> None:
    """The sample's frontier: corners (0, 100), (55, 60), (100, 0), two parts, one end open."""
    found = shell.run("frontier", shell.file(SAMPLE), "--json").json
    points = {(p["utilities"]["ann"], p["utilities"]["ben"]) for p in found["points"]}
    assert points == {("0", "100"), ("55", "60"), ("100", "0")}
    assert len(found["segments"]) == 2
    closed = [part[end] for part in found["segments"] for end in ("first_closed", "second_closed")]
    assert sorted(closed) == [False, True, True, True]
    assert found["searched"] == "infinite"


def test_without_agreement_the_frontier_is_empty(shell: Shell) -> None:
    """Said in words, exit 1, no points, and no picture is attempted."""
    path = shell.file(NONE)
    ran = shell.run("frontier", path, "--plot", "none.png")
    assert ran.code == 1
    assert "the frontier is empty" in ran.out
    assert not Path("none.png").exists()
    assert shell.run("frontier", path, "--json").json["points"] == []


def test_a_language_without_texts_is_refused(shell: Shell) -> None:
    """As in every command, with those that there are."""
    ran = shell.run("frontier", shell.file(SAMPLE), "--language", "fr")
    assert ran.code == 2
    assert "Known: en, ja, ru" in ran.err


def test_a_long_frontier_is_shown_around_the_settled_package(shell: Shell) -> None:
    """Of 101 points 40 are shown, the settled one among them; --all shows every one."""
    ann: dict[str, int | str] = {f"o{i}": i for i in range(101)}
    ben: dict[str, int | str] = {f"o{i}": 100 - i for i in range(101)}
    path = shell.file(choice(ann, ben))
    short, long = shell.run("frontier", path).out, shell.run("frontier", path, "--all").out
    assert short.count("deal –") == 40
    assert "61 more points" in short
    assert "◆  50 (50 %)" in short
    assert long.count("deal –") == 101


@pytest.mark.parametrize("settled", [0, 3, 9])
def test_the_window_holds_the_settled_point_wherever_it_is(settled: int) -> None:
    """Five of ten points around place 0, 3 or 9: always five, always with the settled one."""
    from hikiwake.cli.points import FrontierPoint

    points = [FrontierPoint(None, {}, {}, place == settled) for place in range(10)]
    shown = window(points, 5)
    assert len(shown) == 5
    assert any(point.settled for point in shown)


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_picture_is_written(shell: Shell, ending: str) -> None:
    """--plot FILE writes a picture of the kind that the ending says."""
    ran = shell.run("frontier", shell.file(SAMPLE), "--plot", f"out.{ending}")
    start = Path(f"out.{ending}").read_bytes()[:200]
    assert ran.code == 0
    assert (b"\x89PNG" in start) if ending == "png" else (b"<?xml" in start)


def test_the_table_fits_80_columns_for_many_sides(shell: Shell) -> None:
    """With seven sides only gains are shown, and no line is wider than 80 columns."""
    names = [f"party{i}" for i in range(7)]
    parties = "".join(f'[[parties]]\nid = "{n}"\n' for n in names)
    issue = '[[issues]]\nid = "deal"\nkind = "item"\n'
    points = "".join(f"[preferences.{n}.points]\ndeal = 10\n" for n in names)
    ran = shell.run("frontier", shell.file(f"hikiwake = 1\n{parties}{issue}{points}"))
    assert ran.code == 0
    assert max(width_of(line) for line in ran.out.splitlines()) <= 80


TIED = """
[[preferences.ann.bonuses]]
when = { deal = ["o1", "o2"], other = "x" }
points = 1
"""


def tied() -> str:
    """Return a dispute with ten points whose issues hang together, for CP-SAT to step through."""
    steps: dict[str, int | str] = {f"o{n}": n for n in range(9)}
    back: dict[str, int | str] = {f"o{n}": 8 - n for n in range(9)}
    issue = '[[issues]]\nid = "other"\nkind = "choice"\noptions = ["x", "y"]\n'
    return choice(steps, back, more=issue + TIED)


def late(monkeypatch: pytest.MonkeyPatch, answers: int) -> None:
    """Leave the frontier to CP-SAT, and let the time be over after so many of its points."""
    from hikiwake.solvers.merging import additive

    told, ask = count(), Searched._best_for_first

    def over(*_: object) -> None:
        raise TimeIsOver("no time is left")

    def limited(self: Searched, least: int | None) -> Any:
        if next(told) >= answers:
            raise OutOfTime(None, None)
        return ask(self, least)

    monkeypatch.setattr(additive, "pareto", over)
    monkeypatch.setattr(Searched, "_best_for_first", limited)


def test_at_the_time_limit_the_part_that_is_certain_is_listed(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 3, three points, and what may be missing: fewer points for Ann, and nothing else."""
    late(monkeypatch, 3)
    ran = shell.run("frontier", shell.file(tied()), "--time-limit", "60")
    assert ran.code == 3
    assert "3 points were certain when the time limit was reached." in " ".join(ran.out.split())
    assert "more at which Ann has fewer than 6 points, and no others" in " ".join(ran.out.split())
    assert "all packages were searched" not in ran.out
    assert [n for n in range(9) if f"deal – o{n}" in ran.out][-2:] == [7, 8]


def test_the_object_of_a_part_is_not_exact(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--json` says `bounded`, with the points that are proven, and exit 3."""
    late(monkeypatch, 2)
    ran = shell.run("frontier", shell.file(tied()), "--json")
    assert (ran.code, ran.json["exactness"], len(ran.json["points"])) == (3, "bounded", 2)


def test_without_time_nothing_is_said_of_the_frontier(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 3, no table, no picture, and not a word that it would be empty."""
    late(monkeypatch, 0)
    for more in ([], ["--json"], ["--plot", "late.png"]):
        ran = shell.run("frontier", shell.file(tied()), "--time-limit", "0.000000001", *more)
        assert ran.code == 3
        assert "is empty" not in ran.out
    words = " ".join(shell.run("frontier", shell.file(tied()), "--time-limit", "1e-9").out.split())
    assert "before any point of it was certain" in words
    assert not Path("late.png").exists()


def test_a_picture_beside_other_commands_keeps_to_the_usual_time(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `adjust` and `alternatives` draw is not waited for longer: it is said why not."""
    dispute, plot = load(shell.file(tied())), shell.folder / "late.svg"
    late(monkeypatch, 0)
    draw(dispute, plot, {}, None)
    assert "before any point of it was certain" in capsys.readouterr().err
    monkeypatch.setattr(options, "SECONDS", 1e-9)
    draw(dispute, plot, {}, None)
    assert "was not found in time" in capsys.readouterr().err
    assert not plot.exists()


def test_no_agreement_is_told_as_such(shell: Shell) -> None:
    """Where nothing is acceptable the frontier is empty, however short the limit that sufficed."""
    ran = shell.run("frontier", shell.file(NONE), "--time-limit", "60")
    assert (ran.code, "the frontier is empty" in ran.out) == (1, True)


@pytest.mark.parametrize(
    ("language", "count", "joined"),
    [("ja", "点は3個", "2本の線分"), ("ru", "3 точки", "2 прямых отрезка")],
)
def test_the_table_and_its_picture_speak_the_language_asked_for(
    shell: Shell, language: str, count: str, joined: str
) -> None:
    """What is counted is told in Japanese and Russian, with their plurals, in 80 columns; but for
    names and commands no English word is left, and the picture follows."""
    path = shell.file("illustrative = true\n" + SAMPLE)
    ran = shell.run("frontier", path, "--language", language, "--plot", "f.svg")
    assert count in ran.out
    assert joined in ran.out
    assert all(width_of(line) <= 80 for line in ran.out.splitlines())
    known = {"House", "and", "savings", "house", "Ann", "Ben", "hikiwake", "settle"}
    told = ran.out + (shell.folder / "f.svg").read_text("utf-8").partition("</defs>")[2]
    assert {"Gain", "gain", "Draw", "package"}.isdisjoint(re.findall(r"[A-Za-z]{3,}", told))
    assert set(re.findall(r"[A-Za-z]{3,}", ran.out)) <= known


def test_every_sentence_of_a_frontier_is_translated(shell: Shell) -> None:
    """Of three sides with faces, and of many points, nothing is told in English either."""
    ann: dict[str, int | str] = {f"o{i}": i for i in range(101)}
    ben: dict[str, int | str] = {f"o{i}": 100 - i for i in range(101)}
    for text in (choice(ann, ben), NONE, FACES):
        for language in ("ja", "ru"):
            out = shell.run("frontier", shell.file(text), "--language", language).out
            words = set(re.findall(r"[A-Za-z]{3,}", out))
            assert not words - {
                "Ann", "Ben", "Cem", "One", "choice", "deal", "hikiwake", "settle", "all", "json",
                "land", "cash", "Three", "sides",
            }  # fmt: skip


FACES = """
hikiwake = 1
title = "Three sides"
parties = [{ id = "a", name = "Ann" }, { id = "b", name = "Ben" }, { id = "c", name = "Cem" }]
issues = [{ id = "land", kind = "share" }, { id = "cash", kind = "share" }]
[preferences.a]
points = { land = 60, cash = 40 }
[preferences.b]
points = { land = 50, cash = 50 }
[preferences.c]
points = { land = 30, cash = 70 }
"""
