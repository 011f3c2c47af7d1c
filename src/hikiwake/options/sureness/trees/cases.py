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

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Any

from hikiwake.options.sureness.trees.relaxed import (
    Guess,
    Left,
    Mixed,
    Relaxed,
    Weighed,
    each_option,
    only,
)
from hikiwake.options.sureness.trees.rows import Asked, Meant, Row, centre
from hikiwake.options.sureness.trees.statement import Corner, Line, Stated, minus, mixed
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.regions import Part

MAX_CASES = 5_000  # of one tree
MAX_LOOKED = 1_000  # cases in which a package is looked for
MAX_ROUGH = 100  # cases where linked answers have too many corners to tell everything apart
MAX_TRIED = 8  # weights that closed other corners
ROUNDED = (1, 10, 100, 10_000)  # denominators of weights that are tried
MAX_SHARPENED = 8  # times that one case is looked at again with other multipliers

Json = Any
Sets = tuple[Meant, ...]  # of each condition: what its side may have meant
Judge = Callable[[Json], "Sequence[Asked] | None"]
Step = tuple[str, Json, list[tuple[Left, Sets]]]  # what is looked at next: what is left then


class Unproved(Exception):
    """No tree of cases was found: why, in words."""


class Met(Exception):
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
        deadline: Deadline = UNLIMITED,
    ) -> None:
        self._deadline = deadline
        self._stated, self._sets, self._even = stated, sets, even
        self._asked: list[Asked] = []
        self._start: Sets = ()
        self._rows: dict[tuple[int, Meant, int], Row] = {}
        self._pinned: dict[tuple[Meant, tuple[int, ...]], list[Meant] | None] = {}
        self._count, self._most, self._written = 0, MAX_CASES, True
        self._level = Fraction(0)
        self._judge: Judge = lambda _: None
        self._ask(asked)
        sides = {one.side for one in asked}
        self._bonuses = [
            (n, j, tests) for n, side in enumerate(stated.sides) if n in sides
            for j, tests in side.bonuses
        ]  # fmt: skip
        self._relaxed = Relaxed(len(stated.ends), self._bonuses)

    def tree(self) -> Json:
        """Return the tree.

        Raises
        ------
        Unproved
            If none was found, or it has too many cases.
        """
        try:
            return self._case(self._stated.everything(), [], frozenset(), self._start)
        except Met:
            raise Unproved("a package was found that a proof would have to exclude") from None

    def found(self, judge: Judge | None = None) -> Json | None:
        """Return a package that meets all conditions, as a certificate names it; None: none does.

        Parameters
        ----------
        judge
            What else a package would have to meet that was found; None: it meets everything.

        Raises
        ------
        Unproved
            If that takes too many cases.
        """
        self._most, self._written, self._judge = MAX_LOOKED, False, judge or self._judge
        try:
            self._case(self._stated.everything(), [], frozenset(), self._start)
        except Met as met:
            return met.package
        return None

    def _ask(self, more: Sequence[Asked]) -> None:
        """Ask for more conditions."""
        self._asked += more
        self._start += tuple(one.within or self._sets[one.side] for one in more)

    def _row(self, at: int, meant: Meant, pick: int = 0) -> Row:
        key = at, meant, pick
        if key not in self._rows:
            self._rows[key] = Row(self._stated, meant, at, self._asked[at], pick)
        return self._rows[key]

    def _case(self, left: Left, known: Weighed, grouped: frozenset[int], sets: Sets) -> Json:
        if not all(left):
            return []
        sets = self._all(sets)
        if known and self._closes(left, known):
            return self._leaf(left, known)
        self._counted()
        while True:
            try:
                parts, mixture, step = self._weighed(left, grouped, sets)
                break
            except Met as met:
                sets += self._judged(met)
        if mixture is None or step is None:
            return self._leaf(left, parts)
        kind, at, cases = step
        grouped |= {at[0]} if kind == "group" else set()
        if kind == "answers":
            return [kind, at, self._corner_cases(cases, parts, grouped)]
        order = [*range(len(cases))]
        if kind == "issue":  # the likeliest option first
            likely = mixture.by_option(at)
            order.sort(key=lambda n: -likely.get([*left[at]][n], Fraction(0)))
        trees = {n: self._case(cases[n][0], parts, grouped, cases[n][1]) for n in order}
        return [kind, at, [trees[n] for n in range(len(cases))]]

    def _corner_cases(
        self, cases: Sequence[tuple[Left, Sets]], parts: Weighed, grouped: frozenset[int]
    ) -> list[Json]:
        """Return a case for each corner of linked answers: what closed one is tried for the next.

        So a program is solved only for corners at which it is needed.
        """
        trees: list[Json] = []
        tried: list[Json] = [[[row.place, weight, row.pick] for row, weight in parts]]
        for left, own_sets in cases:
            sets = self._all(own_sets)
            here = (
                [(self._row(at, sets[at], *pick), Fraction(weight)) for at, weight, *pick in own]
                for own in tried
            )
            known = next((own for own in here if own and self._closes(left, own)), None)
            tree = self._case(left, known or parts, grouped, sets)
            if known is None and tree and isinstance(tree[0], list):
                tried = [tree, *tried[: MAX_TRIED - 1]]
            trees.append(tree)
        return trees

    def _counted(self) -> None:
        """Count a case.

        Raises
        ------
        Unproved
            If they are too many, or no time is left.
        """
        self._count += 1
        if self._count > self._most or self._deadline.passed:
            raise Unproved(f"a proof of all packages has more than {self._most:,} cases")

    def _judged(self, met: Met) -> Sets:
        """Ask more of a package that was met; return what is meant in that.

        Raises
        ------
        Met
            If it meets everything.
        """
        more, first = self._judge(met.package), len(self._start)
        if more is None:
            raise met
        self._most += MAX_LOOKED
        self._ask(more)
        return self._start[first:]

    def _leaf(self, left: Left, parts: Weighed) -> Json:
        """Return a case that is closed, by the shortest weights that close it."""
        short = (_rounded(parts, most) for most in ROUNDED if self._written)
        parts = next((own for own in short if self._closes(left, own)), parts)
        return [[r.place, str(weight), *([r.pick] if r.pick else [])] for r, weight in parts]

    def _closes(self, left: Left, parts: Weighed) -> bool:
        starts = (weight * (row.constant - self._level * row.asked.ideal) for row, weight in parts)
        total = sum(starts, self._relaxed.most(left, parts))
        return total < 0 or (total == 0 and any(row.asked.strict for row, _ in parts))

    def _weighed(
        self, left: Left, grouped: frozenset[int], sets: Sets, guess: Guess | None = None
    ) -> tuple[Weighed, Mixed | None, Step | None]:
        """Return weights of conditions; and a mixture that meets them, and where to go on by it.

        None where the weights show that there is none. A ``guess`` is not made again.
        """
        parts: Weighed = []
        for _ in range(MAX_SHARPENED):
            parts, mixture = guess or self._guessed(left, sets)
            guess = None
            if mixture is None:
                break
            if self._sharpened(mixture, sets):
                continue
            step = self._rough(left, mixture, grouped, sets)
            if step is None:
                decided = mixture.decided(left)
                _, mixture = self._relaxed.solved(decided, self._known(sets), self._level)
                if mixture is None or self._sharpened(mixture, sets):
                    continue
                step = self._next(left, mixture, grouped, sets)
            return parts, mixture, step
        return self._surely(left, parts, grouped, sets)

    def _guessed(self, left: Left, sets: Sets) -> Guess:
        """Return what floats guess to be weights that show that there is no mixture; or one."""
        apart = tuple((n, own) for n, own in enumerate(sets) if own is not self._start[n])
        return self._relaxed.guess(left, self._known(sets), apart, self._level)

    def _all(self, sets: Sets) -> Sets:
        """Return what is meant in all conditions, also in those that came later."""
        return sets + self._start[len(sets) :]

    def _surely(
        self, left: Left, parts: Weighed, grouped: frozenset[int], sets: Sets
    ) -> tuple[Weighed, Mixed | None, Step | None]:
        """Return the same where floats do not tell: by weights that may do, else in fractions."""
        short = (_rounded(parts, most) for most in ROUNDED if parts)
        for own in (parts, *short):
            if own and self._closes(left, own):
                return own, None, None
        parts, mixture = self._relaxed.solved(left, self._known(sets), self._level)
        for _ in range(MAX_SHARPENED):
            if mixture is None or not self._sharpened(mixture, sets):
                break
            parts, mixture = self._relaxed.solved(left, self._known(sets), self._level)
        if mixture is None:
            assert self._closes(left, parts)
            return parts, None, None
        step = self._rough(left, mixture, grouped, sets) or self._next(left, mixture, grouped, sets)
        return parts, mixture, step

    def _known(self, sets: Sets) -> list[Row]:
        """Return the rows of all conditions by what the sides may have meant."""
        for at, meant in enumerate(sets):
            self._row(at, meant)
        return [row for row in self._rows.values() if row.meant is sets[row.place]]

    def _sharpened(self, mixture: Mixed, sets: Sets) -> bool:
        """Tell whether there are multipliers by which a mixture meets the conditions less well."""
        before = len(self._rows)
        for at, (asked, meant) in enumerate(zip(self._asked, sets, strict=True)):
            if meant.parts:
                self._row(at, meant, meant.learn(self._line(asked, mixture)))
        return len(self._rows) > before

    def _line(self, asked: Asked, mixture: Mixed) -> Line:
        side = self._stated.sides[asked.side]
        found = minus(asked.plus, side.away, asked.times)
        for points, own in zip(side.points, mixture.parts, strict=True):
            for (option, corner), part in own.items():
                found = minus(found, mixed(points[option], corner), -asked.times * part)
        for (n, j, _), part in zip(self._bonuses, mixture.states, strict=True):
            if n == asked.side and part:
                found = minus(found, {j: part}, -asked.times)
        return found

    def _next(self, left: Left, mixture: Mixed, grouped: frozenset[int], sets: Sets) -> Step:
        """Return what to look at next where all issues and bonuses are decided by a mixture."""
        kind, at, lefts = self._next_left(left, mixture, grouped, sets)
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

    def _rough(
        self, left: Left, mixture: Mixed, grouped: frozenset[int], sets: Sets
    ) -> Step | None:
        """Return what to look at next as far as whole issues go; None: a mixture decides them."""
        for g, (issues, ways) in enumerate(zip(self._stated.groups, self._even, strict=True)):
            if g not in grouped and 2 * len(ways) <= prod(len(left[k]) for k in issues):
                kept = [(only(left, issues, way), sets) for way in ways]
                return "group", [g, [*map(list, ways)]], kept
        parts = [mixture.by_option(issue) for issue in range(len(left))]
        undecided = max(range(len(left)), key=lambda k: 1 - max(parts[k].values()))
        if len(parts[undecided]) > 1:
            return self._split(left, undecided, sets)
        way = {k: next(iter(own)) for k, own in enumerate(parts)}
        for (_, _, tests), state in zip(self._bonuses, mixture.states, strict=True):
            if state != all(way[k] in options for k, options in tests):
                issue = next(k for k, among in tests if not left[k].keys() <= among)
                return self._split(left, issue, sets)
        return None

    def _split(self, left: Left, issue: int, sets: Sets) -> Step:
        return "issue", issue, [(own, sets) for own in each_option(left, issue)]

    def _next_left(
        self, left: Left, mixture: Mixed, grouped: frozenset[int], sets: Sets
    ) -> tuple[str, Json, list[Left]]:
        way = {k: next(iter(mixture.by_option(k))) for k in range(len(left))}
        at = {k: centre({c: p for (_, c), p in own.items()}) for k, own in enumerate(mixture.parts)}
        for r, tests in enumerate(self._stated.never):
            if all(test.holds(way[test.issue], at[test.issue]) for test in tests):
                return "rule", r, list(self._stated.without(left, tests))
        kink = self._kink(mixture.parts, way, sets)
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
                return "issue", issue, each_option(left, issue)
            lefts = [self._stated.clipped(left, *cut, sign) for sign in (-1, 1)]
            return "cut", [issue, end, str(value)], lefts
        for g, (issues, ways) in enumerate(zip(self._stated.groups, self._even, strict=True)):
            if g not in grouped:
                return "group", [g, [*map(list, ways)]], [only(left, issues, w) for w in ways]
        raise Met([[way[k], [str(part) for part in at[k]]] for k in range(len(left))])

    def _kink(
        self,
        mixture: Sequence[Mapping[tuple[int, Corner], Fraction]],
        way: Mapping[int, int],
        sets: Sets,
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
    _, first = parts[0]
    short = ((row, (weight / first).limit_denominator(most)) for row, weight in parts)
    return [(row, weight) for row, weight in short if weight]
