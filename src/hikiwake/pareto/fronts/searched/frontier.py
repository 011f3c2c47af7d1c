"""A Pareto frontier that is not held but asked, one question at a time, by a constraint solver.

Every answer is proven: each step of a rule is a question whose answer the solver has shown to be
best, and the last question asks whether anything is better still.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from hikiwake.errors import Fault, TooLarge
from hikiwake.pareto.fronts.answer import Found, LimitReached
from hikiwake.pareto.fronts.measure import Measure, Point
from hikiwake.pareto.fronts.orderings import LexicographicMinimum, Minimum, Ordering, Product, Total
from hikiwake.pareto.fronts.region import ANYWHERE, Region
from hikiwake.pareto.fronts.searched.evenness import most_even, with_least
from hikiwake.pareto.fronts.searched.products import largest_product
from hikiwake.pareto.fronts.searched.questions import Questions
from hikiwake.pareto.fronts.searched.totals import largest_total
from hikiwake.settlement import AtLeast, Count
from hikiwake.solvers.cp_sat import Answer, Key, Model, OutOfTime, Question
from hikiwake.solvers.deadline import Deadline
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.solution import Decision, Taken

MAX_ENUMERATED = 1_000
MAX_LITERALS = 2_000_000
MAX_BEATEN = 200
MAX_ONE_BY_ONE = 1_000  # points of three and more parties, each a harder question than the last

Today = tuple[int | None, ...]
Listed = tuple[list[tuple[int, ...]], bool]


class Searched:
    """The frontier of a problem without continuous parts, sought by CP-SAT."""

    engine = "cp_sat"
    edges = ()

    def __init__(self, problem: Problem, deadline: Deadline) -> None:
        self._model = Model(problem)
        self._deadline = deadline
        self._parties = range(problem.parties)
        self._known: dict[Point, Answer] = {}
        self._hopes: dict[int, Answer] = {}
        self._nearest: dict[tuple[Point, Today], Answer] = {}
        self._packages: dict[object, Listed] = {}
        self._answers: dict[object, Found] = {}
        issues = max(1, len(problem.points))
        self._listed = max(1, min(MAX_ENUMERATED, MAX_LITERALS // issues))

    def begin_at(self, decision: Decision) -> None:
        """Let every search begin at a package that is known to be good."""
        self._model.hint(decision)

    def _question(self) -> Question:
        return Question(self._model, self._deadline)

    @property
    def empty(self) -> bool:
        """Whether nothing is acceptable to everybody."""
        return self._empty

    @cached_property
    def _empty(self) -> bool:
        try:
            return self._question().ask() is None
        except OutOfTime:
            raise LimitReached from None

    def most(self, party: int) -> Fraction:
        """Return the most that a party gets anywhere on the frontier."""
        return Fraction(self._hoped(party).utilities[party])

    def hope(self, party: int) -> Taken:
        """Return a package that gives a party the most that it gets."""
        return Taken(self._hoped(party).decision)

    def _hoped(self, party: int) -> Answer:
        if party not in self._hopes:
            question = self._question()
            try:
                answer = question.ask(question.utility(party))
            except OutOfTime as late:
                raise LimitReached(late.best and Taken(late.best.decision)) from None
            assert answer is not None
            self._hopes[party] = answer
        return self._hopes[party]

    def best(self, ordering: Ordering, measure: Measure, region: Region = ANYWHERE) -> Found:
        """Return all the best points within a region, at most ``MAX_ENUMERATED``."""
        key = (type(ordering), measure, region)
        if key not in self._answers:
            self._answers[key] = self._best(ordering, Questions(self._question, measure, region))
        return self._answers[key]

    def _best(self, ordering: Ordering, questions: Questions) -> Found:
        beaten: list[Answer] = []
        while True:
            try:
                best = self._candidates(ordering, questions, beaten)
            except OutOfTime as late:
                raise LimitReached(late.best and Taken(late.best.decision)) from None
            undominated: list[Answer] = []
            for answer in best:
                better = self._dominator(answer) if questions.region is not ANYWHERE else None
                if better is None:
                    undominated.append(answer)
                else:
                    beaten.append(better)
            if undominated or not best:
                return Found(tuple(sorted(map(self._point, undominated))))
            if len(beaten) > MAX_BEATEN:
                raise LimitReached

    def _candidates(
        self, ordering: Ordering, questions: Questions, beaten: list[Answer]
    ) -> list[Answer]:
        if isinstance(ordering, LexicographicMinimum):
            return most_even(questions, beaten, MAX_ENUMERATED)
        if isinstance(ordering, Product):
            return largest_product(questions, beaten, MAX_ENUMERATED)
        if isinstance(ordering, Minimum):
            return with_least(questions, beaten, MAX_ENUMERATED)
        assert isinstance(ordering, Total)
        return largest_total(questions, beaten, MAX_ENUMERATED)

    def _dominator(self, answer: Answer) -> Answer | None:
        """Return an undominated package that is better than one for somebody and never worse."""
        question = self._question()
        for party, utility in enumerate(answer.utilities):
            question.at_least(party, utility)
        try:
            better = question.ask(sum(question.utility(i) for i in self._parties))
        except OutOfTime as late:
            raise LimitReached(late.best and Taken(late.best.decision)) from None
        assert better is not None
        return better if better.utilities != answer.utilities else None

    def _point(self, answer: Answer) -> Point:
        point = tuple(map(Fraction, answer.utilities))
        self._known.setdefault(point, answer)
        return point

    def corners(self) -> Iterator[Point]:
        """Yield every point: step by step for two parties, else by excluding the dominated.

        Raises
        ------
        TooLarge
            If three and more parties have more than ``MAX_ONE_BY_ONE`` (H18).
        """
        try:
            found = self._steps() if len(self._parties) == 2 else self._one_by_one()
            yield from map(self._point, found)
        except OutOfTime as late:
            raise LimitReached(late.best and Taken(late.best.decision)) from None

    def _steps(self) -> Iterator[Answer]:
        """Yield the best for the first party, then the best that gives the second more, and on."""
        answer = self._best_for_first(None)
        while answer is not None:
            yield answer
            second = answer.utilities[1]
            answer = self._best_for_first(second + 1) if second < self.most(1) else None

    def _best_for_first(self, least: int | None) -> Answer | None:
        question = self._question()
        if least is not None:
            question.at_least(1, least)
        together = question.first_then_second()
        if together is not None:
            return question.ask(together)
        best = question.ask(question.utility(0))
        if best is None:
            return None
        question.at_least(0, best.utilities[0])
        return question.ask(question.utility(1))

    def _one_by_one(self) -> Iterator[Answer]:
        found: list[Answer] = []
        while True:
            question = self._question()
            for answer in found:
                question.not_within(answer.utilities)
            answer = question.ask(sum(question.utility(i) for i in self._parties))
            if answer is None:
                return
            if len(found) == MAX_ONE_BY_ONE:
                raise _too_many()
            found.append(answer)
            yield answer

    def packages(self, point: Point) -> Iterator[Taken]:
        """Yield packages behind a point, at most ``MAX_ENUMERATED``."""
        return self.nearest(point, (None,) * len(self._model.classes))

    def nearest(self, point: Point, today: Today) -> Iterator[Taken]:
        """Yield packages behind a point that differ from today's on the fewest issues."""
        listed, _ = self._all_near(point, today)
        if not listed:  # the time was over
            yield Taken(self._known[point].decision)
        for taken in listed:
            yield from map(Taken, self._model.decisions(taken, today))

    def first_of_many(self, point: Point, today: Today, most: int, key: Key) -> Taken | None:
        """Return the first of the nearest packages, by keys of options; None if they are few."""
        near = self._model.classes_of(self._one_near(point, today).decision)
        if self._model.ways(near, today) <= most:
            listed, all_of_them = self._all_near(point, today)
            if all_of_them and sum(self._model.ways(taken, today) for taken in listed) <= most:
                return None
        order = self._model.in_order(today, key)
        first = self._near(point, today).first(order) or near
        return Taken(self._model.first_of(first, today, key))

    def _all_near(self, point: Point, today: Today) -> Listed:
        """Return the classes taken by packages near today's, and if these are surely all."""
        wanted = (point, today if _stated(today) else None)
        if wanted not in self._packages:
            question = self._near(point, today)
            known = self._one_near(point, today).decision
            self._packages[wanted] = question.all_answers(self._listed, known)
        return self._packages[wanted]

    def _near(self, point: Point, today: Today) -> Question:
        """Return a question for the packages of a point that are nearest to today's."""
        question = self._behind(point)
        if _stated(today):
            question.require(question.changes(today) <= self._fewest_changes(point, today))
        return question

    def _behind(self, point: Point) -> Question:
        """Return a question for the packages of a point: nothing is worth more to everybody."""
        question = self._question()
        question.just([int(utility) for utility in point])
        return question

    def _one_near(self, point: Point, today: Today) -> Answer:
        if not _stated(today) and point in self._known:
            return self._known[point]
        if (point, today) not in self._nearest:
            question = self._behind(point)
            try:
                answer = question.ask(-question.changes(today))
            except OutOfTime as late:
                answer = late.best or self._known[point]
            assert answer is not None
            self._nearest[point, today] = answer
        return self._nearest[point, today]

    def _fewest_changes(self, point: Point, today: Today) -> int:
        pairs = zip(self._one_near(point, today).decision, today, strict=True)
        return sum(now is not None and now != option for option, now in pairs)

    def count(self, point: Point) -> Count:
        """Return how many packages are behind a point; beyond a bound, that there are more."""
        found, all_of_them = self._all_near(point, (None,) * len(self._model.classes))
        total = sum(map(self._model.count, found))
        return total if found and all_of_them else AtLeast(max(1, total))

    def mirrors(self, best: tuple[Point, ...], shown: Point, measure: Measure) -> Iterator[Point]:
        """Yield twins of a point that ``best`` does not name: all the best points are named."""
        return iter(())


def _stated(today: Today) -> bool:
    return any(now is not None for now in today)


def _too_many() -> TooLarge:
    return TooLarge(
        Fault(
            "The Pareto frontier",
            f"more than {MAX_ONE_BY_ONE:,} points that have to be asked for one by one",
            f"At most {MAX_ONE_BY_ONE:,} between three and more parties",
            "H18",
            "`settle` finds single points of it under any rule.",
        )
    )
