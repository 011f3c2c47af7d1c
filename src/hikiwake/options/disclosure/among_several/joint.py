"""What several sides that hide something must meet together, as a model for CP-SAT.

How much each side can gain at the most is known from both sides: some package gives so much, and
none that was looked at gives more. Where only one side hides, none at all: a decision diagram says
so of all packages. So every member that would have told the same meets the model; the converse
holds once all packages were looked at that matter, and where the most that known sides could gain
is given as precisely as words tell it apart.

Notation: r is the most that a side can gain, a what a package gives it. Whatever is worth something
to a side that hides counts in its units, times ``scale``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, product
from typing import Any

import numpy as np

from hikiwake.findings.talks import Hiding, Talks, Word
from hikiwake.model import Answer, Outcome, Preference
from hikiwake.options.disclosure.among_several.together import Place, Together
from hikiwake.options.disclosure.between_two.case import gains
from hikiwake.options.disclosure.hidden.members import Member
from hikiwake.options.disclosure.hidden.unknowns import Unknowns, scale_of
from hikiwake.options.disclosure.models.diagram import Diagram, diagram_of
from hikiwake.options.disclosure.models.question import some_reach
from hikiwake.options.disclosure.models.way import Way, Worths, following

MAX_LISTED_TOP = 12  # what two sides can gain is listed where it is no more
MAX_LISTED = 450  # ways in which it can be even, or not

MAX_BESIDE = 100  # packages of which it is said that they are no better than one that is known

Reach = tuple[int, int]  # between what the most lies that a known side could gain
Beyond = tuple[str, Answer, int, Fraction]  # whose number, which, 1 or -1, how far it was seen


@dataclass(frozen=True, slots=True)
class Given:
    """What is given: of each known side a reach, (0, 0) or of more than 0; of each side that hides
    its walk-away value, in steps of the grid, None where it can be any.

    Without ``reaches`` nothing was told to be possible. ``dearer`` is given where the settlement
    that was shown is a draw, but not the best by Kalai and Smorodinsky: what that may give the
    known sides.
    """

    reaches: tuple[Reach, ...] | None
    walk_aways: tuple[int | None, ...]
    dearer: tuple[tuple[int, ...], ...] | None = None


class Joint:
    """The model."""

    def __init__(self, together: Together, talks: Talks, hiding: Hiding, given: Given) -> None:
        from ortools.sat.python import cp_model

        self.cp: Any = cp_model.CpModel()
        self.together, self.given, self.effort = together, given, 0.0
        dispute = together.dispute
        self._scale = scale_of(dispute)
        self._hidden = [Unknowns(self.cp, dispute, p, hiding) for p in together.hidden]
        self.top = self._scale * self._hidden[0].total
        self._worths = [self._worths_of(own) for own in self._hidden]
        self._least = [self._scale * own.walk_away for own in self._hidden]
        self.reach: list[Any] = []
        self._refusals: dict[tuple[int, int], Any] = {}
        self.claims: list[int] = []  # the most that each side that hides could gain
        self.value: Callable[[Any], int] | None = None  # of what was found last
        self._none: list[Any] = []  # whether a side that hides can gain nothing
        for own, level in zip(self._hidden, given.walk_aways, strict=True):
            if level is not None:
                steps = int(hiding.walk_away_step / own.unit)
                self.cp.add(own.walk_away == level * steps)
        for told in talks.told:
            if told.word is Word.NOT_POSSIBLE:
                self._not_possible(told.outcome)
        for one, other in talks.implied.better:
            places = together.allowed.option(one), together.allowed.option(other)
            for n in range(len(self._hidden)):
                first, second = (self._worth(n, place) for place in places)
                self.cp.add(first >= second + 1)
        rows = map(together.allowed.place, talks.implied.unbettered)
        for row in (row for row in rows if row is not None):
            if len(self._hidden) == 1:
                self._unbettered(row)
            else:
                self._unbettered_beside(row)
        if given.reaches is not None:
            self._measure(given.reaches)
            for told in talks.told:
                if told.word is not Word.NOT_POSSIBLE:
                    self.tell(told.outcome, told.word is Word.EVEN)
            for outcome in talks.implied.possible:
                self._possible(outcome)

    def beyond(self, numbers: Iterable[Beyond], limit: float) -> list[Preference] | bool:
        """Return a member of each side so that some number lies beyond where it was seen.

        False: there are none, which is proved. True: that was not found out within the limit.
        """
        further = [
            (sign * own.numbers[answer], int(seen / own.unit) + 1)
            for party, answer, sign, seen in numbers
            for own in (self._hidden[self.together.hidden.index(party)],)
        ]
        ended = some_reach(self.cp, further, limit, thorough=False)
        self.effort += ended.effort
        if ended.found:
            self.value = ended.value
            self.claims = [ended.value(reach) for reach in self.reach]
            return [own.preference(ended.value) for own in self._hidden]
        return not ended.impossible

    def exclude(self, members: Sequence[Member]) -> None:
        """Leave out one member of each side together: it was seen that they do not fit."""
        own = zip(self._hidden, self.together.shapes, members, strict=True)
        unlike = (hidden.unlike(shape.preference(member)) for hidden, shape, member in own)
        self.cp.add_bool_or(list(chain.from_iterable(unlike)))

    def learn(self, row: int) -> None:
        """Add that an allowed package gives nobody more than its most, if it is possible."""
        sides = range(len(self._hidden))
        refused = [self._refused(n, row) for n in sides]
        pairs = zip(self.together.allowed.above, self.given.reaches or (), strict=True)
        if any(int(own[row]) > high for own, (_, high) in pairs):
            self.cp.add_bool_or(refused)
            return
        for n, reach in enumerate(self.reach):
            within = self.cp.new_bool_var("")
            self.cp.add(self.above(n, row) <= reach).only_enforce_if(within)
            self.cp.add_bool_or([within, *refused[:n], *refused[n + 1 :]])

    def _refused(self, n: int, row: int) -> Any:
        """Return a literal that only holds if a side that hides refuses a package."""
        if (n, row) not in self._refusals:
            self._refusals[n, row] = below = self.cp.new_bool_var("")
            self.cp.add(self.above(n, row) <= -1).only_enforce_if(below)
        return self._refusals[n, row]

    def _worths_of(self, own: Unknowns) -> Worths:
        dispute = self.together.dispute
        return [
            [
                sum(int(part * self._scale) * own.numbers[a] for a, part in own.parts_of(issue, v))
                for v in dispute.decisions_of(issue) or ()
            ]
            for issue in dispute.issues
        ]

    def _worth(self, n: int, place: Place) -> Any:
        return sum(own[option] for own, option in zip(self._worths[n], place, strict=True))

    def _not_possible(self, outcome: Outcome) -> None:
        if (row := self.together.allowed.place(outcome)) is not None:
            self.cp.add_bool_or([self._refused(n, row) for n in range(len(self._hidden))])

    def _measure(self, reaches: Sequence[Reach]) -> None:
        """Add the most that each side could gain: some possible package gives it."""
        tables = self.together.allowed.tables
        everything = diagram_of((tables[0] >= 0).astype(bool))
        for _ in self._hidden:
            self.reach.append(reach := self.cp.new_int_var(0, self.top, ""))
            self._none.append(none := self.cp.new_bool_var(""))
            self.cp.add(reach == 0).only_enforce_if(none)
            self.cp.add(reach >= 1).only_enforce_if(~none)
        for n in range(len(self._hidden)):
            self._some(everything, n, self.reach[n])
        for table, (low, high) in zip(tables, reaches, strict=True):
            self._some(diagram_of((table >= low).astype(bool)))
            if len(self._hidden) == 1 and (table > high).any():
                further = diagram_of((table > high).astype(bool))
                self._no_more(further, self._least[0] - 1)
        if len(self._hidden) == 1:
            self._no_more(everything, self._least[0] + self.reach[0])

    def _some(self, packages: Diagram, own: int | None = None, most: Any = 0) -> None:
        """Add that some package of a set is possible; worth so much to a side, if one is given."""
        if packages.empty:
            self.cp.add_bool_or([])
            return
        for n, above in enumerate(self.way(packages)):
            self.cp.add(above >= (most if n == own else 0))
            self.cp.add(above <= self.reach[n])

    def way(self, packages: Diagram) -> list[Any]:
        """Return what some package of a set gives those that hide, perhaps an impossible one."""
        way = Way(self.cp, packages)
        pairs = zip(self._worths, self._least, strict=True)
        return [sum(way.worths(worths, self.top)) - least for worths, least in pairs]

    def _no_more(self, packages: Diagram, most: Any) -> None:
        """Add that no package of a set is worth more to the only side that hides."""
        if not packages.empty:
            first = following(self.cp, packages, self._worths[0], self.top)[0]
            self.cp.add(first <= most)

    def _possible(self, outcome: Outcome) -> None:
        row = self.together.allowed.place(outcome)
        if row is None:
            self.cp.add_bool_or([])
            return
        for n in range(len(self._hidden)):
            self.cp.add(self.above(n, row) >= 0)

    def _unbettered(self, row: int) -> None:
        """Add that no package gives the only side that hides more, or as much and one known side
        more, if it gives each known side no less."""
        allowed = self.together.allowed
        known = (int(above[row]) for above in allowed.above)
        pairs = list(zip(allowed.tables, known, strict=True))
        no_less = np.all([own >= here for own, here in pairs], axis=0)
        more = no_less & np.any([own > here for own, here in pairs], axis=0)
        here = self._worth(0, self.together.place(row))
        self._no_more(diagram_of(no_less), here)
        self._no_more(diagram_of(more), here - 1)

    def _unbettered_beside(self, row: int) -> None:
        """Add the same of several sides that hide: of each package by itself, of those that change
        the fewest issues."""
        above, columns = self.together.allowed.above, self.together.allowed.columns
        changes: Any = sum(column != column[row] for column in columns)
        no_less = np.all([own >= own[row] for own in above], axis=0) & (changes > 0)
        near = np.flatnonzero(no_less)
        for other in near[np.argsort(changes[near], kind="stable")[:MAX_BESIDE]].tolist():
            pairs = [(self.above(n, other), self.above(n, row)) for n in range(len(self._hidden))]
            kept = [self.cp.new_bool_var("") for _ in pairs]
            for less, (there, here) in zip(kept, pairs, strict=True):
                self.cp.add(there <= here - 1).only_enforce_if(less)
            if not any(int(own[other]) > int(own[row]) for own in above):
                kept.append(alike := self.cp.new_bool_var(""))
                for there, here in pairs:
                    self.cp.add(there == here).only_enforce_if(alike)
            self.cp.add_bool_or(kept)

    def tell(self, outcome: Outcome, even: bool) -> list[Any]:
        """Add a word that says that a package is possible; return what it gives those that hide."""
        row = self.together.allowed.place(outcome)
        if row is None:
            self.cp.add_bool_or([])
            return []
        above = [self.standing() for _ in self._hidden]
        for n, own in enumerate(above):
            self.cp.add(own == self.above(n, row))
        self.compare(above, [int(own[row]) for own in self.together.allowed.above], even)
        return above

    def standing(self) -> Any:
        """Return what some possible package may give a side beyond its walk-away value."""
        return self.cp.new_int_var(0, self.top, "")

    def above(self, n: int, row: int) -> Any:
        """Return what an allowed package gives a side that hides beyond its walk-away value."""
        return self._worth(n, self.together.place(row)) - self._least[n]

    def compare(self, above: Sequence[Any], known: Sequence[int], even: bool) -> None:
        """Add that a possible package is even, or not, by what it gives all sides."""
        reaches = self.given.reaches or ()
        for own, most in zip(above, self.reach, strict=True):
            self.cp.add(own <= most)
        compared = sum(high > 0 for _, high in reaches)
        apart = [self._only(len(self._hidden) + compared - 1)]
        given = [(own, reach) for own, reach in zip(known, reaches, strict=True) if reach[1]]
        if even:
            self.cp.add(sum(self._none) <= len(self._hidden) + compared - 2)
        for n, own in enumerate(above):
            for one in given:
                apart += self._compare(n, own, one, even)
        for (n, one), (k, other) in combinations(enumerate(above), 2):
            apart += self._compare_hidden((n, one), (k, other), even)
        for one, other in combinations(given, 2):
            apart += self._compare_known(one, other, even)
        if not even:
            self.cp.add_bool_or(apart)

    def _only(self, none: int) -> Any:
        """Return a literal that only holds if so many sides that hide can gain nothing."""
        few = self.cp.new_bool_var("")
        self.cp.add(sum(self._none) >= none).only_enforce_if(few)
        return few

    def _compare(self, n: int, own: Any, known: tuple[int, Reach], even: bool) -> Iterator[Any]:
        """Add that gains of a side that hides and a known one lie within the tolerance.

        Else yield literals one of which holds where they do not.
        """
        from ortools.sat.python import cp_model

        times, tolerance = self.top + 1, self.together.dispute.tolerance
        codes = [[0, 0]] if even else []
        codes += [
            [times * most + least, times * most + top]
            for most in range(1, times)
            for least, top in gains(most, *known, tolerance, even)
        ]
        domain = cp_model.Domain.from_intervals(codes)
        kept = self.cp.add_linear_expression_in_domain(times * self.reach[n] + own, domain)
        if not even:
            literal = self.cp.new_bool_var("")
            kept.only_enforce_if(literal)
            yield literal

    def _compare_hidden(
        self, one: tuple[int, Any], other: tuple[int, Any], even: bool
    ) -> Iterator[Any]:
        """The same of two sides that hide."""
        (n, a), (k, b) = one, other
        r, s = self.reach[n], self.reach[k]
        pairs = self._pairs(even) if self.top <= MAX_LISTED_TOP else []
        if 0 < len(pairs) <= MAX_LISTED:
            kept = self.cp.add_allowed_assignments([r, a, s, b], pairs)
            if not even:
                literal = self.cp.new_bool_var("")
                kept.only_enforce_if(literal)
                yield literal
            return
        difference, limit = self._times(a, s) - self._times(b, r), self._times(r, s)
        tolerance = self.together.dispute.tolerance
        for apart in (difference, -difference):
            beyond = tolerance.denominator * apart - tolerance.numerator * limit
            if even:
                self.cp.add(beyond <= 0)
            else:
                literal = self.cp.new_bool_var("")
                self.cp.add(beyond >= 1).only_enforce_if(literal)
                yield literal

    def _pairs(self, even: bool) -> list[tuple[int, int, int, int]]:
        """Return what two sides can gain at the most, and gain by a package that is even or not."""
        numbers = range(self.top + 1)
        gains = [(most, gain) for most in numbers for gain in range(most + 1)]
        times, limit = self.together.dispute.tolerance.as_integer_ratio()[::-1]
        return [
            (r, a, s, b)
            for (r, a), (s, b) in product(gains, gains)
            if (not (r and s) or abs(a * s - b * r) * times <= r * s * limit) is even
        ]

    def _compare_known(
        self, one: tuple[int, Reach], other: tuple[int, Reach], even: bool
    ) -> Iterator[Any]:
        """The same of two known sides, as far as their reaches tell."""
        (a, (low, high)), (b, (least, most)) = one, other
        nearest = max(Fraction(a, high) - Fraction(b, least), Fraction(b, most) - Fraction(a, low))
        furthest = max(Fraction(a, low) - Fraction(b, most), Fraction(b, least) - Fraction(a, high))
        limit = self.together.dispute.tolerance
        if even and nearest > limit:
            self.cp.add_bool_or([])
        if not even and furthest > limit:
            yield True

    def _times(self, one: Any, other: Any) -> Any:
        product = self.cp.new_int_var(0, self.top**2, "")
        self.cp.add_multiplication_equality(product, [one, other])
        return product


__all__ = ["Given", "Joint", "Reach"]
