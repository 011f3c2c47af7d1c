"""Partial agreement: what can be settled as a draw while the rest stays open, without prejudice.

As in 1956, when two governments restored relations and left islands for later.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from hikiwake.errors import Fault, TooLarge, Unsupported
from hikiwake.model import Dispute, FrozenMap, Outcome, lot_of
from hikiwake.options.again import Answer, answer
from hikiwake.options.restricted import left_as_today, restricted
from hikiwake.rules import DirectRule, rule_named
from hikiwake.settlement import Package, Partial, PartialAgreement, Status
from hikiwake.solvers.deadline import Budget

MAX_TABLES = 10_000
MAX_EFFORT = 60  # repeatable seconds
MAX_AGREEMENTS = 20

Table = frozenset[str]


def partial(dispute: Dispute, rule: str) -> Partial:
    """Return the largest sets of issues that settle as a draw with the rest left as it is today.

    A set of issues settles if, with every other issue left at the status quo, the rule's answer is
    a draw that decides each issue of the set otherwise than today: an issue that may as well stay
    as it is, is not settled. Ties and twins count: where one of them changes fewer issues, it is
    the one shown (H11). If the whole dispute is a draw, nothing needs to be left open, and that is
    the answer.

    Raises
    ------
    Unsupported
        If there is no status quo (H5), or the rule or the engines do not cover the dispute or a
        part of it (H15, H18). A part that is too large counts as not tried.

    Notes
    -----
    Sets are tried from all issues downwards until a size has some that settle. There can be 2^n of
    them, each of which costs a settlement; at most ``MAX_TABLES`` are tried, for at most
    ``MAX_EFFORT``. Up to ``MAX_AGREEMENTS`` agreements are listed.
    """
    if not dispute.status_quo:
        raise Unsupported(_no_status_quo())
    named = rule_named(rule)
    if isinstance(named, DirectRule):
        raise Unsupported(_direct(rule))
    named.require(dispute)
    return _Search(dispute, rule).result()


class _Cut(Exception):
    pass


@dataclass(frozen=True, slots=True)
class _Tried:
    """What came of a set of issues, and whether no part of it can settle either."""

    answer: Answer | None
    draw: bool
    hopeless: bool

    @property
    def status(self) -> Status:
        """The status of the dispute about these issues."""
        if self.answer is None:
            return Status.NO_AGREEMENT
        return Status.DRAW if self.draw else Status.UNEVEN


class _Search:
    def __init__(self, dispute: Dispute, rule: str) -> None:
        self._dispute = dispute
        self._rule = rule
        self._ids = tuple(issue.id for issue in dispute.issues)
        self._hopeless: list[Table] = []
        self._found: list[PartialAgreement] = []
        self._tried = 0
        self._complete = True
        self._budget = Budget(MAX_EFFORT)
        today = dispute.status_quo or FrozenMap()
        # What is possible for some issues is then possible for more of them as well.
        self._nested = set(today) == set(self._ids) and dispute.allows(today)
        self._nested_ideals = self._nested and not any(g.not_for_trade for g in dispute.groups)

    def result(self) -> Partial:
        """Return the largest sets that settle."""
        everything = frozenset(self._ids)
        whole = self._try(everything)
        if whole.status is Status.DRAW and whole.answer is not None:
            self._found.append(_agreement(self._dispute, everything, whole.answer))
        else:
            try:
                self._look_for_largest()
            except _Cut:
                self._complete = False
        dispute, found = self._dispute, self._found
        return Partial(
            rule=self._rule,
            whole=whole.status,
            parties=dispute.party_ids,
            walk_away=FrozenMap({p: dispute.walk_away(p) for p in dispute.party_ids}),
            tolerance=dispute.tolerance,
            price=dispute.price,
            agreements=tuple(found[:MAX_AGREEMENTS]),
            found=len(found),
            tried=self._tried,
            complete=self._complete,
            illustrative=dispute.illustrative,
        )

    def _look_for_largest(self) -> None:
        """Find the agreements of the largest size that has any."""
        order = sorted(self._ids, key=lot_of)  # which sets are tried hangs on no place in the file
        for size in range(len(order) - 1, 0, -1):
            for issues in combinations(order, size):
                table = frozenset(issues)
                if any(table <= other for other in self._hopeless):
                    continue
                try:
                    tried = self._try(table)
                except TooLarge:
                    self._complete = False
                    continue
                if tried.draw and tried.answer is not None:
                    agreement = _agreement(self._dispute, table, tried.answer)
                    if self._settles(agreement):
                        self._found.append(agreement)
            if self._found:
                return

    def _try(self, table: Table) -> _Tried:
        if self._tried >= MAX_TABLES or self._budget.passed:
            raise _Cut
        self._tried += 1
        part = restricted(self._dispute, table)
        rule_named(self._rule).require(part)
        found = answer(part, self._rule)
        compared = 0 if found is None else len(found.bargain.gains.parties)
        hopeless = self._nested if found is None else self._nested_ideals and compared < 2
        if hopeless:
            self._hopeless.append(table)
        draw = found is not None and compared >= 2 and found.is_draw()
        return _Tried(found, draw, hopeless)

    def _settles(self, agreement: PartialAgreement) -> bool:
        today = self._dispute.status_quo or {}
        decided = agreement.package.outcome
        return all(decided[issue] != today.get(issue) for issue in agreement.settled)


def _agreement(dispute: Dispute, table: Table, found: Answer) -> PartialAgreement:
    shown, parties = found.shown(), dispute.party_ids
    open_today = left_as_today(dispute, table)
    known = {**open_today, **shown.outcome}
    outcome: Outcome = FrozenMap({i.id: known[i.id] for i in dispute.issues if i.id in known})
    gains = dict(zip(parties, found.bargain.gains_at(shown.point), strict=True))
    package = Package(
        outcome,
        FrozenMap({party: dispute.utility(party, outcome) for party in parties}),
        FrozenMap(gains),
        found.bargain.imbalance(shown.point),
    )
    ideals = {
        party: ideal + dispute.utility(party, open_today) for party, ideal in found.ideals.items()
    }
    return PartialAgreement(
        settled=tuple(issue.id for issue in dispute.issues if issue.id in table),
        open=tuple(issue.id for issue in dispute.issues if issue.id not in table),
        package=package,
        ideals=FrozenMap(ideals),
        ties=shown.ties,
        twins=shown.twins,
    )


def _direct(rule: str) -> Fault:
    return Fault(
        f"Rule {rule!r}",
        "a direct rule, which makes its package itself",
        "A rule that searches all packages: only it can be asked with a part left as it is today",
        "H18",
        "Use `draw`.",
    )


def _no_status_quo() -> Fault:
    return Fault(
        "The status quo",
        "not given",
        "What stands today, so that issues can be left as they are",
        "H5",
        "Add [status_quo] with the issues that may stay open, or settle everything at once.",
    )
