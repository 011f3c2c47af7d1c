"""Adjusting by hand: how any package stands, asked as often as one likes, searched only once.

What is asked again and again is prepared once: the dispute in integers, what there is to bargain
over, and the Kalai–Smorodinsky packages. A question is then a few sums and one look at the
frontier, so that a page can follow a finger.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from hikiwake.errors import TooLarge, Unsupported
from hikiwake.findings.talks import Look, OwnLook, Repairs, Word
from hikiwake.model import Dispute, FrozenMap, Outcome, Preference
from hikiwake.options.adjusting.repair import Repairing
from hikiwake.options.again import uncertain
from hikiwake.options.spans import most
from hikiwake.pareto import (
    Bargain,
    Compiled,
    LimitReached,
    NoBargain,
    Region,
    Total,
    bargain_over,
    compiled,
)
from hikiwake.pareto.canonical import lot
from hikiwake.pareto.ties import shown_first
from hikiwake.pareto.views import views
from hikiwake.settlement import Gains, Limit, Numbers, Package
from hikiwake.solvers import possible

Values = tuple[Fraction, ...]


class Adjusting:
    """A dispute that is ready to be asked about any package.

    ``look`` and ``repairs`` are for the mediator (H14). ``own_look`` is for one party and rests on
    public data and its own alone: whatever the others want, its answers are the same, however
    many it asks for. What it may be told about the whole is a word: see
    :mod:`hikiwake.options.disclosure.words`.

    Raises
    ------
    Unsupported
        By whatever looks at everybody's answers, if the engines do not cover the dispute (H18), or
        reached a limit. So that is never said to a party that looks at its own side (H14).

    Notes
    -----
    Making one costs nothing. The first ``own_look`` of each party costs what a frontier costs. What
    else there is to be found is found by ``prepare``, which costs what settling costs, or by the
    first questions.
    """

    def __init__(self, dispute: Dispute) -> None:
        self.dispute = dispute
        self._most: dict[str, Fraction | None] = {}

    @cached_property
    def _compiled(self) -> Compiled:
        return compiled(self.dispute)

    @cached_property
    def bargain(self) -> Bargain | None:
        """What there is to bargain over; None without an agreement.

        Raises
        ------
        Unsupported
            If the engines do not cover the dispute, or reached a limit (H18).
        """
        try:
            found = bargain_over(self._compiled)
        except LimitReached:
            raise TooLarge(uncertain()) from None
        return None if isinstance(found, NoBargain) else found

    def prepare(self, repairs: bool) -> None:
        """Find what serves every ``look``, and every question about ``repairs`` as well.

        Where repairs reach a limit the question will tell: it can be one that does not need them.
        """
        if self.references and repairs:
            with suppress(Unsupported):
                self._repairing.prepare()

    @cached_property
    def references(self) -> tuple[Values, ...]:
        """What the Kalai–Smorodinsky packages give those who can gain; none without an agreement.

        Raises
        ------
        TooLarge
            If a limit was reached first (H18).
        """
        if self.bargain is None:
            return ()
        try:
            points = self.bargain.kalai_smorodinsky()
        except LimitReached:
            raise TooLarge(uncertain()) from None
        return tuple(self.bargain.gains.values(point) for point in points)

    def package(self, outcome: Outcome) -> Package:
        """Return a package with what it is worth to everybody; gains None without an agreement."""
        if self.bargain is not None:
            return self.bargain.package(self.bargain.point_of(outcome), outcome)
        dispute, parties = self.dispute, self.dispute.party_ids
        utilities = FrozenMap({party: dispute.utility(party, outcome) for party in parties})
        return Package(outcome, utilities, FrozenMap(dict.fromkeys(parties)), None)

    def look(self, outcome: Outcome) -> Look:
        """Return how a package stands, everybody's gains with it. For the mediator."""
        package = self.package(outcome)
        broken, uneven = self.broken(outcome), self.uneven_groups(outcome)
        costs = self._costs(package.gains)
        if broken or uneven or self.bargain is None:
            return Look(package, broken, uneven, False, None, costs)
        better = self._better(self.bargain, outcome)
        draw = better is None and self._even_and_cheap(self.bargain, package)
        return Look(package, (), (), draw, better, costs)

    def is_draw(self, outcome: Outcome) -> bool:
        """Tell whether a package is a draw, what costs least looked at first."""
        if self.bargain is None or not self._even_and_cheap(self.bargain, self.package(outcome)):
            return False
        return self.possible(outcome) and self._better(self.bargain, outcome) is None

    def possible(self, outcome: Outcome) -> bool:
        """Tell whether a package keeps every rule, red line, walk-away value and group."""
        return not self.broken(outcome) and not self.uneven_groups(outcome)

    def even(self, outcome: Outcome) -> bool:
        """Tell whether a package is possible and its gains lie within the tolerance."""
        apart = self.package(outcome).imbalance
        return apart is not None and apart <= self.dispute.tolerance and self.possible(outcome)

    def word(self, outcome: Outcome) -> Word:
        """Return the coarse word about a package: see :mod:`hikiwake.options.disclosure.words`."""
        if not self.possible(outcome):
            return Word.NOT_POSSIBLE
        return Word.EVEN if self.even(outcome) else Word.NOT_EVEN

    def repairs(self, outcome: Outcome) -> Repairs:
        """Return the fewest issues to decide otherwise for a possible package, and for a draw."""
        if self.bargain is None:
            return Repairs(None, None)
        broken, uneven = self.broken(outcome), self.uneven_groups(outcome)
        return self._repairing.repairs(FrozenMap(outcome), broken, uneven)

    def own_look(self, party: str, outcome: Outcome) -> OwnLook:
        """Return how a package stands for one party, from public data and its own alone."""
        if party not in self._most:
            self._most[party] = own_most(self.dispute, party)
        dispute, hoped = self.dispute, self._most[party]
        utility, walk_away = dispute.utility(party, outcome), dispute.walk_away(party)
        gain = None
        if hoped is not None and hoped > walk_away:
            gain = (utility - walk_away) / (hoped - walk_away)
        own = tuple(limit for limit in self.broken(outcome) if limit.kind == "rule")
        own += tuple(
            limit for limit in self.broken(outcome) if limit.kind != "rule" and limit.party == party
        )
        top = walk_away if hoped is None else hoped
        shown = views(dispute, outcome)[party]
        return OwnLook(party, outcome, utility, walk_away, top, gain, own, shown)

    def broken(self, outcome: Outcome) -> tuple[Limit, ...]:
        """Return the rules, red lines and walk-away values that a package does not keep."""
        dispute, parties = self.dispute, sorted(self.dispute.party_ids)
        rules = enumerate(dispute.rules, 1)
        found = [Limit("rule", rule.by, n) for n, rule in rules if rule.never.holds(outcome)]
        for party in parties:
            lines = enumerate(dispute.preferences[party].red_lines, 1)
            found += [Limit("red_line", party, n) for n, ln in lines if ln.never.holds(outcome)]
        found += [
            Limit("walk_away", party)
            for party in parties
            if dispute.utility(party, outcome) < dispute.walk_away(party)
        ]
        return tuple(found)

    def uneven_groups(self, outcome: Outcome) -> tuple[str, ...]:
        """Return the groups not for trade that are less even than they could be (H8)."""
        level = self.dispute.tolerance if self.bargain is None else self.bargain.level
        return tuple(
            group.group
            for group in self._compiled.groups
            if (group.imbalance_at(outcome) or 0) > level
        )

    @cached_property
    def _repairing(self) -> Repairing:
        assert self.bargain is not None
        return Repairing(self.bargain, self.references, (self.is_draw, self.package))

    def _better(self, bargain: Bargain, outcome: Outcome) -> Package | None:
        here = bargain.gains.values(bargain.point_of(outcome))
        try:
            found = bargain.best(Total(), region=Region(floors=here))
        except LimitReached:
            raise TooLarge(uncertain()) from None
        if not found or sum(bargain.gains.values(found[0])) == sum(here):
            return None
        level = max(sorted(bargain.gains.values(point)) for point in found)
        alike = (p for p in found if sorted(bargain.gains.values(p)) == level)
        return self.package(min((shown_first(bargain, point) for point in alike), key=lot))

    def _even_and_cheap(self, bargain: Bargain, package: Package) -> bool:
        own = [gain for gain in package.gains.values() if gain is not None]
        if package.imbalance is None or package.imbalance > self.dispute.tolerance:
            return False
        if not bargain.even_groups:
            return False
        return any(
            all(before - after <= self.dispute.price for before, after in zip(r, own, strict=True))
            for r in self.references
        )

    def _costs(self, gains: Gains) -> Gains:
        """Return what a package costs everybody against the reference where it costs least."""
        parties = [party for party, gain in gains.items() if gain is not None]
        own = [gain for gain in gains.values() if gain is not None]
        costs: dict[str, Fraction | None] = dict.fromkeys(gains)
        if self.references and own:
            ways = [[b - a for b, a in zip(r, own, strict=True)] for r in self.references]
            costs.update(zip(parties, min(ways, key=max), strict=True))
        return FrozenMap(costs)


def own_most(dispute: Dispute, party: str) -> Fraction | None:
    """Return the most that public rules and a party's own red lines allow it, if they allow any."""
    others = {p: Preference(p, walk_away=Fraction(0)) for p in dispute.party_ids if p != party}
    own = replace(dispute.preferences[party], walk_away=None)
    alone = replace(
        dispute,
        preferences=FrozenMap({p: others.get(p, own) for p in dispute.party_ids}),
        groups=(),
    )
    problem = compiled(alone).problem
    if not possible(replace(problem, floors=(None,) * problem.parties)):
        return None
    zeros: Numbers = FrozenMap(dict.fromkeys(dispute.party_ids, Fraction(0)))
    return most(alone, zeros)[party]
