"""What is found out about what misstating could gain a side."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hikiwake.settlement import Exactness


@dataclass(frozen=True, slots=True)
class Prospect:
    """What one way to answer comes to, against other sides that were drawn at random.

    ``expected`` and ``worst`` are true gains, no agreement counted as 0; ``without`` is the part of
    the draws in which there is no agreement.
    """

    expected: Fraction
    worst: Fraction
    without: Fraction


@dataclass(frozen=True, slots=True)
class Knowing:
    """The most that a side could truly gain if it knew everything, and what that report risks.

    ``most`` was reached; no report of the kind gains more than ``at_most``. ``risk`` is what the
    same report comes to if the others are not what the side took them for; None: not computed.
    """

    most: Fraction
    at_most: Fraction
    exactness: Exactness
    risk: Prospect | None


@dataclass(frozen=True, slots=True)
class Unknowing:
    """What a side may expect if it knows nothing of the others: by the truth, and at the best.

    ``best`` is the misstatement that did best on one half of the draws, looked at on the other;
    ``margin`` is what its advantage may be off by, with 95 % confidence; ``draws`` the size of a
    half, ``of`` how many ways to answer were compared, the truth among them.
    """

    truth: Prospect
    best: Prospect
    margin: Fraction
    draws: int
    of: int

    @property
    def advantage(self) -> Fraction:
        """How much more the misstatement may be expected to gain than the truth."""
        return self.best.expected - self.truth.expected


@dataclass(frozen=True, slots=True)
class Misstating:
    """What one side could gain by misstating, all in parts of its own true range.

    ``truth`` is its gain by the truth. ``points``: it misstates its points, and refuses what it
    truly refuses. ``overstating``: it misstates what it has without an agreement as well, and gets
    its ideal at least. ``unknowing`` is None where it is not computed.
    """

    party: str
    truth: Fraction
    points: Knowing
    overstating: Knowing
    unknowing: Unknowing | None


@dataclass(frozen=True, slots=True)
class Honesty:
    """What misstating could gain in one case, a side that could gain most by its points first.

    ``left_out`` counts the sides that can neither gain nor lose. For the mediator; whose is whose
    only where the parties agreed to that beforehand (H14).
    """

    sides: tuple[Misstating, ...]
    left_out: int
    seed: int
    illustrative: bool = False

    @property
    def proved(self) -> bool:
        """Whether what no report gains more than was looked for, side by side."""
        return all(side.points.exactness is not Exactness.SAMPLED for side in self.sides)

    @property
    def more_by_points(self) -> Fraction:
        """By how much more a side could gain by misstating its points: proved, else as seen."""
        return max(
            (self._most(side.points) - side.truth for side in self.sides), default=Fraction(0)
        )

    def _most(self, points: Knowing) -> Fraction:
        return points.at_most if self.proved else points.most

    @property
    def most_unknowing(self) -> Unknowing | None:
        """The best that a side may expect that knows nothing; None: not computed."""
        found = [side.unknowing for side in self.sides if side.unknowing is not None]
        return max(found, key=lambda one: one.advantage, default=None)
