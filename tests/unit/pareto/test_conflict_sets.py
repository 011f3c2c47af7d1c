"""No agreement comes with the smallest sets of limits that cannot all hold (H12)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from random import Random

import pytest

from hikiwake import api
from hikiwake.model import Dispute
from hikiwake.pareto import compiled
from hikiwake.pareto import conflicts as search
from hikiwake.pareto.conflicts import conflicts
from hikiwake.settlement import Conflict, Limit, Status
from hikiwake.solvers import solve
from hikiwake.solvers.linear import Divided
from tests.conformance.builders import choice, dispute, division, one_of, preference, red_line, rule

ANN, BEN = Limit("walk_away", "ann"), Limit("walk_away", "ben")


def sets(found: Iterable[Conflict]) -> list[set[Limit]]:
    """Return the limits of each conflict."""
    return [set(conflict.limits) for conflict in found]


def possible(the_dispute: Dispute, limits: Iterable[Limit]) -> bool:
    """Tell whether some package keeps all these limits, by asking for each of them."""
    made = compiled(the_dispute)
    places = frozenset(made.limits.index(limit) for limit in limits)
    found = solve(made.only(places))
    return len(found.border if isinstance(found, Divided) else found.utilities) > 0


def stubborn(options: int, lines: int) -> Dispute:
    """Return a choice of which ann never takes the first ``lines`` options, nor ben the others."""
    names = [f"o{n}" for n in range(options)]
    return dispute(
        [choice("deal", *names)],
        preference("ann", {}, red_lines=tuple(red_line(deal=name) for name in names[:lines])),
        preference("ben", {}, red_lines=(red_line(deal=names[lines:]),)),
    )


def test_two_red_lines_that_exclude_each_other_are_the_conflict() -> None:
    """Ann never a, ben never b, and there is nothing else: those two, and no walk-away."""
    assert sets(conflicts(compiled(stubborn(2, 1)))) == [
        {Limit("red_line", "ann", 1), Limit("red_line", "ben", 1)}
    ]


def test_all_red_lines_that_are_needed_are_in_it() -> None:
    """Three lines of ann and one of ben leave nothing together, and any three of them do."""
    (conflict,) = conflicts(compiled(stubborn(4, 3)))
    assert conflict.smallest
    assert len(conflict.limits) == 4


def test_walk_aways_that_ask_too_much_are_the_conflict() -> None:
    """Of ten points to divide nobody can have six each."""
    settlement = api.settle(division([(10, 10)], (6, 6)))
    assert settlement.status is Status.NO_AGREEMENT
    assert (settlement.package, settlement.outcome, settlement.gains) == (None, None, None)
    assert sets(settlement.conflicts) == [{ANN, BEN}]


def test_one_limit_alone_can_be_the_conflict() -> None:
    """Who wants more than there is stands alone, whatever the others ask."""
    assert sets(api.settle(one_of((1, 5), (5, 1), walk_away=(9, 5))).conflicts) == [{ANN}]


def test_a_rule_is_named_with_its_party() -> None:
    """A publicly attributed rule that leaves nothing is the whole conflict."""
    rules = (rule(package="p0"), rule(package=["p0", "p1"]))
    found = api.settle(one_of((1, 5), (5, 1), rules=rules)).conflicts
    assert sets(found) == [{Limit("rule", None, 2)}]


def test_all_smallest_conflicts_are_listed_and_larger_ones_are_not() -> None:
    """Two pairs each leave nothing; a triple that would as well is left out."""
    the_dispute = dispute(
        [choice("a", "x", "y"), choice("b", "x", "y"), choice("c", "x", "y", "z")],
        preference("ann", {}, red_lines=(red_line(a="x"), red_line(b="x"), red_line(c="x"))),
        preference(
            "ben",
            {},
            red_lines=(red_line(a="y"), red_line(b="y"), red_line(c="y"), red_line(c="z")),
        ),
    )
    assert sets(conflicts(compiled(the_dispute))) == [
        {Limit("red_line", "ann", 1), Limit("red_line", "ben", 1)},
        {Limit("red_line", "ann", 2), Limit("red_line", "ben", 2)},
    ]


def test_twenty_conflicts_are_listed_at_most() -> None:
    """Of 25 rules each of which forbids all there is the first twenty are listed."""
    found = conflicts(compiled(one_of((1, 1), rules=(rule(package="p0"),) * 25)))
    assert sets(found) == [{Limit("rule", None, n)} for n in range(1, 21)]


def test_more_than_twenty_pairs_are_cut_at_twenty() -> None:
    """Five rules against five lines make 25 pairs, of which twenty are listed, all different."""
    the_dispute = dispute(
        [choice("deal", "x", "y")],
        preference("ann", {}, red_lines=(red_line(deal="x"),) * 5),
        preference("ben", {}, red_lines=(red_line(deal="y"),) * 5),
    )
    found = conflicts(compiled(the_dispute))
    assert len({frozenset(limits) for limits in sets(found)}) == len(found) == 20
    assert all(len(conflict.limits) == 2 and conflict.smallest for conflict in found)


@pytest.mark.parametrize("questions", [1, 2, 3])
def test_without_enough_questions_one_irreducible_conflict_is_told_as_such(
    questions: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not called smallest; it cannot hold, and can without any one of its limits."""
    the_dispute = stubborn(5, 4)
    monkeypatch.setattr(search, "MAX_QUESTIONS", questions)
    (conflict,) = conflicts(compiled(the_dispute))
    assert not conflict.smallest
    assert not possible(the_dispute, conflict.limits)
    for limit in conflict.limits:
        assert possible(the_dispute, set(conflict.limits) - {limit})


def test_shares_and_options_conflict_together() -> None:
    """Ann asks for more than half with one option, ben forbids the other one."""
    share = division([(10, 10)]).issues[0]
    the_dispute = dispute(
        [choice("a", "x", "y"), share],
        preference(
            "ann", {"s0": 10}, 0, red_lines=(red_line(a="x", s0={"ann": {"below": "2/3"}}),)
        ),
        preference("ben", {"s0": 10}, 5, red_lines=(red_line(a="y"),)),
    )
    assert sets(api.settle(the_dispute).conflicts) == [
        {Limit("red_line", "ann", 1), Limit("red_line", "ben", 1), BEN}
    ]


def test_conflicts_are_the_smallest_there_are() -> None:
    """On random disputes they are just the smallest sets that trying all sets finds."""
    random = Random(3)
    seen = 0
    for _ in range(250):
        the_dispute = awkward(random)
        made = compiled(the_dispute)
        if possible(the_dispute, made.limits):
            continue
        seen += 1
        size, expected = 0, list[set[Limit]]()
        while not expected:
            size += 1
            expected = [
                set(some)
                for some in combinations(made.limits, size)
                if not possible(the_dispute, some)
            ]
        found = conflicts(made)
        assert all(conflict.smallest for conflict in found)
        assert (
            sorted(map(str, map(frozenset, sets(found))))
            == sorted(map(str, map(frozenset, expected[: len(found)])))
            or len(expected) > 20
        )
        assert len(found) == min(len(expected), 20)
    assert seen >= 30


def awkward(random: Random) -> Dispute:
    """Return two choices with red lines and walk-aways that often cannot all hold."""
    lines = [
        tuple(
            red_line(**{random.choice("ab"): random.choice("xyz")})
            for _ in range(random.randint(0, 3))
        )
        for _ in range(2)
    ]
    tables = [
        {issue: {option: random.randint(0, 3) for option in "xyz"} for issue in "ab"}
        for _ in range(2)
    ]
    return dispute(
        [choice("a", *"xyz"), choice("b", *"xyz")],
        *(
            preference(party, tables[i], random.randint(2, 5), red_lines=lines[i])
            for i, party in enumerate(("ann", "ben"))
        ),
    )
