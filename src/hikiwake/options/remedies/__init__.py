"""Remedies: what would make an uneven dispute even. Each is computed, by settling again.

Nothing here is canned advice: a remedy is listed only if the dispute, changed as it says, was
settled again and came out as a draw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TypeVar

from hikiwake.errors import Fault, Unsupported
from hikiwake.findings.offers import Barrier, InTurns, Lifted, Lottery, NewIssue, Remedies, Transfer
from hikiwake.model import Dispute, FrozenMap, Item, Value, lot_of
from hikiwake.options.again import Answer, answer
from hikiwake.options.remedies.by_lot import expected, lottery
from hikiwake.options.remedies.in_turns import among_all, in_turns, pairs, parted_by_bonus
from hikiwake.options.remedies.lifting import barriers, said, without
from hikiwake.options.remedies.new_issue import needed
from hikiwake.options.remedies.paying import larger_limit
from hikiwake.pareto.canonical import canonical
from hikiwake.pareto.ties import shown_first
from hikiwake.settlement import Package, Settlement, Status
from hikiwake.solvers.deadline import Budget

MAX_EFFORT = 60  # repeatable seconds

Found = TypeVar("Found")


def remedies(dispute: Dispute, settlement: Settlement) -> Remedies | None:
    """Return what would make the dispute even; None where there is nothing to remedy.

    Looked for, in this order: an even package that is dearer; whole issues that make a draw if they
    can be shared or taken in turns, the issue then really divided; single rules, red lines and
    groups not for trade without which there is a draw; what a new issue would have to be worth to
    whoever is behind; a larger payment, where there is money; a lottery between packages, where the
    dispute allows chance.

    Parameters
    ----------
    settlement
        What the dispute settled on by ``draw``.

    Raises
    ------
    Unsupported
        If it was settled by another rule.

    Notes
    -----
    Each costs as much as settling; after ``MAX_EFFORT`` no further one is looked for, and the
    result says so. What the engines do not cover is left out, and that is said, too.
    """
    if settlement.rule != "draw":
        raise Unsupported(_by_another_rule(settlement.rule))
    if settlement.package is None or settlement.status is not Status.UNEVEN:
        return None
    return _Search(dispute, settlement).result(settlement.package)


class _Search:
    def __init__(self, dispute: Dispute, settlement: Settlement) -> None:
        self._dispute, self._settlement = dispute, settlement
        self._compared = {p for p, gain in (settlement.gains or {}).items() if gain is not None}
        self._budget = Budget(MAX_EFFORT)
        self._complete = True
        self._undivided: dict[str, None] = {}  # in order

    def result(self, package: Package) -> Remedies:
        """Return every remedy that was found."""
        turns = tuple(self._in_turns(package))
        lifted = tuple(self._lifted())
        return Remedies(
            dearer=self._settlement.even_but_dearer,
            in_turns=turns,
            lifted=lifted,
            new_issue=self._asked(lambda: self._new_issue(package)),
            transfer=self._asked(self._transfer),
            lottery=self._asked(self._lottery) if self._dispute.chance else None,
            complete=self._complete,
            undivided=tuple(self._undivided),
        )

    def _asked(self, question: Callable[[], Found | None]) -> Found | None:
        """Return what a question answers; None, and not complete, where it cannot be asked."""
        if self._budget.passed:
            self._complete = False
            return None
        try:
            return question()
        except Unsupported:
            self._complete = False
            return None

    def _draw(self, changed: Dispute) -> Answer | None:
        """Return what the changed dispute settles on, if that is a draw between the same sides.

        A side that could gain and no longer can would be left out of the comparison (H9): what
        leaves it nothing to hope for is no remedy.
        """
        found = answer(changed, "draw")
        if found is None or not found.is_draw():
            return None
        parties = self._dispute.party_ids
        compared = {parties[i] for i in found.bargain.gains.parties}
        return found if self._compared <= compared else None

    def _in_turns(self, package: Package) -> Iterator[InTurns]:
        best: dict[str, InTurns] = {}
        for issue, options, changed in sorted(self._divided(package), key=_by_lot):
            found = self._asked(lambda changed=changed: self._draw(changed))
            if not found:
                continue
            evened = found.package()
            parts = _parts(options, evened.outcome[issue])
            if len(parts) > 1:
                way = InTurns(issue, tuple(parts), tuple(parts.values()), evened)
                best[issue] = max(way, best.get(issue, way), key=_rank)
        yield from (best[issue.id] for issue in self._dispute.issues if issue.id in best)

    def _divided(self, package: Package) -> Iterator[tuple[str, tuple[str, ...], Dispute]]:
        """Yield disputes in which an issue is divided, and between which options."""
        dispute, parties = self._dispute, self._dispute.party_ids
        for issue, first, second in pairs(dispute, package.outcome):
            if changed := in_turns(dispute, issue, first, second):
                yield issue, (first, second), changed
            elif parted_by_bonus(dispute, issue, (first, second)):
                self._undivided[issue] = None
        for issue in dispute.issues:
            if changed := among_all(dispute, issue.id):
                yield issue.id, tuple(sorted(parties)), changed
            elif isinstance(issue, Item) and parted_by_bonus(dispute, issue.id, parties):
                self._undivided[issue.id] = None

    def _lifted(self) -> Iterator[Lifted]:
        limits = tuple(barriers(self._dispute))
        found: dict[Barrier, Answer | None] = {}
        for barrier in sorted(limits, key=lambda one: lot_of(*said(self._dispute, one))):
            changed = without(self._dispute, barrier)
            found[barrier] = self._asked(lambda changed=changed: self._draw(changed))
        for barrier in limits:
            if answered := found[barrier]:
                yield Lifted(barrier, answered.package())

    def _new_issue(self, package: Package) -> NewIssue | None:
        ideals, zeros = self._settlement.ideals, self._settlement.walk_away
        ranges = {p: ideal - zeros[p] for p, ideal in ideals.items() if ideal is not None}
        found = needed(self._dispute, package.gains, FrozenMap(ranges))
        if found is None:
            return None
        worth, settled = found
        parts = FrozenMap({party: points / ranges[party] for party, points in worth.items()})
        return NewIssue(worth, parts, settled.package())

    def _transfer(self) -> Transfer | None:
        found = larger_limit(self._dispute)
        return None if found is None else Transfer(found[0], found[1].package())

    def _lottery(self) -> Lottery | None:
        settled = answer(self._dispute, "draw")
        lot = None if settled is None else lottery(settled.bargain)
        if settled is None or lot is None:
            return None
        bargain, parties = settled.bargain, self._dispute.party_ids
        gains: dict[str, Fraction | None] = dict.fromkeys(parties)
        even = expected(bargain, lot)
        gains |= {parties[i]: g for i, g in zip(bargain.gains.parties, even, strict=True)}
        shown = self._settlement.package
        assert shown is not None
        costs = {p: None if (g := gains[p]) is None else (shown.gains[p] or 0) - g for p in parties}
        packages = tuple(bargain.package(point, shown_first(bargain, point)) for point in lot)
        return Lottery(packages, tuple(lot.values()), FrozenMap(gains), FrozenMap(costs))


def _by_lot(way: tuple[str, tuple[str, ...], Dispute]) -> bytes:
    """Return in which order ways are tried, so that a limit cuts no issue for its place."""
    return lot_of(way[0], *way[1])


def _parts(options: tuple[str, ...], decided: Value) -> dict[str, Fraction]:
    """Return how much of a divided issue goes to each option that gets something of it."""
    if isinstance(decided, FrozenMap):
        parts = dict(decided)
    else:
        assert isinstance(decided, Fraction)
        parts = dict(zip(options, (decided, 1 - decided), strict=True))
    return {option: parts[option] for option in options if parts[option]}


def _rank(way: InTurns) -> tuple[bool, list[Fraction], bytes]:
    """Return how much it is the one to show: exactly even first, then more for all, then a lot."""
    package = way.package
    gains = sorted(g for g in package.gains.values() if g is not None)
    return package.imbalance == 0, gains, lot_of(*way.options, canonical(package.outcome).decode())


def _by_another_rule(rule: str) -> Fault:
    return Fault(
        "Remedies",
        f"asked for rule {rule!r}",
        "They say what would make a draw, so they are told of `draw` alone",
        "H10",
        "Settle by `draw`.",
    )


__all__ = ["remedies"]
