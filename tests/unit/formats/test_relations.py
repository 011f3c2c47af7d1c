"""Orders and constraints between points: what counts, what comes back, what is refused (H29)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Literal

import pytest

from hikiwake import api
from hikiwake.errors import InvalidDispute, Unsupported
from hikiwake.explain import tell
from hikiwake.formats.native import dispute_from_text, to_data, write
from hikiwake.model import WALK_AWAY, Answer, Constraint, FrozenMap, Preference
from tests.unit.formats.samples import faults_of

F = Fraction
HEAD = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [
    { id = "house", kind = "item", others = ["sold"] },
    { id = "car", kind = "item" },
    { id = "savings", kind = "share" },
    { id = "colour", kind = "choice", options = ["red", "blue"] },
    { id = "rent", kind = "amount", min = 0, max = 1, step = 0.5 },
    { id = "money", kind = "money", limit = 10 },
]
preferences.ben = {}
[preferences.ann]
"""
EVERYTHING = """
walk_away = [0, 4]
ranks = [["house", "house.sold", "savings", "colour.red"], ["money", "rent.0.5"]]
points = { house = { ann = [50, 60], ben = 0, sold = 9 }, car = [1, 9], money = 1 }
values.colour = { blue = 0 }
curves.rent = [[0, 1], [0.5, ["1/3", 2]], [1, 0]]
[[preferences.ann.bonuses]]
when = { house = "ann", car = "ann" }
points = [2, 8]
[[preferences.ann.constraints]]
terms = { car = 1, "bonus.1" = 1 }
equal = 8
[[preferences.ann.constraints]]
terms = { walk_away = -2, car = "1/3" }
at_least = -5
at_most = 1
"""


def ann(lines: str) -> Preference:
    return dispute_from_text(HEAD + lines).preferences["ann"]


def numbers(own: Preference) -> dict[str, Fraction]:
    """Return the points of items that a side has itself, and of options, by their names."""
    found = own.answers().items()
    return {a.issue if a.value == "ann" else f"{a.issue}.{a.value}": n for a, n in found}


def test_what_an_order_leaves_open_is_evenly_spaced() -> None:
    """60, two without a number, then 15: they count 45 and 30; without a last one, 40 and 20."""
    order = "ranks = ['house', 'car', 'colour.red', 'colour.blue']\n"
    found = numbers(ann(order + "points = { house = 60 }\nvalues.colour = { blue = 15 }"))
    assert (found["car"], found["colour.red"], found["colour.blue"]) == (45, 30, 15)
    order = "ranks = ['house', 'car', 'house.sold']\n"
    found = numbers(ann(order + "points.house = { ann = 60, ben = 0 }"))
    assert (found["car"], found["house.sold"]) == (40, 20)


def test_a_number_stands_as_it_is_written() -> None:
    """In an order numbers count as given, and ranges that it does not narrow by their middles."""
    own = ann("ranks = ['house', 'car']\npoints = { house = [50, 60], car = 20 }")
    assert (numbers(own)["house"], numbers(own)["car"]) == (55, 20)
    assert own.ranges == {Answer("issue", "house", "ann"): (50, 60)}
    assert ann("points = { house = [50, 60] }").relations == ()


def test_a_sum_takes_every_range_the_same_part_of_its_way() -> None:
    """0 to 40 and 20 to 40 that sum to 50 count 20 and 30: half way."""
    own = ann(
        "points = { house = [0, 40], car = [20, 40] }\n"
        "constraints = [{ terms = { house = 1, car = 1 }, equal = 50 }]"
    )
    assert (numbers(own)["house"], numbers(own)["car"]) == (20, 30)


def test_what_is_settled_counts_the_middle_and_says_so() -> None:
    """Ann's car is worth 40 to her by its place alone; texts tell her that the middle counts."""
    dispute = dispute_from_text(
        'hikiwake = 1\nparties = [{ id = "ann" }, { id = "ben" }]\n'
        'issues = [{ id = "house", kind = "item" }, { id = "car", kind = "item" }]\n'
        "[preferences.ann]\nranks = ['house', 'car']\npoints = { house = 80 }\n"
        "[preferences.ben]\npoints = { house = 40, car = 80 }\n"
    )
    settled = api.settle(dispute)
    assert settled.ideals == {"ann": 120, "ben": 120}
    own = " ".join(tell(dispute, settled, "ann").text(10_000).split())
    assert "orders or constraints: here the middle of what they allow counts" in own
    assert "orders" not in tell(dispute, settled, "ben").text(10_000)


@pytest.mark.parametrize("form", ["toml", "json"])
def test_what_is_written_is_read_back_equal(form: Literal["toml", "json"]) -> None:
    """Every kind of name, order and bound survives; what an order left open comes as a range."""
    dispute = dispute_from_text(HEAD + EVERYTHING)
    assert dispute_from_text(write(dispute, form)) == dispute
    own = dispute.preferences["ann"]
    assert [len(ranking) for ranking in own.ranks] == [4, 2]
    assert own.ranks[1][1] == Answer("issue", "rent", place=2)
    assert own.constraints[1] == Constraint(
        FrozenMap({WALK_AWAY: F(-2), Answer("issue", "car", "ann"): F(1, 3)}), F(-5), F(1)
    )
    data = to_data(dispute)["preferences"]["ann"]
    assert data["ranks"][0] == ["house", "house.sold", "savings", "colour.red"]
    assert data["constraints"][0] == {"terms": {"car": 1, "bonus.1": 1}, "equal": 8}
    assert data["points"]["savings"] == [0, 9]


def test_the_numbers_keep_everything_that_is_said() -> None:
    """What counts keeps every range, order and constraint, exactly."""
    own = ann(EVERYTHING)
    given = own.answers()
    assert all(low <= given[answer] <= high for answer, (low, high) in own.ranges.items())
    for relation in own.relations:
        for weights, most in relation.limits():
            assert sum(weight * given[answer] for answer, weight in weights.items()) <= most


WRONG = [
    ("ranks = ['house', 'cra']\npoints.house = 9", "ranks", "does not exist"),
    ("ranks = ['house', 3]\npoints.house = 9", "ranks", "a number where an answer's name"),
    ("ranks = ['house']\npoints.house = 9", "ranks", "named twice, or alone"),
    ("ranks = ['house', 'house.ann']\npoints.house = 9", "ranks", "named twice, or alone"),
    ("ranks = ['house', ['house', 'savings']]\npoints.house = 9", "ranks[1]", "a name beside"),
    ("ranks = ['house', 'car']", "ranks", "a first answer without a number"),
    ("ranks = ['house', 'colour.red']\npoints.house = -1\nvalues.colour.blue = 0", "ranks",
     "leaves no number"),
    ("ranks = ['house', 'walk_away']\npoints.house = 9", "ranks", "does not exist"),
    ("ranks = ['house', 'bonus.1']\npoints.house = 9", "ranks", "does not exist"),
    ("ranks = ['house', 'rent.1']\npoints.house = 9", "ranks", "does not exist"),
    ("ranks = ['house', 'colour']\npoints.house = 9", "ranks", "does not exist"),
    ("ranks = ['house', 'savings.ann']\npoints.house = 9", "ranks", "does not exist"),
    ("ranks = 'house'", "ranks", "a text under `ranks`"),
    ("ranks = ['house', 'car']\npoints = { house = 9, car = 10 }", "ranks",
     "the ranking cannot hold"),
    ("constraints = [{ terms = { house = 1 }, at_lest = 1 }]\npoints.house = 9",
     "constraints[1].at_lest", "unknown key 'at_lest'"),
    ("constraints = [{ at_least = 1 }]", "constraints[1].terms", "no `terms`"),
    ("constraints = ['house > car']", "constraints[1]", "a text in a list"),
    ("constraints = [{ terms = { house = 1 } }]\npoints.house = 9", "constraints[1]", "no bound"),
    ("constraints = [{ terms = { house = 1 }, equal = 1, at_most = 1 }]\npoints.house = 9",
     "constraints[1]", "`equal` beside another"),
    ("constraints = [{ terms = { house = 1 }, at_least = 1, at_most = 0 }]\npoints.house = 1",
     "constraints[1]", "an `at_least` above"),
    ("constraints = [{ terms = { house = 0 }, equal = 1 }]\npoints.house = 9", "constraints[1]",
     "a weight other than 0"),
    ("constraints = [{ terms = { house = 'x' }, equal = 1 }]\npoints.house = 9",
     "constraints[1]", "a text that is no number"),
    ("constraints = [{ terms = { house = 1, 'house.ann' = 1 }, equal = 1 }]\npoints.house = 9",
     "constraints[1]", "named twice"),
    ("constraints = [{ terms = { house = 1 }, equal = 1 }]", "constraints[1]", "has no number"),
    ("constraints = [{ terms = { house = 1 }, equal = 1 }]\npoints.house = 9", "constraints[1]",
     "constraint 1 cannot hold"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "where", "found"), WRONG)
def test_each_mistake_gives_one_fault(lines: str, where: str, found: str) -> None:
    """One mistake gives one fault, at its place, with the convention and what to do."""
    (fault,) = faults_of(HEAD + lines)
    assert fault.where == f"preferences.ann.{where}"
    assert found in fault.found
    assert all((fault.object, fault.expected, fault.convention, fault.remedy))


def test_a_conflict_names_those_that_conflict_and_no_others() -> None:
    """A house above 50 and a car above it, below 40, cannot be; what is said of savings can."""
    text = HEAD + (
        "points = { house = [50, 60], car = [0, 90], savings = [0, 5] }\n"
        "ranks = [['house', 'savings'], ['car', 'house']]\n"
        "[[preferences.ann.constraints]]\nterms = { car = 1, savings = 1 }\nat_most = 95\n"
        "[[preferences.ann.constraints]]\nterms = { car = 1 }\nat_most = 40\n"
    )
    (fault,) = faults_of(text)
    assert fault.object == "Party 'ann'"
    assert fault.found == "ranking 2 and constraint 2 cannot both hold"
    assert fault.where == "preferences.ann.ranks[2]"


def test_too_many_linked_answers_are_refused() -> None:
    """31 answers in one order are more than hang together here (H16)."""
    options = [f"o{n}" for n in range(31)]
    text = (
        'hikiwake = 1\nparties = [{ id = "ann" }, { id = "ben" }]\npreferences.ben = {}\n'
        f'issues = [{{ id = "x", kind = "choice", options = {options} }}]\n[preferences.ann]\n'
        f"ranks = {[f'x.{option}' for option in options]}\nvalues.x.o0 = [0, 9]\n"
    )
    (fault,) = faults_of(text)
    assert fault.convention == "H16"
    assert "31 answers" in fault.found


def test_a_name_that_means_an_issue_is_not_written_for_anything_else() -> None:
    """With an issue called walk_away, an order on the walk-away value has no name in a file."""
    dispute = dispute_from_text(HEAD.replace('"car"', '"walk_away"') + "walk_away = 3")
    own = dispute.preferences["ann"]
    house = Answer("issue", "house", "ann")
    said = replace(own, constraints=(Constraint(FrozenMap({WALK_AWAY: F(1), house: F(1)}), F(0)),))
    changed = replace(dispute, preferences=FrozenMap({**dispute.preferences, "ann": said}))
    with pytest.raises(Unsupported, match="issue of the same name"):
        write(changed)


def test_orders_and_constraints_on_issues_with_faults_give_no_more_faults() -> None:
    """An issue that cannot be read takes what is said of it along."""
    text = HEAD.replace('options = ["red", "blue"]', 'options = ["red", "red"]')
    with pytest.raises(InvalidDispute) as caught:
        dispute_from_text(
            text + "ranks = ['house', 'colour.red']\npoints.house = 9\n"
            "constraints = [{ terms = { 'colour.red' = 1 }, equal = 1 }]"
        )
    assert len(caught.value.faults) == 1


def test_an_order_may_leave_a_share_open() -> None:
    """Savings below a house of 60: anything from 0 to 60, and 30 counts."""
    own = ann("ranks = ['house', 'savings']\npoints.house = 60")
    assert own.answers()[Answer("issue", "savings")] == 30
