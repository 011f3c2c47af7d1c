"""A package that is not fixed, inside a model for CP-SAT: one that gives a side the most it can.

What is divided is counted in parts of ``PARTS``, rounded up. So every package that there is can be
chosen, worth at least what it is worth; and perhaps some that are a little more than there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from hikiwake.model import (
    Amount,
    Bonus,
    Condition,
    Dispute,
    Issue,
    Linear,
    Money,
    Share,
    Value,
)
from hikiwake.model.condition import Beyond, SharesBeyond

if TYPE_CHECKING:
    from hikiwake.options.disclosure.hidden.unknowns import Unknowns

PARTS = 1_000


def can_be_chosen(dispute: Dispute, known: tuple[str, ...]) -> bool:
    """Tell whether packages of a dispute can be chosen so, with some sides' preferences known."""
    for issue in dispute.issues:
        if isinstance(issue, Money) or (isinstance(issue, Amount) and issue.step is None):
            return False
        whole = (dispute.preferences[party].points.get(issue.id) for party in known)
        if any(isinstance(own, Linear) and own.whole < 0 for own in whole):
            return False
    return True


class Chosen:
    """A package to be chosen that keeps public rules and everything that the known sides want.

    Parameters
    ----------
    scales
        By how much the worth is multiplied, for each side; of the hidden one, ``PARTS`` times
        whatever makes its stepped amounts whole.
    """

    def __init__(self, cp: Any, dispute: Dispute, hidden: Unknowns, scales: dict[str, int]) -> None:
        self._cp, self._dispute, self._hidden, self._scales = cp, dispute, hidden, scales
        self._known = tuple(party for party in dispute.party_ids if party != hidden.party)
        self.taken: dict[str, dict[Value, Any]] = {}
        self.divided: dict[str, dict[str, Any]] = {}
        self.own: dict[str, Any] = {}  # the hidden side's worth of each issue, scaled
        for issue in dispute.issues:
            if isinstance(issue, Share):
                self._divide(issue)
            else:
                self._take(issue)
        self.worth: dict[str, Any] = {hidden.party: sum(self.own.values())}
        for party in self._known:
            self.worth[party] = self._worth_known(party)
            least = dispute.walk_away(party) * scales[party]
            cp.add(self.worth[party] >= int(least))
            for line in dispute.preferences[party].red_lines:
                self._never(line.never)
        cp.add(self.worth[hidden.party] >= scales[hidden.party] * hidden.walk_away)
        for rule in dispute.rules:
            self._never(rule.never)

    def worth_of(self, party: str, issues: frozenset[str]) -> Any:
        """Return what a known side gets of some whole issues, scaled."""
        own, scale = self._dispute.preferences[party], self._scales[party]
        return sum(
            int(points.value(party, value) * scale) * literal
            for issue, points in own.points.items()
            if issue in issues
            for value, literal in self.taken[issue].items()
        )

    def _take(self, issue: Issue) -> None:
        values = self._dispute.decisions_of(issue) or ()
        self.taken[issue.id] = {value: self._cp.new_bool_var("") for value in values}
        self._cp.add_exactly_one(self.taken[issue.id].values())
        scale, hidden = self._scales[self._hidden.party], self._hidden
        own = self._cp.new_int_var(0, scale * hidden.total, "")
        for value, literal in self.taken[issue.id].items():
            parts = hidden.parts_of(issue, value)
            worth = sum(int(part * scale) * hidden.numbers[answer] for answer, part in parts)
            self._cp.add(own == worth).only_enforce_if(literal)
        self.own[issue.id] = own

    def _divide(self, issue: Share) -> None:
        parties = self._dispute.party_ids
        parts = {party: self._cp.new_int_var(0, PARTS, "") for party in parties}
        self._cp.add_linear_constraint(sum(parts.values()), PARTS, PARTS + len(parties))
        self.divided[issue.id] = parts
        hidden = self._hidden
        product = self._cp.new_int_var(0, PARTS * hidden.total, "")
        factors = [hidden.bests[issue.id], parts[hidden.party]]
        self._cp.add_multiplication_equality(product, factors)
        self.own[issue.id] = self._scales[hidden.party] // PARTS * product

    def _worth_known(self, party: str) -> Any:
        own, scale = self._dispute.preferences[party], self._scales[party]
        total: Any = self.worth_of(party, frozenset(self.taken))
        for issue, parts in self.divided.items():
            points = own.points.get(issue)
            if isinstance(points, Linear):
                total += int(points.whole * scale) // PARTS * parts[party]
        return total + sum(int(b.points * scale) * self._bonus(b) for b in own.bonuses)

    def _bonus(self, bonus: Bonus) -> Any:
        """Return a literal that holds just when a bonus counts."""
        counts = self._cp.new_bool_var("")
        failing = list(self._failing(bonus.when))
        self._cp.add_bool_or([counts, *failing])
        for literal in failing:
            self._cp.add_implication(counts, ~literal)
        return counts

    def _never(self, condition: Condition) -> None:
        self._cp.add_bool_or(list(self._failing(condition)))

    def _failing(self, condition: Condition) -> Iterator[Any]:
        """Yield literals one of which has to hold where a combination does not."""
        for issue, test in condition.tests.items():
            if isinstance(test, SharesBeyond):
                for party, bound in test.parties.items():
                    yield from self._beyond(self.divided[issue][party], bound)
            else:
                yield from (
                    literal for value, literal in self.taken[issue].items() if not test.holds(value)
                )

    def _beyond(self, part: Any, bound: Beyond) -> Iterator[Any]:
        """Yield literals one of which has to hold where a part is not beyond its bounds."""
        for edge, above in ((bound.above, True), (bound.below, False)):
            if edge is not None:
                literal, place = self._cp.new_bool_var(""), ceil(Fraction(edge) * PARTS)
                kept = part <= place if above else part >= place
                self._cp.add(kept).only_enforce_if(literal)
                yield literal
