"""Which package is shown of more than can be compared: issue by issue, by keys of options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from itertools import combinations, product
from random import Random

import pytest
from ortools.sat.python.cp_model import OPTIMAL, CpSolver

from hikiwake import api
from hikiwake.model import Bonus, Dispute, FrozenMap, Outcome
from hikiwake.pareto import Bargain, bargain_over, compiled
from hikiwake.pareto.fronts.measure import Point
from hikiwake.pareto.fronts.points import Points
from hikiwake.pareto.fronts.searched import Searched
from hikiwake.pareto.ties import each_shown_first, shown_first
from hikiwake.solvers import Problem, brute_force
from hikiwake.solvers.core import Ray, Weighed
from hikiwake.solvers.cp_sat import Model
from hikiwake.solvers.deadline import Deadline
from hikiwake.solvers.merging import additive
from hikiwake.solvers.merging.merged import Merged
from hikiwake.solvers.solution import Decision
from tests.conformance.builders import choice, condition, dispute, preference
from tests.unit.solvers.random_problems import problem, worth

MANY = 10_000


def key(issue: int, option: int) -> bytes:
    """Return a number that nobody chose for each option."""
    return sha256(f"{issue} {option}".encode()).digest()


def behind(the_problem: Problem, point: Point) -> list[Decision]:
    """Return every package worth a point, by going through all packages."""
    every = product(*(range(len(options)) for options in the_problem.points))
    return [decision for decision in every if worth(the_problem, decision) == point]


def weightiest_first(the_problem: Problem) -> list[int]:
    """Return the issues in the order in which they decide: most points at stake first."""

    def at_stake(k: int, party: int) -> Fraction:
        worths = [option[party] for option in the_problem.points[k]]
        named = (e for e in the_problem.extras if e.party == party and k in dict(e.when.options))
        return Fraction(max(worths) - min(worths) + sum(abs(extra.points) for extra in named))

    issues, parties = range(len(the_problem.points)), range(the_problem.parties)
    totals = [sum(at_stake(k, party) for k in issues) or 1 for party in parties]
    return sorted(issues, key=lambda k: -sum(at_stake(k, p) / totals[p] for p in parties))


def changes(decision: Decision, today: tuple[int | None, ...]) -> int:
    """Return on how many issues a package differs from today's."""
    pairs = zip(decision, today, strict=True)
    return sum(now is not None and now != option for option, now in pairs)


def nearest(ties: list[Decision], today: tuple[int | None, ...]) -> list[Decision]:
    """Return the packages with the fewest changes."""
    fewest = min(changes(decision, today) for decision in ties)
    return [decision for decision in ties if changes(decision, today) == fewest]


@pytest.mark.parametrize("seed", range(60))
def test_it_is_the_first_of_all_nearest_packages(seed: int) -> None:
    """Against all packages one by one: no nearest package comes before the one that is shown."""
    random = Random(seed)
    the_problem = problem(random, parties=random.choice([2, 2, 3]))
    searched = Searched(the_problem, Deadline())
    held = [Points(engine.pareto(the_problem), the_problem) for engine in (additive, brute_force)]
    sizes = [len(options) for options in the_problem.points]
    for point in searched.corners():
        today = tuple(random.choice([None, random.randrange(size)]) for size in sizes)
        ties = nearest(behind(the_problem, point), today)
        order = weightiest_first(the_problem)
        first = min(ties, key=lambda decision: [key(k, decision[k]) for k in order])
        shown = searched.first_of_many(point, today, 0, key)
        assert shown is not None
        assert shown.options == first
        for points in held:
            again = points.first_of_many(point, today, len(ties) - 1, key)
            assert again is not None
            assert again.options == first
            assert points.first_of_many(point, today, len(ties), key) is None
        assert searched.first_of_many(point, today, MANY, key) is None
        assert {taken.options for taken in searched.nearest(point, today)} == set(ties)
        assert searched.count(point) == len(behind(the_problem, point))


@pytest.mark.parametrize("seed", range(20))
def test_of_very_many_issues_it_is_the_first_as_well(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only some issues are left open it is the same first one, and a merge lists none."""
    random = Random(f"core {seed}")
    parties = 2 + seed % 2
    options = [[random.choices(range(4), k=parties) for _ in range(3)] for _ in range(7)]
    the_problem = Problem(parties, tuple(tuple(map(tuple, own)) for own in options), (0,) * parties)
    ray = Ray((Fraction(0),) * parties, (Fraction(1),) * parties)
    ahead = Weighed(the_problem, ray, [1] * parties)
    core = ahead.core(random.choice(list(ahead.reaches())))
    points = Points(core, the_problem)
    order = weightiest_first(the_problem)
    for point in points.corners():
        today = tuple(random.choice([None, random.randrange(3)]) for _ in range(7))
        ties = [taken.options for taken in points.nearest(point, today)]
        monkeypatch.setattr(Merged, "nearest", None)
        first = points.first_of_many(point, today, len(ties) - 1, key)
        if core.count(points.row(point)) > len(ties) - 1:
            assert first is not None
            assert first.options == min(ties, key=lambda d: [key(k, d[k]) for k in order])
        assert points.first_of_many(point, today, len(ties), key) is None
        monkeypatch.undo()


def mirrored(the_problem: Problem) -> Problem:
    """Return the problem of two parties that have changed places."""
    return replace(
        the_problem,
        points=tuple(tuple(o[::-1] for o in options) for options in the_problem.points),
        floors=the_problem.floors[::-1],
        never=the_problem.never[::-1],
        extras=tuple(replace(e, party=1 - e.party) for e in the_problem.extras[::-1]),
    )


@pytest.mark.parametrize("seed", range(5))
def test_sides_that_change_places_are_shown_the_same_packages(seed: int) -> None:
    """Whoever is named first, the package shown at a point is the same."""
    one = problem(Random(seed), parties=2)
    own, other = Searched(one, Deadline()), Searched(mirrored(one), Deadline())
    nobody = (None,) * len(one.points)
    shown = {p: own.first_of_many(p, nobody, 0, key) for p in own.corners()}
    assert shown == {p[::-1]: other.first_of_many(p, nobody, 0, key) for p in other.corners()}


def test_classes_are_read_back_from_the_few_numbers_that_hold_them() -> None:
    """What is counted in a few numbers are the very classes that a package takes, of any issue."""
    random, sizes = Random(7), [1, 2, 3, 7, 30] * 12
    issues = tuple(tuple((j, -j) for j in range(size)) for size in sizes)
    model = Model(Problem(parties=2, points=issues, floors=(None, None)))
    taken = tuple(map(random.randrange, sizes))
    for literals, c in zip(model.literals, taken, strict=True):
        model.cp.add_bool_and([literals[c]])
    solver = CpSolver()
    assert solver.solve(model.cp) == OPTIMAL
    numbers = [solver.value(number) for number in model.packed()]
    assert len(numbers) == 3
    assert model.unpacked(numbers) == taken


def test_packages_sought_at_once_are_those_sought_one_by_one() -> None:
    """A frontier's packages are the same whether the solver is asked of several points at once."""
    names = [f"o{n}" for n in range(4)]
    ids = [f"i{n:02}" for n in range(8)]
    random = Random(3)

    def bonuses() -> Iterator[Bonus]:
        for a, b in combinations(ids, 2):
            when = condition(**{a: random.sample(names, 2), b: random.sample(names, 2)})
            yield Bonus(when, Fraction(random.randrange(1, 9)))

    preferences = [preference(party, {}, 0, bonuses=tuple(bonuses())) for party in ("ann", "ben")]
    the_dispute = dispute([choice(k, *names) for k in ids], *preferences)
    bargain = bargain_over(compiled(the_dispute), "cp_sat")
    assert isinstance(bargain, Bargain)
    points = tuple(bargain.frontier.corners())
    assert len(points) > 2
    one_by_one = tuple(shown_first(bargain, point) for point in points)
    again = bargain_over(compiled(the_dispute), "cp_sat")
    assert isinstance(again, Bargain)
    assert each_shown_first(again, tuple(again.frontier.corners())) == one_by_one


def many_ties(random: Random, parties: tuple[str, str], today: Outcome | None) -> Dispute:
    """Return a dispute with more ties than are compared: an issue is worth one point to a side."""
    sizes = [random.choice([3, 4]) for _ in range(13)]
    worths = [[(1, 0), (0, 1), *random.choices([(1, 0), (0, 1)], k=size - 2)] for size in sizes]
    bonus = (
        condition(i3=["o0", "o1"], i4=["o0", "o2"]),
        condition(i5=["o0", "o2"], i6=["o0", "o1"]),
    )
    given = {
        party: preference(
            party,
            {
                f"i{k}": {f"o{j}": both[side] for j, both in enumerate(options)}
                for k, options in enumerate(worths)
            },
            0,
            bonuses=(Bonus(bonus[side], Fraction(1)),),
        )
        for side, party in enumerate(("ann", "ben"))
    }
    issues = [choice(f"i{k}", *(f"o{j}" for j in range(size))) for k, size in enumerate(sizes)]
    return dispute(issues, *(given[party] for party in parties), status_quo=today)


@pytest.mark.parametrize("seed", range(6))
def test_beyond_all_comparing_neither_side_is_first(seed: int) -> None:
    """With more than 10,000 ties, sides that change places are shown the very same package."""
    today: Outcome | None = FrozenMap({"i0": "o1", "i9": "o2"}) if seed % 2 else None
    own = api.settle(many_ties(Random(seed), ("ann", "ben"), today), engine="additive")
    other = api.settle(many_ties(Random(seed), ("ben", "ann"), today), engine="additive")
    assert own.outcome == other.outcome
    assert int(own.ties) == int(other.ties)
    assert int(own.ties) > MANY
