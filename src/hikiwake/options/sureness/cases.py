"""Trees of cases that show that no package meets some conditions, whatever the sides meant.

What a condition comes to at the most is a sum over what is decided. So the best mixture of what
is left is a linear program; its multipliers weigh the conditions to a sum that is nowhere above
0, or the mixture says where to go on: at an issue that is undecided, a rule, a group, where an
answer begins to count for a package instead of against it, or at the corners of linked answers.

References
----------
Land, A. H. and Doig, A. G. (1960), An Automatic Method of Solving Discrete Programming Problems,
Econometrica 28.
Farkas, J. (1902), Theorie der einfachen Ungleichungen, Journal für die reine und angewandte
Mathematik 124.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm, prod
from typing import Any

from hikiwake.options.sureness.rows import Asked, Meant, Row, centre
from hikiwake.options.sureness.statement import Corner, Line, Stated, minus, mixed
from hikiwake.solvers.programs.program import Column, Impossible, Program
from hikiwake.solvers.programs.solving import solve
from hikiwake.solvers.regions import Part

MAX_CASES = 5_000  # of one tree
MAX_LOOKED = 1_000  # cases in which a package is looked for
MAX_ROUGH = 100  # cases where linked answers have too many corners to tell everything apart
ROUNDED = (1, 10, 100, 10_000)  # denominators of weights that are tried
MAX_SHARPENED = 8  # times that one case is looked at again with other multipliers

Json = Any
Left = list[dict[int, tuple[Corner, ...]]]  # of each issue: what is left of its options
Weighed = list[tuple[int, Fraction, int]]  # condition, weight, place of multipliers
Mixture = list[dict[tuple[int, Corner], Fraction]]  # of each issue
Sets = tuple[Meant, ...]  # of each condition: what its side may have meant


class Unproved(Exception):
    """No tree of cases was found: why, in words."""


class _Met(Exception):
    """A package meets the conditions."""

    def __init__(self, package: Json) -> None:
        self.package = package
        super().__init__("a package was found that the proof cannot rule out")


class Cases:
    """Looks for a tree of cases which shows that no package meets all of some conditions.

    ``even`` holds, for each group that is not for trade, the combinations that may be even.
    """

    def __init__(
        self,
        stated: Stated,
        sets: Sequence[Meant],
        even: Sequence[Sequence[tuple[int, ...]]],
        asked: Sequence[Asked],
    ) -> None:
        self._stated, self._sets, self._even, self._asked = stated, sets, even, asked
        self._rows: dict[tuple[int, Meant, int], Row] = {}
        self._pinned: dict[tuple[Meant, tuple[int, ...]], list[Meant] | None] = {}
        self._count, self._most, self._written = 0, MAX_CASES, True
        self._start = tuple(one.within or sets[one.side] for one in asked)
        sides = {one.side for one in asked}
        self._bonuses = [
            (n, j, tests) for n, side in enumerate(stated.sides) if n in sides
            for j, tests in side.bonuses
        ]  # fmt: skip

    def tree(self) -> Json:
        """Return the tree.

        Raises
        ------
        Unproved
            If none was found, or it has too many cases.
        """
        try:
            return self._case(self._stated.everything(), [], frozenset(), self._start)
        except _Met:
            raise Unproved("a package was found that a proof would have to exclude") from None

    def found(self) -> Json | None:
        """Return a package that meets all conditions, as a certificate names it; None: none does.

        Raises
        ------
        Unproved
            If that takes too many cases.
        """
        self._most, self._written = MAX_LOOKED, False
        try:
            self._case(self._stated.everything(), [], frozenset(), self._start)
        except _Met as met:
            return met.package
        return None

    def _row(self, at: int, meant: Meant, pick: int = 0) -> Row:
        key = at, meant, pick
        if key not in self._rows:
            self._rows[key] = Row(self._stated, meant, at, self._asked[at], pick)
        return self._rows[key]

    def _case(self, left: Left, known: Weighed, grouped: frozenset[int], sets: Sets) -> Json:
        if not all(left):
            return []
        if known and self._closes(left, known, sets):
            return self._leaf(left, known, sets)
        self._count += 1
        if self._count > self._most:
            raise Unproved(f"a proof of all packages has more than {self._most:,} cases")
        parts, mixture, states = self._weighed(left, sets)
        if mixture is None:
            assert self._closes(left, parts, sets)
            return self._leaf(left, parts, sets)
        kind, at, cases = self._next(left, (mixture, states), grouped, sets)
        grouped |= {at[0]} if kind == "group" else set()
        order = [*range(len(cases))]
        if kind == "issue":  # the likeliest option first
            likely = _parts(mixture[at])
            order.sort(key=lambda n: -likely.get([*left[at]][n], Fraction(0)))
        trees = {n: self._case(cases[n][0], parts, grouped, cases[n][1]) for n in order}
        return [kind, at, [trees[n] for n in range(len(cases))]]

    def _leaf(self, left: Left, parts: Weighed, sets: Sets) -> Json:
        """Return a case that is closed, by the shortest weights that close it."""
        short = (_rounded(parts, most) for most in ROUNDED if self._written)
        parts = next((own for own in short if self._closes(left, own, sets)), parts)
        return [[at, str(weight), *([pick] if pick else [])] for at, weight, pick in parts]

    def _closes(self, left: Left, parts: Weighed, sets: Sets) -> bool:
        rows = [(weight, self._row(at, sets[at], pick)) for at, weight, pick in parts]
        total = sum((weight * row.constant for weight, row in rows), Fraction(0))
        for issue, options in enumerate(left):
            total += max(
                sum((weight * row.of(issue, option, corner) for weight, row in rows), Fraction(0))
                for option, corners in options.items()
                for corner in corners
            )
        for side, j, tests in self._bonuses:
            own = [(weight, row) for weight, row in rows if row.asked.side == side]
            total += max(
                sum((weight * row.bonus(j, held) for weight, row in own), Fraction(0))
                for held in may_hold(left, tests)
            )
        return total < 0 or (total == 0 and any(row.asked.strict for _, row in rows))

    def _weighed(self, left: Left, sets: Sets) -> tuple[Weighed, Mixture | None, list[Fraction]]:
        """Return weights of conditions; and the mixture that meets them, and the parts of bonuses.

        None where the weights show that there is none.
        """
        found = self._solved(left, sets)
        for _ in range(MAX_SHARPENED):
            if found[1] is None or not self._sharpened(found[1], found[2], sets):
                break
            found = self._solved(left, sets)
        return found

    def _solved(self, left: Left, sets: Sets) -> tuple[Weighed, Mixture | None, list[Fraction]]:
        rows = self._known(sets)
        keys, columns = self._columns(left, rows)
        count = len(left) + len(self._bonuses)
        scales = [
            lcm(row.constant.denominator, *(own[n].denominator for _, own in columns))
            for n, row in enumerate(rows)
        ]
        program: list[Column] = [
            (
                (at, 1),
                *((count + n, int(w * scales[n])) for n, w in enumerate(own) if w),
            )
            for at, own in columns
        ]
        program += [((count + n, -1),) for n in range(len(rows))]
        strict = [(count + n, scales[n]) for n, row in enumerate(rows) if row.asked.strict]
        program += [tuple((row, sign * scale) for row, scale in strict) for sign in (-1, 1)]
        right = [1] * count
        right += [int(-row.constant * scale) for row, scale in zip(rows, scales, strict=True)]
        goal = [*(0 for _ in program[:-2]), 1, -1]
        answer = solve(Program(program, goal, right))
        ys = answer.multipliers[count:]
        parts: Weighed = [
            (row.place, -y * scale, row.pick)
            for row, y, scale in zip(rows, ys, scales, strict=True)
            if y
        ]
        if isinstance(answer, Impossible) or answer.value <= 0:
            return parts, None, []
        mixture: Mixture = [{} for _ in left]
        states = [Fraction(0)] * len(self._bonuses)
        for n, key in enumerate(keys):
            if part := answer.parts.get(n):
                at, option, corner = key
                if at < len(left):
                    mixture[at][option, corner] = part
                elif option:
                    states[at - len(left)] = part
        return parts, mixture, states

    def _columns(
        self, left: Left, rows: Sequence[Row]
    ) -> tuple[list[tuple[int, int, Corner]], list[tuple[int, list[Fraction]]]]:
        """Return what is left, each corner with what it adds to each row."""
        keys = [
            (issue, option, corner)
            for issue, options in enumerate(left)
            for option, corners in options.items()
            for corner in corners
        ]
        columns = [(key[0], [row.of(*key) for row in rows]) for key in keys]
        for n, (side, j, tests) in enumerate(self._bonuses, start=len(left)):
            for held in may_hold(left, tests):
                keys.append((n, held, ()))
                nothing = Fraction(0)
                own = [row.bonus(j, held) if row.asked.side == side else nothing for row in rows]
                columns.append((n, own))
        return keys, columns

    def _known(self, sets: Sets) -> list[Row]:
        """Return the rows of all conditions by what the sides may have meant."""
        for at, meant in enumerate(sets):
            self._row(at, meant)
        return [row for row in self._rows.values() if row.meant is sets[row.place]]

    def _sharpened(self, mixture: Mixture, states: Sequence[Fraction], sets: Sets) -> bool:
        """Tell whether there are multipliers by which a mixture meets the conditions less well."""
        before = len(self._rows)
        for at, (asked, meant) in enumerate(zip(self._asked, sets, strict=True)):
            if meant.parts:
                self._row(at, meant, meant.learn(self._line(asked, mixture, states)))
        return len(self._rows) > before

    def _line(self, asked: Asked, mixture: Mixture, states: Sequence[Fraction]) -> Line:
        side = self._stated.sides[asked.side]
        found = minus(asked.plus, side.away, asked.times)
        for points, own in zip(side.points, mixture, strict=True):
            for (option, corner), part in own.items():
                found = minus(found, mixed(points[option], corner), -asked.times * part)
        for (n, j, _), part in zip(self._bonuses, states, strict=True):
            if n == asked.side and part:
                found = minus(found, {j: part}, -asked.times)
        return found

    def _next(
        self,
        left: Left,
        found: tuple[Mixture, Sequence[Fraction]],
        grouped: frozenset[int],
        sets: Sets,
    ) -> tuple[str, Json, list[tuple[Left, Sets]]]:
        """Return what to look at next, and what is then left in each case."""
        kind, at, lefts = self._next_left(left, found, grouped, sets)
        if kind == "answers":
            place, places = at
            part = next(one for one in sets[place].parts if [*one.places] == places)
            every = self._corners(sets[place], part) or []
            return kind, at, [(left, (*sets[:place], own, *sets[place + 1 :])) for own in every]
        return kind, at, [(own, sets) for own in lefts]

    def _corners(self, meant: Meant, part: Part) -> list[Meant] | None:
        """Return what is left by each corner of linked answers; None: they are too many."""
        key = meant, part.places
        if key not in self._pinned:
            self._pinned[key] = meant.pinned(part)
        return self._pinned[key]

    def _next_left(
        self,
        left: Left,
        found: tuple[Mixture, Sequence[Fraction]],
        grouped: frozenset[int],
        sets: Sets,
    ) -> tuple[str, Json, list[Left]]:
        mixture, states = found
        for g, (issues, ways) in enumerate(zip(self._stated.groups, self._even, strict=True)):
            if g not in grouped and 2 * len(ways) <= prod(len(left[k]) for k in issues):
                return "group", [g, [*map(list, ways)]], [_only(left, issues, w) for w in ways]
        parts = [_parts(own) for own in mixture]
        undecided = max(range(len(left)), key=lambda k: 1 - max(parts[k].values()))
        if len(parts[undecided]) > 1:
            return "issue", undecided, _by_option(left, undecided)
        way = {k: next(iter(own)) for k, own in enumerate(parts)}
        for (_, _, tests), state in zip(self._bonuses, states, strict=True):
            holds = all(way[k] in options for k, options in tests)
            if state != holds:
                issue = next(k for k, among in tests if not set(left[k]) <= among)
                return "issue", issue, _by_option(left, issue)
        at = {k: centre({c: p for (_, c), p in own.items()}) for k, own in enumerate(mixture)}
        for r, tests in enumerate(self._stated.never):
            if all(test.holds(way[test.issue], at[test.issue]) for test in tests):
                return "rule", r, list(self._stated.without(left, tests))
        kink = self._kink(mixture, way, sets)
        if kink is not None:
            row, issue, j = kink
            part = next((one for one in row.meant.parts if j in one.places), None)
            if part is not None and self._corners(row.meant, part) is not None:
                return "answers", [row.place, [*part.places]], []
            if part is not None:
                self._most = min(self._most, MAX_ROUGH)
            cut = self._root(row, issue, way[issue], j)
            issue, end, value = cut
            if len(left[issue]) > 1:
                return "issue", issue, _by_option(left, issue)
            lefts = [self._stated.clipped(left, *cut, sign) for sign in (-1, 1)]
            return "cut", [issue, end, str(value)], lefts
        for g, (issues, ways) in enumerate(zip(self._stated.groups, self._even, strict=True)):
            if g not in grouped:
                return "group", [g, [*map(list, ways)]], [_only(left, issues, w) for w in ways]
        raise _Met([[way[k], [str(part) for part in at[k]]] for k in range(len(left))])

    def _kink(
        self, mixture: Mixture, way: Mapping[int, int], sets: Sets
    ) -> tuple[Row, int, int] | None:
        """Return which answer, of which issue, begins to count the other way; where that matters
        most."""
        best: tuple[Fraction, tuple[Row, int, int]] | None = None
        for issue, own in enumerate(mixture):
            if len(own) < 2:
                continue
            mix = {corner: part for (_, corner), part in own.items()}
            for row in self._known(sets):
                for j, gap in row.gaps(issue, way[issue], mix).items():
                    if gap > 0 and (best is None or gap > best[0]):
                        best = gap, (row, issue, j)
        return best and best[1]

    def _root(self, row: Row, issue: int, option: int, j: int) -> tuple[int, int, Fraction]:
        """Return at which part of which end of an issue an answer counts the other way."""
        ends = self._stated.sides[row.asked.side].points[issue][option]
        counts = [end.get(j, Fraction(0)) for end in ends]
        others = [counts[:e] + counts[e + 1 :] for e in range(len(counts))]
        end = max(e for e, rest in enumerate(others) if len(set(rest)) == 1)
        rest, wanted = others[end][0], -row.start.get(j, Fraction(0)) / row.asked.times
        return issue, end, (wanted - rest) / (counts[end] - rest)


def _rounded(parts: Weighed, most: int) -> Weighed:
    """Return weights by the first of them, with denominators of at most so much."""
    _, first, _ = parts[0]
    short = ((at, (weight / first).limit_denominator(most), pick) for at, weight, pick in parts)
    return [(at, weight, pick) for at, weight, pick in short if weight]


def may_hold(left: Left, tests: Sequence[tuple[int, frozenset[int]]]) -> tuple[int, ...]:
    """Return whether a combination of whole issues may fail to hold, and may hold."""
    if all(set(left[issue]) <= options for issue, options in tests):
        return (1,)
    return (0, 1) if all(options & set(left[issue]) for issue, options in tests) else (0,)


def _parts(own: Mapping[tuple[int, Corner], Fraction]) -> dict[int, Fraction]:
    """Return the part that each option has in a mixture."""
    found: dict[int, Fraction] = {}
    for (option, _), part in own.items():
        found[option] = found.get(option, Fraction(0)) + part
    return found


def _by_option(left: Left, issue: int) -> list[Left]:
    return [[*_but(left, issue, {option: own})] for option, own in left[issue].items()]


def _only(left: Left, issues: Sequence[int], way: Sequence[int]) -> Left:
    for issue, option in zip(issues, way, strict=True):
        kept = {o: own for o, own in left[issue].items() if o == option}
        left = [*_but(left, issue, kept)]
    return left


def _but(
    left: Left, issue: int, kept: dict[int, tuple[Corner, ...]]
) -> Iterator[dict[int, tuple[Corner, ...]]]:
    yield from (kept if k == issue else own for k, own in enumerate(left))
