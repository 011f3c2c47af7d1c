"""GENIUS folders with integer and real issues: offset, slope, cuts at 0 and 1, ranges."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from hikiwake.api import settle
from hikiwake.errors import FormatError, Unsupported
from hikiwake.formats.genius import read_genius
from hikiwake.model import Amount, Choice
from hikiwake.settlement import Exactness, Status

DOMAIN = """<negotiation_template><utility_space><objective index="0" name="root">
<issue index="4" name="Guns" type="integer" vtype="integer" {bounds}/>
<issue index="7" name="Torso" type="discrete"><item value="Block"/><item value="Ball"/></issue>
</objective></utility_space></negotiation_template>"""

PROFILE = """<utility_space><objective index="0" name="root">
<issue index="4" name="Guns" type="integer" {bounds}>{evaluator}</issue>
<issue index="7" name="Torso" type="discrete">
<item value="Block" evaluation="1"/><item value="Ball" evaluation="2"/></issue>
<weight index="4" value="0.5"/><weight index="7" value="0.5"/>
</objective>{reservation}</utility_space>"""

BOUNDS = 'lowerbound="1" upperbound="10"'


def linear(slope: str = "0.1", offset: str = "0") -> str:
    """Return an integer issue's evaluator."""
    return f'<evaluator ftype="linear" slope="{slope}" offset="{offset}"/>'


def write(
    folder: Path,
    bounds: str = BOUNDS,
    own: str | None = None,
    evaluator: str | None = None,
    reservation: str = "",
) -> Path:
    """Write a folder with the parties ``amy``, as given, and ``bob``, who wants few guns."""
    (folder / "domain.xml").write_text(DOMAIN.format(bounds=bounds), "utf-8")
    amy = linear() if evaluator is None else evaluator
    text = PROFILE.format(bounds=own or bounds, evaluator=amy, reservation=reservation)
    (folder / "amy.xml").write_text(text, "utf-8")
    text = PROFILE.format(bounds=bounds, evaluator=linear("-0.1", "1"), reservation="")
    (folder / "bob.xml").write_text(text, "utf-8")
    return folder


def guns(folder: Path, number: int | Fraction) -> Fraction:
    """Return what Amy's evaluator, weighed by a half, gives to so many guns."""
    dispute = read_genius(folder)
    return dispute.utility("amy", {"Guns": Fraction(number)})


@pytest.mark.parametrize(
    ("evaluator", "worth"),
    [
        ('<evaluator ftype="linear" parameter0="1" parameter1="-0.05"/>', Fraction(17, 40)),
        ('<evaluator ftype="linear" parameter0="0" parameter1="0.5"/>', Fraction(1, 2)),
        ('<evaluator ftype="constant" parameter0="0.25"/>', Fraction(1, 8)),
    ],
)
def test_an_integer_issue_of_early_versions_has_the_parameters_of_a_real_one(
    tmp_path: Path, evaluator: str, worth: Fraction
) -> None:
    """Their line is over the value itself, not over what it is above the lower bound."""
    assert guns(write(tmp_path, evaluator=evaluator), 3) == worth


def test_an_integer_issue_is_an_amount_with_step_one(tmp_path: Path) -> None:
    """Bounds 1 and 10: whole numbers from 1 to 10, and Amy's points are a curve over them."""
    issue = read_genius(write(tmp_path)).issue("Guns")
    assert isinstance(issue, Amount)
    assert (issue.min, issue.max, issue.step) == (1, 10, 1)


def test_an_integer_issue_counts_offset_plus_slope_times_the_way_from_its_bound(
    tmp_path: Path,
) -> None:
    """Offset 0, slope 0.1: 1 gun gives 0, 4 guns 0.5 × 0.3, and 10 guns 0.5 × 0.9."""
    folder = write(tmp_path)
    found = [guns(folder, number) for number in (1, 4, 10)]
    assert found == [0, Fraction(3, 20), Fraction(9, 20)]


def test_what_lies_below_0_or_above_1_is_cut_as_genius_cuts_it(tmp_path: Path) -> None:
    """Slope 0.4, offset −0.6: 0 up to 2 guns, 1 from 5 guns on, and the line between."""
    folder = write(tmp_path, evaluator=linear("0.4", "-0.6"))
    found = [2 * guns(folder, number) for number in range(1, 11)]
    assert found == [0, 0, Fraction(1, 5), Fraction(3, 5), 1, 1, 1, 1, 1, 1]


def test_a_line_wholly_above_1_or_below_0_is_flat(tmp_path: Path) -> None:
    """Offset 7 counts 1 for every number; offset −7 counts 0."""
    assert guns(write(tmp_path, evaluator=linear("0.1", "7")), 3) == Fraction(1, 2)
    assert guns(write(tmp_path, evaluator=linear("0.1", "-7")), 3) == 0


def test_the_bound_that_counts_is_the_profiles_own(tmp_path: Path) -> None:
    """Amy's profile begins at 0, the domain at 1: 1 gun is already one step up for her."""
    folder = write(tmp_path, own='lowerbound="0" upperbound="10"')
    assert guns(folder, 1) == Fraction(1, 20)


def test_without_an_evaluator_an_integer_issue_counts_nothing_and_that_is_noted(
    tmp_path: Path,
) -> None:
    """GENIUS takes slope and offset 0 then: so do we, with a note that names the file."""
    folder = write(tmp_path, evaluator="")
    assert guns(folder, 10) == 0
    assert any("without an evaluator" in n and "amy.xml" in n for n in read_genius(folder).notes)


@pytest.mark.parametrize(
    ("reservation", "walk_away"),
    [("-1", Fraction(3, 10)), ("0.1", Fraction(3, 10)), ("0.6", Fraction(3, 5))],
)
def test_a_negative_or_low_reservation_is_raised_to_the_least_utility(
    tmp_path: Path, reservation: str, walk_away: Fraction
) -> None:
    """Offset 0.1: Amy's least is 0.5 × 0.1 + 0.5 × 0.5 = 0.3; a reservation below is raised."""
    folder = write(
        tmp_path,
        evaluator=linear("0.1", "0.1"),
        reservation=f'<reservation value="{reservation}"/>',
    )
    assert read_genius(folder).walk_away("amy") == walk_away


def test_bounds_below_zero_and_in_a_range_element_are_read(tmp_path: Path) -> None:
    """A range inside the issue, from −3 to 2, is the amount's range."""
    folder = write(tmp_path)
    for path in folder.glob("*.xml"):
        text = path.read_text("utf-8").replace(f" {BOUNDS}", "")
        ranged = '<range lowerbound="-3" upperbound="2"/>'
        if "/>\n<issue" in text:
            text = text.replace("/>\n<issue", f">{ranged}</issue>\n<issue", 1)
        else:
            text = text.replace("<evaluator", f"{ranged}<evaluator")
        path.write_text(text, "utf-8")
    issue = read_genius(folder).issue("Guns")
    assert isinstance(issue, Amount)
    assert (issue.min, issue.max) == (-3, 2)
    assert guns(folder, -1) == Fraction(1, 10)


def test_a_range_of_one_number_is_a_choice_of_one(tmp_path: Path) -> None:
    """Bounds 3 and 3: nothing to choose, and its points still count."""
    folder = write(tmp_path, 'lowerbound="3" upperbound="3"', evaluator=linear("0.1", "0.8"))
    dispute = read_genius(folder)
    assert isinstance(dispute.issue("Guns"), Choice)
    assert dispute.utility("amy", {"Guns": "3", "Torso": "Ball"}) == Fraction(9, 10)


def test_a_folder_with_an_integer_issue_is_settled(tmp_path: Path) -> None:
    """Amy gains 1/20 a gun, Bob loses it: 5 guns, or 6, are the nearest to even."""
    settlement = settle(read_genius(write(tmp_path)))
    assert settlement.status in (Status.DRAW, Status.UNEVEN)
    assert settlement.outcome is not None
    assert settlement.outcome["Guns"] in (5, 6)
    assert settlement.outcome["Torso"] == "Ball"


REAL = {
    "linear": '<evaluator ftype="linear" parameter0="-0.2" parameter1="0.4"/>',
    "constant": '<evaluator ftype="constant" parameter0="0.5"/>',
    "triangular": '<evaluator ftype="triangular" parameter0="1" parameter1="5" parameter2="2"/>',
}


def write_real(folder: Path, evaluator: str) -> Path:
    """Write a folder whose issue Guns is real, from 0.5 to 4.5, evaluated by Amy in this way."""
    write(folder, evaluator=evaluator)
    for path in folder.glob("*.xml"):
        text = path.read_text("utf-8").replace('"integer"', '"real"')
        text = text.replace('"1" upperbound="10"', '"0.5" upperbound="4.5"')
        if path.stem == "bob":
            text = text.replace(linear("-0.1", "1"), REAL["constant"])
        path.write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("kind", "at", "meant"),
    [
        ("linear", "1/2", 0),
        ("linear", "2", Fraction(3, 5)),
        ("linear", "4", 1),
        ("constant", "4", Fraction(1, 2)),
        ("triangular", "3/4", 0),
        ("triangular", "3/2", Fraction(1, 2)),
        ("triangular", "2", 1),
        ("triangular", "7/2", Fraction(1, 2)),
        ("triangular", "9/2", Fraction(1, 6)),
    ],
)
def test_a_real_issue_is_read_as_its_evaluator_says(
    tmp_path: Path, kind: str, at: str, meant: Fraction
) -> None:
    """Linear: −0.2 + 0.4 x, cut at 0 and 1; constant; a triangle from 1 over 2 to 5."""
    folder = write_real(tmp_path, REAL[kind])
    assert 2 * guns(folder, Fraction(at)) == meant


def test_a_real_issue_is_an_amount_without_steps(tmp_path: Path) -> None:
    """Any number in the range is possible, and settled as such."""
    dispute = read_genius(write_real(tmp_path, REAL["linear"]))
    issue = dispute.issue("Guns")
    assert isinstance(issue, Amount)
    assert (issue.min, issue.max, issue.step) == (Fraction(1, 2), Fraction(9, 2), None)
    settlement = settle(dispute)
    assert settlement.engine == "linear"
    assert settlement.exactness is Exactness.EXACT


@pytest.mark.parametrize(
    ("bounds", "evaluator", "told"),
    [
        ('lowerbound="1"', None, r"domain.xml, line 2.*upper bound of issue 4 'Guns' is missing"),
        ('lowerbound="1.5" upperbound="2"', None, r"lower bound .* is no whole number"),
        ('lowerbound="9" upperbound="1"', None, r"a lower bound above its upper one"),
        (BOUNDS, '<evaluator offset="1"/>', r"amy.xml, line 2.*slope of .* is missing"),
        (BOUNDS, linear("steep"), r"amy.xml, line 2.*slope of issue 4 'Guns' is no number"),
    ],
)
def test_broken_ranges_and_evaluators_are_told(
    tmp_path: Path, bounds: str, evaluator: str | None, told: str
) -> None:
    """Each gives a FormatError with the file, the line and what is missing."""
    with pytest.raises(FormatError, match=told):
        read_genius(write(tmp_path, bounds, evaluator=evaluator))


def test_an_issue_of_another_kind_than_in_the_domain_is_told(tmp_path: Path) -> None:
    """Amy's profile calls the integer issue discrete: a fault, not a guess."""
    folder = write(tmp_path)
    text = (folder / "amy.xml").read_text("utf-8").replace('"integer"', '"discrete"')
    (folder / "amy.xml").write_text(text, "utf-8")
    with pytest.raises(FormatError, match=r"of the kind 'discrete'.*'integer'"):
        read_genius(folder)


def test_other_evaluators_of_real_issues_are_refused_clearly(tmp_path: Path) -> None:
    """A ``faratin`` evaluator is Unsupported, not misread."""
    with pytest.raises(Unsupported, match="evaluated by 'faratin'"):
        read_genius(write_real(tmp_path, '<evaluator ftype="faratin"/>'))
