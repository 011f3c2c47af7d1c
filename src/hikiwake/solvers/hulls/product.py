"""The largest product of values: found in floats, recognised as fractions, proven by one program.

At the best point g every part takes what is worth most at the prices w = 1/g (competitive prices).
Which corners tie there fixes the prices' ratios, and the ratios fix g as fractions wherever each
tie is between two parties only. For any g > 0 and any other point v of a hull,
Π v ≤ Π g · (Σ v/g ÷ n)ⁿ, and the largest Σ v/g is one linear program: it proves g best, or bounds.

References
----------
Eisenberg, E. and Gale, D. (1959), Consensus of Subjective Probabilities, Annals of Math. Stat. 30.
Wright, S. J. (1997), Primal-Dual Interior-Point Methods, SIAM.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.solvers.hulls.chain import chain
from hikiwake.solvers.hulls.hull import Frame, Link, Mixture
from hikiwake.solvers.hulls.levels import LEVEL, Terms
from hikiwake.solvers.hulls.ratios import ratios
from hikiwake.solvers.programs import Impossible

MAX_COLUMNS = 1_500  # for the interior point method, whose cost grows with the cube
_STEPS = 80
_ROUNDING = 10**9
_SIMPLE = (1, 1_000, 1_000_000)  # denominators tried where no ties determine the point

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A bound on the product over a view; ``exact`` where the mixture attains it."""

    bound: Fraction
    mixture: Mixture
    product: Fraction
    exact: bool


class Stopped(Exception):
    """The search was stopped before anything was known."""


def relaxed_product(
    frame: Frame, terms: Terms, links: Sequence[Link], stop: Callable[[], bool] = bool
) -> Relaxed | None:
    """Return what the product can be over a view; None where somebody always has 0.

    Raises
    ------
    Stopped
        If ``stop`` says so in one of the steps in floats, which are what takes longest.
    """
    lifting = [
        Link({i: 1}, zero, {LEVEL: -unit})
        for i, zero, unit in zip(terms.parties, terms.zeros, terms.units, strict=True)
    ]
    start = frame.best((*lifting, *links), {}, {LEVEL: 1})
    if isinstance(start, Impossible) or start.value <= 0:
        return None
    balances = [link for link in links if len(link.weights) > 1]
    if balances and len(terms.parties) <= 2:
        return _of_two(frame, terms, links)
    values, tight = _interior(frame, terms, start, balances, stop)
    if balances:
        found = _on_face(frame, terms, links, tight)
        return found or _from_floats(frame, terms, links, values, start.value)
    ties = _ties(frame, terms, tight) if tight or not frame.columns else None
    prices = ratios(*ties) if ties else None
    found = _proven(frame, terms, links, prices) if prices else None
    return found or _from_floats(frame, terms, links, values, start.value)


def _from_floats(
    frame: Frame, terms: Terms, links: Sequence[Link], values: Floats, least: Fraction
) -> Relaxed:
    found = _rounded(frame, terms, links, values)
    if found is not None:
        return found
    near = [Fraction(float(v)).limit_denominator(_ROUNDING) for v in values]
    return _bounded(frame, terms, links, [v if v > 0 else least for v in near])


def _of_two(frame: Frame, terms: Terms, links: Sequence[Link]) -> Relaxed | None:
    """Return the optimum of one or two parties: on a straight part of their border."""
    best: tuple[Fraction, ...] = ()
    if len(terms.parties) == 2:
        corners = chain(frame, links, (terms.parties[0], terms.parties[1]))
        ends = [terms.values(corner.sums) for corner in corners]
        tops = [_top(a, b) for a, b in pairwise(ends)] or ends
        best = max(tops, key=prod)
    else:
        most = frame.best(links, dict.fromkeys(terms.parties, 1))
        assert isinstance(most, Mixture)
        best = terms.values(most.sums)
    found = frame.best((*_above(terms, best), *links), {})
    assert isinstance(found, Mixture), "the border is attained by mixtures"
    product = prod(best, start=Fraction(1))
    return Relaxed(product, found, product, exact=True) if product > 0 else None


def _top(a: Sequence[Fraction], b: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Return where the product is largest between two points, one value falling, one rising."""
    one, two = b[0] - a[0], b[1] - a[1]
    way = min(max(-(a[0] * two + a[1] * one) / (2 * one * two), Fraction(0)), Fraction(1))
    return a[0] + way * one, a[1] + way * two


def _on_face(
    frame: Frame, terms: Terms, links: Sequence[Link], tight: Sequence[int]
) -> Relaxed | None:
    """Return the optimum if the columns taken there determine it."""
    names = [(c.part, c.cell, c.factor, c.corner) for c in frame.columns]
    taken = {names[j] for j in tight}
    face = Frame(frame.hull, frame.view, frozenset(set(names) - taken))
    equal = [terms.at_least(p, 0) for p in range(len(terms.parties))]
    lifting = [replace(link, others={LEVEL: -terms.units[p]}) for p, link in enumerate(equal)]
    found = face.best((*lifting, *links), {}, {LEVEL: 1})
    if isinstance(found, Impossible) or min(terms.values(found.sums)) <= 0:
        return None
    return _proven(frame, terms, links, [1 / value for value in terms.values(found.sums)])


def _weights(terms: Terms, prices: Sequence[Fraction]) -> dict[int, Fraction]:
    return {i: p / Fraction(u) for i, p, u in zip(terms.parties, prices, terms.units, strict=True)}


def _above(terms: Terms, values: Sequence[Fraction]) -> list[Link]:
    return [terms.at_least(place, value) for place, value in enumerate(values)]


def _proven(
    frame: Frame, terms: Terms, links: Sequence[Link], prices: Sequence[Fraction]
) -> Relaxed | None:
    """Return the optimum at some prices, if nothing is worth more there and it is attained."""
    if any(price <= 0 for price in prices):
        return None
    values = [1 / price for price in prices]
    found = frame.best((*_above(terms, values), *links), _weights(terms, prices))
    if isinstance(found, Impossible) or list(terms.values(found.sums)) != values:
        return None
    # With floors at the values none can be above them: what is left to see is without the floors.
    most = frame.best(links, _weights(terms, prices))
    assert isinstance(most, Mixture)
    if most.value != found.value:
        return None
    product = prod(values, start=Fraction(1))
    return Relaxed(product, found, product, exact=True)


def _rounded(frame: Frame, terms: Terms, links: Sequence[Link], values: Floats) -> Relaxed | None:
    """Return the optimum if it is where everybody's points are simple fractions."""
    for most in _SIMPLE:
        near = [
            Fraction(float(v) * float(unit)).limit_denominator(most) / Fraction(unit)
            for v, unit in zip(values, terms.units, strict=True)
        ]
        if all(value > 0 for value in near):
            found = _proven(frame, terms, links, [1 / value for value in near])
            if found is not None:
                return found
    return None


def _bounded(
    frame: Frame, terms: Terms, links: Sequence[Link], values: Sequence[Fraction]
) -> Relaxed:
    """Return a point near the best, and the bound that its own prices prove."""
    prices = [1 / value for value in values]
    weights = _weights(terms, prices)
    most = frame.best(links, weights)
    assert isinstance(most, Mixture)
    size = len(values)
    worth = sum(p * v for p, v in zip(prices, terms.values(most.sums), strict=True))
    bound = prod([v * worth / size for v in values], start=Fraction(1))
    short = Fraction(_ROUNDING - 1, _ROUNDING)
    mixture: Mixture | Impossible | None = None
    while not isinstance(mixture, Mixture):
        floors = _above(terms, [value * short for value in values])
        mixture = frame.best((*floors, *links), weights)
        short = 1 - 10 * (1 - short) if short > Fraction(1, 2) else Fraction(0)
    product = prod(terms.values(mixture.sums), start=Fraction(1))
    return Relaxed(max(bound, product), mixture, product, exact=bound == product)


def _ties(
    frame: Frame, terms: Terms, tight: Sequence[int]
) -> tuple[list[list[Fraction]], list[Fraction]] | None:
    """Return the differences between corners that tie, and the values where one of each is taken.

    ``tight`` is in falling order of how much of each column is taken. None where cells of several
    factors are mixed: nothing there is to be attained anyway.
    """
    cells: dict[int, set[int]] = {}
    first: dict[int, int] = {}
    differences: list[list[Fraction]] = []
    total = terms.values(frame.base)
    chosen = list(total)
    for j in tight:
        column = frame.columns[j]
        cells.setdefault(column.part, set()).add(column.cell)
        own = _values(frame, terms, j)
        row = max(row for row, sign in column.rows if sign == 1)
        if row in first:
            before = _values(frame, terms, first[row])
            differences.append([a - b for a, b in zip(own, before, strict=True)])
        else:
            first[row] = j
            chosen = [a + b for a, b in zip(chosen, own, strict=True)]
    several = {frame.columns[j].part for j in tight if frame.columns[j].factor}
    return None if any(len(cells[p]) > 1 for p in several) else (differences, chosen)


def _values(frame: Frame, terms: Terms, column: int) -> list[Fraction]:
    vector, scale = frame.columns[column].vector, frame.hull.scale
    return [
        Fraction(vector[i], scale[i]) / Fraction(unit)
        for i, unit in zip(terms.parties, terms.units, strict=True)
    ]


def _interior(
    frame: Frame, terms: Terms, start: Mixture, links: Sequence[Link], stop: Callable[[], bool]
) -> tuple[Floats, list[int]]:
    """Return the values at the best mixture, and which columns it takes, most first."""
    matrix, right = frame.structure(links)
    count = len(frame.columns)
    worth: Floats = np.array(
        [[float(v) for v in _values(frame, terms, j)] for j in range(count)], dtype=float
    ).reshape(count, len(terms.parties))
    total = terms.values(frame.base)
    constant: Floats = np.array([float(v) for v in total])
    places = {id(column): j for j, column in enumerate(frame.columns)}
    here: Floats = np.zeros(count, dtype=float)
    for corner, mass in start.corners:
        here[places[id(corner)]] = float(mass)
    if count > MAX_COLUMNS or not count:
        return here @ worth + constant, []
    worth = np.vstack([worth, np.zeros((len(links), len(terms.parties)))])
    spare: Floats = np.array(
        [sum(w * start.sums[i] for i, w in k.weights.items()) - k.least for k in links], dtype=float
    )
    here = np.concatenate([here, spare])
    spread: Floats = np.maximum(np.linalg.lstsq(matrix, right, rcond=None)[0], 0.1 / count)
    floor = float(start.value)
    low = float((spread @ worth + constant).min())
    blend = 0.5 if low >= floor / 2 else min(0.5, floor / 2 / (floor - low))
    with np.errstate(all="ignore"):  # what is too large or too small for floats ends the steps
        begin = (1 - blend) * here + blend * spread
        values, order = _newton(matrix, right, worth, constant, begin, stop)
    return values, [j for j in order if j < count]


def _newton(
    matrix: Any, right: Any, worth: Any, constant: Any, x: Any, stop: Callable[[], bool]
) -> tuple[Floats, list[int]]:
    """Return the values and columns where Σ log(values) is largest, by primal-dual steps."""
    m, n = int(matrix.shape[0]), int(matrix.shape[1])
    slack: Any = 0 * x + 1
    dual: Any = 0 * right
    system = _system(matrix)
    for _ in range(_STEPS):
        if stop():
            raise Stopped
        values: Any = x @ worth + constant
        gap: Any = x @ slack / n
        gradient: Any = -(worth / values).sum(axis=1)
        missing: Any = right - matrix @ x
        if gap < 1e-13 and abs(missing).max(initial=0.0) < 1e-11:
            break
        target = gap * 0.15
        scaled: Any = worth / values
        system[:n, :n] = scaled @ scaled.T
        system[range(n), range(n)] += slack / x
        system[range(n, n + m), range(n, n + m)] = 1e-13
        rest = (-(gradient - matrix.T @ dual - target / x), missing)
        step = _solved(system, rest)
        if step is None:
            break
        move: Any = step[:n]
        ease: Any = (target - slack * move) / x - slack
        change: Any = move @ worth
        size = min(1.0, 0.95 * min(_room(x, move), _room(slack, ease), _room(values, change)))
        x = x + size * move
        slack = slack + size * ease
        dual = dual + size * step[n:]
    order = sorted((int(j) for j in np.flatnonzero(x > slack)), key=lambda j: -x[j])
    return x @ worth + constant, order


def _system(matrix: Any) -> Any:
    m, n = matrix.shape
    system = np.zeros((n + m, n + m))
    system[n:, :n] = matrix
    system[:n, n:] = -matrix.T
    return system


def _solved(system: Any, rest: tuple[Any, Any]) -> Any:
    solve: Any = np.linalg.solve
    with suppress(np.linalg.LinAlgError):
        found = solve(system, np.concatenate(rest))
        return found if np.isfinite(found).all() else None
    return None


def _room(here: Any, move: Any) -> float:
    falling: Any = move < 0
    return float((here[falling] / -move[falling]).min(initial=2.0))
