"""Rent: nobody envies another, payments counted, and whoever has least has as much as can be.

Items go where the sum of what they are worth is largest. Of all payments that leave no envy, those
are taken that make the smallest utility, in money, as large as possible: there is exactly one.
Where public rules say that each side has one item, and there are as many, it divides rooms and
rent; else items come in bundles.

References
----------
Alkan, A., Demange, G. and Gale, D. (1991), Fair Allocation of Indivisible Goods and Criteria of
Justice, Econometrica 59. Gal, Y., Mash, M., Procaccia, A. D. and Zick, Y. (2017), Which Is the
Fairest (Rent Division) of Them All?, Journal of the ACM 64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from hikiwake.errors import Unsupported
from hikiwake.model import Dispute, OneOf, Outcome
from hikiwake.rules.direct import conditions_in, fault
from hikiwake.rules.paid import (
    Owners,
    bids,
    capped,
    highest,
    items_of,
    misfits_in_kinds,
    packages,
)
from hikiwake.solvers.assignment import assignments, best_assignment, fairest

NAME = "rent"


def require(dispute: Dispute) -> None:
    """Items and money that everybody values; no conditions but one item each (else H18)."""
    faults = [*misfits_in_kinds(dispute, NAME)]
    one_each = _one_each(dispute)
    faults += conditions_in(replace(dispute, rules=()) if one_each else dispute, NAME)
    if one_each and len(items_of(dispute)) != len(dispute.parties):
        found = f"{len(items_of(dispute))} items for {len(dispute.parties)} parties, one each"
        faults.append(fault(NAME, found, "As many items as parties, or no such rule"))
    if faults:
        raise Unsupported(*faults)


def outcomes(dispute: Dispute) -> tuple[Outcome, ...]:
    """Return the packages with the largest smallest utility, in money."""
    worths = bids(dispute)
    if _one_each(dispute):
        return packages(dispute, NAME, rooms(worths))
    made = [(owners, *bundled(worths, owners)) for owners in highest(worths, NAME)]
    best = max(least for _, _, least in made)
    return packages(dispute, NAME, [(o, paid) for o, paid, least in made if least == best])


def rooms(worths: Sequence[Sequence[Fraction]]) -> list[tuple[Owners, list[Fraction]]]:
    """Return every best assignment of one item each, and what each party receives.

    Parameters
    ----------
    worths
        A row a party, a column an item, as many of both, in money.

    Examples
    --------
    >>> [(owners, paid)] = rooms([[Fraction(3), Fraction(1)], [Fraction(4), Fraction(3)]])
    >>> owners, [str(payment) for payment in paid]
    ((0, 1), ['-1/2', '1/2'])
    """
    places = best_assignment(worths)
    gets = fairest([[row[place] for place in places] for row in worths])
    costs = {place: worths[i][place] - gets[i] for i, place in enumerate(places)}
    # With these prices everybody's best places are those of all the best assignments.
    liked = [[p for p, worth in enumerate(row) if worth - costs[p] == gets[i]]
             for i, row in enumerate(worths)]  # fmt: skip
    made: list[tuple[Owners, list[Fraction]]] = []
    for taken in capped(assignments(liked), NAME):
        owners = tuple(taken.index(place) for place in range(len(taken)))
        made.append((owners, [-costs[place] for place in taken]))
    return made


def bundled(
    worths: Sequence[Sequence[Fraction]], owners: Owners
) -> tuple[list[Fraction], Fraction]:
    """Return what each party receives for its bundle, and the smallest utility.

    Parameters
    ----------
    worths
        A row a party, a column an item, in money.
    owners
        Who has each item: one of those to whom it is worth most.
    """
    values = [
        [
            sum((row[i] for i, owner in enumerate(owners) if owner == j), start=Fraction(0))
            for j in range(len(worths))
        ]
        for row in worths
    ]
    gets = fairest(values)
    return [has - values[i][i] for i, has in enumerate(gets)], min(gets)


def _one_each(dispute: Dispute) -> bool:
    """Tell whether the public rules say that nobody has two items, and nothing else."""
    found: set[tuple[str, str, str]] = set()
    for rule in dispute.rules:
        tests = sorted(rule.never.tests.items())
        owners = [test.values if isinstance(test, OneOf) else None for _, test in tests]
        if len(owners) != 2 or owners[0] != owners[1] or owners[0] is None or len(owners[0]) != 1:
            return False
        found.add((tests[0][0], tests[1][0], str(*owners[0])))
    pairs = combinations(sorted(item.id for item in items_of(dispute)), 2)
    return bool(found) and found == {(a, b, p) for a, b in pairs for p in dispute.party_ids}
