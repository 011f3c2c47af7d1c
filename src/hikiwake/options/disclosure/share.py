"""A group not for trade between two sides: what is even there, the hidden side's stake being given.

Notation: in the group a package is worth G to the hidden side, and one is worth M at the most; g
and m are the same of the known side, both from its least. It is uneven by |m·G − g·M| ÷ (m·M).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hikiwake.findings.talks import Hiding
from hikiwake.options.disclosure.board import Board, Place
from hikiwake.options.disclosure.unknowns import unit_of


@dataclass(frozen=True)
class Share:
    """What the group is worth to the hidden side: M, and G in the package known to be possible.

    As even as counts is then what is within the tolerance, or as even as that package: no package
    that all accept is more even, where it is not within (H8). A *level* is an imbalance times m, M
    and the denominator of the tolerance.
    """

    board: Board
    most: int
    there: int

    @property
    def level(self) -> int:
        """Up to where a combination is as even as counts."""
        return max(
            self.tolerated, self._uneven_by(self.board.surely[: self.board.depth], self.there)
        )

    @property
    def tolerated(self) -> int:
        """The tolerance."""
        return self.board.dispute.tolerance.numerator * self.board.stake.extent * self.most

    def span(self, combination: Place, level: int) -> tuple[int, int] | None:
        """Return between which G a combination is no less even than a level; None: it never is."""
        key = int(self.board.stake.got[combination]), level
        if key not in self._spans:
            within = [
                own for own in range(self.most + 1) if self._uneven_by(combination, own) <= level
            ]
            self._spans[key] = (within[0], within[-1]) if within else None
        return self._spans[key]

    def _uneven_by(self, combination: Place, own: int) -> int:
        got, extent = int(self.board.stake.got[combination]), self.board.stake.extent
        return self.board.dispute.tolerance.denominator * abs(extent * own - got * self.most)

    @cached_property
    def _spans(self) -> dict[tuple[int, int], tuple[int, int] | None]:
        return {}


def shares(board: Board, hiding: Hiding) -> Iterator[Share | None]:
    """Yield every way in which the group can matter to the hidden side; None without a group."""
    if not board.depth:
        yield None
        return
    for steps in range(int(hiding.total / hiding.step) + 1):
        most = board.scale * int(steps * hiding.step / unit_of(hiding))
        for there in range(most + 1):
            yield Share(board, most, there)
