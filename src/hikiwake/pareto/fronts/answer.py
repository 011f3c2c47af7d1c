"""What a Pareto set answers when asked for its best points, and what it says if it cannot."""

from __future__ import annotations

from dataclasses import dataclass

from hikiwake.pareto.fronts.measure import Point
from hikiwake.settlement import Bound
from hikiwake.solvers.solution import Taken


@dataclass(frozen=True, slots=True)
class Found:
    """The best points. With a bound they are only as good as any within it.

    Where there are none though something is there, for it only comes as close as one likes to what
    is not, they are ``approached``.
    """

    points: tuple[Point, ...]
    bound: Bound | None = None
    approached: bool = False


class LimitReached(Exception):
    """A limit was reached before the answer was certain: the best so far, and a proven bound."""

    def __init__(self, best: Taken | None = None, bound: Bound | None = None) -> None:
        super().__init__("a limit was reached before the answer was certain")
        self.best = best
        self.bound = bound
