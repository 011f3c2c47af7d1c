"""The packages with the largest product of gains, by questions: logarithms bounded from above.

A logarithm lies below each of its tangents. The solver makes the sum of such bounds as large as it
can be; where it is attained, tangents are added, until the bound meets the best product found. What
is as good within the grain of the bound is then compared exactly, as whole numbers.

References
----------
Caragiannis, I. and others (2019), The Unreasonable Fairness of Maximum Nash Welfare, ACM TEAC 7
(linear bounds on logarithms, there at every whole number).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, exp, log, prod
from typing import Any

from hikiwake.pareto.fronts.answer import LimitReached
from hikiwake.pareto.fronts.orderings import Product
from hikiwake.pareto.fronts.searched.questions import Questions, require_short
from hikiwake.settlement import Bound
from hikiwake.solvers.cp_sat import Answer, OutOfTime, Question
from hikiwake.solvers.solution import Taken

_GRAIN = 2**18
_RATIO = 1.5  # of a tangent's place to the one before


def largest_product(questions: Questions, beaten: Sequence[Answer], most: int) -> list[Answer]:
    """Return packages with as many gains as can be, then the largest product of those.

    One for each point; of those with equal products the ones whose sorted gains are greatest.
    """
    if not questions.measure.parties:
        answer = questions.new(beaten).ask()
        return [answer] if answer else []
    gaining = _most_that_gain(questions, beaten)
    if gaining is None:
        return []
    count, best = gaining
    search = _Search(questions, beaten, count)
    search.note(best)
    found = search.as_good(search.climb(best), most)
    ordering = Product()
    keys = [ordering.key(questions.values(answer)) for answer in found]
    return [answer for answer, key in zip(found, keys, strict=True) if key == max(keys)]


def _most_that_gain(questions: Questions, beaten: Sequence[Answer]) -> tuple[int, Answer] | None:
    question = questions.new(beaten)
    places = range(len(questions.measure.parties))
    gains = [questions.exceeds(question, place, Fraction(0)) for place in places]
    answer = question.ask(sum(gains))
    if answer is None:
        return None
    return sum(value > 0 for value in questions.values(answer)), answer


class _Search:
    def __init__(self, questions: Questions, beaten: Sequence[Answer], count: int) -> None:
        self._questions = questions
        self._beaten = beaten
        self._count = count
        measure = questions.measure
        spans = [questions.fresh().span(party) for party in measure.parties]
        self._most = [
            max(1, top - ceil(zero)) for (_, top), zero in zip(spans, measure.zeros, strict=True)
        ]
        require_short(max(self._most) * _GRAIN * 64)
        self._tangents: list[set[int]] = [set(_places(most)) for most in self._most]

    def _ahead(self, answer: Answer) -> list[int]:
        """Return how far everybody's utility is above its zero."""
        measure = self._questions.measure
        pairs = zip(measure.parties, measure.zeros, strict=True)
        return [answer.utilities[party] - int(zero) for party, zero in pairs]

    def product(self, answer: Answer) -> Fraction:
        """Return the product of the gains of those that gain."""
        values = self._questions.values(answer)
        return prod((value for value in values if value > 0), start=Fraction(1))

    def note(self, answer: Answer) -> None:
        """Draw tangents where a package lies."""
        for places, ahead in zip(self._tangents, self._ahead(answer), strict=True):
            if ahead > 0:
                places.add(ahead)

    def climb(self, best: Answer) -> Answer:
        """Return a package with the largest product, as far as the bounds can tell."""
        while True:
            question, total = self._bounded()
            answer = self._ask(question, total, best)
            assert answer is not None
            seen = all(
                ahead in places or ahead <= 0
                for places, ahead in zip(self._tangents, self._ahead(answer), strict=True)
            )
            self.note(answer)
            if self.product(answer) > self.product(best):
                best = answer
            elif seen:
                return best

    def as_good(self, best: Answer, most: int) -> list[Answer]:
        """Return a package for each point whose product is the largest, compared exactly."""
        excluded: list[Answer] = []
        while len(excluded) < most:
            question, total = self._bounded(excluded)
            question.require(total >= self._logarithm(best))
            answer = self._ask(question, None, best)
            if answer is None:
                break
            self.note(answer)
            if self.product(answer) > self.product(best):
                best = answer
            excluded.append(answer)
        largest = self.product(best)
        good = [answer for answer in excluded if self.product(answer) == largest]
        return good or [best]

    def _ask(self, question: Question, total: Any, best: Answer) -> Answer | None:
        try:
            return question.ask(total)
        except OutOfTime as late:
            bound = None
            if late.at_most is not None:
                product = Fraction(exp(late.at_most / _GRAIN)) * (1 + Fraction(1, 2**30))
                bound = Bound("product", product)
            raise LimitReached(Taken(best.decision), bound) from None

    def _logarithm(self, answer: Answer) -> int:
        """Return the logarithm of a product in grains, a little less."""
        total = sum(log(value) for value in self._questions.values(answer) if value > 0)
        return int(_GRAIN * total) - 2

    def _bounded(self, excluded: Iterable[Answer] = ()) -> tuple[Question, Any]:
        """Return a question, and the sum of everybody's bound on its logarithm."""
        questions, measure = self._questions, self._questions.measure
        question = questions.new([*self._beaten, *excluded])
        gains: list[Any] = []
        total: list[Any] = []
        for place, (party, most) in enumerate(zip(measure.parties, self._most, strict=True)):
            gain = questions.exceeds(question, place, Fraction(0))
            bound = question.new_number(0, ceil(_GRAIN * log(most)) + 4)
            ahead = question.utility(party) - int(measure.zeros[place])
            for tangent in self._tangents[place]:
                # bound ≤ grain · (log t + (ahead − t) / t) + 1, times t: the 1 is for rounding
                level = ceil(_GRAIN * tangent * (log(tangent) - 1)) + tangent
                question.require(tangent * bound <= _GRAIN * ahead + level, gain)
            question.require(bound <= 0, ~gain)
            gains.append(gain)
            total.append(bound - int(_GRAIN * log(measure.units[place])) * gain)
        question.at_least_so_many(gains, self._count)
        return question, sum(total)


def _places(most: int) -> Iterable[int]:
    """Yield places for tangents from 1 to the most, each so many times the one before."""
    place = 1.0
    while place < most:
        yield int(place)
        place = max(place + 1, place * _RATIO)
    yield most
    yield max(1, int(most * exp(-0.5)))
