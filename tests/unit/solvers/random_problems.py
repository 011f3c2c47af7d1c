"""Small random problems in integers, the same for the same seed."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

from hikiwake.solvers import Problem
from hikiwake.solvers.problem import Allowed, Clause, Extra, Floor

HUGE = 2**60
STRICT = [Fraction(n, 4) for n in range(-1, 6)]


def clause(random: Random, sizes: list[int], shares: int = 0, longest: int = 2) -> Clause:
    """Return a combination on some issues, and on some shares."""
    named = random.sample(range(len(sizes) + shares), min(longest, len(sizes) + shares))
    options = tuple(
        (k, frozenset(random.sample(range(sizes[k]), random.randint(1, sizes[k]))))
        for k in named
        if k < len(sizes)
    )
    bounds: list[tuple[int, int, Fraction | None, Fraction | None]] = []
    for s in (k - len(sizes) for k in named if k >= len(sizes)):
        low, high = sorted(random.sample(STRICT, 2))
        above, below = random.choice([(low, None), (None, high), (low, high)])
        bounds.append((s, 0, above, below))
    return Clause(options, tuple(bounds))


def problem(random: Random, parties: int, scale: int = 1, shares: int = 0) -> Problem:
    """Return a problem with clauses, extras, allowed tables and floors, all of them now and then.

    ``scale`` 1 gives few distinct sums and many ties; a huge one gives sums one apart.
    """
    sizes = [random.randint(1, 4) for _ in range(random.randint(0 if shares else 1, 4))]

    def points() -> int:
        return random.randint(-2, 4) + random.choice([0, scale if scale > 1 else 0])

    floors: list[Floor] = [
        random.choice([None, None, 0, 1, 3, Fraction(3, 2)]) for _ in range(parties)
    ]
    extras = tuple(
        Extra(random.randrange(parties), clause(random, sizes), random.randint(-3, 3))
        for _ in range(random.choice([0, 0, 1, 2]) if sizes else 0)
    )
    allowed: tuple[Allowed, ...] = ()
    if len(sizes) >= 2 and random.random() < 0.3:
        pairs = list(product(range(sizes[0]), range(sizes[1])))
        some = random.sample(pairs, random.randint(0, len(pairs)))
        allowed = (Allowed((0, 1), frozenset(some)),)
    return Problem(
        parties=parties,
        points=tuple(
            tuple(tuple(points() for _ in range(parties)) for _ in range(size)) for size in sizes
        ),
        floors=tuple(floors),
        never=tuple(clause(random, sizes, shares) for _ in range(random.choice([0, 0, 1, 2, 3]))),
        extras=extras,
        allowed=allowed,
        shares=tuple((random.randint(-2, 4), random.randint(-2, 4)) for _ in range(shares)),
    )


def holds(clause: Clause, decision: tuple[int, ...], parts: tuple[Fraction, ...]) -> bool:
    """Tell whether a combination holds, by its definition."""
    return all(decision[k] in options for k, options in clause.options) and all(
        (above is None or parts[s] > above) and (below is None or parts[s] < below)
        for s, _, above, below in clause.shares
    )


def worth(
    problem: Problem, decision: tuple[int, ...], parts: tuple[Fraction, ...] = ()
) -> tuple[Fraction, ...] | None:
    """Return everybody's points for a package, by their definition; None if it may not be."""
    if any(holds(c, decision, parts) for c in problem.never):
        return None
    if any(tuple(decision[k] for k in a.issues) not in a.combinations for a in problem.allowed):
        return None
    totals = [
        sum((Fraction(issue[d][i]) for issue, d in zip(problem.points, decision, strict=True)))
        + sum(e.points for e in problem.extras if e.party == i and holds(e.when, decision, parts))
        for i in range(problem.parties)
    ]
    for (first, second), part in zip(problem.shares, parts, strict=True):
        totals[0] += first * part
        totals[1] += second * (1 - part)
    floors = zip(totals, problem.floors, strict=True)
    if any(floor is not None and total < floor for total, floor in floors):
        return None
    return tuple(Fraction(total) for total in totals)
