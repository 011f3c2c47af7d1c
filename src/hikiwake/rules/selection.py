"""What a rule is, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from hikiwake.errors import Fault, Unsupported
from hikiwake.model import Dispute
from hikiwake.pareto import Bargain, Point
from hikiwake.settlement import Bound


@dataclass(frozen=True, slots=True)
class Selection:
    """The points of the frontier that a rule holds equally best; it may be shown any of them.

    ``dearer`` holds the best even points that cost somebody more than the price, if the rule
    looks for them; ``bound`` what no point exceeds where these are not known to be best.
    ``dearer_unknown`` tells that a limit was reached in the search for dearer ones.
    """

    points: tuple[Point, ...]
    dearer: tuple[Point, ...] = ()
    bound: Bound | None = None
    dearer_unknown: bool = False


class SettlementRule(Protocol):
    """A rule: whether it covers a dispute, and which points it takes."""

    def require(self, dispute: Dispute) -> None:
        """Raise Unsupported if the rule does not cover the dispute."""
        ...

    def select(self, bargain: Bargain) -> Selection:
        """Return the points that the rule holds equally best."""
        ...


def require_common_scale(dispute: Dispute, rule: str) -> None:
    """Raise Unsupported unless points mean the same to everyone (H15)."""
    if not dispute.common_scale:
        raise Unsupported(
            Fault(
                f"Rule {rule!r}",
                "the parties' points are on scales of their own",
                "It compares raw points between parties, so they must mean the same to everyone",
                "H15",
                "Set common_scale = true if they do (money, say); else use `draw`.",
                "common_scale",
            )
        )
