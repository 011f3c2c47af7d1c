"""Pictures of one's own issues, of progress, of what matters: what is in them, what never is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import hypot
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from hikiwake.api import adjust, frontier, load, progress, settle
from hikiwake.errors import InputError
from hikiwake.formats.beside.history import read_history, read_tree
from hikiwake.plots import (
    canvas,
    compare_picture,
    frontier_picture,
    own_picture,
    progress_picture,
    tornado_picture,
)
from hikiwake.plots.labels import label_marks
from hikiwake.plots.words import COLUMNS_AN_INCH
from tests.unit.cli.cast import SAMPLE
from tests.unit.cli.test_adjust import CANARIES, SECRETS
from tests.unit.plots.test_picture import THREE, loaded, texts

F = Fraction
HISTORY = Path("examples/four-islands/history.toml")


def test_an_own_picture_has_ones_own_issues_and_nothing_of_the_others(tmp_path: Path) -> None:
    """Ann's issues, package and best hope are named; Ben's numbers and words are nowhere."""
    dispute = loaded(tmp_path, CANARIES)
    adjusting = adjust(dispute)
    today = dispute.status_quo
    assert today is not None
    given = adjusting.own_look("ann", type(today)({**today, "boat": "ben"}))
    now = adjusting.own_look("ann", today)
    reading = compare_picture(dispute, given, now, tmp_path / "own.svg", "en")
    found = texts(tmp_path / "own.svg")
    assert {"house", "boat", "Your best hope", "This package", "As it is today"} <= set(found)
    assert reading.sentence in " ".join(found)
    everything = (tmp_path / "own.svg").read_text("utf-8") + repr(reading)
    assert [secret for secret in SECRETS if secret in everything] == []
    assert reading.columns[1:3] == ("This package", "As it is today")
    assert dict(zip(reading.columns, reading.rows[0], strict=True))["Your best hope"] == "60"


def test_a_red_line_is_marked_for_the_side_whose_it_is(tmp_path: Path) -> None:
    """A red line on one issue alone is a cross in its owner's picture, and in nobody else's."""
    lined = CANARIES + '[[preferences.ann.red_lines]]\nnever = { house = "ben" }\n'
    dispute = loaded(tmp_path, lined)
    assert dispute.status_quo is not None
    for party, marked in (("ann", True), ("ben", False)):
        look = adjust(dispute).own_look(party, dispute.status_quo)
        reading = own_picture(dispute, look, tmp_path / f"{party}.svg", "en")
        assert ("Across your red line" in texts(tmp_path / f"{party}.svg")) == marked
        assert any(row[-1] == "0" for row in reading.rows) == marked


def test_progress_is_drawn_date_by_date(tmp_path: Path) -> None:
    """Each date is named, what cannot be told is said, and the table has every date."""
    tree = read_tree(HISTORY)
    dispute = load(HISTORY.parent)
    found = progress(dispute, read_history(dispute, tree, "history.toml"))
    reading = progress_picture(dispute, found, tmp_path / "progress.svg")
    drawn = texts(tmp_path / "progress.svg")
    assert "cannot tell" in drawn
    assert all(any(t.startswith(m.entry.date) for t in drawn) for m in found.moments)
    assert [row[0] for row in reading.rows] == [m.entry.date for m in found.moments]
    assert reading.sentence in " ".join(drawn)


def test_two_dates_of_a_year_are_told_apart(tmp_path: Path) -> None:
    """A meeting in May and one in June stand there with their months, in picture and sentence."""
    tree = read_tree(HISTORY)
    dispute = load(HISTORY.parent)
    found = progress(dispute, read_history(dispute, tree, "history.toml"))
    dated = zip(found.moments, ("2001-05", "2001-06-03"), strict=False)
    moments = tuple(replace(m, entry=replace(m.entry, date=date)) for m, date in dated)
    both = replace(found, moments=moments)
    said_of = {"en": ("May\u00a02001", "3\u00a0June\u00a02001"), "ja": ("2001年5月",)}
    for language, said in said_of.items():
        picture = tmp_path / f"{language}.svg"
        reading = progress_picture(dispute, both, picture, language)
        assert all(date in reading.sentence for date in said)
        drawn = texts(picture)
        assert all(any(t.startswith(m.entry.date) for t in drawn) for m in moments)


def test_small_differences_have_numbers_of_their_own_on_the_axis(tmp_path: Path) -> None:
    """Between 0.4 % and 2.8 % no number stands twice at the axis of a tornado, and its sentence
    has the same tenths as the table of the text."""
    bars = [("a", F(4, 1000), F(28, 1000)), ("b", F(9, 1000), F(2, 100))]
    reading = tornado_picture(loaded(tmp_path, SAMPLE), bars, tmp_path / "t.svg", F(1, 100))
    ticks = [text for text in texts(tmp_path / "t.svg") if text.endswith("%")]
    assert len(set(ticks)) == len(ticks) >= 4
    assert "from 0.4\u00a0% to 2.8\u00a0% apart" in reading.sentence


def test_a_tornado_has_its_widest_bar_first(tmp_path: Path) -> None:
    """Bars are ordered by width, the sentence names the widest, and none at all is said too."""
    bars = [("narrow", F(-1, 10), F(0)), ("wide", F(-1, 5), F(1, 5)), ("middle", F(0), F(1, 4))]
    dispute = loaded(tmp_path, SAMPLE)
    reading = tornado_picture(dispute, bars, tmp_path / "t.svg")
    assert [row[0] for row in reading.rows] == ["wide", "middle", "narrow"]
    assert "wide: gains, from what each side has" in reading.sentence
    assert "from −20\u00a0% to 20\u00a0% apart" in reading.sentence
    assert {"wide", "middle", "narrow"} <= set(texts(tmp_path / "t.svg"))
    assert "How far apart the sides are; the line: as answered" in texts(tmp_path / "t.svg")
    empty = tornado_picture(dispute, [], tmp_path / "e.svg")
    assert empty.sentence == "No answer is in doubt."


def test_a_tornado_that_is_cut_short_says_so(tmp_path: Path) -> None:
    """Where time was over no answer is said to be beyond doubt, nor any list to be complete."""
    dispute = loaded(tmp_path, SAMPLE)
    for bars in ([], [("wide", F(0), F(1, 5))]):
        told = tornado_picture(dispute, bars, tmp_path / "t.svg", cut_short=True).sentence
        assert "The time limit was reached." in told
        assert "No answer is in doubt" not in told
        assert ("What matters most is wide" in told) is bool(bars)


def test_bars_of_a_tornado_reach_from_what_the_sides_answered(tmp_path: Path) -> None:
    """From 0 to 5 % is wider than from 1 % to 4 %, also where both ends of an answer are 5 %."""
    bars = [("less", F(1, 100), F(1, 25)), ("most", F(1, 20), F(1, 20))]
    reading = tornado_picture(loaded(tmp_path, SAMPLE), bars, tmp_path / "t.svg")
    assert [row[0] for row in reading.rows] == ["most", "less"]
    assert "most: gains, from what each side has" in reading.sentence
    assert "from 0\u00a0% to 5\u00a0% apart" in reading.sentence


def test_small_print_is_no_wider_than_the_picture(tmp_path: Path) -> None:
    """A long sentence, in any language, is broken into lines."""
    label = "The wording about what happened there " * 4
    tornado_picture(loaded(tmp_path, SAMPLE), [(label, F(0), F(1, 10))], tmp_path / "t.svg")
    assert max(map(len, texts(tmp_path / "t.svg"))) <= 8 * COLUMNS_AN_INCH


def test_every_picture_says_that_its_numbers_are_invented(tmp_path: Path) -> None:
    """The notice stands in a tornado of an illustrative dispute, and in no other's."""
    for text, invented in ((SAMPLE, False), ("illustrative = true\n" + SAMPLE, True)):
        dispute = loaded(tmp_path, text)
        tornado_picture(dispute, [("a", F(0), F(1, 10))], tmp_path / "t.svg")
        assert ("Illustrative" in " ".join(texts(tmp_path / "t.svg"))) == invented


@pytest.mark.parametrize("text", [SAMPLE, THREE])
def test_given_packages_are_marked_on_a_frontier(tmp_path: Path, text: str) -> None:
    """Each given package stands in the picture and in the table by its label."""
    dispute = loaded(tmp_path, text)
    gains = settle(dispute).gains
    assert gains is not None
    reading = frontier_picture(
        dispute, frontier(dispute), settle(dispute), tmp_path / "f.svg", {"Package B": gains}
    )
    assert "Package B" in texts(tmp_path / "f.svg")
    assert [row[0] for row in reading.rows][:2] == [reading.rows[0][0], "Package B"]
    assert "packages of the frontier: " in reading.sentence


def test_every_picture_is_the_same_each_time_and_refuses_other_endings(tmp_path: Path) -> None:
    """Two runs give the same bytes in PNG; a GIF is refused with what to do."""
    bars, dispute = [("one", F(0), F(1, 10))], loaded(tmp_path, SAMPLE)
    for name in ("a.png", "b.png"):
        tornado_picture(dispute, bars, tmp_path / name)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    with pytest.raises(InputError, match=r"One of \.png and \.svg"):
        tornado_picture(dispute, bars, tmp_path / "x.gif")


ENGLISH = re.compile(r"[A-Za-z]{3,}")
NAMES = {"Ann", "Ben", "House", "savings", "house", "boat", "and", "canary"}


@pytest.mark.parametrize("language", ["ja", "ru"])
def test_pictures_speak_the_language_that_is_asked_for(tmp_path: Path, language: str) -> None:
    """But for names, no English word stands in a picture, its sentence or its table."""
    dispute, own = loaded(tmp_path, SAMPLE), loaded(tmp_path, CANARIES)
    assert own.status_quo is not None
    look = adjust(own).own_look("ann", own.status_quo)
    readings = [
        frontier_picture(
            dispute, frontier(dispute), settle(dispute), tmp_path / "f.svg", language=language
        ),
        tornado_picture(dispute, [("Ann", F(0), F(1, 9))], tmp_path / "t.svg", language=language),
        own_picture(own, look, tmp_path / "o.svg", language),
    ]
    told = [text for name in "fto" for text in texts(tmp_path / f"{name}.svg")]
    left = {word for text in told for word in ENGLISH.findall(text)} - NAMES
    assert left == set()
    table = [cell for one in readings for row in (one.columns, *one.rows) for cell in row]
    said = " ".join([*table, *(one.sentence for one in readings)])
    assert set(ENGLISH.findall(said)) <= NAMES


def test_without_a_font_for_japanese_a_png_is_refused_and_an_svg_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Boxes instead of letters are no picture: the error says what to install."""
    monkeypatch.setattr(canvas, "CJK_FONTS", ())
    monkeypatch.setattr(canvas, "JAPANESE", "no_such_wheel")
    dispute = loaded(tmp_path, SAMPLE)
    bars = [("one", F(0), F(1, 10))]
    with pytest.raises(InputError, match="no font here has Japanese letters"):
        tornado_picture(dispute, bars, tmp_path / "x.png", language="ja")
    tornado_picture(dispute, bars, tmp_path / "x.svg", language="ja")


def test_no_label_hides_another_or_a_mark() -> None:
    """Of twelve packages in one corner, and of one at each edge, every label is in the picture,
    and none lies over another label, over a mark, or over what was written before."""
    figure = Figure(figsize=(7, 7))
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    near = {f"Package {n}": (0.6 + 0.015 * n, 0.7 - 0.02 * n) for n in range(12)}
    marks = near | {"Right": (0.99, 0.5), "Top": (0.5, 0.99), "Corner": (0.99, 0.99)}
    text = axes.annotate("The draw", (0.62, 0.62), xytext=(-60, -30), textcoords="offset points")
    labels = label_marks(axes, marks, [(0.62, 0.62)], [(0.1, 0.1)], [text])
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = {label.get_text(): label.get_window_extent(renderer) for label in labels}
    assert set(boxes) == set(marks)
    written = [*boxes.values(), text.get_window_extent(renderer)]
    assert not [1 for one, other in combinations(written, 2) if one.overlaps(other)]
    for box in boxes.values():
        assert not [1 for spot in marks.values() if box.contains(*axes.transData.transform(spot))]
        assert figure.bbox.x0 <= box.x0 < box.x1 <= figure.bbox.x1
        assert figure.bbox.y0 <= box.y0 < box.y1 <= figure.bbox.y1


def test_a_line_tells_whose_label_stands_beside_another_mark() -> None:
    """Of three packages close together each label is at its own mark alone, or a line leads from
    it to the middle of its own mark; a package by itself needs none."""
    figure = Figure(figsize=(7, 7))
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    close = {"B": (0.6, 0.6), "C": (0.605, 0.595), "D": (0.595, 0.605)}
    labels = label_marks(axes, close | {"Far": (0.2, 0.2)}, [(0.602, 0.598)], [], [])
    renderer = FigureCanvasAgg(figure).get_renderer()
    texts_ = [text for text in axes.texts if isinstance(text, Annotation)]
    led = {text.xy for text in texts_ if not text.get_text()}
    assert (0.2, 0.2) not in led
    for label in labels:
        box, own = label.get_window_extent(renderer), axes.transData.transform(label.xy)
        others = [axes.transData.transform(s) for s in close.values() if s != label.xy]
        nearer = any(_from(box, other) < _from(box, own) for other in others)
        assert not nearer or label.xy in led


def _from(box: Bbox, spot: Iterable[float]) -> float:
    x, y = spot
    return hypot(max(box.x0 - x, 0, x - box.x1), max(box.y0 - y, 0, y - box.y1))
