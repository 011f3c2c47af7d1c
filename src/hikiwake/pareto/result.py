"""The frontier as people and programs outside read it: named outcomes, points as fractions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hikiwake.model import Outcome
from hikiwake.pareto.bargain import Bargain
from hikiwake.pareto.fronts.answer import LimitReached
from hikiwake.pareto.fronts.measure import Point
from hikiwake.pareto.naming import Named, named
from hikiwake.pareto.ties import each_shown_first
from hikiwake.settlement import AtLeast, Certificate, Count, Exactness
from hikiwake.solvers.envelope import Edge

Row = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight part of a frontier with shares or amounts, between two rows of points.

    An end that is not closed is dominated by a package elsewhere. What is not ``reached`` borders
    a face between three parties, and is dominated itself.
    """

    first: Row
    second: Row
    first_closed: bool
    second_closed: bool
    reached: bool = True


class Frontier:
    """The exact Pareto frontier of what nobody would walk away from.

    With shares or amounts it is made of ``segments``, and its points are their ends, the
    ``vertices``; else it has neither. Between three and more parties it is made of flat faces
    then: the vertices are their corners, and the segments their edges. Packages, fractions and
    gains are worked out when they are first asked for. Where a limit was reached ``exactness`` is
    BOUNDED: each point is proven to be on the frontier, but there may be more. So it is where four
    and more parties divide something beside whole issues: then it is ``uncut``, as more time does
    not help. ``certificate`` is None where it was not asked for or could not be had, which
    ``certificate_reason`` says.
    """

    def __init__(
        self,
        parties: tuple[str, ...],
        engine: str,
        searched: Count,
        bargain: Bargain | None,
        in_part: bool = False,
    ) -> None:
        self.parties = parties
        self.engine = engine
        self.searched: Count = searched
        self.certificate: Certificate | None = None
        self.certificate_reason = "not asked for"
        self._bargain = bargain
        self._in_part = in_part
        self._uncut = False

    def __len__(self) -> int:
        return len(self.exact_utilities)

    @cached_property
    def _named(self) -> Named | None:
        return named(self._bargain) if self._bargain else None

    @property
    def exactness(self) -> Exactness:
        """EXACT: these are all points. BOUNDED: a limit was reached, and there may be more."""
        if self._named is None:
            len(self._points)
        return Exactness.BOUNDED if self._in_part else Exactness.EXACT

    @property
    def uncut(self) -> bool:
        """Whether flat faces of many packages, between four and more, cut each other unseen."""
        return self.exactness is Exactness.BOUNDED and self._uncut

    @property
    def complete_from(self) -> Fraction | None:
        """The points from which on no point is missing, by those of the first of two parties."""
        known = self._in_part and len(self.parties) == 2 and len(self) > 0
        return min(row[0] for row in self.exact_utilities) if known else None

    @cached_property
    def _points(self) -> tuple[Point, ...]:
        found: list[Point] = []
        try:
            if self._bargain is not None and (part := _part(self._bargain)) is not None:
                self._in_part = self._uncut = True
                return part[0]
            found.extend(self._bargain.frontier.corners() if self._bargain else ())
        except LimitReached:
            self._in_part = True
        return tuple(found)

    @cached_property
    def outcomes(self) -> Sequence[Outcome]:
        """One package a point: of its ties the one nearest to the status quo (H11).

        Where all points are held, a package is written in names when it is looked at.
        """
        bargain = self._bargain
        if self._named is not None:
            return self._named.outcomes
        return each_shown_first(bargain, self._points) if bargain else ()

    @cached_property
    def ties(self) -> tuple[Count, ...]:
        """How many packages are worth exactly as much, a point."""
        bargain = self._bargain
        if self._named is not None:
            return self._named.ties
        return tuple(_count(bargain, point) for point in self._points) if bargain else ()

    @cached_property
    def exact_utilities(self) -> tuple[Row, ...]:
        """The parties' points, exactly, a row a point."""
        if self._named is not None:
            return self._named.utilities
        return tuple(_row(self._bargain, p) for p in self._points) if self._bargain else ()

    @cached_property
    def utilities(self) -> NDArray[np.float64]:
        """The parties' points as float64, shape (points, parties): for pictures, not decisions."""
        if self._bargain is None:
            return np.zeros((0, len(self.parties)))
        if self._named is not None:
            return self._named.floats
        rows = [[float(u) for u in row] for row in self.exact_utilities]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(self.parties))

    @cached_property
    def gains(self) -> tuple[tuple[Fraction | None, ...], ...]:
        """The parties' gains, a row a point; None for a party that can neither gain nor lose."""
        bargain = self._bargain
        if self._named is not None:
            return self._named.gains
        return tuple(bargain.gains_at(point) for point in self._points) if bargain else ()

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The straight parts of a frontier with shares or amounts; empty without."""
        return tuple(_segments(self._bargain)) if self._bargain else ()

    @property
    def vertices(self) -> tuple[Row, ...]:
        """The ends of the segments; empty without any."""
        return self.exact_utilities if self.segments else ()


def _part(bargain: Bargain) -> tuple[tuple[Point, ...], tuple[Edge, ...]] | None:
    """Return the corners and edges of a frontier that cannot be listed as a whole; else None."""
    problem = bargain.compiled.problem
    if problem.parties <= 2 or not problem.continuous:
        return None
    from hikiwake.pareto.fronts.hulls import Hulls

    frontier = bargain.frontier
    return frontier.certain if isinstance(frontier, Hulls) and not frontier.complete else None


def _count(bargain: Bargain, point: Point) -> Count:
    try:
        return bargain.frontier.count(point)
    except LimitReached:
        return AtLeast(1)


def _row(bargain: Bargain, point: Point) -> Row:
    return tuple(bargain.compiled.points(i, utility) for i, utility in enumerate(point))


def _segments(bargain: Bargain) -> Iterator[Segment]:
    part = _part(bargain)
    for edge in bargain.frontier.edges if part is None else part[1]:
        yield Segment(
            _row(bargain, edge.first),
            _row(bargain, edge.second),
            edge.first_closed,
            edge.second_closed,
            edge.reached,
        )
