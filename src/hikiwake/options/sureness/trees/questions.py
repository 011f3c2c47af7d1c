"""What is asked of all packages where they are not listed: conditions that none may meet.

A package is known by each side's line for it; ``own`` are those for the one that is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Protocol

from hikiwake.model import Dispute
from hikiwake.options.sureness.groups import Group
from hikiwake.options.sureness.guesses import Box
from hikiwake.options.sureness.trees.balances import Balance
from hikiwake.options.sureness.trees.rows import Asked, Meant
from hikiwake.options.sureness.trees.statement import Line, Stated, minus
from hikiwake.pareto.compiled import compiled

_ONE = Fraction(1)


class Grouped(Protocol):
    """A dispute and its groups that are not for trade."""

    @property
    def dispute(self) -> Dispute:
        """The dispute."""
        ...

    @property
    def groups(self) -> tuple[object, ...]:
        """Its groups; those in which something is divided are asked about in another way."""
        ...


def sets_from(stated: Stated, boxes: Sequence[Box]) -> list[Meant]:
    """Return what each side may have meant."""
    return [
        Meant(
            [
                (Fraction(low, box.unit), Fraction(high, box.unit))
                for low, high in zip(box.low, box.high, strict=True)
            ],
            [one.part for one in box.linked],
            side.limits,
        )
        for box, side in zip(boxes, stated.sides, strict=True)
    ]


def possibly_even(found: Grouped, boxes: Sequence[Box]) -> list[list[tuple[int, ...]]]:
    """Return the combinations of each group not for trade that may be even within it."""
    return _even(found, boxes, surely=False)


def surely_even(found: Grouped, boxes: Sequence[Box]) -> list[list[tuple[int, ...]]]:
    """Return the combinations of each group not for trade that are surely even within it."""
    return _even(found, boxes, surely=True)


def _even(found: Grouped, boxes: Sequence[Box], surely: bool) -> list[list[tuple[int, ...]]]:
    kept: list[list[tuple[int, ...]]] = []
    groups = (own for own in found.groups if isinstance(own, Group))
    for group, table in zip(groups, compiled(found.dispute).tables, strict=True):
        every = [*table.parts]
        certain, possible = group.even(boxes, range(len(every)))
        kept.append([every[n] for n in sorted(certain if surely else possible)])
    return kept


def not_summed(found: Grouped, boxes: Sequence[Box]) -> str | None:
    """Return why shares in groups in which something is divided are no sums that a small program
    can bound; None: they are."""
    for group in _balances(found):
        if not all(inside.plain for inside in group.inside):
            return "a group in which something is divided has a rule, red line or bonus inside it"
        pairs = zip(group.inside, boxes, strict=True)
        if not all(inside.fixed(replace(box, linked=())) for inside, box in pairs):
            return "in a group in which something is divided, least and most hang on the answers"
    return None


def fitting(found: Grouped, stated: Stated, boxes: Sequence[Box]) -> tuple[Stated, list[Asked]]:
    """Return what holds of every package that may be even within each group where something is
    divided, whatever is linked; and the statement with the sides that this is asked of."""
    asked: list[Asked] = []
    for group in _balances(found):
        stated = replace(stated, groups=())
        apart = [replace(box, linked=()) for box in boxes]
        for side, meant, start in group.inequalities(stated, apart):
            asked.append(Asked(len(stated.sides), _ONE, {}, start, within=meant))
            stated = replace(stated, sides=[*stated.sides, side])
    return stated, asked


def _balances(found: Grouped) -> list[Balance]:
    return [group for group in found.groups if isinstance(group, Balance)]


def less_gain(own: Sequence[Line], floor: Fraction | None, side: int) -> list[Asked]:
    """Return what holds of a package by which a side may gain less than so much.

    None: by which one may gain something that can neither gain nor lose.
    """
    accept = [Asked(n, _ONE, {}) for n in range(len(own)) if n != side]
    if floor is None:
        return [*accept, Asked(side, _ONE, {}, strict=True)]
    return [*accept, Asked(side, floor, minus({}, own[side]), strict=True)]


def better(own: Sequence[Line], side: int) -> list[Asked]:
    """Return what holds of a package that may be better for a side, and worse for nobody."""
    return [Asked(n, _ONE, minus({}, line), strict=n == side) for n, line in enumerate(own)]


def dear(
    own: Sequence[Line],
    ends: Sequence[tuple[Fraction, Fraction] | None],
    hopes: Sequence[Sequence[Line]],
    asked: tuple[Fraction, int],
) -> list[Asked]:
    """Return what holds of a package that is as even-handed, and too dear for a side.

    By it everybody gains what the least does here, and loses at most what it is ahead.

    Parameters
    ----------
    ends
        Everybody's least and greatest gain; None for who can neither gain nor lose.
    hopes
        Packages that show what each side may hope for at the least.
    asked
        The price, and the side.
    """
    (price, side), compared = asked, {n: one for n, one in enumerate(ends) if one is not None}
    found = [Asked(n, _ONE, {}) for n in range(len(own))]
    smallest = min(least for least, _ in compared.values())
    for n, (least, most) in compared.items():
        found += [Asked(n, _ONE, minus({}, line, smallest)) for line in hopes[n]]
        if least > 0:
            others = min(one for m, (one, _) in compared.items() if m != n)
            kept = 1 - max(most - others, Fraction(0)) / least
            found.append(Asked(n, _ONE, minus({}, own[n], kept)))
    more = minus({}, own[side])
    found += [Asked(side, _ONE, minus(more, line, price), strict=True) for line in hopes[side]]
    return [*found, Asked(side, _ONE, more, strict=True)]
