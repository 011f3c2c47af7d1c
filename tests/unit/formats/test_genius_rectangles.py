"""GENIUS profiles over hyper-rectangles: what they add, where, and from what on a party gains."""

from __future__ import annotations

import itertools
import random
import time
from fractions import Fraction
from pathlib import Path

import pytest

from hikiwake.api import settle
from hikiwake.errors import FormatError, Unsupported
from hikiwake.formats.genius import least, read_genius

ISSUES = "\n".join(
    f'<issue index="{n}" name="i{n}" type="integer" lowerbound="0" upperbound="3"/>'
    for n in (1, 2, 3)
)
DOMAIN = f"""<negotiation_template><utility_space><objective index="0">
{ISSUES}
<issue index="9" name="d" type="discrete"><item value="a"/><item value="b"/></issue>
</objective></utility_space></negotiation_template>"""

BOB = '<hyperRectangle utility="3"><INCLUDES index="1" min="0" max="1"/></hyperRectangle>'


def profile(boxes: str, rest: str = "", top: str = 'maxutility="10"', ufun: str = "") -> str:
    """Return a nonlinear profile with these rectangles."""
    return f"""<utility_space type="nonlinear"><objective index="0">
{ISSUES}
<utility {top}><ufun type="PlainUfun" aggregation="sum" {ufun}>
{boxes}
</ufun></utility></objective>{rest}</utility_space>"""


def box(utility: str, *bounds: tuple[int, int, int], tag: str = "INCLUDES", more: str = "") -> str:
    """Return one rectangle; a bound is an issue's index, the least and the largest value."""
    inside = "".join(f'<{tag} index="{i}" min="{a}" max="{b}"/>' for i, a, b in bounds)
    return f'<hyperRectangle utility="{utility}" {more}>{inside}</hyperRectangle>'


def write(folder: Path, amy: str) -> Path:
    """Write a folder with the parties ``amy``, as given, and ``bob``."""
    (folder / "domain.xml").write_text(DOMAIN, "utf-8")
    (folder / "amy.xml").write_text(amy, "utf-8")
    (folder / "bob.xml").write_text(profile(BOB), "utf-8")
    return folder


def worth(folder: Path, *values: int) -> Fraction:
    """Return what Amy gets where the three integer issues have these values."""
    outcome = {f"i{n}": Fraction(value) for n, value in enumerate(values, start=1)}
    return read_genius(folder).utility("amy", {**outcome, "d": "a"})


def test_a_rectangle_adds_its_utility_where_every_range_holds(tmp_path: Path) -> None:
    """5 where issue 1 is 1 or 2 and issue 2 is 0; 2 more wherever issue 3 is 3. Ends count."""
    folder = write(tmp_path, profile(box("5", (1, 1, 2), (2, 0, 0)) + box("2", (3, 3, 3))))
    found = [worth(folder, *at) for at in ((1, 0, 0), (2, 0, 3), (3, 0, 3), (1, 1, 0))]
    assert found == [5, 7, 2, 0]


def test_weights_of_rectangles_and_functions_multiply(tmp_path: Path) -> None:
    """Utility 4, weight 0.5, in a function of weight 3: 6 points."""
    boxes = box("4", (1, 0, 1), more='weight="0.5"')
    assert worth(write(tmp_path, profile(boxes, ufun='weight="3"')), 0, 0, 0) == 6


def test_functions_inside_functions_are_read(tmp_path: Path) -> None:
    """A rectangle of 4 inside a function of weight 2 inside another: 8, besides 1."""
    inner = f'<ufun aggregation="sum" weight="2">{box("4", (1, 0, 1))}</ufun>'
    folder = write(tmp_path, profile(box("1", (1, 0, 1)) + inner))
    assert worth(folder, 0, 0, 0) == 9


def test_a_rectangle_of_excludes_adds_where_not_every_range_holds(tmp_path: Path) -> None:
    """EXCLUDES issue 1 at 0 and issue 2 at 0: 5 everywhere but where both are 0."""
    boxes = box("5", (1, 0, 0), (2, 0, 0), tag="EXCLUDES")
    folder = write(tmp_path, profile(boxes))
    assert [worth(folder, *at) for at in ((0, 0, 0), (0, 1, 0), (2, 2, 2))] == [0, 5, 5]


def test_a_rectangle_without_ranges_always_adds(tmp_path: Path) -> None:
    """An empty one, and one whose ranges cover all: both count in every package."""
    folder = write(tmp_path, profile(box("5") + box("2", (1, 0, 3), (2, -4, 9))))
    assert worth(folder, 3, 3, 3) == 7


def test_ranges_of_one_issue_narrow_each_other_and_may_never_hold(tmp_path: Path) -> None:
    """0 to 2 and 2 to 3 leave 2; 0 and 3, or a range outside the issue's, leave nothing."""
    boxes = box("5", (1, 0, 2), (1, 2, 3)) + box("2", (1, 0, 0), (1, 3, 3)) + box("1", (1, 8, 9))
    folder = write(tmp_path, profile(boxes))
    assert [worth(folder, at, 0, 0) for at in range(4)] == [0, 0, 5, 0]
    assert len(read_genius(folder).preferences["amy"].bonuses) == 1


def test_a_reservation_is_a_fraction_of_maxutility(tmp_path: Path) -> None:
    """0.75 of 10 is 7.5 points."""
    folder = write(tmp_path, profile(BOB, '<reservation value="0.75" />'))
    assert read_genius(folder).walk_away("amy") == Fraction(15, 2)


@pytest.mark.parametrize("rest", ["", '<reservation value="-0.5"/>', '<reservation value="0"/>'])
def test_a_reservation_below_the_least_utility_is_raised_to_it(tmp_path: Path, rest: str) -> None:
    """Issue 1 gives 4 up to 1 and 3 above it, so that nobody can do worse than 3."""
    boxes = box("4", (1, 0, 1)) + box("3", (1, 2, 3)) + box("2", (2, 0, 1))
    assert read_genius(write(tmp_path, profile(boxes, rest))).walk_away("amy") == 3


def test_the_least_utility_is_what_enumeration_finds() -> None:
    """60 random sets of boxes over 4 issues of 4 values: the same least, and it is proven."""
    chance = random.Random(11)
    spans = {issue: (Fraction(0), Fraction(3)) for issue in range(4)}
    for _ in range(60):
        boxes = []
        for _ in range(chance.randint(1, 14)):
            ranges = {}
            for issue in chance.sample(range(4), chance.randint(1, 3)):
                low = chance.randint(0, 3)
                ranges[issue] = (Fraction(low), Fraction(chance.randint(low, 3)))
            boxes.append((ranges, Fraction(chance.randint(0, 9), 2)))
        brute = min(
            sum(
                (p for ranges, p in boxes if all(a <= at[i] <= b for i, (a, b) in ranges.items())),
                start=Fraction(0),
            )
            for at in itertools.product(range(4), repeat=4)
        )
        assert least.least_sum(boxes, spans, Fraction(-1)) == least.Least(brute, proven=True)


def test_where_the_search_is_too_long_the_reservation_is_kept_with_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no look allowed, a least of 3 is not proven: the walk-away stays 0, which is noted."""
    monkeypatch.setattr(least, "MAX_LOOKS", 0)
    boxes = box("4", (1, 0, 1)) + box("3", (1, 2, 3))
    dispute = read_genius(write(tmp_path, profile(boxes)))
    assert dispute.walk_away("amy") == 0
    assert any("may lie below" in note and "amy.xml" in note for note in dispute.notes)


def test_a_discount_is_noted_and_so_is_what_genius_would_cut_off(tmp_path: Path) -> None:
    """A discount factor is ignored; rectangles that sum to 12 may go beyond a maximum of 10."""
    boxes = box("7", (1, 0, 1)) + box("5", (2, 0, 1))
    rest = '<discount_factor value="0.8"/>'
    notes = " ".join(read_genius(write(tmp_path, profile(boxes, rest))).notes)
    assert "discount factor is ignored" in notes
    assert "above `maxutility`" in notes


def test_a_small_folder_with_rectangles_is_settled(tmp_path: Path) -> None:
    """Amy gains where issue 1 is 2 or more, Bob where it is less, and each has an issue besides."""
    boxes = box("3", (1, 2, 3)) + box("1", (2, 0, 0))
    folder = write(tmp_path, profile(boxes))
    text = profile(BOB + box("1", (3, 0, 0)))
    (folder / "bob.xml").write_text(text, "utf-8")
    settlement = settle(read_genius(folder))
    assert settlement.utilities is not None
    assert sorted(settlement.utilities.values()) == [1, 4]


@pytest.mark.parametrize(
    ("amy", "told"),
    [
        (profile(box("x", (1, 0, 1))), r"amy.xml, line 6.*utility of a rectangle is no number"),
        (profile(box("5", (7, 0, 1))), r"line 6.*no issue of the domain"),
        (profile(box("5", (9, 0, 1))), r"line 6.*issue 9 'd', not an integer"),
        (profile(BOB.replace('max="1"', "")), r"largest value of a range is missing"),
        (profile(BOB.replace('max="1"', 'max="1.5"')), r"largest .* is no whole number"),
        (profile(BOB, top=""), r"line 5.*largest utility is missing"),
        (profile(BOB, top='maxutility="0"'), r"line 5.*largest utility is not positive"),
        (profile(BOB, '<reservation value="?"/>'), r"reservation value is no number"),
        ('<utility_space type="nonlinear"><objective/></utility_space>', "no `ufun`"),
    ],
)
def test_broken_rectangles_are_told(tmp_path: Path, amy: str, told: str) -> None:
    """Each gives a FormatError with the file, the line and what is missing."""
    with pytest.raises(FormatError, match=told):
        read_genius(write(tmp_path, amy))


@pytest.mark.parametrize(
    "amy",
    [
        profile(BOB).replace('"sum"', '"max"'),
        profile(BOB).replace('"nonlinear"', '"constraint"').replace("ufun", "rules"),
    ],
)
def test_other_utilities_are_refused_clearly(tmp_path: Path, amy: str) -> None:
    """The largest of several rectangles, or constraints, are Unsupported, not misread."""
    with pytest.raises(Unsupported, match="H18"):
        read_genius(write(tmp_path, amy))


def test_ten_thousand_rectangles_are_read_at_once_and_more_are_refused(tmp_path: Path) -> None:
    """9,999 of Amy's and one of Bob's: read within seconds; one more is too many (H16)."""
    chance = random.Random(3)
    boxes = [box("5", (i, low, 3)) for i, low in ((chance.randint(1, 3), 1) for _ in range(9_999))]
    started = time.perf_counter()
    dispute = read_genius(write(tmp_path, profile("\n".join(boxes))))
    assert time.perf_counter() - started < 10
    assert len(dispute.preferences["amy"].bonuses) == 9_999
    with pytest.raises(FormatError, match=r"too many rectangles.*H16"):
        read_genius(write(tmp_path, profile("\n".join([*boxes, BOB]))))
