"""What several sides must meet together so that a package is settled on, in a model for CP-SAT.

That the shown package is possible, and even or not, is told as by a word. That no other would be
shown is said of each by itself, but only of those that were found to matter. A draw may be shown
that is not the best by Kalai and Smorodinsky: then what that gives the sides is in the model, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.options.disclosure.among_several.barred import Bars, Hides, Known
from hikiwake.options.disclosure.among_several.joint import Joint, Reach
from hikiwake.options.disclosure.among_several.judged import Better, Judge, Rival, Undercut
from hikiwake.options.disclosure.among_several.together import Together
from hikiwake.options.disclosure.models.diagram import Diagram, diagram_of

Array = NDArray[Any]
Vector = tuple[int, ...]  # what a package gives the known sides beyond their walk-away values


@dataclass(frozen=True, slots=True)
class Best:
    """A package that is the best where one that was taken for it is not."""

    row: int


@dataclass(frozen=True, slots=True)
class Instead:
    """A rival; ``taken`` is what is taken for the best gave those that hide."""

    rival: Rival
    taken: Vector = ()


Reason = Better | Best | Undercut | Instead


class Settling:
    """Adds to a model of words that a package was shown as settled."""

    def __init__(self, joint: Joint, judge: Judge) -> None:
        self._joint, self._judge, self._cp = joint, judge, joint.cp
        self._allowed = joint.together.allowed
        self._reaches = joint.given.reaches or ()
        self._exact = all(low == high for low, high in self._reaches)
        self._here = joint.tell(judge.outcome, judge.draw)
        known: Vector | None = self._known(judge.row)
        self._best = self._here
        self.vectors: tuple[Vector, ...] = ()
        if (vectors := joint.given.dearer) is not None:
            cheap = near(joint.together, judge, self._reaches)
            self.vectors = tuple(one for one in vectors if one in cheap)
            known = self.vectors[0] if len(self.vectors) == 1 and self._exact else None
            self._best = self._cheap(self.vectors)
            if known is not None:
                joint.compare(self._best, known, even=False)
        self._taken = known  # what the best gives the known sides, where that is known
        most = tuple(map(max, zip(*self.vectors, strict=True)))
        self._bars = self._bars_for(known or most) if known or most else None

    def learn(self, reason: Reason) -> bool:
        """Add that a package would not be shown instead; False: that says nothing here."""
        draw, dearer = self._judge.draw, self._joint.given.dearer is not None
        if isinstance(reason, Better) and not dearer:
            self._keep(reason.row, reason.depth, self._judge.before(reason.row))
        elif isinstance(reason, Best) and dearer and self._bars is not None:
            self._keep(reason.row, len(self._here) + len(self._reaches), False)
        elif isinstance(reason, Undercut) and dearer:
            self._undercut(reason.row)
        elif isinstance(reason, Instead) and dearer is draw and self._stands(reason):
            self._not_instead(reason)
        else:
            return False
        return True

    def taken(self, value: Any) -> Vector:
        """Return what is taken for the best gives those that hide, in a solution."""
        return tuple(value(own) for own in self._best)

    def _known(self, row: int) -> Vector:
        return tuple(int(own[row]) for own in self._allowed.above)

    def _bars_for(self, known: Vector) -> Bars:
        joint = self._joint
        pairs = zip(joint.reach, self._best, strict=True)
        sides = zip(joint.together.steps, self._reaches, known, strict=True)
        return Bars(
            self._cp,
            joint.top,
            joint.above,
            [Hides(reach, above) for reach, above in pairs],
            [Known(steps, *reach, above) for steps, reach, above in sides],
        )

    def _keep(self, row: int, depth: int, strictly: bool) -> None:
        if self._bars is not None:
            self._bars.keep(row, self._known(row), depth, strictly)

    def _cheap(self, vectors: Sequence[Vector]) -> list[Any]:
        """Add some best package against which the shown one is cheap; return what that gives."""
        joint, price = self._joint, self._joint.together.dispute.price
        where = np.zeros(self._allowed.sizes, dtype=bool)
        for vector in vectors:
            pairs = zip(self._allowed.tables, vector, strict=True)
            where |= np.all([table == own for table, own in pairs], axis=0)
        best = [joint.standing() for _ in self._here]
        if not where.any():
            self._cp.add_bool_or([])
            return best
        found = zip(best, joint.way(diagram_of(where)), joint.reach, self._here, strict=True)
        for own, above, reach, here in found:
            self._cp.add(own == above)
            self._cp.add(own <= reach)
            costs = price.denominator * (own - here)
            self._cp.add(costs <= price.numerator * reach)
        return best

    def _undercut(self, row: int) -> None:
        """Add that a package gives somebody less than the shown one, or nobody more."""
        here, known = self._known(self._judge.row), self._known(row)
        less = [self._at_most(n, row, own - 1) for n, own in enumerate(self._here)]
        if known == here:
            alike = self._cp.new_bool_var("")
            total = sum(self._joint.above(n, row) for n in range(len(self._here)))
            self._cp.add(total <= sum(self._here)).only_enforce_if(alike)
            less.append(alike)
        self._cp.add_bool_or(less)

    def _stands(self, reason: Instead) -> bool:
        """Tell whether what is given here makes a package a rival as it was found."""
        rival, hidden = reason.rival, len(self._here)
        known = rival.reach[hidden:]
        if not self._exact or known != tuple(low for low, _ in self._reaches):
            return False
        if self._joint.given.dearer is None:
            return True
        reach = (*self._counted(rival.reach[:hidden]), *known)
        best = (*self._counted(rival.above[1]), *self._known(rival.best))
        return self._taken is not None and _level(best, reach) == _level(
            (*reason.taken, *self._taken), reach
        )

    def _counted(self, worths: Vector) -> Vector:
        """Return what those that hide get, as the model counts it."""
        largest, top = self._joint.together.shapes[0].largest, self._joint.top
        return tuple(worth * top // largest for worth in worths)

    def _not_instead(self, reason: Instead) -> None:
        """Add that things stand otherwise than where a rival was found, or another betters it."""
        rival = reason.rival
        there, best, here = map(self._counted, rival.above)
        reach = self._counted(rival.reach[: len(here)])
        other: list[Any] = []
        for n in range(len(here)):
            own = self._joint.above
            other += self._differs(self._joint.reach[n], reach[n])
            other += self._differs(self._here[n], here[n])
            other += self._differs(own(n, rival.row), there[n])
            if rival.best != self._judge.row:
                other += self._differs(own(n, rival.best), best[n])
            if reason.taken:
                other += self._differs(self._best[n], reason.taken[n])
        self._cp.add_bool_or([*other, *self._over(rival.row)])

    def _over(self, row: int) -> Iterator[Any]:
        """Yield literals one of which holds only if some package betters a possible one for all."""
        known = self._known(row)
        pairs = list(zip(self._allowed.tables, known, strict=True))
        least = np.all([table >= own for table, own in pairs], axis=0)
        more = least & np.any([table > own for table, own in pairs], axis=0)
        for packages, further in ((least, 1), (more, 0)):
            diagram: Diagram = diagram_of(packages)
            if diagram.empty:
                continue
            literal = self._cp.new_bool_var("")
            way = self._joint.way(diagram)
            own = [self._joint.above(n, row) for n in range(len(way))]
            for there, here in zip(way, own, strict=True):
                self._cp.add(there >= here).only_enforce_if(literal)
            self._cp.add(sum(way) >= sum(own) + further).only_enforce_if(literal)
            yield literal

    def _differs(self, number: Any, than: int) -> Iterator[Any]:
        for sign in (1, -1):
            literal = self._cp.new_bool_var("")
            self._cp.add(sign * number >= sign * than + 1).only_enforce_if(literal)
            yield literal

    def _at_most(self, n: int, row: int, most: Any) -> Any:
        literal = self._cp.new_bool_var("")
        self._cp.add(self._joint.above(n, row) <= most).only_enforce_if(literal)
        return literal


def near(together: Together, judge: Judge, reaches: Sequence[Reach]) -> tuple[Vector, ...]:
    """Return what the best may give the known sides where another package is shown as a draw.

    It costs them no more than the price to be shown that; and nobody gains less from the best than
    who gains least from the draw.
    """
    dispute, above = together.dispute, together.allowed.above
    some = np.ones(len(above[0]), dtype=bool)
    for own, (_, high) in zip(above, reaches, strict=True):
        here = int(own[judge.row])
        some &= own <= here + floor(dispute.price * high)
        some &= own >= here - floor(dispute.tolerance * high)
    vectors = {tuple(map(int, row)) for row in zip(*(own[some] for own in above), strict=True)}
    return tuple(sorted(vectors))


def _level(above: Vector, reach: Vector) -> list[Fraction]:
    pairs = zip(above, reach, strict=True)
    return sorted(Fraction(own, most) for own, most in pairs if most)


__all__ = ["Best", "Instead", "Reason", "Settling", "Vector", "near"]
