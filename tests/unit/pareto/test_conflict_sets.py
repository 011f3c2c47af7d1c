"""No agreement comes with the smallest sets of limits that cannot all hold (H12)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from random import Random

import pytest

from hikiwake import api
from hikiwake.model import Dispute, Preference, Share
from hikiwake.pareto import compiled, hitting
from hikiwake.pareto import conflicts as search
from hikiwake.pareto.conflicts import conflicts
from hikiwake.settlement import Conflict, Limit, Status
from hikiwake.solvers import cp_sat, hulls
from hikiwake.solvers import possible as possible_at_all
from tests.conformance.builders import choice, dispute, division, one_of, preference, red_line, rule

ANN, BEN = Limit("walk_away", "ann"), Limit("walk_away", "ben")


def sets(found: Iterable[Conflict]) -> list[set[Limit]]:
    """Return the limits of each conflict."""
    return [set(conflict.limits) for conflict in found]


def possible(the_dispute: Dispute, limits: Iterable[Limit]) -> bool:
    """Tell whether some package keeps all these limits, by asking for each of them."""
    made = compiled(the_dispute)
    places = frozenset(made.limits.index(limit) for limit in limits)
    return possible_at_all(made.only(places))


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


def test_they_are_sought_once_whatever_the_rule_and_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Further rules and engines tell the conflicts that were found, without a new search."""
    the_dispute = one_of((4, 1), (1, 4), walk_away=(2, 2))
    found = api.settle(the_dispute).conflicts
    assert found
    monkeypatch.delattr(search, "_Search")
    for name in ("nash", "kalai_smorodinsky"):
        for engine in ("additive", "brute_force", "cp_sat"):
            assert api.settle(the_dispute, name, engine=engine).conflicts == found


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


def test_what_is_found_when_the_questions_run_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six pairs are smallest; with too few questions for all, those that were found are."""
    the_dispute = dispute(
        [choice("deal", "x", "y")],
        preference("ann", {}, red_lines=(red_line(deal="x"),) * 2),
        preference("ben", {}, red_lines=(red_line(deal="y"),) * 3),
    )
    everything = sets(conflicts(compiled(the_dispute)))
    assert len(everything) == 6
    monkeypatch.setattr(search, "MAX_QUESTIONS", 14)
    found = conflicts(compiled(the_dispute))
    assert 1 <= len(found) < 6
    assert all(conflict.smallest and set(conflict.limits) in everything for conflict in found)


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


@pytest.mark.parametrize(("engine", "most"), [("additive", 10_000), ("cp_sat", 0), ("linear", 0)])
def test_conflicts_are_the_smallest_there_are(
    engine: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On random disputes they are just the smallest sets that trying all sets finds."""
    monkeypatch.setattr(search, "MAX_LISTED_ANEW", most)
    monkeypatch.setattr(hitting, "MAX_BY_HAND", -1 if engine == "cp_sat" else 3)
    random = Random(3)
    seen = 0
    for _ in range(150 if engine == "additive" else 50):
        the_dispute = divided(random) if engine == "linear" else awkward(random)
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
            set(map(frozenset, sets(found))) == set(map(frozenset, expected))
            if len(expected) <= 20
            else set(map(frozenset, sets(found))) < set(map(frozenset, expected))
        )
        assert len(found) == min(len(expected), 20)
    assert seen >= 10


@pytest.mark.parametrize("engine", ["cp_sat", "linear"])
def test_what_an_engine_says_of_limits_is_so(engine: str) -> None:
    """What it says can be kept is kept by something, and no core can; both go by what is asked."""
    random = Random(5)
    answers = {True: 0, False: 0}
    smaller = 0
    for _ in range(40):
        the_dispute = divided(random) if engine == "linear" else awkward(random)
        made = compiled(the_dispute)
        cores = hulls.Cores(made.problem) if engine == "linear" else cp_sat.Cores(made.problem)
        everything = range(len(made.limits))
        for _ in range(6):
            asked = frozenset(n for n in everything if random.random() < 0.7)
            keeps, told = cores.ask(asked)
            answers[keeps] += 1
            assert keeps == possible(the_dispute, [made.limits[n] for n in asked])
            assert asked <= told if keeps else told <= asked
            assert possible(the_dispute, [made.limits[n] for n in told]) is keeps
            smaller += told < asked
    assert min(answers.values()) >= 20
    assert smaller >= 20


def divided(random: Random) -> Dispute:
    """Return two choices and two shares between three, with lines and bounds that seldom hold."""
    parties = ("ann", "ben", "cem")
    issues = [choice("a", *"xyz"), choice("b", *"xyz"), Share("s"), Share("t")]
    preferences: list[Preference] = []
    for party in parties:
        tables: dict[str, object] = {
            issue: {option: random.randint(0, 3) for option in "xyz"} for issue in "ab"
        }
        tables |= {"s": random.randint(0, 4), "t": random.randint(0, 4)}
        lines = [
            red_line(**{random.choice("ab"): random.choice("xyz")})
            for _ in range(random.randint(0, 2))
        ]
        if random.random() < 0.5:
            lines.append(red_line(b=random.choice("xyz"), s={party: {"below": "1/2"}}))
        keeps = random.randint(2, 8)
        preferences.append(preference(party, tables, keeps, red_lines=tuple(lines)))
    return dispute(issues, *preferences)


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
