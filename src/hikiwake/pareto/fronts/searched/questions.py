"""Questions in the measure by which parties are compared, within a region."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import ceil, floor, lcm
from typing import Any

from hikiwake.errors import Fault, TooLarge
from hikiwake.pareto.fronts.measure import Measure
from hikiwake.pareto.fronts.region import Region
from hikiwake.solvers.cp_sat import Answer, Question

_WORD = 2**61


@dataclass(frozen=True, slots=True)
class Questions:
    """Makes questions to the solver: gains instead of utilities, kept to a region."""

    fresh: Callable[[], Question]
    measure: Measure
    region: Region

    def new(self, beaten: Sequence[Answer] = ()) -> Question:
        """Return a question about the region, without what some packages are at least as good as.

        Every package of the region that nothing dominates meets it.
        """
        question = self.fresh()
        for place, least in enumerate(self.region.floors or ()):
            self.at_least(question, place, least)
        if self.region.spread is not None:
            for one, other in permutations(range(len(self.measure.parties)), 2):
                self._near(question, one, other, self.region.spread)
        for answer in beaten:
            question.not_within(answer.utilities)
        return question

    def _utility(self, place: int, value: Fraction) -> Fraction:
        return self.measure.zeros[place] + value * self.measure.units[place]

    def at_least(self, question: Question, place: int, value: Fraction) -> None:
        """Require that a compared party's value is at least so much."""
        question.at_least(self.measure.parties[place], ceil(self._utility(place, value)))

    def reaches(self, question: Question, place: int, value: Fraction) -> Any:
        """Return a literal that can only hold if a value is at least so much."""
        utility = ceil(self._utility(place, value))
        return question.reaches(self.measure.parties[place], utility)

    def exceeds(self, question: Question, place: int, value: Fraction) -> Any:
        """Return a literal that can only hold if a value is more than so much."""
        utility = floor(self._utility(place, value)) + 1
        return question.reaches(self.measure.parties[place], utility)

    def _near(self, question: Question, one: int, other: int, spread: Fraction) -> None:
        """Require that one value is at most so much larger than another."""
        question.exactly()
        own, theirs = Fraction(self.measure.units[one]), Fraction(self.measure.units[other])
        a, b = 1 / own, 1 / theirs
        room = spread + a * self.measure.zeros[one] - b * self.measure.zeros[other]
        scale = lcm(a.denominator, b.denominator, room.denominator)
        require_short(scale * max(a, b) * question.widest * 2)
        left = int(a * scale) * question.utility(self.measure.parties[one])
        right = int(b * scale) * question.utility(self.measure.parties[other])
        question.require(left - right <= int(room * scale))

    def values(self, answer: Answer) -> tuple[Fraction, ...]:
        """Return the compared parties' values in a package."""
        return self.measure.values(answer.utilities)


def require_short(largest: Fraction | int) -> None:
    """Raise TooLarge unless a whole number fits the solver's integers (H18)."""
    if largest >= _WORD:
        raise TooLarge(
            Fault(
                "Engine 'cp_sat'",
                "points that need very long integers when they are compared",
                "At most 61 bits",
                "H18",
                "Round the points to fewer digits.",
            )
        )
