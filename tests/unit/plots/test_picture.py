"""Pictures: what is in them, and what is refused."""

from __future__ import annotations

import sys
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from hikiwake.api import frontier, load, settle
from hikiwake.errors import InputError
from hikiwake.explain.language.voice import Voice
from hikiwake.model import Dispute, FrozenMap
from hikiwake.plots import canvas, frontier_picture, words
from hikiwake.plots.axes import draw_axes
from hikiwake.plots.plane import draw_plane
from hikiwake.settlement import Gains
from tests.unit.cli.cast import DEARER, NONE, SAMPLE, TWINS

THREE = (
    'hikiwake = 1\nillustrative = true\ntitle = "Three and $one$"\n'
    + "".join(f'[[parties]]\nid = "p{i}"\nname = "島田 {i}"\n' for i in range(3))
    + '[[issues]]\nid = "a"\nkind = "item"\n[[issues]]\nid = "b"\nkind = "item"\n'
    + "".join(f"[preferences.p{i}.points]\na = {i + 1}\nb = 2\n" for i in range(3))
)


def loaded(folder: Path, text: str) -> Dispute:
    """Return the dispute of a text."""
    path = folder / "dispute.toml"
    path.write_text(text, "utf-8")
    return load(path)


def drawn(folder: Path, text: str, name: str = "picture.svg") -> Path:
    """Draw a dispute's frontier, and return where."""
    dispute = loaded(folder, text)
    frontier_picture(dispute, frontier(dispute), settle(dispute), folder / name)
    return folder / name


def texts(path: Path) -> list[str]:
    """Return every text of an SVG picture."""
    return ["".join(e.itertext()).strip() for e in ET.parse(path).iter() if e.tag.endswith("text")]


def test_two_parties_are_drawn_in_a_plane(tmp_path: Path) -> None:
    """Title, both axes, the draw with both gains, and the band that counts as even are named."""
    found = texts(drawn(tmp_path, SAMPLE))
    assert "House and savings" in found
    assert {"Ann: gain", "Ben: gain", "Counts as even", "nobody ahead"} <= set(found)
    assert "Draw" in " ".join(found)
    assert " ".join(found).count("57\u00a0%") == 2


def test_an_end_that_is_no_package_is_explained_where_there_is_one(tmp_path: Path) -> None:
    """Savings of 10, and cars of 5 or 8: (10, 5) ends a line and (10, 8) is better; cars of 20 and
    25 leave each line its ends."""
    cars = """hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "savings", kind = "share" }, { id = "car", kind = "choice", options = ["a", "b"] }]
[preferences.ann]
points.savings = 10
values.car = { a = A, b = 0 }
[preferences.ben]
points.savings = 10
values.car = { a = 0, b = B }
"""
    ring = "End of a line that another package betters"
    for a, b, explained in (("5", "8", True), ("20", "25", False)):
        worth = cars.replace("A", a).replace("B", b)
        assert (ring in texts(drawn(tmp_path, worth))) is explained


def test_an_even_package_that_is_dearer_and_twins_are_marked(tmp_path: Path) -> None:
    """What the parties may choose instead is in the picture, named."""
    assert "Even, but dearer" in texts(drawn(tmp_path, DEARER))
    assert "As good: its mirror" in texts(drawn(tmp_path, TWINS))


def test_a_package_that_leaves_a_side_with_less_is_in_the_picture(tmp_path: Path) -> None:
    """Gains of −1/3 and 4/3 lie in the plane, and between two axes of three sides as well."""
    outside: Gains = FrozenMap({"ann": Fraction(-1, 3), "ben": Fraction(4, 3)})
    dispute = loaded(tmp_path, SAMPLE)
    told, settlement = words.Words(dispute), settle(dispute)
    (axes,) = draw_plane(told, frontier(dispute), settlement, {"This": outside}).axes
    for low, high in (axes.get_xlim(), axes.get_ylim()):
        assert low < -1 / 3 < 4 / 3 < high
    (axes,) = draw_plane(told, frontier(dispute), settlement, {}).axes
    assert (axes.get_xlim()[0], axes.get_ylim()[0]) == (0, 0)
    dispute = loaded(tmp_path, THREE)
    beyond: Gains = FrozenMap({"p0": Fraction(-1, 2), "p1": Fraction(3, 2), "p2": Fraction(0)})
    marked = {"This": beyond}
    (axes,) = draw_axes(
        words.Words(dispute), frontier(dispute), settle(dispute), marked
    ).axes  # fmt: skip
    low, high = axes.get_ylim()
    assert low < -1 / 2 < 3 / 2 < high


@pytest.mark.parametrize("language", ["en", "ja", "ru"])
@pytest.mark.parametrize("title", ["A flat", "The wording about what happened at the border " * 2])
@pytest.mark.parametrize("parties", [2, 3])
def test_what_stands_above_a_picture_overlaps_nothing(
    tmp_path: Path, language: str, title: str, parties: int
) -> None:
    """Title, notice and small print lie in the picture, each by itself, however long they are."""
    text = "illustrative = true\n" + SAMPLE if parties == 2 else THREE
    name = "House and savings" if parties == 2 else "Three and $one$"
    dispute = loaded(tmp_path, text.replace(name, title))
    told = words.Words(dispute, language=language)
    draw, kept = (draw_plane if parties == 2 else draw_axes), list[Figure]()

    def keep() -> Figure:
        figure = draw(told, frontier(dispute), settle(dispute), {})
        FigureCanvasAgg(figure).draw()
        kept.append(figure)
        own = [text for text in figure.axes[0].get_children() if isinstance(text, Text)]
        above = [*figure.texts, *own]
        boxes = [text.get_window_extent() for text in above if len(text.get_text()) > 5]
        over = [box for box in boxes if box.y0 > figure.axes[0].bbox.y1]
        assert len(over) == 3
        assert not [1 for one, other in combinations(over, 2) if one.overlaps(other)]
        assert all(0 <= box.x0 < box.x1 <= figure.bbox.x1 for box in over)
        assert all(box.y1 <= figure.bbox.y1 for box in over)
        return figure

    canvas.paint(keep, tmp_path / "above.png", language)
    assert kept


def test_three_parties_are_drawn_with_an_axis_each(tmp_path: Path) -> None:
    """Three names, the notice that numbers are invented, and a dollar sign that is no formula."""
    found = texts(drawn(tmp_path, THREE))
    assert [text for text in found if text.startswith("島田")] == ["島田 0", "島田 1", "島田 2"]
    assert words.illustrative(Voice("en")) in found
    assert any(text.replace("\\", "") == "Three and $one$" for text in found)


def test_who_can_neither_gain_nor_lose_stands_last_and_no_line_reaches_there(
    tmp_path: Path,
) -> None:
    """Of three sides the first has nothing at stake: its axis is the last, without a gain of 0 %,
    and the package that stands out has marks for the two others only."""
    text = THREE.replace("[preferences.p0.points]\na = 1\nb = 2\n", "[preferences.p0]\n")
    dispute = loaded(tmp_path, text)
    settlement = settle(dispute)
    assert settlement.package is not None
    assert settlement.package.gains["p0"] is None
    figure = draw_axes(words.Words(dispute), frontier(dispute), settlement, {})
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_xticklabels()] == ["島田 1", "島田 2", "島田 0"]
    assert "D" in [line.get_marker() for line in axes.lines]
    heights = [np.asarray(line.get_ydata(), dtype=float) for line in axes.lines]
    drawn_over_all = [own for own in heights if len(own) == 3]
    assert drawn_over_all
    assert all(np.isnan(own).tolist() == [False, False, True] for own in drawn_over_all)
    assert "–" in [text.get_text() for text in axes.texts]


@pytest.mark.parametrize("text", [SAMPLE, DEARER, THREE])
def test_a_png_is_a_png_and_the_same_each_time(tmp_path: Path, text: str) -> None:
    """Two runs give the same bytes, in PNG and in SVG."""
    for name in ("picture.png", "picture.svg"):
        first = drawn(tmp_path, text, name).read_bytes()
        assert first == drawn(tmp_path, text, name).read_bytes()
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG\r\n")


def test_the_order_of_the_file_does_not_decide_who_is_drawn_first(tmp_path: Path) -> None:
    """With the parties swapped in the file, the axes stay where the alphabet puts them."""
    swapped = SAMPLE.replace('"ann"', '"x"').replace('"ben"', '"ann"').replace('"x"', '"ben"')
    dispute = loaded(tmp_path, swapped)
    assert dispute.party_ids == ("ben", "ann")
    told = words.Words(dispute)
    assert [told.party(party) for party in told.in_order(dispute.party_ids)] == ["Ann", "Ben"]


def test_each_of_many_packages_has_a_line_of_its_own(tmp_path: Path) -> None:
    """Nineteen packages beside the settled one, as many as can be asked for, all look different."""
    dispute = loaded(tmp_path, THREE)
    marked: dict[str, Gains] = {
        f"Package {n}": FrozenMap({party: Fraction(n, 20) for party in dispute.party_ids})
        for n in range(19)
    }
    figure = draw_axes(words.Words(dispute), frontier(dispute), settle(dispute), marked)
    lines = [line for line in figure.axes[0].lines if str(line.get_label()).startswith("Package")]
    looks = {(str(vars(line)["_dash_pattern"]), str(line.get_marker())) for line in lines}
    assert len(looks) == len(lines) == 19


def test_what_cannot_be_drawn_is_refused(tmp_path: Path) -> None:
    """Another ending, no agreement, and a folder that is not there: each told as such."""
    with pytest.raises(InputError, match=r"One of \.png and \.svg"):
        drawn(tmp_path, SAMPLE, "picture.jpg")
    with pytest.raises(InputError, match="no package that every side could accept"):
        drawn(tmp_path, NONE)
    with pytest.raises(InputError, match="no such file or directory"):
        drawn(tmp_path, SAMPLE, "nowhere/picture.png")


def test_without_matplotlib_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is named, as pip wants it."""
    monkeypatch.setattr("hikiwake.plots.canvas.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install 'hikiwake\[plots\]'"):
        drawn(tmp_path, SAMPLE)


def test_no_window_is_needed_and_no_style_is_left_behind(tmp_path: Path) -> None:
    """Drawing does not import pyplot, and leaves Matplotlib's settings as they were."""
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    loaded_before = "matplotlib.pyplot" in sys.modules
    drawn(tmp_path, SAMPLE)
    assert dict(mpl.rcParams) == before
    assert ("matplotlib.pyplot" in sys.modules) == loaded_before
