"""What each party has at every moment: points as a sum of terms, each counted once it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations

from hikiwake.errors import Fault, InvalidDispute, TooLarge
from hikiwake.model import (
    Account,
    Agreement,
    Bonus,
    Dispute,
    FrozenMap,
    Obligation,
    Outcome,
)
from hikiwake.model.checks.ids import unknown
from hikiwake.model.condition import Test
from hikiwake.settlement import Settlement

MAX_ENDS = 12  # issues that one bonus needs as they are today, and that are carried


@dataclass(frozen=True, slots=True)
class Term:
    """Points that count once everything in ``done`` is done.

    Where ``of`` names an obligation, they come in proportion to how much of it is done.
    """

    points: Fraction
    done: frozenset[str]
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """One party's figures: what it has without an agreement, its range, and what changes when.

    ``range`` is None for a party that can neither gain nor lose (H9): it is left out of what is
    compared. ``stakes`` are what it would lose by stopping, less each as soon as it is returned.
    """

    walk_away: Fraction
    range: Fraction | None
    gains: tuple[Term, ...]
    stakes: tuple[Term, ...]

    @property
    def end(self) -> Fraction:
        """What the party has when everything is done."""
        return self.walk_away + sum((term.points for term in self.gains), Fraction(0))


def ledgers(
    agreement: Agreement, dispute: Dispute | None = None, settlement: Settlement | None = None
) -> dict[str, Ledger]:
    """Return every party's ledger.

    With a settlement, doing an obligation changes the issues that it carries from what stands
    today to what was decided, at each party's own points for that; a bonus of a preference counts
    as soon as what was done makes its condition hold. What the party says in its account comes on
    top. A party that stops has its walk-away value and these changes; at the end it has the
    package. Where the changes do not lead from the one to the other, because the walk-away value is
    not what today is worth, the rest comes with the obligations that close the way back, or else
    with the last one.

    Raises
    ------
    InvalidDispute
        If the obligations do not carry what the settlement decides, or a range is not known (H26).
    """
    if dispute is None or settlement is None:
        faults = [_no_range(party) for party in agreement.party_ids if not _range(agreement, party)]
        if faults:
            raise InvalidDispute(*faults)
        return {party: _stated(agreement, party) for party in agreement.party_ids}
    if faults := list(_uncarried(agreement, dispute, settlement)):
        raise InvalidDispute(*faults)
    return {party: _settled(agreement, dispute, settlement, party) for party in agreement.party_ids}


def _range(agreement: Agreement, party: str) -> Fraction | None:
    return agreement.account(party).range


def _stated(agreement: Agreement, party: str) -> Ledger:
    account = agreement.account(party)
    return Ledger(
        account.walk_away or Fraction(0),
        account.range,
        tuple(_own_terms(agreement, account)),
        tuple(_stakes(agreement, account)),
    )


def _settled(agreement: Agreement, dispute: Dispute, settlement: Settlement, party: str) -> Ledger:
    account, outcome = agreement.account(party), _outcome(settlement)
    walk_away, ideal = settlement.walk_away[party], settlement.ideals[party]
    carried = list(_carried_terms(agreement, dispute, outcome, party))
    rest = dispute.utility(party, outcome) - walk_away
    rest -= sum((term.points for term in carried), Fraction(0))
    closing = tuple(o.id for o in agreement.obligations if o.closes) or agreement.obligation_ids
    last = [Term(rest, _for_good(agreement, closing))] if rest else []
    return Ledger(
        walk_away,
        ideal - walk_away if ideal is not None and ideal > walk_away else None,
        (*carried, *_own_terms(agreement, account), *last),
        tuple(_stakes(agreement, account)),
    )


# --- what a party says itself --------------------------------------------------------------------


def _own_terms(agreement: Agreement, account: Account) -> Iterator[Term]:
    for obligation in agreement.obligations:
        points = account.points.get(obligation.id, Fraction(0))
        kept = account.kept.get(obligation.id, Fraction(0))
        yield from _done(agreement, obligation, points, kept)
    for bonus in account.bonuses:
        yield Term(bonus.points, _for_good(agreement, bonus.when))


def _stakes(agreement: Agreement, account: Account) -> Iterator[Term]:
    """Yield each stake from the start, and its return."""
    everything = agreement.obligation_ids
    for stake in account.stakes:
        yield Term(stake.points, frozenset())
        yield Term(-stake.points, frozenset(stake.until or everything))


def _done(
    agreement: Agreement, obligation: Obligation, points: Fraction, kept: Fraction = Fraction(0)
) -> Iterator[Term]:
    """Yield the terms of one obligation: before it is final, only what is kept of it counts."""
    name = obligation.id
    if obligation.undo is None:
        kept = points
    if kept:
        yield Term(kept, frozenset(), name)
    if points != kept:
        yield Term(points - kept, _final(agreement, obligation) - {name}, name)


def _final(agreement: Agreement, obligation: Obligation) -> frozenset[str]:
    """Return what has to be done for an obligation to be done and not to be undone any more."""
    if obligation.undo is None:
        return frozenset({obligation.id})
    return frozenset({obligation.id, *(obligation.undo or agreement.obligation_ids)})


def _for_good(agreement: Agreement, names: tuple[str, ...]) -> frozenset[str]:
    wanted = [o for o in agreement.obligations if o.id in names]
    return frozenset(chain.from_iterable(_final(agreement, o) for o in wanted))


# --- what its preference says --------------------------------------------------------------------


def _carried_terms(
    agreement: Agreement, dispute: Dispute, outcome: Outcome, party: str
) -> Iterator[Term]:
    preference = dispute.preferences[party]
    today: Outcome = dispute.status_quo or FrozenMap()
    for obligation in agreement.obligations:
        for issue, part in obligation.carries.items():
            points = preference.points.get(issue)
            if points is None:
                continue
            change = points.value(party, outcome[issue])
            change -= points.value(party, today[issue]) if issue in today else 0
            yield from _done(agreement, obligation, change * part)
    for bonus in preference.bonuses:
        yield from _bonus_terms(agreement, (today, outcome), bonus)


def _bonus_terms(
    agreement: Agreement, outcomes: tuple[Outcome, Outcome], bonus: Bonus
) -> Iterator[Term]:
    """Yield a bonus of a preference as terms, by inclusion and exclusion; today's left out.

    Each issue of the condition is one way today and another once it is carried. The condition
    holds where every issue in ``starts`` was carried and no issue in ``ends`` was.
    """
    today, outcome = outcomes
    starts: list[frozenset[str]] = []
    ends: list[frozenset[str]] = []
    for issue, test in bonus.when.tests.items():
        before, after = _holds(test, issue, today), _holds(test, issue, outcome)
        carriers = tuple(o.id for o in agreement.obligations if issue in o.carries)
        if (before and after) or (before and not carriers):
            continue
        if not before and not after:
            return
        (starts if after else ends).append(_for_good(agreement, carriers))
    if len(ends) > MAX_ENDS:
        raise TooLarge(_too_many(len(ends)))
    must = frozenset(chain.from_iterable(starts))
    for size in range(len(ends) + 1):
        for some in combinations(ends, size):
            done = must.union(*some)
            if done:
                yield Term(bonus.points * (-1) ** size, done)


def _holds(test: Test, issue: str, outcome: Outcome) -> bool:
    return issue in outcome and test.holds(outcome[issue])


def _outcome(settlement: Settlement) -> Outcome:
    if settlement.outcome is None:
        raise InvalidDispute(
            Fault(
                "The settlement",
                "no package",
                "A package to carry out",
                "H12",
                "Settle the dispute first: that names the limits that cannot all hold.",
            )
        )
    return settlement.outcome


def _uncarried(agreement: Agreement, dispute: Dispute, settlement: Settlement) -> Iterator[Fault]:
    outcome = _outcome(settlement)
    today: Outcome = dispute.status_quo or FrozenMap()
    carried: dict[str, Fraction] = {}
    for obligation in agreement.obligations:
        for issue, part in obligation.carries.items():
            if issue in outcome:
                carried[issue] = carried.get(issue, Fraction(0)) + part
            else:
                what = f"Obligation {obligation.id!r}"
                yield unknown(what, "issue", issue, outcome, "obligations")
    for issue, value in outcome.items():
        changes, part = today.get(issue) != value, carried.get(issue, Fraction(0))
        if (changes or part) and part != 1:
            found = "nothing carries it out" if not part else "only a part of it is carried out"
            yield Fault(
                f"Issue {issue!r}",
                f"the package changes it, and {found}" if changes else found,
                "Obligations that carry all of it",
                "H26",
                f'Add `carries = ["{issue}"]` to the obligation that puts it into effect.',
                "obligations",
            )


def _no_range(party: str) -> Fault:
    return Fault(
        f"Party {party!r}",
        "no range",
        "The most it could hope for, less what it has without an agreement: asked for where there "
        "is no settlement",
        "H26",
        f"Add `range` to [private.{party}], or give the dispute with --plan.",
        f"private.{party}",
    )


def _too_many(ends: int) -> Fault:
    return Fault(
        "A bonus",
        f"one that needs {ends} issues as they are today, which the package changes",
        f"At most {MAX_ENDS}",
        "H18",
        "Let one obligation carry several of them, or leave the bonus out.",
    )
