"""What a side may expect that knows nothing of the others, where packages cannot be listed.

As :mod:`hikiwake.options.misstating.unknowing` draws other sides, so they are drawn here: what all
of a share is worth, and what each end of an amount is worth (in between along a straight line), is
a whole number from 0 to 100 as well; of money, what the limit is worth. What is divided in a
package drawn at random is divided anywhere, as likely as anywhere else. Each report is settled
against each of them, so there are fewer draws and fewer reports; the shown package counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from random import Random

from hikiwake.findings.honesty import Prospect, Unknowing
from hikiwake.model import (
    WALK_AWAY,
    Amount,
    Curve,
    Dispute,
    FrozenMap,
    Issue,
    Linear,
    Money,
    Outcome,
    Preference,
    Share,
    Table,
    Value,
)
from hikiwake.model.preference import Points
from hikiwake.numeric import total
from hikiwake.options.adjusting.by_hand import own_most
from hikiwake.options.again import Answer, answer
from hikiwake.options.misstating.sample import report, spreads_of
from hikiwake.options.misstating.unknowing import MOST, Drawn, margin_of, prospect_of

DRAWS = 20
RAISED = tuple(Fraction(n, 4) for n in (0, 1, 2))
STEPS = 1_000  # parts in which something is divided in a package drawn at random

_T = Fraction(2093, 1000)  # 95 % of Student's distribution with as many draws


class Settling:
    """One side whose reports are settled against two halves of drawn others."""

    def __init__(self, dispute: Dispute, party: str, ideal: Fraction, seed: int) -> None:
        self._dispute, self._party = dispute, party
        self._zero, self._ideal = dispute.walk_away(party), ideal
        self._known: dict[tuple[Preference, bool], Drawn] = {}
        self._mosts: dict[tuple[Preference, int], Fraction] = {}  # by points said, and draw
        self._random = Random(f"{seed} {dispute.party_ids.index(party)}")

    def prospect(self, said: Preference) -> Prospect:
        """Return what a report comes to; gains in parts of the side's own range."""
        report = self._truth if said == self._own else said
        return prospect_of(self._gained(report, self.others), 1)

    def overstating(self) -> Prospect:
        """Return what it comes to if the side says that it refuses all but its ideal."""
        return self.prospect(replace(self._own, walk_away=self._ideal))

    def unknowing(self) -> Unknowing:
        """Return what the truth comes to, and the misstatement that did best before."""
        ways = list(self._ways())
        truth, other = (self._gained(way, self.others) for way in (ways[0], self._best(ways)))
        more = [b - a for a, b in zip(truth[0], other[0], strict=True)]
        margin = margin_of(more, _T)
        return Unknowing(prospect_of(truth, 1), prospect_of(other, 1), margin, DRAWS, len(ways))

    @property
    def _own(self) -> Preference:
        return self._dispute.preferences[self._party]

    @cached_property
    def _truth(self) -> Preference:
        return replace(self._own, walk_away=self._zero)

    @cached_property
    def _first(self) -> list[Dispute]:
        return [self._draw() for _ in range(DRAWS)]

    @cached_property
    def others(self) -> list[Dispute]:
        """The dispute with the others that reports are looked at against at the end."""
        return [self._draw() for _ in range(DRAWS)]

    def _draw(self) -> Dispute:
        """Return the dispute with other sides drawn at random."""
        others = [self._drawn(p) for p in self._dispute.party_ids if p != self._party]
        changed = {**self._dispute.preferences, **{own.party: own for own in others}}
        return replace(self._dispute, preferences=FrozenMap(changed))

    def _drawn(self, party: str) -> Preference:
        points = {issue.id: self._points(issue) for issue in self._dispute.issues}
        drawn = Preference(party, FrozenMap(points))
        return replace(drawn, walk_away=drawn.utility(self._package()))

    def _points(self, issue: Issue) -> Points:
        if isinstance(issue, Share):
            return Linear(self._number())
        if isinstance(issue, Money):
            return Linear(self._number() / issue.limit)
        if isinstance(issue, Amount):
            return Curve(((issue.min, self._number()), (issue.max, self._number())))
        values = self._dispute.values_of(issue)
        return Table(FrozenMap({str(value): self._number() for value in values}))

    def _number(self) -> Fraction:
        return Fraction(self._random.randint(0, MOST))

    def _package(self) -> Outcome:
        """Return a package drawn at random from those that public rules allow, if one is found."""
        for _ in range(STEPS):
            package = FrozenMap({i.id: self._value(i) for i in self._dispute.issues})
            if not any(rule.never.holds(package) for rule in self._dispute.rules):
                return package
        return FrozenMap({})

    def _value(self, issue: Issue) -> Value:
        decisions = self._dispute.decisions_of(issue)
        if decisions is not None:
            return self._random.choice(decisions)
        if isinstance(issue, Amount):
            part = Fraction(self._random.randint(0, STEPS), STEPS)
            return issue.min + (issue.max - issue.min) * part
        parties = self._dispute.party_ids
        cuts = sorted(self._random.randint(0, STEPS) for _ in parties[1:])
        parts = [Fraction(b - a, STEPS) for a, b in pairwise((0, *cuts, STEPS))]
        if isinstance(issue, Money):
            parts = [issue.limit * (part - Fraction(1, len(parties))) for part in parts]
        return FrozenMap(dict(zip(parties, parts, strict=True)))

    def _best(self, ways: list[Preference]) -> Preference:
        """Return the report that does best against the first others, the first of several."""
        best = ways[0]
        most = total(self._gained(best, self._first)[0])
        for said in dict.fromkeys(ways[1:]):
            more = self._more(said, most)
            if more is not None:
                best, most = said, more
        return best

    def _more(self, said: Preference, than: Fraction) -> Fraction | None:
        """Return what a report gains in all against the first others, if that is more.

        What is left can gain no more than the others accept at all: so it is often known early.
        """
        if not self._bounded:
            reached = total(self._gained(said, self._first)[0])
            return reached if reached > than else None
        bounds = [self._at_most(said, drawn) for drawn in self._first]
        truth, _, _ = self._gained(self._truth, self._first)
        reached, left = Fraction(0), total(bounds)
        # Where the truth falls furthest short of all that there is, reports may as well.
        for n in sorted(range(len(bounds)), key=lambda n: truth[n] - bounds[n]):
            if reached + left <= than:
                return None
            left -= bounds[n]
            reached += self._gain(self._settled(said, self._first[n]))
        return reached if reached > than else None

    def _at_most(self, said: Preference, drawn: Dispute) -> Fraction:
        """Return what no more than can be gained by a report."""
        if self._refuses(said, drawn):
            return Fraction(0)
        return self._gain(drawn.once(self._truthful)[1])

    def _refuses(self, said: Preference, drawn: Dispute) -> bool:
        """Tell whether a report is known to refuse all that the others accept.

        So it is if the most that there is by the same points was seen, with another walk-away value
        that left some agreement or with the true one, and is less.
        """
        if not self._bounded or said.walk_away is None:
            return False
        if self._true_points(said):
            drawn.once(self._truthful)
        most = self._mosts.get((replace(said, walk_away=self._zero), id(drawn)))
        return most is not None and said.walk_away > most

    def _true_points(self, said: Preference) -> bool:
        return replace(said, walk_away=self._zero) == self._truth

    @property
    def _bounded(self) -> bool:
        """Whether no report can get more than what the others accept of the truth.

        With a group that is not for trade what there is hangs on what is said, for the group has to
        be even within itself.
        """
        return not any(group.not_for_trade for group in self._dispute.groups)

    def _gain(self, worth: Fraction | None) -> Fraction:
        """Return true points in parts of the side's own range; None: no agreement."""
        reached = self._zero if worth is None else worth
        return (reached - self._zero) / (self._ideal - self._zero)

    def _gained(self, said: Preference, drawn: list[Dispute]) -> Drawn:
        """Return the true gains against each of the drawn others; settled once for each report."""
        key = said, drawn is self._first
        if key not in self._known:
            found = [self._settled(said, dispute) for dispute in drawn]
            gains = [self._gain(worth) for worth in found]
            self._known[key] = gains, gains, found.count(None)
        return self._known[key]

    def _settled(self, said: Preference, drawn: Dispute) -> Fraction | None:
        """Return the true points of what is settled on if the side says so; None: no agreement."""
        if said == self._truth:
            return drawn.once(self._truthful)[0]
        if self._refuses(said, drawn):
            return None
        found = self._answer(said, drawn)
        if found is None:
            return None
        if self._true_points(said):
            return self._worth(found)
        return self._own.utility(found.outcome())

    def _truthful(self, drawn: Dispute) -> tuple[Fraction | None, Fraction]:
        """Return what is settled on by the truth, and the most that the others leave it.

        Both in true points. None: no agreement; then they leave no more than there is without one.
        """
        found = self._answer(self._truth, drawn)
        if found is None:
            return None, self._zero
        return self._worth(found), found.ideals[self._party]

    def _answer(self, said: Preference, drawn: Dispute) -> Answer | None:
        preferences = FrozenMap({**drawn.preferences, self._party: said})
        found = answer(replace(drawn, preferences=preferences), "draw")
        if found is not None or said.walk_away == self._zero:
            most = self._zero if found is None else found.ideals[self._party]
            self._mosts[replace(said, walk_away=self._zero), id(drawn)] = most
        return found

    def _worth(self, found: Answer) -> Fraction:
        """Return the true points of the package that is shown, by what was said of points truly."""
        place = self._dispute.party_ids.index(self._party)
        worths = {found.utilities(point)[place] for point in found.points}
        return worths.pop() if len(worths) == 1 else self._own.utility(found.outcome())

    def _ways(self) -> Iterator[Preference]:
        """Yield reports, the truth first.

        Every issue counts as it does, as much as every other, or by the square of what it does; and
        the side says that it refuses what is worth less to it than some part of the way to its
        best.
        """
        own = self._truth
        spreads = {issue: spread for issue, spread in spreads_of(own).items() if spread}
        even = {issue: 1 / spread for issue, spread in spreads.items()}
        for times in (None, even, spreads):
            said = own if times is None else own.with_answers(report(own, times))
            preferences = FrozenMap({**self._dispute.preferences, self._party: said})
            most = own_most(replace(self._dispute, preferences=preferences), self._party)
            for part in RAISED:
                raised = self._zero + part * ((most or self._zero) - self._zero)
                yield said.with_answers({WALK_AWAY: raised})
