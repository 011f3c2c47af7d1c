"""The additive engine finds what brute force finds: points, counts, packages, and the nearest."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product
from random import Random

import pytest

from hikiwake.errors import TooLarge, UnknownName, Unsupported
from hikiwake.solvers import Problem, brute_force, memory, solve
from hikiwake.solvers.merging import additive, few, listed, planar
from hikiwake.solvers.merging.survey import one_each
from hikiwake.solvers.problem import Clause, Extra
from hikiwake.solvers.solution import Decision, Solution
from tests.unit.solvers.random_problems import HUGE, problem, worth

Frontier = dict[tuple[int, ...], tuple[int, list[Decision], list[Decision]]]
Today = tuple[int | None, ...]


def found(solution: Solution, today: Today) -> Frontier:
    """Return every point with its count, its packages and those nearest to today."""
    frontier: Frontier = {}
    for point, row in enumerate(solution.utilities):
        decisions, nearest = (
            sorted(solution.decisions(point)),
            sorted(solution.nearest(point, today)),
        )
        frontier[tuple(int(u) for u in row)] = (solution.count(point), decisions, nearest)
    assert len(frontier) == len(solution.utilities)
    return frontier


def defined(the_problem: Problem, today: Today) -> Frontier:
    """Return the same by the definitions, without any engine."""
    packages: dict[tuple[int, ...], list[Decision]] = {}
    for decision in product(*(range(len(options)) for options in the_problem.points)):
        if (worths := worth(the_problem, decision)) is not None:
            packages.setdefault(tuple(int(u) for u in worths), []).append(decision)
    frontier: Frontier = {}
    for point, decisions in packages.items():
        if any(o != point and all(a >= b for a, b in zip(o, point, strict=True)) for o in packages):
            continue
        changes = {
            d: sum(t is not None and t != o for t, o in zip(today, d, strict=True))
            for d in decisions
        }
        fewest = min(changes.values())
        nearest = [d for d in decisions if changes[d] == fewest]
        frontier[point] = (len(decisions), sorted(decisions), sorted(nearest))
    return frontier


def today_of(random: Random, the_problem: Problem) -> Today:
    """Return some option, or none, for every issue."""
    return tuple(random.choice([None, *range(len(o))]) for o in the_problem.points)


def assert_engines_agree(seed: str, parties: int, scale: int, rounds: int) -> None:
    """Compare both engines with the definitions on random problems."""
    random = Random(seed)
    for _ in range(rounds):
        the_problem = problem(random, parties, scale)
        today = today_of(random, the_problem)
        expected = defined(the_problem, today)
        assert found(brute_force.pareto(the_problem), today) == expected
        assert found(additive.pareto(the_problem), today) == expected


@pytest.mark.parametrize("parties", [1, 2, 3, 4])
@pytest.mark.parametrize("scale", [1, HUGE, 2**130])
def test_both_engines_find_what_the_definitions_say(parties: int, scale: int) -> None:
    """With clauses, bonuses, tables and floors both engines list the same undominated packages."""
    assert_engines_agree(f"{parties} {scale}", parties, scale, 40)


@pytest.mark.parametrize("parties", [2, 3])
@pytest.mark.parametrize("chunk", [1, 3, 10])
def test_merging_in_small_pieces_finds_the_same(
    parties: int, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the sums are looked at a few at a time nothing is dropped and nothing comes twice."""
    monkeypatch.setattr(additive, "_CHUNK", chunk)
    monkeypatch.setattr(planar, "_CHUNK", chunk)
    monkeypatch.setattr(planar, "_FEW", 0)
    monkeypatch.setattr(few, "MOST_SUMS", 0)
    assert_engines_agree(f"pieces {parties} {chunk}", parties, 1, 40)


@pytest.mark.parametrize("scale", [1, HUGE])
def test_taking_issues_together_first_finds_the_same(
    scale: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where every pair of parts is taken together, and every pair of pairs, nothing changes."""
    monkeypatch.setattr(listed, "_LARGE", 1)
    monkeypatch.setattr(listed, "_WORTH_A_TRY", (2, 10_000))
    monkeypatch.setattr(listed, "_LEFT", 1.0)
    assert_engines_agree(f"pairs {scale}", 3, scale, 60)


@pytest.mark.parametrize("by_python", [0, 10**9])
@pytest.mark.parametrize("carried", [0, few.MOST_SUMS])
def test_two_party_merges_agree_by_arrays_and_by_python(
    by_python: int, carried: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small tables in plain Python and large ones in arrays give the same staircase."""
    monkeypatch.setattr(planar, "_FEW", by_python)
    monkeypatch.setattr(few, "MOST_SUMS", carried)
    assert_engines_agree("few", 2, 1, 60)


@pytest.mark.parametrize("scale", [1, HUGE, 2**130])
@pytest.mark.parametrize("carried", [0, 6, few.MOST_SUMS])
def test_independent_issues_of_two_parties_agree(
    scale: int, carried: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With packages carried along, or sought afterwards, all of them and one each are right."""
    monkeypatch.setattr(few, "MOST_SUMS", carried)
    random = Random(f"independent {scale}")
    for _ in range(60):
        plain = replace(problem(random, 2, scale), never=(), extras=(), allowed=())
        today = today_of(random, plain)
        expected = defined(plain, today)
        solution = additive.pareto(plain)
        assert found(solution, today) == expected
        each = dict(zip(map(tuple, solution.utilities.tolist()), one_each(solution), strict=True))
        assert all(each[point] in packages for point, (_, packages, _) in expected.items())


def test_nothing_acceptable_is_an_empty_frontier() -> None:
    """Where a floor cannot be reached no point is left, by either engine."""
    for parties in (1, 2, 3):
        none = Problem(parties, ((((1,) * parties),),) * 2, (3,) + (None,) * (parties - 1))
        assert len(additive.pareto(none).utilities) == len(brute_force.pareto(none).utilities) == 0


def test_a_floor_may_be_reached_by_what_comes_later() -> None:
    """A first issue worth −5 is kept while the second makes up for it: (3, 9) stands."""
    points = (((-5, 9), (0, 0)), ((8, 0), (1, 1)))
    assert additive.pareto(Problem(2, points, (3, None))).utilities.tolist() == [[3, 9], [8, 0]]


@pytest.mark.parametrize("parties", [2, 3])
def test_ties_are_counted_without_being_listed(parties: int) -> None:
    """Forty issues of two equal options have one point, and 2**40 packages behind it."""
    same = ((1,) * parties,) * 2
    solution = additive.pareto(Problem(parties, (same,) * 40, (0,) * parties))
    assert solution.utilities.tolist() == [[40] * parties]
    assert solution.count(0) == 2**40
    some = list(islice(solution.decisions(0), 5))
    assert len(set(some)) == 5
    assert {len(decision) for decision in some} == {40}


@pytest.mark.parametrize("parties", [2, 3])
def test_the_nearest_of_very_many_ties_is_found_at_once(parties: int) -> None:
    """Among 2**40 ties today's package is the nearest, and where 3 issues are open there are 8."""
    same = ((1,) * parties,) * 2
    solution = additive.pareto(Problem(parties, (same,) * 40, (0,) * parties))
    today = tuple(k % 2 for k in range(40))
    assert list(solution.nearest(0, today)) == [today]
    partly = (None, None, None, *today[3:])
    assert {decision[3:] for decision in solution.nearest(0, partly)} == {today[3:]}
    assert len(list(solution.nearest(0, partly))) == 8


def test_ties_are_counted_along_every_way_to_a_point() -> None:
    """Ten issues, each one point to one of two: so many ways to give k of them, C(10, k)."""
    solution = additive.pareto(Problem(2, (((1, 0), (0, 1)),) * 10, (0, 0)))
    counts = {int(row[0]): solution.count(p) for p, row in enumerate(solution.utilities)}
    assert [counts[k] for k in range(11)] == [1, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1]


@pytest.mark.parametrize("parties", [2, 3])
def test_very_many_issues_need_no_deep_recursion(parties: int) -> None:
    """Fifteen hundred issues of two equal options are counted exactly: 2**1500."""
    same = ((0,) * parties,) * 2
    solution = additive.pareto(Problem(parties, (same,) * 1_500, (None,) * parties))
    assert solution.count(0) == 2**1_500
    assert len(next(solution.decisions(0))) == 1_500


@pytest.mark.parametrize("parties", [2, 3])
def test_one_in_a_thousand_million_million_decides(parties: int) -> None:
    """2**60 + 1 beats 2**60, though as floats they are equal."""
    rest = (0,) * (parties - 1)
    options = ((HUGE, *rest), (HUGE + 1, *rest))
    for engine in ("additive", "brute_force"):
        solution = solve(Problem(parties, (options,), (None,) * parties), engine)
        assert not hasattr(solution, "border")
        assert [tuple(row) for row in getattr(solution, "utilities").tolist()] == [options[1]]  # noqa: B009


def test_brute_force_refuses_what_it_cannot_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine packages where eight are the most are refused, eight are not (H18)."""
    monkeypatch.setattr(brute_force, "MAX_OUTCOMES", 8)
    two, three = (((0, 0),) * 2,), (((0, 0),) * 3,)
    assert brute_force.pareto(Problem(2, two * 3, (0, 0))).count(0) == 8
    with pytest.raises(TooLarge, match="9 packages"):
        brute_force.pareto(Problem(2, three * 2, (0, 0)))


@pytest.mark.parametrize(("parties", "bound"), [(2, "MAX_POINTS"), (3, "MAX_POINTS_OF_MANY")])
def test_a_frontier_that_outgrows_the_engine_is_refused(
    parties: int, bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frontier of six points is refused where five are the most, and not where six are (H18)."""
    rest = (0,) * (parties - 2)
    five = Problem(parties, (((1, 0, *rest), (0, 1, *rest)),) * 5, (None,) * parties)
    monkeypatch.setattr(planar, "_FEW", 0)  # so few sums are not counted otherwise
    monkeypatch.setattr(few, "MOST_SUMS", 0)
    monkeypatch.setattr(memory, bound, 6)
    assert len(additive.pareto(five).utilities) == 6
    monkeypatch.setattr(memory, bound, 5)
    with pytest.raises(TooLarge, match=r"Pareto frontier.*At most 5"):
        additive.pareto(five)


@pytest.mark.parametrize("parties", [2, 3])
def test_a_merge_that_would_take_too_long_is_refused(
    parties: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where fewer sums may be looked at than there are, the merge is refused (H18)."""
    rest = (0,) * (parties - 2)
    five = Problem(parties, (((1, 0, *rest), (0, 1, *rest)),) * 5, (None,) * parties)
    monkeypatch.setattr(planar, "_FEW", 0)  # so few sums are not counted otherwise
    monkeypatch.setattr(few, "MOST_SUMS", 0)
    monkeypatch.setattr(memory, "MAX_SUMS", 9)
    with pytest.raises(TooLarge, match="sums"):
        additive.pareto(five)


def test_the_engine_fits_the_problem() -> None:
    """Additive by default, linear for shares; one that does not fit, or is unknown, is refused."""
    whole = Problem(2, (((1, 0), (0, 1)),), (0, 0))
    shared = Problem(2, (), (0, 0), shares=((1, 1),))
    assert [solve(whole).engine, solve(whole, "brute_force").engine] == ["additive", "brute_force"]
    assert [solve(shared).engine, solve(shared, "linear").engine] == ["linear", "linear"]
    for the_problem, engine in ((whole, "linear"), (shared, "additive"), (shared, "brute_force")):
        with pytest.raises(Unsupported, match="H18"):
            solve(the_problem, engine)
    with pytest.raises(UnknownName, match=r"Did you mean 'additive'\?"):
        solve(whole, "aditive")


def test_clauses_and_extras_by_hand() -> None:
    """Two issues: (a, x) is forbidden, and (b, y) is worth 4 more to the first: (5, 1) is left."""
    never = Clause(((0, frozenset({0})), (1, frozenset({0}))))
    extra = Extra(0, Clause(((0, frozenset({1})), (1, frozenset({1})))), 4)
    points = (((2, 0), (0, 1)), ((2, 0), (1, 0)))
    solution = additive.pareto(Problem(2, points, (0, 0), (never,), (extra,)))
    assert solution.utilities.tolist() == [[5, 1]]
    assert list(solution.decisions(0)) == [(1, 1)]
