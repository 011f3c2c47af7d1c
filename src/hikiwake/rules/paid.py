"""What the rules for items with money have in common: bids, and packages with payments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, product

from hikiwake.errors import Fault, Unsupported
from hikiwake.model import Dispute, FrozenMap, Item, Linear, Money, Outcome, Value
from hikiwake.rules.direct import MAX_OUTCOMES, externalities, fault, having, other_kinds, too_many

Owners = tuple[int, ...]


def items_of(dispute: Dispute) -> list[Item]:
    """Return the items, in order."""
    return [issue for issue in dispute.issues if isinstance(issue, Item)]


def bids(dispute: Dispute) -> list[list[Fraction]]:
    """Return what each item is worth to each party in money: its points ÷ its points a unit."""
    rates = [_rate(dispute, party) for party in dispute.party_ids]
    return [
        [having(dispute, party, item) / rate for item in items_of(dispute)]
        for party, rate in zip(dispute.party_ids, rates, strict=True)
    ]


def misfits_in_kinds(dispute: Dispute, rule: str) -> Iterator[Fault]:
    """Yield why a dispute is not about items and one sum of money that everybody values."""
    yield from other_kinds(dispute, rule, (Item, Money), "Items and money only")
    yield from externalities(dispute, rule)
    if not items_of(dispute):
        yield fault(rule, "there is no item", "At least one")
    if not any(isinstance(issue, Money) for issue in dispute.issues):
        yield fault(
            rule, "there is no money", "One issue of kind 'money'", "Add one, or use `picking`."
        )
    elif any(_rate(dispute, party) <= 0 for party in dispute.party_ids):
        yield fault(rule, "money is worth nothing to a party", "Points above 0 for each unit")


def highest(bids: Sequence[Sequence[Fraction]], rule: str) -> Iterator[Owners]:
    """Yield every way to give each item to one of its highest bidders.

    Raises
    ------
    TooLarge
        If there are more than ``MAX_OUTCOMES`` (H18).
    """
    columns = list(zip(*bids, strict=True))
    tops = [[i for i, bid in enumerate(column) if bid == max(column)] for column in columns]
    number = 1
    for top in tops:
        number *= len(top)
        if number > MAX_OUTCOMES:
            raise too_many(rule)
    yield from product(*tops)


def capped(ways: Iterator[Owners], rule: str) -> list[Owners]:
    """Return all of them.

    Raises
    ------
    TooLarge
        If there are more than ``MAX_OUTCOMES`` (H18).
    """
    found = list(islice(ways, MAX_OUTCOMES + 1))
    if len(found) > MAX_OUTCOMES:
        raise too_many(rule)
    return found


def packages(
    dispute: Dispute, rule: str, made: Sequence[tuple[Owners, Sequence[Fraction]]]
) -> tuple[Outcome, ...]:
    """Return packages from the owners of the items and what each party receives.

    Raises
    ------
    Unsupported
        If in all of them somebody would pay more than the limit (H21).
    """
    (money,) = (issue for issue in dispute.issues if isinstance(issue, Money))
    within = [one for one in made if money.allows(one[1])]
    if not within:
        raise Unsupported(
            Fault(
                f"Rule {rule!r}",
                f"somebody would pay more than the limit of issue {money.id!r}",
                "A limit that leaves room for the payments",
                "H21",
                "Raise the limit if the parties can pay more, or use `draw`, which keeps it.",
            )
        )
    names = dispute.party_ids
    outcomes: list[Outcome] = []
    for owners, received in within:
        values: dict[str, Value] = {money.id: FrozenMap(dict(zip(names, received, strict=True)))}
        for item, owner in zip(items_of(dispute), owners, strict=True):
            values[item.id] = names[owner]
        outcomes.append(FrozenMap({issue.id: values[issue.id] for issue in dispute.issues}))
    return tuple(outcomes)


def _rate(dispute: Dispute, party: str) -> Fraction:
    for issue in dispute.issues:
        own = dispute.preferences[party].points.get(issue.id)
        if isinstance(issue, Money) and isinstance(own, Linear):
            return own.whole
    return Fraction(0)
