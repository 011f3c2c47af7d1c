"""What a solver gives back for whole decisions: the undominated points and their outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

from numpy.typing import NDArray

Integers = NDArray[Any]  # int64 after a proven bound, else Python's own integers
Index = NDArray[Any]  # int64
Decision = tuple[int, ...]  # the option taken on each issue


@dataclass(frozen=True, slots=True)
class Taken:
    """One package in indices.

    ``shares`` holds everybody's fraction of each share that is divided, ``along`` how far along its
    option (0 to 1) each sloped issue is.
    """

    options: Decision
    shares: Mapping[int, tuple[Fraction, ...]] = field(default_factory=dict[int, Any])
    along: Mapping[int, Fraction] = field(default_factory=dict[int, Fraction])


class Solution(Protocol):
    """The Pareto frontier of a problem without shares, with every outcome behind each point.

    ``utilities`` has one row a point and one column a party; no two rows are equal.
    """

    @property
    def engine(self) -> str:
        """The engine that found it."""
        ...

    @property
    def utilities(self) -> Integers:
        """One row a point, one column a party."""
        ...

    def count(self, point: int) -> int:
        """Return how many outcomes have exactly the utilities of a point."""
        ...

    def decisions(self, point: int) -> Iterator[Decision]:
        """Yield every outcome behind a point."""
        ...

    def nearest(self, point: int, today: tuple[int | None, ...]) -> Iterator[Decision]:
        """Yield the outcomes behind a point that differ from ``today`` on the fewest issues."""
        ...
