"""Packages too many to be listed: the figures are those of a list, and some are known by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from hikiwake import api
from hikiwake.errors import TooLarge
from hikiwake.explain import MEDIATOR, tell_robustness
from hikiwake.findings.sureness import GainSpan, Robustness
from hikiwake.formats.native import dispute_from_text
from hikiwake.formats.results.sureness import robustness_json
from hikiwake.model import Dispute, FrozenMap, Value
from hikiwake.options.sureness import robustness
from hikiwake.options.sureness.robustness import sets_of
from hikiwake.options.sureness.whole import asked as guessed_asked
from hikiwake.options.sureness.whole.packages import listed
from hikiwake.options.sureness.whole.search import searched
from hikiwake.solvers.cp_sat.picks import Picks, Sum, too_hard
from hikiwake.solvers.problem import Clause
from tests.unit.options.sureness import test_robustness, test_robustness_sets

F = Fraction
MANY = 30
TIED = """
hikiwake = 1
tolerance = "1/4"
price = "1/4"
parties = [{ id = "ann" }, { id = "ben" }, { id = "cem" }]
issues = [
    { id = "w", kind = "item" },
    { id = "x", kind = "item" },
    { id = "y", kind = "choice", options = ["d", "e", "f"] },
    { id = "z", kind = "item" },
]
rules = [{ never = { w = "ann", z = "ann" } }]
[status_quo]
w = "cem"
y = "e"
[preferences.ann]
points = { w = [20, 24], x = 18, z = 25 }
values.y = { d = 20, e = [2, 6], f = 0 }
bonuses = [{ when = { x = "ann", y = "d" }, points = [3, 9] }]
red_lines = [{ never = { w = "ben", y = "f" } }]
[preferences.ben]
points = { w = 22, x = [19, 26], z = 24 }
values.y = { d = 0, e = 12, f = [15, 18] }
[preferences.cem]
ranks = ["z", "w", "y.e"]
points = { w = 20, x = 18, z = [20, 28] }
values.y = { d = 5, e = [4, 19], f = 0 }
bonuses = [{ when = { y = "e", w = "cem" }, points = 2 }]
"""
GROUP = 'groups = [{ id = "g", issues = ["w", "z"], not_for_trade = true }]\n'


def both(dispute: Dispute, monkeypatch: pytest.MonkeyPatch) -> tuple[Robustness, Robustness]:
    """Return what is found where packages are listed, and where they are not."""
    settlement, found = api.settle(dispute), list[Robustness]()
    for most in (1_000_000, 0):
        monkeypatch.setattr(robustness, "MAX_LISTED", most)
        monkeypatch.setattr(robustness, "MAX_SOLVED", most)
        one = robustness.robustness(dispute, settlement, samples=3)
        assert one is not None
        found.append(one)
    return found[0], found[1]


def require_same(listed: Robustness, asked: Robustness) -> None:
    """Require every figure of one to be that of the other."""
    for name in (
        "given", "gains", "own", "holds", "sampled", "radius", "fails", "influences",
        "uneven_groups",
    ):  # fmt: skip
        assert getattr(listed, name) == getattr(asked, name), name
    least, other = listed.smallest_regret, asked.smallest_regret
    assert (least is None) == (other is None)
    if least is not None and other is not None:
        assert max(least.regrets.values()) == max(other.regrets.values())
        assert other.of is None


@pytest.mark.parametrize("seed", [0, 3, 8])
def test_ranges_give_the_figures_of_a_list(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every figure for ranges, asked for package by package, is that of all packages listed."""
    dispute = test_robustness.settled(seed)
    assert dispute is not None
    require_same(*both(dispute, monkeypatch))


@pytest.mark.parametrize("seed", test_robustness_sets.DRAWS[:3])
def test_linked_answers_give_the_figures_of_a_list(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So is every figure where orders and constraints link answers."""
    dispute = test_robustness_sets.settled(seed)
    assert dispute is not None
    require_same(*both(dispute, monkeypatch))


@pytest.mark.parametrize("group", ["", GROUP])
def test_three_sides_with_rules_bonuses_and_groups_give_the_figures_of_a_list(
    group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is with a status quo that counts, a rule, a red line, bonuses, and a group."""
    text = TIED.replace("[status_quo]", group + "[status_quo]")
    require_same(*both(dispute_from_text(text), monkeypatch))


def known(dispute: Dispute) -> Robustness:
    """Return what is found without drawing any answers."""
    found = robustness.robustness(dispute, api.settle(dispute), F(0), samples=0)
    assert found is not None
    return found


def items(count: int, more: str = "") -> Dispute:
    """Return a dispute of so many items, each worth 9 to 11 to both sides."""
    names = [f"i{n}" for n in range(count)]
    issues = ", ".join(f'{{ id = "{name}", kind = "item" }}' for name in names)
    points = ", ".join(f"{name} = [9, 11]" for name in names)
    whole = ", ".join(f"{name} = 1" for name in names)
    sides = "".join(
        f"[preferences.{party}]\npoints = {{ {points} }}\n"
        + more.replace("TERMS", whole).replace("PARTY", party)
        for party in ("ann", "ben")
    )
    head = 'hikiwake = 1\nparties = [{ id = "ann" }, { id = "ben" }]\n'
    return dispute_from_text(f"{head}issues = [{issues}]\n{sides}")


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_of_a_list_no_package_has_a_smaller_worst_regret(seed: int) -> None:
    """Each package that nobody would walk away from is looked at: none leaves less to regret."""
    dispute = test_robustness.settled(seed)
    assert dispute is not None
    settlement = api.settle(dispute)
    assert settlement.outcome is not None
    found = listed(dispute, settlement.outcome)
    boxes = sets_of(found, settlement, F(0), own_ranges=True)
    least: list[Fraction] = []
    for n in range(len(found.found.outcomes)):
        spans = [replace(found, package=n).span(boxes, side)[0] for side in (0, 1)]
        if None not in spans:
            least.append(min(end.gain for end in spans if end is not None))
    careful = found.smallest_regret(boxes)
    assert (careful is None) == (not least)
    if careful is not None:
        assert max(careful.regrets.values()) == 1 - max(least) == careful.at_least


LINKED = "[[preferences.PARTY.constraints]]\nterms = {{ TERMS }}\nequal = {total}\n"


def halves(count: int) -> FrozenMap[str, Value]:
    """Return the package that gives every other item to each side."""
    return FrozenMap({f"i{n}": "ann" if n % 2 else "ben" for n in range(count)})


@pytest.mark.parametrize("linked", ["", LINKED.format(total=10 * MANY)])
def test_gains_among_a_billion_packages_by_hand(linked: str) -> None:
    """Of 30 items each has 15: at the worst 15 · 9 of 15 · 9 + 15 · 11, which is 9/20, whether or
    not all of them are worth 300 together."""
    dispute = items(MANY, linked)
    found = searched(dispute, halves(MANY))
    boxes = sets_of(found, api.settle(dispute), F(0), own_ranges=True)
    for n in (0, 1):
        least, most = found.span(boxes, n)
        assert least is not None
        assert (least.gain, most.gain) == (F(9, 20), F(11, 20))


def test_the_smallest_worst_regret_of_a_billion_packages_by_hand() -> None:
    """With k of 30 items a side gains 9k of 9k + 11(30 − k) at the worst: 15 each is best."""
    dispute = items(MANY)
    found = searched(dispute, halves(MANY))
    boxes = sets_of(found, api.settle(dispute), F(0), own_ranges=True)
    careful = found.smallest_regret(boxes)
    assert careful is not None
    assert careful.proved
    assert set(careful.regrets.values()) == {F(11, 20)}
    assert careful.outcome == found.outcome


def test_a_limit_leaves_a_proved_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped early, it tells the smallest worst regret that was found, and what none is below."""
    dispute = items(12, LINKED.format(total=120))
    found = searched(dispute, halves(12))
    boxes = sets_of(found, api.settle(dispute), F(0), own_ranges=True)
    monkeypatch.setattr(guessed_asked, "MAX_ROUNDS", 3)
    careful = found.smallest_regret(boxes)
    assert careful is not None
    assert not careful.proved
    assert F(1, 3) < careful.at_least < max(careful.regrets.values()) == F(11, 20)
    told = replace(known(items(2)), smallest_regret=careful, outcome=found.outcome)
    text = " ".join(tell_robustness(dispute, told, MEDIATOR).text().split())
    assert "The smallest worst regret that was found is 55 %" in text
    assert "of all packages, none is below 5" in text


def test_what_does_not_fit_the_solver_is_decided_by_whole_numbers_of_any_length() -> None:
    """Numbers of 40 digits that differ in the last one are told apart, and nothing is invented."""
    long = 10**40
    rows = ((0, long), (0, long), (0, long + 1))
    chosen = Picks((2, 2, 2), (), ())
    exactly = Sum.of(-2 * long - 1, rows, ())
    found = chosen.find([exactly, Sum.of(2, ((0, -1), (0, -1), (0, -1)), ())])
    assert found in {(0, 1, 1), (1, 0, 1)}
    assert chosen.find([Sum.of(-3 * long - 2, rows, ())]) is None


def test_combinations_count_where_they_hold_and_only_there() -> None:
    """With a bonus on two options together, and a rule against them, the bonus is out of reach."""
    together = Clause(((0, frozenset({1})), (1, frozenset({1}))))
    wanted = Sum.of(-1, ((0, 0), (0, 0)), (1,))
    assert Picks((2, 2), (), (together,)).find([wanted]) == (1, 1)
    assert Picks((2, 2), (together,), (together,)).find([wanted]) is None


def test_a_limit_leaves_an_interval_for_each_worst_regret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where questions about what may undercut a gain are not answered, each worst regret lies
    between one that was found and one that is proved; the true one is inside; and it is told."""
    dispute = items(8, LINKED.format(total=80))
    found = searched(dispute, halves(8))
    boxes = sets_of(found, api.settle(dispute), F(0), own_ranges=True)
    true, _ = found.span(boxes, 0)
    assert true is not None
    asked, find = [0], guessed_asked.Choices.find

    def tired(self: Any, *args: Any) -> Any:
        asked[0] += 1
        if asked[0] > 1:
            raise TooLarge(too_hard())
        return find(self, *args)

    monkeypatch.setattr(guessed_asked.Choices, "find", tired)
    reach = found.reach(boxes)
    assert not reach.proved
    assert not reach.exact
    spans = [
        GainSpan(a and a.gain, b.gain, False, a and a.found)
        for a, b in zip(reach.least, reach.most, strict=True)
    ]
    for span in spans:
        assert span.least is not None
        assert span.seen is not None
        assert 0 < span.least <= true.gain <= span.seen
        assert span.least < span.seen
    gains = FrozenMap.paired(dispute.party_ids, spans)
    told = replace(known(items(2)), gains=gains)
    text = " ".join(tell_robustness(dispute, told, MEDIATOR).text(10_000).split())
    assert "The worst regret lies between two numbers" in text
    assert " % to " in text
    assert str(robustness_json(told, MEDIATOR)).count("'exactness': 'bounded'") == 2
