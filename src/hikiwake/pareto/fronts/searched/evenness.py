"""The packages whose smallest value is largest, then the next smallest, and so on, by questions.

Whether the k-th smallest value can be larger is a question about how many parties reach a value:
it is at least v just if no more than k − 1 parties are below v.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

import numpy as np

from hikiwake.pareto.fronts.answer import LimitReached
from hikiwake.pareto.fronts.searched.questions import Questions
from hikiwake.settlement import Bound
from hikiwake.solvers.cp_sat import Answer, OutOfTime, Question
from hikiwake.solvers.merging.undominated import undominated
from hikiwake.solvers.solution import Taken

MAX_WEIGHED = 3_000  # packages that are listed at once instead of asked for one by one

_FINEST = 2**20
_WIDE = 2**60


def most_even(questions: Questions, beaten: Sequence[Answer], most: int) -> list[Answer]:
    """Return packages whose sorted values are lexicographically greatest, one for each point."""
    return _Search(questions, beaten).most_even(most)


def with_least(questions: Questions, beaten: Sequence[Answer], most: int) -> list[Answer]:
    """Return undominated packages whose smallest value is largest, one for each point."""
    return _Search(questions, beaten).with_least(most)


class _Search:
    """The best package so far, and what the smallest value cannot exceed."""

    def __init__(self, questions: Questions, beaten: Sequence[Answer]) -> None:
        self._questions = questions
        self._beaten = beaten
        self._places = range(len(questions.measure.parties))
        self._best: Answer | None = None
        self._ceiling: Fraction | None = None

    def most_even(self, most: int) -> list[Answer]:
        """Return packages whose sorted values are lexicographically greatest."""
        self._best = self._nearly_largest(())
        if self._best is None or not self._places:
            return [self._best] if self._best else []
        try:
            if (listed := self._listed(self._best)) is not None:
                return self._first_of(listed, most)
            return self._as_even(self._best, most)
        except OutOfTime:
            raise self._limit(None) from None

    def _as_even(self, best: Answer, most: int) -> list[Answer]:
        """Return packages as even as any, begun at one: what is as good is asked for beside."""
        found, level = [best], self._sorted(best)
        while (other := self._no_less_even(found, len(found) < most)) is not None:
            if self._sorted(other) == level:
                found.append(other)
                continue
            self._best = self._as_large_as_can_be(found[0], other)
            found, level = [self._best], self._sorted(self._best)
        return found

    def with_least(self, most: int) -> list[Answer]:
        """Return undominated packages whose smallest value is largest."""
        self._best = self._nearly_largest(())
        if self._best is None:
            return []
        try:
            if (listed := self._listed(self._best)) is not None:
                level = max(min(self._questions.values(one), default=0) for one in listed)
                least = [o for o in listed if min(self._questions.values(o), default=0) == level]
                return _undominated(least)[:most]
            while (better := self._larger_least(self._best)) is not None:
                self._best = better
            return self._undominated(self._best, most)
        except OutOfTime:
            raise self._limit(None) from None

    def _limit(self, late: OutOfTime | None) -> LimitReached:
        best = self._best or (late.best if late else None)
        of = "least_gain" if self._questions.measure.of == "gain" else "least_points"
        bound = None if self._ceiling is None else Bound(of, self._ceiling)
        return LimitReached(best and Taken(best.decision), bound)

    def _sorted(self, answer: Answer) -> list[Fraction]:
        return sorted(self._questions.values(answer))

    def _undominated(self, best: Answer, most: int) -> list[Answer]:
        least = min(self._questions.values(best), default=None)
        found: list[Answer] = []
        while len(found) < most:
            question = self._reaching(least, found)
            answer = question.ask(sum(question.utility(i) for i in range(len(best.utilities))))
            if answer is None:
                break
            found.append(answer)
        return found

    def _listed(self, answer: Answer) -> list[Answer] | None:
        """Return every package whose smallest value is at least a package's, if these are few."""
        least = min(self._questions.values(answer), default=None)
        return self._reaching(least, []).every_answer(MAX_WEIGHED)

    def _first_of(self, listed: Sequence[Answer], most: int) -> list[Answer]:
        """Return those of all packages whose sorted values are greatest, one for each point."""
        keys = [sorted(self._questions.values(answer)) for answer in listed]
        best = max(keys)
        points = {o.utilities: o for o, key in zip(listed, keys, strict=True) if key == best}
        return list(points.values())[:most]

    def _reaching(self, least: Fraction | None, found: Sequence[Answer]) -> Question:
        """Return a question for packages that give everybody at least so much, some left out."""
        question = self._questions.new([*self._beaten, *found])
        if least is not None:
            for place in self._places:
                self._questions.at_least(question, place, least)
        return question

    def _larger_least(self, answer: Answer) -> Answer | None:
        """Return a package whose smallest value is larger than a package's."""
        question = self._questions.new(self._beaten)
        least = min(self._questions.values(answer), default=None)
        if least is None:
            return None
        question.all_of(self._questions.exceeds(question, i, least) for i in self._places)
        return question.ask()

    def _no_less_even(self, found: Sequence[Answer], as_even: bool) -> Answer | None:
        """Return a package whose sorted values are lexicographically greater than those found.

        They are all as even. With ``as_even`` it may be one more of these.
        """
        level = self._sorted(found[0])
        question = self._questions.new([*self._beaten, *found])
        chosen = [question.new_literal() for _ in level]
        for k, literal in enumerate(chosen):
            above = [self._questions.exceeds(question, i, level[k]) for i in self._places]
            question.at_least_so_many(above, len(level) - k, literal)
            self._at_least_sorted(question, level[:k], literal)
        if as_even:
            chosen.append(question.new_literal())
            self._at_least_sorted(question, level, chosen[-1])
        question.any_of(chosen)
        return question.ask()

    def _at_least_sorted(
        self, question: Question, level: Sequence[Fraction], when: object = None
    ) -> None:
        """Require that the smallest values are at least so large, one by one."""
        for k, value in enumerate(level):
            reached = [self._questions.reaches(question, i, value) for i in self._places]
            question.at_least_so_many(reached, len(self._places) - k, when)

    def _as_large_as_can_be(self, before: Answer, better: Answer) -> Answer:
        """Return a package that makes the first value that can grow nearly as large as it can."""
        old, new = self._sorted(before), self._sorted(better)
        grown = next(k for k in range(len(old)) if new[k] > old[k])
        found = self._nearly_largest(old[:grown])
        if found is None or self._sorted(found) < new:
            return better
        return found

    def _nearly_largest(self, fixed: Sequence[Fraction]) -> Answer | None:
        """Return a package with the largest next smallest value, to the grain of a whole number.

        ``fixed`` holds the smallest values, which are kept.
        """
        question, measure = self._questions.new(self._beaten), self._questions.measure
        if not self._places:
            return question.ask()
        self._at_least_sorted(question, fixed)
        widest = question.widest + max(ceil(abs(zero)) for zero in measure.zeros)
        grain = max(1, min(_FINEST, _WIDE // (2 * (widest + 1))))
        level = question.new_number(*self._level_span(question, grain))
        reached = [question.new_literal() for _ in self._places] if fixed else []
        for place in self._places:
            unit, zero = Fraction(measure.units[place]), Fraction(measure.zeros[place])
            whole = unit.denominator * zero.denominator
            utility = question.utility(measure.parties[place])
            left = grain * whole * utility - int(grain * whole * zero)
            literal = reached[place] if fixed else None
            question.require(left >= int(unit * whole) * level, literal)
        question.at_least_so_many(reached, len(reached) - len(fixed))
        try:
            answer = question.ask(level, self._step(grain))
        except OutOfTime as late:
            if not fixed and late.at_most is not None:
                self._ceiling = Fraction(late.at_most + 1, grain)
            raise self._limit(late) from None
        if answer is not None and not fixed:
            self._ceiling = Fraction(max(answer.at_most, answer.value) + 1, grain)
        return answer

    def _step(self, grain: int) -> int:
        """Return the fewest grains by which any value can change: less need not be sought."""
        return int(grain / max(map(abs, self._questions.measure.units)))

    def _level_span(self, question: Question, grain: int) -> tuple[int, int]:
        """Return between which whole numbers of grains every value lies."""
        measure = self._questions.measure
        ends = [
            grain * (end - zero) / Fraction(unit)
            for party, zero, unit in zip(measure.parties, measure.zeros, measure.units, strict=True)
            for end in question.span(party)
        ]
        return int(min(ends)) - 1, int(max(ends)) + 1


def _undominated(answers: Sequence[Answer]) -> list[Answer]:
    """Return one package for each of the points that no other dominates."""
    rows = np.array([answer.utilities for answer in answers], dtype=np.int64)
    members, starts = undominated(rows)
    return [answers[place] for place in members[starts[:-1]]]
