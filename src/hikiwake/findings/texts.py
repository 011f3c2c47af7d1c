"""Which texts a side can be given to read, named by the command that makes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from hikiwake.model import Outcome


class Reading(Enum):
    """A kind of text; what is made sooner stands first."""

    PARTIAL = "partial"
    SETTLEMENT = "settlement"
    ALTERNATIVES = "alternatives"
    IMPROVEMENTS = "improvements"
    REMEDIES = "remedies"
    ROBUSTNESS = "robustness"
    HONESTY = "honesty"


@dataclass(frozen=True, slots=True)
class Kind:
    """The command that makes a kind of text, what can be asked of it, and what has to be.

    ``shows_settled``: unless asked otherwise, the package that ``draw`` settles on stands in it,
    whether it is a draw, and the reader's own gain to the grain of the tolerance.
    """

    command: str
    takes: tuple[str, ...] = ()
    needs: str | None = None
    shows_settled: bool = False


KINDS: Mapping[Reading, Kind] = MappingProxyType(
    {
        Reading.PARTIAL: Kind("settle --partial", ("rule",)),
        Reading.SETTLEMENT: Kind("settle", ("rule", "fewest_shares"), shows_settled=True),
        Reading.ALTERNATIVES: Kind("alternatives", ("count", "within"), shows_settled=True),
        Reading.IMPROVEMENTS: Kind("alternatives", ("agreed", "count", "within"), needs="agreed"),
        Reading.REMEDIES: Kind("settle --remedies", shows_settled=True),
        Reading.ROBUSTNESS: Kind("robustness", ("error", "seed")),
        Reading.HONESTY: Kind("robustness --honesty", ("seed",)),
    }
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text that all sides were given to read: each its own, or the ``joint`` one for all.

    What was asked for is as the options of its command: see ``takes`` of its :class:`Kind`; of the
    others the usual value stands here. ``agreed`` is the package that all know to be agreed. With
    ``as_json`` it was given as JSON.
    """

    kind: Reading
    count: int = 5
    within: Fraction = Fraction(0)
    agreed: Outcome | None = None
    rule: str = "draw"
    fewest_shares: bool = False
    error: Fraction | None = None
    seed: int = 0
    joint: bool = False
    as_json: bool = False

    @property
    def shows_settled(self) -> bool:
        """Whether each reads in it no less than that the settled package was shown to all."""
        asked_otherwise = self.joint or self.fewest_shares or self.rule != "draw"
        return KINDS[self.kind].shows_settled and not asked_otherwise
