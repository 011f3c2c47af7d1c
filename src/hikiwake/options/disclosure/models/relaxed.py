"""What whatever is hidden must meet so that the same would have been told, as a model for CP-SAT.

Every member of the declared grid that would have told the same meets all of it. The converse holds
only so far: how much the sides could get at most is bounded from below by the packages that were
looked at (``learn``). Whoever finds a member in the model asks whether it would really have told
the same, and if not lets the model learn from what it could get.

Notation: for each side, a = scale · (worth of the package − walk-away value) and
r = scale · (ideal − walk-away value); its gain is a ÷ r. Where something is divided, r is rounded
down and each comparison is wider by what that can matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import inf, lcm
from typing import Any

from hikiwake.findings.talks import Hiding, Talks, Told, Word
from hikiwake.model import (
    Amount,
    Answer,
    Curve,
    Dispute,
    FrozenMap,
    Linear,
    Money,
    Outcome,
    Preference,
    Share,
)
from hikiwake.options.disclosure.hidden.unknowns import Unknowns, numbers_of
from hikiwake.options.disclosure.models.groups import groups_of
from hikiwake.options.disclosure.models.packages import PARTS, Chosen, can_be_chosen
from hikiwake.solvers.watched import search

MAX_SCALE = 100_000
_FULL: dict[str, Any] = {"max_deterministic_time": 0.3}  # the solver's own, repeatable seconds
_QUICK = {
    "max_deterministic_time": 0.15,
    "linearization_level": 0,
    "symmetry_level": 0,
    "cp_model_probing_level": 0,
}


@dataclass(frozen=True, slots=True)
class Found:
    """What one side can hide, and what no member that meets the model exceeds (in units).

    ``at_most`` is infinite where nothing was proved in time.
    """

    members: Mapping[str, Preference]
    at_most: float


class Relaxed:
    """The model. ``hidden`` are the sides that hide something from all the others together."""

    def __init__(
        self, dispute: Dispute, hidden: tuple[str, ...], talks: Talks, hiding: Hiding
    ) -> None:
        from ortools.sat.python import cp_model

        self._cp: Any = cp_model.CpModel()
        self._dispute = dispute
        self._known = tuple(party for party in dispute.party_ids if party not in hidden)
        self.unknowns = {party: Unknowns(self._cp, dispute, party, hiding) for party in hidden}
        self._first = self.unknowns[hidden[0]]
        self._scales = _scales(dispute, self._known, self._first)
        self._groups = groups_of(
            self._cp,
            dispute,
            self._first if len(hidden) == 1 else None,
            self._scales,
            _surely_possible(talks),
        )
        self._learnt = set[Outcome]()
        self._ranges: dict[str, Any] = {}
        self._none: dict[str, Any] = {}  # whether a side can gain nothing
        said = [told for told in talks.told if told.word is not Word.NOT_POSSIBLE]
        money = any(isinstance(issue, Money) for issue in dispute.issues)
        known = len(hidden) == 1 and max(self._scales.values()) <= MAX_SCALE
        if said and known and not money:  # a package with payments is not chosen in the model
            self._measure()
        for told in talks.told:
            self._told(told)
        for outcome in talks.implied.possible:
            self._possible(outcome)
        if talks.shown is not None:
            self._shown(talks.shown)

    def most(self, weights: Mapping[Answer, int], quick: bool = False) -> Found | None:
        """Return a member that makes a weighted sum of the first side's numbers as large as it can.

        ``at_most`` is sure also where the search was not finished, and finished it is less often
        if ``quick``. None: nothing meets the model.
        """
        numbers = self._first.numbers
        aim = sum(weight * numbers[answer] for answer, weight in weights.items())
        self._cp.maximize(aim + self._groups.usual)
        ended = search(self._cp, num_workers=1, **(_QUICK if quick else _FULL))
        if ended.impossible:
            return None
        members: dict[str, Preference] = {}
        if ended.found:
            members = {p: own.preference(ended.value) for p, own in self.unknowns.items()}
        return Found(members, inf if ended.bound is None else ended.bound)

    def learn(self, outcome: Outcome) -> bool:
        """Let the model know a package: nobody's ideal is less, if the package is possible.

        Return whether that is new to it.
        """
        if outcome in self._learnt or not self._ranges or not self._allowed(outcome):
            return False
        self._learnt.add(outcome)
        below = self._below(self._first, outcome)
        uneven = list(self._groups.unless(outcome))
        unless = [below, *uneven]
        if even := list(self._groups.evened(outcome)):
            self._cp.add_bool_or([below, *even])
        for party, reach in self._ranges.items():
            if party == self._first.party and not uneven:
                self._at_least(party, reach, outcome)
                continue
            known = self._cp.new_bool_var("")
            self._cp.add_bool_or([*unless, known])
            self._at_least(party, reach, outcome).only_enforce_if(known)
        return True

    def exclude(self, members: Mapping[str, Preference]) -> None:
        """Exclude one member of each hidden side together: it was seen that it does not fit."""
        differs: list[Any] = []
        for party, member in members.items():
            own = self.unknowns[party]
            for answer, number in numbers_of(self._dispute, member).items():
                for sign in (1, -1):
                    literal = self._cp.new_bool_var("")
                    there = int(number / own.unit)
                    self._cp.add(sign * own.numbers[answer] >= sign * there + 1).only_enforce_if(
                        literal
                    )
                    differs.append(literal)
        self._cp.add_bool_or(differs)

    @property
    def _rounds(self) -> bool:
        """Whether a range need not be a whole number: where something is divided at will."""
        return any(self._dispute.decisions_of(issue) is None for issue in self._dispute.issues)

    def _at_least(self, party: str, reach: Any, outcome: Outcome) -> Any:
        """Return that a range reaches as far as a package does, less what rounding takes."""
        less = 1 if self._rounds else 0
        if party == self._first.party:
            worth, parts = self._first.worth(outcome)
            scale = self._scales[party]
            return self._cp.add(
                parts * (reach + less) >= scale * (worth - parts * self._first.walk_away)
            )
        above = self._dispute.utility(party, outcome) - self._dispute.walk_away(party)
        exact = above * self._scales[party]
        return self._cp.add(exact.denominator * (reach + less) >= exact.numerator)

    def _allowed(self, outcome: Outcome) -> bool:
        """Tell whether public rules and all that the known sides want allow a package."""
        dispute = self._dispute
        own = (line for party in self._known for line in dispute.preferences[party].red_lines)
        forbidden = (*(rule.never for rule in dispute.rules), *(line.never for line in own))
        return not any(condition.holds(outcome) for condition in forbidden) and all(
            dispute.utility(party, outcome) >= dispute.walk_away(party) for party in self._known
        )

    def _below(self, side: Unknowns, outcome: Outcome) -> Any:
        """Return a literal that can only hold if a package is worth less than walking away."""
        literal = self._cp.new_bool_var("")
        worth, scale = side.worth(outcome)
        self._cp.add(worth <= scale * side.walk_away - 1).only_enforce_if(literal)
        return literal

    def _told(self, told: Told) -> None:
        if told.word is Word.NOT_POSSIBLE:
            if self._allowed(told.outcome):
                sides = [self._below(side, told.outcome) for side in self.unknowns.values()]
                self._cp.add_bool_or([*sides, *self._groups.unless(told.outcome)])
            return
        self._possible(told.outcome)
        if self._ranges:
            self._evenness(told)

    def _possible(self, outcome: Outcome) -> None:
        for side in self.unknowns.values():
            worth, scale = side.worth(outcome)
            self._cp.add(worth >= scale * side.walk_away)
        self._groups.require(outcome)

    def _shown(self, shown: Outcome) -> None:
        """Add that the settlement is possible, and that nobody could be better off for nothing."""
        self._possible(shown)
        if len(self.unknowns) > 1 or self._dispute.groups:
            return
        here, scale = self._first.worth(shown)
        for issue in self._dispute.issues:
            for value in self._dispute.decisions_of(issue) or ():
                other: Outcome = FrozenMap({**shown, issue.id: value})
                if self._allowed(other) and self._better(other, shown):
                    there, parts = self._first.worth(other)
                    self._cp.add(scale * there <= parts * here - 1)

    def _better(self, other: Outcome, shown: Outcome) -> bool:
        utility = self._dispute.utility
        more = [utility(p, other) - utility(p, shown) for p in self._known]
        return min(more) >= 0 and max(more) > 0

    def _measure(self) -> None:
        """Add everybody's range: some package gives so much, and each that is learnt no more."""
        embeds = can_be_chosen(self._dispute, self._known)
        for party, scale in self._scales.items():
            if party == self._first.party:
                most, zero = scale * self._first.total, scale * self._first.walk_away
            else:
                own = self._dispute.preferences[party]
                most = int(_most(own) * scale) - int(self._dispute.walk_away(party) * scale)
                zero = int(self._dispute.walk_away(party) * scale)
            self._ranges[party] = reach = self._cp.new_int_var(0, max(most, 0), "")
            self._none[party] = none = self._cp.new_bool_var("")
            if embeds:
                chosen = Chosen(self._cp, self._dispute, self._first, self._scales)
                self._cp.add(chosen.worth[party] - zero >= reach)
                self._cp.add(chosen.worth[party] - zero >= 1).only_enforce_if(~none)
                self._groups.require_chosen(chosen, self._scales)
        self._products = {
            (i, j): self._times(self._ranges[i], self._ranges[j], self._span((i, j)))
            for i, j in combinations(self._ranges, 2)
        }
        for party, none in self._none.items():
            self._cp.add(self._ranges[party] == 0).only_enforce_if(none)
            if not self._rounds:
                self._cp.add(self._ranges[party] >= 1).only_enforce_if(~none)

    def _evenness(self, told: Told) -> None:
        """Add that the gains of a possible package are, or are not, within the tolerance."""
        above = {party: self._above(party, told.outcome) for party in self._ranges}
        crossed = {
            (i, j): self._times(above[i], self._ranges[j], self._span((i, j)))
            for i in self._ranges
            for j in self._ranges
            if i != j
        }
        further: list[Any] = []
        for i, j in combinations(self._ranges, 2):
            difference = crossed[i, j] - crossed[j, i]
            slack = self._slack(i, j) if self._rounds else 0
            compared = [~self._none[i], ~self._none[j]]
            for apart in (difference, -difference):
                bounds = self._dispute.tolerance.denominator * (apart - slack)
                within = self._dispute.tolerance.numerator * self._products[i, j]
                if told.word is Word.EVEN:
                    self._cp.add(bounds <= within).only_enforce_if(compared)
                else:
                    literal = self._cp.new_bool_var("")
                    beyond = self._dispute.tolerance.denominator * (apart + slack)
                    self._cp.add(beyond >= within + (0 if self._rounds else 1)).only_enforce_if(
                        literal
                    )
                    further.append(literal)
        few = self._cp.new_bool_var("")
        self._cp.add(sum(self._none.values()) >= len(self._none) - 1).only_enforce_if(few)
        if told.word is Word.EVEN:
            self._cp.add(sum(self._none.values()) <= len(self._none) - 2)
        else:
            self._cp.add_bool_or([few, *further])

    def _above(self, party: str, outcome: Outcome) -> Any:
        """Return how far above its walk-away value a package leaves a side, rounded down."""
        scale = self._scales[party]
        if party != self._first.party:
            above = self._dispute.utility(party, outcome) - self._dispute.walk_away(party)
            return int(above * scale)
        worth, parts = self._first.worth(outcome)
        own = self._cp.new_int_var(0, scale * self._first.total, "")
        exact = scale * (worth - parts * self._first.walk_away)
        self._cp.add(parts * own <= exact)
        self._cp.add(parts * (own + 1) >= exact + 1)
        return own

    def _slack(self, i: str, j: str) -> Any:
        """Return by how much rounding can change the difference of two products, and the limit.

        a ≤ r, and each is less than one more than it counts: so a·r can be up to a + r + 1 more,
        and tolerance · r·r less than that, too.
        """
        return 2 * (self._ranges[i] + self._ranges[j] + 2)

    def _span(self, pair: tuple[str, str]) -> int:
        spans = [self._reach(party) for party in pair]
        return spans[0] * spans[1]

    def _reach(self, party: str) -> int:
        scale = self._scales[party]
        if party == self._first.party:
            return scale * self._first.total
        own = _most(self._dispute.preferences[party]) - self._dispute.walk_away(party)
        return max(int(own * scale), 1)

    def _times(self, one: Any, other: Any, most: int) -> Any:
        if isinstance(one, int) or isinstance(other, int):
            return one * other
        product = self._cp.new_int_var(0, most, "")
        self._cp.add_multiplication_equality(product, [one, other])
        return product


def _surely_possible(talks: Talks) -> Outcome | None:
    """Return a package that was told, or shown, to be possible."""
    return next(talks.said(Word.EVEN, Word.NOT_EVEN), talks.shown)


def _most(own: Preference) -> Fraction:
    """Return what a preference gives at the most, if every issue and bonus went its best way."""
    total = sum((max(bonus.points, Fraction(0)) for bonus in own.bonuses), start=Fraction(0))
    for points in own.points.values():
        if isinstance(points, Linear):
            total += max(points.whole, Fraction(0))
        elif isinstance(points, Curve):
            total += max(y for _, y in points.corners)
        else:
            total += max(points.points.values())
    return total


def _scales(dispute: Dispute, known: tuple[str, ...], hidden: Unknowns) -> dict[str, int]:
    """Return by what everybody's worth is multiplied so that whole issues have whole numbers.

    The hidden side counts in its units.
    """
    parts = PARTS if any(isinstance(issue, Share) for issue in dispute.issues) else 1
    alongs = [
        part.denominator
        for issue in dispute.issues
        if isinstance(issue, Amount)
        for value in dispute.decisions_of(issue) or ()
        for _, part in hidden.parts_of(issue, value)
    ]
    found = {hidden.party: lcm(parts, *alongs)}
    for party in known:
        own = dispute.preferences[party]
        numbers = [*own.answers().values(), dispute.walk_away(party)]
        numbers += [
            own.points[issue.id].value(party, value)
            for issue in dispute.issues
            if issue.id in own.points
            for value in dispute.decisions_of(issue) or ()
        ]
        found[party] = lcm(parts, *(number.denominator for number in numbers))
    return found
