"""One question to the solver: some conditions on everybody's utility, and what shall be largest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from hikiwake.solvers.cp_sat.model import MAX_BITS, Model, Taken
from hikiwake.solvers.deadline import Deadline
from hikiwake.solvers.solution import Decision
from hikiwake.solvers.watched import Ended, search
from hikiwake.solvers.weights import weightiest_first

_QUICK = 1.0  # of the solver's own, repeatable seconds; harder questions get several workers
_LISTING = 0.5  # of the same
_LITERALS = 60_000  # of all packages that are listed to be compared
_ROUNDING = 1e-6

# Sums of many points are bounded best by a linear program of all the constraints. Cuts make it
# larger: what is soon answered is answered sooner without them.
_ALONE: dict[str, Any] = {
    "num_workers": 1,
    "linearization_level": 2,
    "cut_level": 0,
    "max_deterministic_time": _QUICK,
}
_WAYS: tuple[dict[str, Any], ...] = (
    # What a second round and symmetries would save takes longer to find.
    {**_ALONE, "max_presolve_iterations": 1, "symmetry_level": 0},
    {"num_workers": 8, "linearization_level": 2},
)

Utilities = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A package, and what it is worth to everybody.

    ``value`` is that of the objective, ``at_most`` what no package exceeds: the same, but for the
    gap that was allowed.
    """

    decision: Decision
    utilities: Utilities
    value: int = 0
    at_most: int = 0


class OutOfTime(Exception):
    """A limit was reached: the best package so far, if any, and what the objective cannot exceed.

    That of the time, or of the memory that a search may take.
    """

    def __init__(self, best: Answer | None, at_most: int | None) -> None:
        super().__init__("the time is over")
        self.best = best
        self.at_most = at_most


class Question:
    """Conditions on a model. Utilities are in the problem's integers; bounds are included.

    The solver may count less than a package is worth (see ``Model``) unless ``exactly`` is called:
    no matter where something is to be at least so much, or largest.
    """

    def __init__(self, model: Model, deadline: Deadline) -> None:
        self._model = model
        self._deadline = deadline
        self._cp: Any = model.cp.clone()
        self._levels: dict[tuple[int, int], Any] = {}
        self._exact = False
        for party, least in enumerate(model.problem.floors):
            if least is not None:
                self.at_least(party, ceil(least))

    def at_least(self, party: int, utility: int) -> None:
        """Require a utility of at least so much."""
        scale = self._model.scales[party]
        self._cp.add(scale.level >= scale.levels(utility))

    def reaches(self, party: int, utility: int) -> Any:
        """Return a literal that can only hold if a utility is at least so much."""
        scale = self._model.scales[party]
        level = scale.levels(utility)
        if level <= 0:
            return self._model.true
        if level > scale.most:
            return ~self._model.true
        key = (party, level)
        if key not in self._levels:
            literal = self._cp.new_bool_var("")
            self._cp.add(scale.level >= level).only_enforce_if(literal)
            self._levels[key] = literal
        return self._levels[key]

    def not_within(self, utilities: Sequence[int]) -> None:
        """Require that somebody gets more than in a given package."""
        self._cp.add_bool_or([self.reaches(i, u + 1) for i, u in enumerate(utilities)])

    def exactly(self) -> None:
        """Let every package count just as much as it is worth."""
        if not self._exact:
            for literals in self._model.loose:
                self._cp.add_bool_or(literals)
        self._exact = True

    def just(self, utilities: Sequence[int]) -> None:
        """Require that just these utilities are counted: nothing may be worth more to everybody."""
        for scale, utility in zip(self._model.scales, utilities, strict=True):
            self._cp.add(scale.level == (utility - scale.base) // scale.step)

    def span(self, party: int) -> tuple[int, int]:
        """Return between which numbers a utility lies."""
        scale = self._model.scales[party]
        return scale.base, scale.base + scale.step * scale.most

    @property
    def widest(self) -> int:
        """The largest number that any utility's bounds hold."""
        spans = (self.span(party) for party in range(len(self._model.scales)))
        return max((abs(end) for span in spans for end in span), default=0)

    def at_least_so_many(self, literals: Sequence[Any], count: int, when: Any = None) -> None:
        """Require that so many literals hold, if ``when`` does."""
        if count > 0:
            required = self._cp.add(sum(literals) >= count)
            if when is not None:
                required.only_enforce_if(when)

    def any_of(self, literals: Iterable[Any]) -> None:
        """Require that one of some literals holds."""
        self._cp.add_bool_or(list(literals))

    def all_of(self, literals: Iterable[Any]) -> None:
        """Require that all of some literals hold."""
        self._cp.add_bool_and(list(literals))

    def new_literal(self) -> Any:
        """Return a literal that is free to hold."""
        return self._cp.new_bool_var("")

    def new_number(self, least: int, most: int) -> Any:
        """Return a whole number that is free between two bounds."""
        return self._cp.new_int_var(least, most, "")

    def require(self, condition: Any, when: Any = None) -> None:
        """Require a linear condition on utilities and numbers, if ``when`` holds."""
        required = self._cp.add(condition)
        if when is not None:
            required.only_enforce_if(when)

    def utility(self, party: int) -> Any:
        """Return a utility as a linear expression."""
        scale = self._model.scales[party]
        return scale.base + scale.step * scale.level

    def first_then_second(self) -> Any:
        """Return what is largest where first the first utility is, then the second, if it fits."""
        first, second = self._model.scales[:2]
        step = second.most + 1
        if (first.most * step + second.most).bit_length() > MAX_BITS:
            return None
        return step * first.level + second.level

    def changes(self, today: Sequence[int | None]) -> Any:
        """Return on how many issues a package differs from today's, as a linear expression."""
        kept: list[Any] = []
        stated = 0
        for classes, literals, now in zip(
            self._model.classes, self._model.literals, today, strict=True
        ):
            if now is not None:
                stated += 1
                kept += [lit for lit, c in zip(literals, classes, strict=True) if now in c]
        return stated - sum(kept)

    def ask(self, largest: Any = None, gap: int = 0) -> Answer | None:
        """Return a package that meets the conditions, the best if something shall be largest.

        Parameters
        ----------
        gap
            How much less than the best will do.

        Returns
        -------
        None if there is none.

        Raises
        ------
        OutOfTime
            If the time was over, or too much memory taken, before that was certain.
        """
        if largest is not None:
            self._cp.maximize(largest)
        best: Answer | None = None
        for way in _WAYS:
            ended = self._search(absolute_gap_limit=gap, **way)
            if ended.impossible:
                return None
            if ended.found:
                best = self._read(ended, largest)
            if ended.best:
                return best
            if ended.stopped or self._deadline.passed:
                break
        raise OutOfTime(best, best.at_most if best and largest is not None else None)

    def _search(self, listing: Any = None, **parameters: Any) -> Ended:
        return search(self._cp, listing, **self._deadline.limiting(**parameters))

    def _read(self, ended: Ended, largest: Any) -> Answer:
        taken = self._model.taken(ended.holds)
        decision = self._model.decision(taken)
        utilities = self._model.utilities(decision)
        if largest is None:
            return Answer(decision, utilities)
        assert ended.bound is not None, "something was found"
        at_most = floor(ended.bound + _ROUNDING)
        return Answer(decision, utilities, ended.value(largest), at_most)

    def every_answer(self, most: int) -> list[Answer] | None:
        """Return every package that meets the conditions; None if it is not quickly sure.

        Only asked of independent issues: others are seldom listed quickly.
        """
        model = self._model
        if model.problem.tied:
            return None
        most = min(most, _LITERALS // max(1, len(model.classes)))
        taken, complete = self._all(most, _QUICK)
        if not complete:
            return None
        decisions = map(model.decision, taken)
        return [Answer(decision, model.utilities(decision)) for decision in decisions]

    def first(self, orders: Sequence[Sequence[int]]) -> Taken | None:
        """Return the classes taken by the package that comes first; None if it is not soon found.

        Parameters
        ----------
        orders
            The classes of each issue, the first one first. The weightiest issue counts most.
        """
        from ortools.sat.python import cp_model

        for k in weightiest_first(self._model.problem):  # what cannot be is soon seen then
            literals = [self._model.literals[k][c] for c in orders[k]]
            self._cp.add_decision_strategy(
                literals, cp_model.CHOOSE_FIRST, cp_model.SELECT_MAX_VALUE
            )
        ended = self._search(
            # What is chosen is only given up where it is impossible: the first answer comes first.
            search_branching=cp_model.FIXED_SEARCH,
            # Both might leave answers out that are as good as others.
            cp_model_presolve=False,
            symmetry_level=0,
            add_lp_constraints_lazily=False,
            **_ALONE,
        )
        return self._model.taken(ended.holds) if ended.found else None

    def all_answers(self, most: int, known: Decision) -> tuple[list[Taken], bool]:
        """Return the classes taken by packages that meet the conditions, and if that is surely all.

        At most so many, and no more than are soon found from a known one on.
        """
        self._model.hint(known, self._cp)
        return self._all(most, _LISTING)

    def _all(self, most: int, effort: float) -> tuple[list[Taken], bool]:
        """Return so many classes taken at most, and whether that is surely all."""
        from ortools.sat.python.cp_model import CpSolverSolutionCallback

        model = self._model
        found: set[tuple[int, ...]] = set()
        packed = model.packed()

        class Listing(CpSolverSolutionCallback):
            """Notes what is taken in each solution."""

            def on_solution_callback(self) -> None:
                """Note one, and stop if there are enough."""
                # A number holds many issues: to look at each takes longer than the search.
                found.add(tuple(map(self.value, packed)))
                if len(found) >= most:
                    self.stop_search()

        self.exactly()  # else one package would be found several times
        ended = self._search(
            Listing(),
            num_workers=1,
            cut_level=0,
            linearization_level=0,
            enumerate_all_solutions=True,
            max_deterministic_time=effort,
        )
        return sorted(map(model.unpacked, found)), ended.finished


__all__ = ["Answer", "OutOfTime", "Question"]
