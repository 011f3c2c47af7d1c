"""One group that is not for trade, between two sides: how even it is, and what counts as even.

A package ``t`` is known to be possible. So what counts as even is the tolerance, or the imbalance
of ``t`` where that is more; then no package that all accept has less (H8).

Notation: G is what the hidden side gets of the group, M the most it could; g and m the same of the
other side, scaled to whole numbers. The imbalance is d ÷ (m·M) with d = |m·G − g·M|.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hikiwake.model import Dispute, Group, Outcome

if TYPE_CHECKING:
    from hikiwake.options.disclosure.hidden.unknowns import Unknowns
    from hikiwake.options.disclosure.models.packages import Chosen


class Level:
    """Which packages are as even in the group as counts.

    Parameters
    ----------
    sides
        The hidden side, and what the other gets of the group at the least and beyond that.
    possible
        A package that is known to be possible.
    """

    def __init__(
        self,
        cp: Any,
        dispute: Dispute,
        group: Group,
        sides: tuple[Unknowns, str, tuple[Fraction, Fraction]],
        scales: Mapping[str, int],
        possible: Outcome,
    ) -> None:
        self._cp, self._dispute, self._group = cp, dispute, group
        self._hidden, self._other, (least, extent) = sides
        self._scale, self._own_scale = scales[self._other], scales[self._hidden.party]
        self._least, self._extent = int(least * self._scale), int(extent * self._scale)
        self._most = sum(self._hidden.bests[issue] for issue in group.issues)
        self._largest = self._extent * self._own_scale * self._hidden.total
        self._apart: dict[Outcome, Any] = {}
        self._even: dict[Outcome, Any] = {}
        parts = dispute.tolerance
        here = self._apart_at(possible)
        within = parts.numerator * self._extent * self._own_scale * self._most
        bound = max(parts.numerator, parts.denominator) * self._largest
        self._level = cp.new_int_var(0, bound, "")
        cp.add_max_equality(self._level, [within, parts.denominator * here])
        self.usual = cp.new_bool_var("")
        cp.add(parts.denominator * here <= within).only_enforce_if(self.usual)
        cp.add(parts.denominator * here >= within + 1).only_enforce_if(~self.usual)
        self._possible = possible

    def require(self, outcome: Outcome) -> None:
        """Require that a package is even."""
        self._cp.add(self._dispute.tolerance.denominator * self._apart_at(outcome) <= self._level)

    def unless(self, outcome: Outcome) -> Iterator[Any]:
        """Yield literals one of which may hold where a package does not count for its group."""
        yield ~self._even_at(outcome)

    def evened(self, outcome: Outcome) -> Iterator[Any]:
        """Yield literals one of which holds where a package is possible but for its group."""
        yield self.usual
        further = self._cp.new_bool_var("")
        apart = self._apart_at(outcome) - self._apart_at(self._possible)
        self._cp.add(apart >= 0).only_enforce_if(further)
        yield further

    def require_chosen(self, chosen: Chosen, scales: Mapping[str, int]) -> None:
        """Require that a package that is to be chosen is even."""
        assert scales[self._other] == self._scale
        issues = frozenset(self._group.issues)
        got = self._cp.new_int_var(0, self._extent, "")
        self._cp.add(got == chosen.worth_of(self._other, issues) - self._least)
        product = self._cp.new_int_var(0, self._extent * self._hidden.total, "")
        self._cp.add_multiplication_equality(product, [got, self._most])
        own = sum(chosen.own[issue] for issue in self._group.issues)
        apart = self._extent * own - self._own_scale * product
        for side in (apart, -apart):
            self._cp.add(self._dispute.tolerance.denominator * side <= self._level)

    def _even_at(self, outcome: Outcome) -> Any:
        """Return a literal that holds just when a package is even."""
        if outcome not in self._even:
            self._even[outcome] = even = self._cp.new_bool_var("")
            apart = self._dispute.tolerance.denominator * self._apart_at(outcome)
            self._cp.add(apart <= self._level).only_enforce_if(even)
            self._cp.add(apart >= self._level + 1).only_enforce_if(~even)
        return self._even[outcome]

    def _apart_at(self, outcome: Outcome) -> Any:
        if outcome not in self._apart:
            own: Any = 0
            got = Fraction(-self._least)
            known = self._dispute.preferences[self._other].points
            for issue in map(self._dispute.issue, self._group.issues):
                for answer, part in self._hidden.parts(issue, outcome):
                    own += int(part * self._own_scale) * self._hidden.numbers[answer]
                if issue.id in known:
                    got += self._scale * known[issue.id].value(self._other, outcome[issue.id])
            self._apart[outcome] = apart = self._cp.new_int_var(0, self._largest, "")
            difference = self._extent * own - int(got) * self._own_scale * self._most
            self._cp.add_abs_equality(apart, difference)
        return self._apart[outcome]


__all__ = ["Level"]
