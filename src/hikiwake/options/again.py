"""Settling once more, a dispute that was changed a little."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hikiwake.errors import Fault, TooLarge
from hikiwake.model import Dispute, Outcome
from hikiwake.pareto import Bargain, NoBargain, Point, bargain_over, compiled
from hikiwake.pareto.fronts.answer import LimitReached
from hikiwake.pareto.ties import Chosen, choose, shown_of
from hikiwake.rules import DirectRule, rule_named
from hikiwake.settlement import Numbers, Package
from hikiwake.solvers.effort import settled

Utilities = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule answers: what was bargained over, and the points that are equally good."""

    bargain: Bargain
    points: tuple[Point, ...]

    @property
    def ideals(self) -> Numbers:
        """Each party's ideal, in its own points."""
        return self.bargain.ideal_points

    def is_draw(self) -> bool:
        """Tell whether what is shown is a draw: looked for only where some points are, some not."""
        draws = set(map(self.bargain.is_draw, self.points))
        return draws.pop() if len(draws) == 1 else self.bargain.is_draw(self.shown().point)

    def shown(self) -> Chosen:
        """Return the package to show among the equally good ones, with its ties and twins."""
        return choose(self.bargain, self.points)

    def package(self) -> Package:
        """Return the package to show, with gains as they are in that dispute."""
        shown = self.shown()
        return self.bargain.package(shown.point, shown.outcome)

    def outcome(self) -> Outcome:
        """Return the package to show among the equally good ones."""
        return shown_of(self.bargain, self.points)

    def utilities(self, point: Point) -> Utilities:
        """Return everybody's own points at a point."""
        return tuple(self.bargain.compiled.points(i, u) for i, u in enumerate(point))


def answer(dispute: Dispute, rule: str) -> Answer | None:
    """Return what a rule that searches answers, or None if nothing is acceptable to everybody.

    Why that is so is not looked for: that can take longer than settling.

    Raises
    ------
    TooLarge
        If the engines reached a limit before the answer was certain (H18).
    """
    named = rule_named(rule)
    assert not isinstance(named, DirectRule)
    try:
        problem = compiled(dispute)
        settled(sum(map(len, problem.problem.points)))
        bargain = bargain_over(problem)
        if isinstance(bargain, NoBargain):
            return None
        return Answer(bargain, named.select(bargain).points)
    except LimitReached:
        raise TooLarge(uncertain()) from None


def ideals(dispute: Dispute) -> Numbers:
    """Return each party's ideal in a dispute that has an agreement.

    Raises
    ------
    TooLarge
        As :func:`answer` does.
    """
    try:
        bargain = bargain_over(compiled(dispute))
        assert isinstance(bargain, Bargain)
        return bargain.ideal_points
    except LimitReached:
        raise TooLarge(uncertain()) from None


def uncertain() -> Fault:
    """Return the fault that a limit was reached in settling once more (H18)."""
    return Fault(
        "The dispute, settled once more",
        "a limit was reached before the answer was certain",
        "An answer that is certain",
        "H18",
        "Settle it without --power and --partial, or leave some issues or options out.",
    )
