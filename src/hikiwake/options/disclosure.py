"""What has been disclosed: which hidden points are still consistent with all that was told.

The sides know the dispute, their own points, and what they were told. What the other side may hide
is declared beforehand as a grid. Each of its members is settled as the dispute would be with it;
those that would have been told the same are left. Where the grid is too large to be counted, linear
conditions give an interval for the walk-away value, and the number of words bounds how much they
can tell apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from hikiwake.findings.talks import Exposure, Hiding, Interval, Talks, Word
from hikiwake.model import Dispute, FrozenMap, Outcome, Preference
from hikiwake.numeric import DEFAULT_TOLERANCE, to_grain
from hikiwake.options.adjust import Adjusting
from hikiwake.options.disclosure_grid import hidden_preferences, require_grid, size_of
from hikiwake.options.disclosure_linear import walk_away_within
from hikiwake.pareto.ties import choose
from hikiwake.rules import DirectRule, rule_named

MAX_HIDDEN = 2_000

Settled = tuple[Outcome, bool, Fraction | None]


@dataclass(frozen=True)
class Hypothesis:
    """The dispute as it would be with one hidden preference, asked only where that is needed."""

    dispute: Dispute

    @cached_property
    def adjusting(self) -> Adjusting:
        """The dispute, ready to be asked."""
        return Adjusting(self.dispute)

    @cached_property
    def _words(self) -> dict[Outcome, Word]:
        return {}

    def word(self, outcome: Outcome) -> Word:
        """Return the coarse word that it would give about a package, worked out once."""
        if outcome not in self._words:
            self._words[outcome] = self.adjusting.word(outcome)
        return self._words[outcome]

    def settled(self, observer: str) -> Settled | None:
        """Return what an observer would see settled: the package, whether a draw, its own gain."""
        bargain, rule = self.adjusting.bargain, rule_named("draw")
        if bargain is None or isinstance(rule, DirectRule):
            return None
        shown = choose(bargain, rule.select(bargain).points)
        gain = bargain.gains_at(shown.point)[self.dispute.party_ids.index(observer)]
        grain = max(self.dispute.tolerance, DEFAULT_TOLERANCE)
        seen = None if gain is None else to_grain(gain, grain)
        return shown.outcome, bargain.is_draw(shown.point), seen


class Disclosure:
    """Measures what two parties could have learnt of each other from what they were told.

    What was told is ``Talks``: the words, and the settled package where it was shown, with whether
    it is a draw, and to each side its own gain to the grain of the tolerance.

    Notes
    -----
    Each member of the grid costs what settling costs, once; at most ``MAX_HIDDEN`` are counted.
    With three and more parties nothing is counted.
    """

    def __init__(self, adjusting: Adjusting, hiding: Hiding) -> None:
        require_grid(hiding)
        self.dispute = adjusting.dispute
        self._truth = Hypothesis(adjusting.dispute)
        self._hiding = hiding
        two = len(self.dispute.parties) == 2
        size = size_of(self.dispute, hiding) if two else None
        self.counted = size is not None and size <= MAX_HIDDEN

    def exposures(self, talks: Talks) -> tuple[Exposure, ...]:
        """Return, for both sides, what the other can still hold possible. For the mediator."""
        if len(self.dispute.parties) != 2:
            return ()
        first, second = self.dispute.party_ids
        return tuple(self._exposure(p, o, talks) for p, o in ((first, second), (second, first)))

    def least_left(self, talks: Talks, outcome: Outcome) -> Fraction:
        """Return the least part of what a side might hide that some word about a package leaves.

        1 where nothing is counted.
        """
        if not self.counted:
            return Fraction(1)
        return min(self.least_left_of(p, talks, outcome) for p in self.dispute.party_ids)

    def least_left_of(self, party: str, talks: Talks, outcome: Outcome) -> Fraction:
        """Return the same for what one party might hide.

        Only words that some member still left would give are thought of, so that the answer says
        nothing that the words before have not said.
        """
        words = self.words_of(party, talks, FrozenMap(outcome))
        return Fraction(min(words.values(), default=0), len(self._members[party]))

    def words_of(self, party: str, talks: Talks, outcome: Outcome) -> Counter[Word]:
        """Return how many of the members that are left would give each word about a package."""
        left = self._left(party, talks)
        return Counter(member.word(outcome) for member in left)

    @cached_property
    def _members(self) -> dict[str, tuple[Hypothesis, ...]]:
        return {
            party: tuple(
                Hypothesis(_with(self.dispute, own))
                for own in hidden_preferences(self.dispute, party, self._hiding)
            )
            for party in self.dispute.party_ids
        }

    def _left(self, party: str, talks: Talks) -> list[Hypothesis]:
        observer = next(other for other in self.dispute.party_ids if other != party)
        left = list(self._members[party])
        for told in talks.told:
            left = [h for h in left if h.word(told.outcome) is told.word]
        if talks.shown is not None:
            seen = self._truth.settled(observer)
            left = [h for h in left if h.settled(observer) == seen]
        return left

    def _exposure(self, party: str, observer: str, talks: Talks) -> Exposure:
        whole = Interval(Fraction(0), self._hiding.total)
        cells = len(Word) ** len(talks.told)
        linear = walk_away_within(self.dispute, (party, observer), talks, self._hiding)
        if not self.counted:
            return Exposure(party, observer, linear or whole, whole, None, None, cells)
        left = self._left(party, talks)
        held = [h.dispute.walk_away(party) for h in left]
        exact = Interval(min(held), max(held)) if held else linear or whole
        before = len(self._members[party])
        return Exposure(party, observer, exact, whole, before, len(left), cells)


def _with(dispute: Dispute, own: Preference) -> Dispute:
    return replace(dispute, preferences=FrozenMap({**dispute.preferences, own.party: own}))
