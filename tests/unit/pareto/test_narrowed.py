"""Near the best points of very many independent issues is what the whole frontier holds there."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from hikiwake.api import frontier, settle
from hikiwake.model import Dispute, FrozenMap, Item, Party, Preference, Table
from hikiwake.model.preference import Points
from hikiwake.pareto.fronts import narrowed
from hikiwake.pareto.fronts.answer import LimitReached
from hikiwake.pareto.fronts.measure import Measure
from hikiwake.pareto.fronts.narrowed import Narrowed
from hikiwake.pareto.fronts.orderings import LexicographicMinimum, Minimum
from hikiwake.pareto.fronts.points import Points as Finite
from hikiwake.pareto.fronts.region import ANYWHERE, Region
from hikiwake.settlement import Exactness, Status
from hikiwake.solvers import Problem, brute_force, memory
from hikiwake.solvers.core import Ray, Weighed, weighed
from hikiwake.solvers.deadline import Deadline
from hikiwake.solvers.evened import evened
from tests.unit.solvers.random_problems import HUGE

LEXICOGRAPHIC = LexicographicMinimum()


def independent(random: Random, parties: int, scale: int) -> Problem:
    """Return a random problem of independent issues with floors."""
    return Problem(
        parties,
        tuple(
            tuple(
                tuple(random.randint(-3, 9) * scale + random.randint(0, 2) for _ in range(parties))
                for _ in range(random.randint(1, 3))
            )
            for _ in range(random.randint(1, 5))
        ),
        tuple(random.choice([-2, 0, 1, 5]) * scale for _ in range(parties)),
    )


def measures(points: Finite, problem: Problem) -> list[Measure]:
    """Return gains, and points above the floors."""
    floors = [Fraction(floor or 0) for floor in problem.floors]
    ideals = [points.most(i) for i in range(problem.parties)]
    compared = tuple(i for i in range(problem.parties) if ideals[i] > floors[i])
    zeros = tuple(floors[i] for i in compared)
    units = tuple(ideals[i] - floors[i] for i in compared)
    plain = tuple(Fraction(1) for _ in compared)
    return [Measure(compared, zeros, units, "gain"), Measure(compared, zeros, plain)]


@pytest.mark.parametrize("parties", [2, 3, 4])
@pytest.mark.parametrize("scale", [1, HUGE])
def test_the_best_near_the_top_are_the_best_of_all(parties: int, scale: int) -> None:
    """Ideals, best points within any region, their counts and packages agree with brute force."""
    random = Random(f"narrowed {parties} {scale}")
    agreed = 0
    for _ in range(12):
        problem = independent(random, parties, scale)
        whole = Finite(brute_force.pareto(problem), problem)
        near = Narrowed(problem, Deadline())
        assert near.empty == whole.empty
        if whole.empty:
            continue
        assert [near.most(i) for i in range(parties)] == [whole.most(i) for i in range(parties)]
        today = tuple(random.choice([None, *range(len(o))]) for o in problem.points)
        for measure in measures(whole, problem):
            if not measure.parties:
                continue
            for ordering in (LEXICOGRAPHIC, Minimum()):
                for region in (ANYWHERE, Region(spread=Fraction(1, 3))):
                    expected = whole.best(ordering, measure, region).points
                    found = near.best(ordering, measure, region).points
                    assert sorted(found) == sorted(expected)
                    for point in found:
                        assert near.count(point) == whole.count(point)
                        behind = {taken.options for taken in near.nearest(point, today)}
                        assert behind == {taken.options for taken in whole.nearest(point, today)}
                        agreed += 1
        assert near.engine == "additive"
    assert agreed > 8


@pytest.mark.parametrize("parties", [5, 8])
def test_between_more_parties_a_good_package_sieves_the_rest(
    parties: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Best minima and sorted gains agree with brute force, and nothing is asked of the solver."""
    monkeypatch.setattr(narrowed, "Searched", None)
    random = Random(f"sieved {parties}")
    agreed = 0
    for _ in range(8):
        points = tuple(
            tuple(tuple(random.randint(1, 9) * (i == j) for i in range(parties)) for j in range(4))
            for _ in range(5)
        )
        problem = Problem(parties, points, (*(0,) * 4, *(None,) * (parties - 4)))
        whole, near = Finite(brute_force.pareto(problem), problem), Narrowed(problem, Deadline())
        compared = tuple(range(4))
        units = tuple(whole.most(i) for i in compared)
        for measure in (
            Measure(compared, (0,) * 4, units, "gain"),
            Measure(compared, (0,) * 4, (1,) * 4),
        ):
            for ordering in (LEXICOGRAPHIC, Minimum()):
                expected = whole.best(ordering, measure).points
                found = near.best(ordering, measure).points
                assert sorted(found) == sorted(expected)
                for point in found:
                    assert near.count(point) == whole.count(point)
                    agreed += 1
            least = min(measure.values(expected[0]))
            region = Region(Fraction(1, 2), (least,) * 4)
            expected = whole.best(LEXICOGRAPHIC, measure, region).points
            assert sorted(near.best(LEXICOGRAPHIC, measure, region).points) == sorted(expected)
        assert near.engine == "additive"
    assert agreed > 20


@pytest.mark.parametrize("parties", [2, 3])
def test_no_package_reaches_further_than_the_weights_say(parties: int) -> None:
    """Whatever the weights, even poor ones: every package stays within the bound along a ray."""
    random = Random(f"bound {parties}")
    for _ in range(40):
        problem = independent(random, parties, 1)
        ray = Ray(
            (Fraction(0),) * parties, tuple(Fraction(random.randint(1, 5)) for _ in range(parties))
        )
        for ahead in (weighed(problem, ray), Weighed(problem, ray, [3, *range(1, parties)])):
            free = Problem(parties, problem.points, (None,) * parties)
            rows = brute_force.pareto(free).utilities.tolist()
            furthest = max(
                min(Fraction(u) / d for u, d in zip(row, ray.direction, strict=True))
                for row in rows
            )
            assert furthest <= ahead.at_most


def inventory(items: int) -> Dispute:
    """Return things worth 1 to 50 to each of two heirs, by chance."""
    random = Random(f"inventory {items}")
    things = tuple(Item(f"t{k}") for k in range(items))
    tables: dict[str, FrozenMap[str, Points]] = {
        party: FrozenMap(
            {
                thing.id: Table(
                    FrozenMap({o: Fraction(random.randint(1, 50) * (o == party)) for o in "ab"})
                )
                for thing in things
            }
        )
        for party in "ab"
    }
    preferences = FrozenMap({party: Preference(party, own) for party, own in tables.items()})
    return Dispute((Party("a"), Party("b")), things, preferences, common_scale=True)


@pytest.mark.parametrize("rule", ["draw", "kalai_smorodinsky", "egalitarian", "leximin"])
def test_what_outgrows_the_frontier_is_settled_exactly(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only a hundred points may be held, the answer is that of the whole frontier."""
    dispute = inventory(30)
    whole = settle(dispute, rule)
    assert len(frontier(dispute)) > 100
    monkeypatch.setattr(memory, "MAX_POINTS", 100)
    monkeypatch.setattr(narrowed, "Searched", None)  # nothing is asked of the solver
    near = settle(dispute, rule)
    assert (near.status, near.exactness, near.engine) == (whole.status, whole.exactness, "additive")
    assert (near.outcome, near.gains, near.ties, near.twins) == (
        whole.outcome,
        whole.gains,
        whole.ties,
        whole.twins,
    )


@pytest.mark.parametrize("parties", [2, 5])
def test_where_no_time_is_left_there_is_a_package_and_a_bound(parties: int) -> None:
    """At the limit a package comes back that gives everybody much, and no more than the bound."""
    random = Random(f"late {parties}")
    points = tuple(
        tuple(tuple(random.randint(0, 99) for _ in range(parties)) for _ in range(3))
        for _ in range(60)
    )
    measure = Measure(tuple(range(parties)), (0,) * parties, (6_000,) * parties, "gain")
    late = Narrowed(Problem(parties, points, (0,) * parties), Deadline(0))
    with pytest.raises(LimitReached) as reached:
        late.best(LEXICOGRAPHIC, measure)
    best, bound = reached.value.best, reached.value.bound
    assert best is not None
    assert bound is not None
    taken = [options[j] for options, j in zip(points, best.options, strict=True)]
    least = min(Fraction(sum(own[i] for own in taken), 6_000) for i in range(parties))
    assert bound.of == "least_gain"
    assert bound.at_most * Fraction(4, 5) < least <= bound.at_most


@pytest.mark.parametrize("parties", [2, 5, 40])
def test_changing_one_issue_at_a_time_leads_to_a_good_package(parties: int) -> None:
    """What is found early comes within a fifth of what no package exceeds, and never above it."""
    random = Random(f"evened {parties}")
    points = tuple(
        tuple(tuple(random.randint(0, 99) for _ in range(parties)) for _ in range(3))
        for _ in range(60)
    )
    floors, units = (Fraction(0),) * parties, (Fraction(1),) * parties
    ahead = weighed(Problem(parties, points, (0,) * parties), Ray(floors, units))
    package = evened(Problem(parties, points, (0,) * parties), ahead, floors, units)
    taken = [options[j] for options, j in zip(points, package, strict=True)]
    least = min(sum(own[i] for own in taken) for i in range(parties))
    assert ahead.at_most * Fraction(4, 5) < least <= ahead.at_most


def test_what_was_found_in_time_is_told_with_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any time `settle` is undecided: a package near the best, and a bound on the best."""
    dispute = inventory(30)
    exact = settle(dispute, "kalai_smorodinsky")
    monkeypatch.setattr(memory, "MAX_POINTS", 100)
    late = settle(dispute, "kalai_smorodinsky", time_limit=0)
    assert (late.status, late.exactness) == (Status.UNDECIDED, Exactness.BOUNDED)
    assert late.ideals == exact.ideals
    assert late.bound is not None
    assert late.bound.of == "least_gain"
    first, best = (min(g for g in (s.gains or {}).values() if g is not None) for s in (late, exact))
    assert best * Fraction(9, 10) < first <= best <= late.bound.at_most


def test_the_first_merge_keeps_to_the_time() -> None:
    """Nothing outgrows anything here: the merge itself ends, and the bound is told all the same."""
    dispute = inventory(30)
    exact = settle(dispute, "kalai_smorodinsky")
    late = settle(dispute, "kalai_smorodinsky", time_limit=0)
    assert (exact.engine, late.status) == ("additive", Status.UNDECIDED)
    assert exact.bound is None
    assert late.bound is not None
    least = min(gain for gain in (exact.gains or {}).values() if gain is not None)
    assert least <= late.bound.at_most


def test_an_engine_that_was_asked_for_is_undecided_when_time_is_over() -> None:
    """No other engine answers instead: undecided, with nothing to show."""
    late = settle(inventory(30), engine="additive", time_limit=0)
    assert (late.status, late.outcome, late.bound) == (Status.UNDECIDED, None, None)
