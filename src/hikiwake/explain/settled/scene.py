"""What a telling is made from: the dispute, its settlement, who reads, in which language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from hikiwake.model import Amount, Dispute
from hikiwake.numeric import DEFAULT_TOLERANCE, to_grain
from hikiwake.settlement import Exactness, Package, Settlement, Status

if TYPE_CHECKING:
    from hikiwake.explain.language.names import Names
    from hikiwake.explain.language.voice import Voice
    from hikiwake.findings.offers import Remedies
    from hikiwake.properties import Verdict


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that the sentences of one telling may use. ``viewer`` None: no single side.

    ``sees_all``: the mediator reads it.
    """

    dispute: Dispute
    settlement: Settlement
    voice: Voice
    names: Names
    viewer: str | None
    verdicts: Mapping[str, Verdict]
    sees_all: bool = False
    remedies: Remedies | None = None

    @property
    def package(self) -> Package:
        """The settled package. Ask ``settlement.package`` first whether there is one."""
        assert self.settlement.package is not None
        return self.settlement.package

    @property
    def exact(self) -> bool:
        """Whether all packages were searched."""
        return self.settlement.exactness is Exactness.EXACT

    def grained(self, part: Fraction) -> Fraction:
        """Return a part of a range to the grain of the tolerance, never finer than 1/20 (H14)."""
        return to_grain(part, max(self.settlement.tolerance, DEFAULT_TOLERANCE))

    def cannot_be_bettered(self) -> bool:
        """Tell whether no package is better for one side without being worse for another.

        A verdict, if given, has the word. Else: rules take their package from the Pareto frontier,
        but for those that make it themselves.
        """
        verdict = self.verdicts.get("pareto_optimal")
        if verdict is not None:
            return verdict.holds is True
        if self.settlement.direct:
            return self.settlement.status is Status.DRAW
        return self.exact and self.settlement.status in (Status.DRAW, Status.UNEVEN)

    def skipped_steps(self) -> bool:
        """Tell whether only some of an amount's other steps were looked at."""
        told = Counter(change.issue for change in self.settlement.changes)
        return bool(told) and any(
            told[issue.id] + 1 < (issue.steps or 0)
            for issue in self.dispute.issues
            if isinstance(issue, Amount)
        )

    def about_steps(self) -> str:
        """Say which of an amount's other steps were looked at."""
        return self.voice.say(
            "Of an amount with many steps, only the next steps and the ends are looked at here."
        )

    def keeps_walk_aways(self) -> bool:
        """Tell whether every side has at least what it has without an agreement."""
        return not self.below_walk_away()

    def below_walk_away(self) -> tuple[str, ...]:
        """Return the sides that have less than without an agreement. Private to each (H14)."""
        utilities, walk_away = self.package.utilities, self.settlement.walk_away
        return tuple(party for party in utilities if utilities[party] < walk_away[party])

    def keeps_limits(self) -> bool:
        """Tell whether every public rule and every side's red line is kept."""
        return self.dispute.allows(self.package.outcome)
