"""What is offered beside a settlement: packages to choose from, what evenness costs, remedies."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from hikiwake.model import FrozenMap, Outcome, Value
from hikiwake.settlement import Count, EvenButDearer, Gains, Numbers, Package, Status


@dataclass(frozen=True, slots=True)
class Difference:
    """One issue that two packages decide otherwise.

    ``effects`` holds each party's change in points on this issue alone, bonuses left out.
    """

    issue: str
    before: Value
    after: Value
    effects: Numbers


@dataclass(frozen=True, slots=True)
class Alternative:
    """A Pareto-optimal package to choose from, and how it differs from the first one.

    ``short`` is by how much tolerance and price would have to be wider for it to be a draw, in
    parts of a range; 0 for a draw. ``tie``: it is worth exactly as much to everybody as the first.
    ``costs`` holds what it costs each party against the first, in parts of its range; ``together``
    each party's change in points because a combination comes together, or no longer does.
    """

    package: Package
    draw: bool
    tie: bool
    short: Fraction
    costs: Gains
    differences: tuple[Difference, ...]
    together: Numbers


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that a party may offer among others that are worth the same to it.

    ``acceptable`` (for the mediator): it keeps every limit, nobody would walk away from it.
    """

    outcome: Outcome
    utilities: Numbers
    acceptable: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Equity:
    """What it costs to be even: the shown package beside the best ones by two other measures.

    ``product`` is the product of gains, ``total`` the sum of points above walk-away values. The
    latter are None where points mean different things to different parties, or there is nothing to
    compare. ``bounded``: ``best_product`` is not attained exactly, only bounded from above.
    """

    product: Fraction | None
    best_product: Fraction | None
    bounded: bool
    total: Fraction | None
    best_total: Fraction | None

    @property
    def product_ratio(self) -> Fraction | None:
        """The shown product as a part of the best one."""
        return _ratio(self.product, self.best_product)

    @property
    def total_ratio(self) -> Fraction | None:
        """The shown sum as a part of the best one."""
        return _ratio(self.total, self.best_total)


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Several good packages, as different from one another as possible, the settled one first.

    ``packages`` are draws, or as close to one as there is; what is at most ``within`` short of a
    draw counts as one. The list is empty where there is no agreement,
    or nothing is better for everybody than what is ``agreed``. ``ties`` counts the packages worth
    exactly as much to everybody as the first, it included. ``considered`` packages were compared;
    ``complete``: no other package stands as close to a draw. ``exhaustive``: no choice of as many
    among them is more different; else each was taken for being far from those before, and then
    exchanged. ``apart`` is the least difference between two, in parts of the parties' ranges.

    ``wider``: where all of them decide every choice and item alike, the ``within`` with which some
    come back that do not; None if they do already, or nothing that was looked at does.

    ``equal_worth`` holds, by party, packages that are worth as much to it as the first: made from
    its own points and public rules only, so that they tell nothing of anybody else.
    """

    status: Status
    parties: tuple[str, ...]
    walk_away: Numbers
    ideals: Gains
    tolerance: Fraction
    price: Fraction
    within: Fraction = Fraction(0)
    packages: tuple[Alternative, ...] = ()
    ties: Count = 0
    considered: int = 0
    complete: bool = True
    exhaustive: bool = True
    apart: Fraction = Fraction(0)
    wider: Fraction | None = None
    equal_worth: FrozenMap[str, tuple[Offer, ...]] = field(
        default_factory=FrozenMap[str, tuple[Offer, ...]]
    )
    equity: Equity | None = None
    agreed: Outcome | None = None
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class InTurns:
    """A whole issue which, if it could be shared or taken in turns, makes a draw.

    ``parts`` are those of the ``options``, two or more: none is 0, and they sum to 1. In the
    outcome of ``package`` the first part stands in the place of the issue; where it is divided
    among three and more sides, everybody's. Gains are those of the dispute so changed; so they are
    below.
    """

    issue: str
    options: tuple[str, ...]
    parts: tuple[Fraction, ...]
    package: Package


@dataclass(frozen=True, slots=True)
class Barrier:
    """A limit that stands in the way alone: a public rule, a red line, a group not for trade.

    ``place`` counts from 1, among the rules, the party's red lines, or all groups.
    """

    kind: Literal["rule", "red_line", "group"]
    party: str | None
    place: int


@dataclass(frozen=True, slots=True)
class Lifted:
    """What would be settled on, a draw, without one limit."""

    barrier: Barrier
    package: Package


@dataclass(frozen=True, slots=True)
class NewIssue:
    """What a new issue would have to be worth, decided their way, to those behind, for a draw.

    It costs the others nothing. ``parts``: the same in parts of their ranges, as they are without
    it.
    """

    worth: Numbers
    parts: Numbers
    package: Package


@dataclass(frozen=True, slots=True)
class Transfer:
    """A draw, if each could pay up to another limit."""

    limit: Fraction
    package: Package


@dataclass(frozen=True, slots=True)
class Lottery:
    """Packages between which a lot is drawn, each with its chance, so that hopes are even.

    ``gains`` are expected ones; ``costs`` what they cost each party against the settled package, in
    parts of its range.
    """

    packages: tuple[Package, ...]
    chances: tuple[Fraction, ...]
    gains: Gains
    costs: Gains


@dataclass(frozen=True, slots=True)
class Remedies:
    """What would make an uneven dispute even. Each was applied and settled again.

    Not ``complete``: time was over, or the engines did not cover some of it; there may be others.
    ``undivided``: issues of which not every part was tried, because a bonus hangs on one of the
    options alone; for the mediator only, for a bonus is private (H14).
    """

    dearer: EvenButDearer | None
    in_turns: tuple[InTurns, ...]
    lifted: tuple[Lifted, ...]
    new_issue: NewIssue | None
    transfer: Transfer | None
    lottery: Lottery | None
    complete: bool
    undivided: tuple[str, ...] = ()


def _ratio(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    return None if part is None or not whole else part / whole
