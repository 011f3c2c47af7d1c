"""Groups that are not for trade, where one side's points are unknown: the model of what is even.

Notation: in a group, G is what a side gets, M the most it could, both from its least; its group
share is G ÷ M. The hidden side's least is 0, and its M the sum of its bests, where no rule lies
wholly inside the group. Only such groups are modelled; of others nothing is concluded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hikiwake.model import Condition, Dispute, Group, Outcome
from hikiwake.options.disclosure.hidden.inside import span
from hikiwake.options.disclosure.models.level import Level

if TYPE_CHECKING:
    from hikiwake.options.disclosure.hidden.unknowns import Unknowns
    from hikiwake.options.disclosure.models.packages import Chosen


def groups_of(
    cp: Any,
    dispute: Dispute,
    hidden: Unknowns | None,
    scales: Mapping[str, int],
    possible: Outcome | None,
) -> Grouped | Level:
    """Return the model of what is even; ``possible`` is a package that is known to be possible."""
    grouped = Grouped(cp, dispute, hidden)
    own = grouped.single
    if own is None or hidden is None or possible is None:
        return grouped
    other = next(party for party in dispute.party_ids if party != hidden.party)
    least, extent = span(dispute, other, own)
    if not extent:
        return grouped
    return Level(cp, dispute, own, (hidden, other, (least, extent)), scales, possible)


class Grouped:
    """Which packages are even in every group (H8).

    ``usual`` is a literal: some package that all accept is even in every group. Where none is,
    others count, and nothing here is concluded from a group.
    """

    def __init__(self, cp: Any, dispute: Dispute, hidden: Unknowns | None) -> None:
        self._cp, self._dispute, self._hidden = cp, dispute, hidden
        self._groups = [group for group in dispute.groups if group.not_for_trade]
        self._covered = hidden is not None and all(map(self._covers, self._groups))
        self.usual = cp.new_bool_var("")
        self._even: dict[Outcome, Any] = {}

    @property
    def single(self) -> Group | None:
        """The only group, between two sides, if it is modelled."""
        two = len(self._dispute.parties) == 2
        return self._groups[0] if two and self._covered and len(self._groups) == 1 else None

    def require(self, outcome: Outcome) -> None:
        """Require that a package is even, if any is."""
        if self._groups and self._covered:
            self._cp.add_implication(self.usual, self._even_at(outcome))

    def unless(self, outcome: Outcome) -> Iterator[Any]:
        """Yield literals one of which may hold where a package does not count for its groups."""
        if self._groups:
            yield ~self._even_at(outcome)
            yield ~self.usual

    def evened(self, outcome: Outcome) -> Iterator[Any]:
        """Yield literals one of which holds where a package is possible but for its groups."""
        if self._groups:
            yield ~self._even_at(outcome)
            yield self.usual

    def require_chosen(self, chosen: Chosen, scales: Mapping[str, int]) -> None:
        """Require that a package that is to be chosen is even, if any is."""
        if not self._groups or not self._covered or self._hidden is None:
            return
        for group in self._groups:
            issues = frozenset(group.issues)
            most = sum(self._hidden.bests[issue] for issue in group.issues)
            own = sum(chosen.own[issue] for issue in group.issues)
            for party in self._dispute.party_ids:
                least, extent = span(self._dispute, party, group)
                if party == self._hidden.party or not extent:
                    continue
                scale = scales[party]
                got = chosen.worth_of(party, issues) - int(least * scale)
                whole = int(extent * scale)
                product = self._cp.new_int_var(0, whole * self._hidden.total, "")
                factor = self._cp.new_int_var(0, whole, "")
                self._cp.add(factor == got)
                self._cp.add_multiplication_equality(product, [factor, most])
                tolerance, of_hidden = self._dispute.tolerance, scales[self._hidden.party]
                apart = own * whole - of_hidden * product
                for side in (apart, -apart):
                    kept = tolerance.denominator * side
                    most_apart = tolerance.numerator * of_hidden * whole * most
                    self._cp.add(kept <= most_apart).only_enforce_if(self.usual)

    def _even_at(self, outcome: Outcome) -> Any:
        """Return a literal that holds just when a package is even in every group."""
        if outcome not in self._even:
            self._even[outcome] = literal = self._cp.new_bool_var("")
            if self._covered:
                limits = [limit for group in self._groups for limit in self._limits(group, outcome)]
                beyond: list[Any] = []
                for value, most in limits:
                    self._cp.add(value <= most).only_enforce_if(literal)
                    above = self._cp.new_bool_var("")
                    self._cp.add(value >= most + 1).only_enforce_if(above)
                    beyond.append(above)
                self._cp.add_bool_or([literal, *beyond])
        return self._even[outcome]

    def _limits(self, group: Group, outcome: Outcome) -> Iterator[tuple[Any, Any]]:
        """Yield what may not be more than what, in whole numbers."""
        assert self._hidden is not None
        own: Any = 0
        scale = 1
        for issue in self._dispute.issues:
            if issue.id in group.issues:
                for answer, part in self._hidden.parts(issue, outcome):
                    own, scale = own * part.denominator, scale * part.denominator
                    own += int(part * scale) * self._hidden.numbers[answer]
        most = scale * sum(self._hidden.bests[issue] for issue in group.issues)
        shares = dict(self._shares(group, outcome))
        for share in shares.values():
            for sign in (1, -1):
                limit = self._dispute.tolerance + sign * share
                times = limit.denominator
                yield sign * times * own, int(limit * times) * most
        apart = max(shares.values(), default=Fraction(0)) - min(
            shares.values(), default=Fraction(0)
        )
        if apart > self._dispute.tolerance:
            yield 1, 0

    def _shares(self, group: Group, outcome: Outcome) -> Iterator[tuple[str, Fraction]]:
        """Yield what part of its most each known side gets in a group, if it has a range there."""
        for party in self._dispute.party_ids:
            least, extent = span(self._dispute, party, group)
            if self._hidden is not None and party != self._hidden.party and extent:
                own = self._dispute.preferences[party].points
                got = sum(
                    (own[i].value(party, outcome[i]) for i in group.issues if i in own),
                    start=Fraction(0),
                )
                yield party, (got - least) / extent

    def _covers(self, group: Group) -> bool:
        """Tell whether a group is of whole issues, with nothing said wholly inside it."""
        dispute, hidden = self._dispute, [] if self._hidden is None else [self._hidden.party]
        whole = all(dispute.decisions_of(dispute.issue(issue)) for issue in group.issues)
        return whole and nothing_inside(dispute, hidden, group)


def nothing_inside(dispute: Dispute, hidden: Collection[str], group: Group) -> bool:
    """Tell whether no rule, nor any known side's red line or bonus, lies wholly inside a group.

    Then what a side gets there at the least, and at the most, is a plain sum over its issues.
    """
    said: list[Condition] = [rule.never for rule in dispute.rules]
    for party, own in dispute.preferences.items():
        if party not in hidden:
            said += [line.never for line in own.red_lines] + [bonus.when for bonus in own.bonuses]
    return not any(condition.tests.keys() <= set(group.issues) for condition in said)


__all__ = ["Grouped", "groups_of", "nothing_inside"]
