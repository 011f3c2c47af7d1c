"""What is left of all packages, mixed as conditions like it best: what no package can exceed.

Floats guess the best mixture, again and again; fractions decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from math import lcm

import numpy as np

from hikiwake.options.sureness.long_lines import Array, whole
from hikiwake.options.sureness.trees.rows import Row
from hikiwake.options.sureness.trees.statement import Corner
from hikiwake.solvers.programs.program import Column, Impossible, Program
from hikiwake.solvers.programs.solving import solve
from hikiwake.solvers.programs.warm import Level

GRAIN = 1 << 20  # of guessed parts and weights
CLEARLY = 1e-7  # above what is asked for

_ZERO = Fraction(0)

Options = dict[int, tuple[Corner, ...]]
Left = list[Options]  # of each issue: what is left of its options
Key = tuple[int, int, Corner]  # issue or bonus, option, corner
Tests = Sequence[tuple[int, frozenset[int]]]
Weighed = list[tuple[Row, Fraction]]


@dataclass(frozen=True, slots=True)
class Mixed:
    """A mixture: of each issue the part of each corner; and of each bonus the part that holds."""

    parts: list[dict[tuple[int, Corner], Fraction]]
    states: list[Fraction]

    def by_option(self, issue: int) -> dict[int, Fraction]:
        """Return the part that each option of an issue has."""
        found: dict[int, Fraction] = {}
        for (option, _), part in self.parts[issue].items():
            found[option] = found.get(option, Fraction(0)) + part
        return found

    def decided(self, left: Left) -> Left:
        """Return what is left of the options that have a part."""
        return [
            {option: options[option] for option in self.by_option(issue)}
            for issue, options in enumerate(left)
        ]


Guess = tuple[Weighed, Mixed | None]


@dataclass(slots=True)
class _Numbers:
    """What a row is in each column: so many times whole numbers."""

    unit: int = 1
    whole: Array = field(default_factory=lambda: np.zeros(0, dtype=object))


class Relaxed:
    """All that may be left of some issues and bonuses, in columns: a corner of an option each."""

    def __init__(self, issues: int, bonuses: Sequence[tuple[int, int, Tests]]) -> None:
        self._issues, self._bonuses = issues, bonuses
        self._keys: list[Key] = []
        self._places: dict[Key, int] = {}
        self._known: dict[int, tuple[Options, list[int]]] = {}
        self._numbers: dict[Row, _Numbers] = {}
        self._levels: dict[tuple[object, bool], Level] = {}

    def most(self, left: Left, weighed: Weighed) -> Fraction:
        """Return what rows come to at the most, each so often, less their starts."""
        columns = self._columns(left)
        pairs = [(weight, self._row(row)) for row, weight in weighed]
        scale = lcm(*(weight.denominator * own.unit for weight, own in pairs))
        places = [*chain.from_iterable(columns)]
        total = np.zeros(len(places), dtype=object)
        for weight, own in pairs:
            times = weight.numerator * (scale // (weight.denominator * own.unit))
            total += times * own.whole[places]
        starts = np.cumsum([0, *map(len, columns[:-1])])
        return Fraction(int(np.maximum.reduceat(total, starts).sum()), scale)

    def guess(self, left: Left, rows: Sequence[Row], case: object, floor: Fraction) -> Guess:
        """Return weights which may show that no mixture is above a level; or one that is.

        Parameters
        ----------
        case
            What the rows hang on: they are the same for it, but for new ones at their end.
        """
        columns = self._columns(left)
        places = [*chain.from_iterable(columns)]
        found = self._level(rows, case, elastic=False).best(places)
        if found is None:
            found = self._level(rows, case, elastic=True).best(places)
            if found is None or found[0] > 0:
                return [], None
        level, parts, weights = found
        pairs = zip(rows, _grained(weights / max(weights.max(), 1e-12)), strict=True)
        weighed = [(row, weight) for row, weight in pairs if weight > 0]
        if level <= floor + CLEARLY:
            return weighed, None
        return weighed, self._mixed(zip(places, _grained(parts), strict=True))

    def solved(self, left: Left, rows: Sequence[Row], floor: Fraction) -> Guess:
        """Return weights that show that no mixture is above a level; and the highest, if it is."""
        columns = self._columns(left)
        several = [own for own in columns if len(own) > 1]
        alone = [own[0] for own in columns if len(own) == 1]
        places = [*chain.from_iterable(several)]
        program: list[list[tuple[int, int]]] = [
            [(n, 1)] for n, own in enumerate(several) for _ in own
        ]
        slacks: list[Column] = []
        levels: list[tuple[int, int]] = []
        right, scales = [1] * len(several), list[int]()
        for n, row in enumerate(rows, start=len(several)):
            own = self._row(row)
            start = row.constant + Fraction(int(own.whole[alone].sum()), own.unit)
            scale = lcm(own.unit, start.denominator, row.asked.levels.denominator)
            for column, number in zip(program, own.whole[places], strict=True):
                if number:
                    column.append((n, int(number) * (scale // own.unit)))
            slacks.append(((n, -1),))
            if row.asked.levels:
                levels.append((n, int(row.asked.levels * scale)))
            right.append(int(-start * scale))
            scales.append(scale)
        signed = (tuple((n, sign * number) for n, number in levels) for sign in (-1, 1))
        every = [*map(tuple, program), *slacks, *signed]
        goal = [0] * (len(every) - 2)
        answer = solve(Program(every, [*goal, 1, -1], right))
        ys = answer.multipliers[len(several) :]
        weighed = [(row, -y * s) for row, y, s in zip(rows, ys, scales, strict=True) if y]
        if isinstance(answer, Impossible) or answer.value <= floor:
            return weighed, None
        taken = ((place, answer.parts.get(n, Fraction(0))) for n, place in enumerate(places))
        return weighed, self._mixed([*taken, *((place, Fraction(1)) for place in alone)])

    def _mixed(self, taken: Iterable[tuple[int, Fraction]]) -> Mixed:
        found = Mixed([{} for _ in range(self._issues)], [Fraction(0)] * len(self._bonuses))
        for place, part in taken:
            at, option, corner = self._keys[place]
            if part <= 0:
                continue
            if at >= self._issues:
                found.states[at - self._issues] += part * option
            else:
                found.parts[at][option, corner] = part
        return found

    def _columns(self, left: Left) -> list[list[int]]:
        """Return the places of what is left of each issue, and of what each bonus may be."""
        columns = [self._of_issue(issue, options) for issue, options in enumerate(left)]
        for n, (_, _, tests) in enumerate(self._bonuses, start=self._issues):
            columns.append([self._place((n, held, ())) for held in may_hold(left, tests)])
        return columns

    def _of_issue(self, issue: int, options: Options) -> list[int]:
        known = self._known.get(id(options))
        if known is None:  # the options are kept as well, so that no others come to be there
            every = ((option, corner) for option, own in options.items() for corner in own)
            known = options, [self._place((issue, *one)) for one in every]
            self._known[id(options)] = known
        return known[1]

    def _place(self, key: Key) -> int:
        place = self._places.setdefault(key, len(self._keys))
        if place == len(self._keys):
            self._keys.append(key)
        return place

    def _row(self, row: Row) -> _Numbers:
        """Return a row in every column that is known."""
        found = self._numbers.setdefault(row, _Numbers())
        if len(found.whole) < len(self._keys):
            more = [self._number(row, key) for key in self._keys[len(found.whole) :]]
            known = [Fraction(int(number), found.unit) for number in found.whole]
            found.whole, found.unit = whole(np.array([*known, *more], dtype=object))
        return found

    def _number(self, row: Row, key: Key) -> Fraction:
        at, option, corner = key
        if at < self._issues:
            return row.of(at, option, corner)
        side, j, _ = self._bonuses[at - self._issues]
        return row.bonus(j, option) if side == row.asked.side else Fraction(0)

    def _level(self, rows: Sequence[Row], case: object, *, elastic: bool) -> Level:
        """Return the program of some rows in floats; elastic: all rows have to reach the level."""
        level = self._levels.get((case, elastic))
        if level is None:
            level = self._levels[case, elastic] = Level(self._issues + len(self._bonuses))
        if (level.rows, level.columns) == (len(rows), len(self._keys)):
            return level
        numbers = [self._row(row) for row in rows]
        known = rows[: level.rows]
        for place in range(level.columns, len(self._keys)):
            own = [number.whole[place] / number.unit for number in numbers[: len(known)]]
            level.add_column(self._keys[place][0], np.array(own, dtype=float))
        for row, own in zip(rows[len(known) :], numbers[len(known) :], strict=True):
            times = 1.0 if elastic else float(row.asked.levels)
            level.add_row(float(row.constant), (own.whole / own.unit).astype(float), times)
        return level


def _grained(numbers: Array) -> list[Fraction]:
    return [
        Fraction(number, GRAIN) if number else _ZERO
        for number in np.rint(numbers * GRAIN).astype(int).tolist()
    ]


def may_hold(left: Left, tests: Tests) -> tuple[int, ...]:
    """Return whether a combination of whole issues may fail to hold, and may hold."""
    if all(left[issue].keys() <= options for issue, options in tests):
        return (1,)
    return (0, 1) if all(options & left[issue].keys() for issue, options in tests) else (0,)


def each_option(left: Left, issue: int) -> list[Left]:
    """Return what is left by each option of an issue."""
    return [[*_but(left, issue, {option: own})] for option, own in left[issue].items()]


def only(left: Left, issues: Sequence[int], way: Sequence[int]) -> Left:
    """Return what is left where some issues are decided so."""
    for issue, option in zip(issues, way, strict=True):
        kept = {o: own for o, own in left[issue].items() if o == option}
        left = [*_but(left, issue, kept)]
    return left


def _but(left: Left, issue: int, kept: Options) -> Iterator[Options]:
    yield from (kept if k == issue else own for k, own in enumerate(left))
