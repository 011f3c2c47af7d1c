"""The result of planning: in which order an agreement is carried out, and the trust that it takes.

After the steps S a party i *has* w_i(S) if all stop for good. Its *temptation* is what it would
gain by stopping then, its *exposure* how far below its walk-away value it would be if all stopped,
both in parts of its range. The *trust needed* before a step of its own is how likely the rest must
be to get done for the step to break even.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hikiwake.model import Agreement, FrozenMap
from hikiwake.settlement import Exactness, Gains, Numbers


@dataclass(frozen=True, slots=True)
class Demand:
    """What an order asks for: its largest temptation and its largest exposure."""

    temptation: Fraction
    exposure: Fraction


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an obligation: the ``number``-th of ``of`` equal ones, from 1; most have one."""

    obligation: str
    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Step:
    """What is done at one moment. ``trust`` is that which each doer needs before it.

    A doer that has as much already as at the end needs no trust: it is ``tempted``, and the others
    have to trust it. Dates are the window that leaves all other steps in time.
    """

    pieces: tuple[Piece, ...]
    trust: Numbers
    tempted: tuple[str, ...]
    not_before: date | None = None
    by_when: date | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """After so many steps: what each party has, its temptation and its exposure.

    The latter two are None for a party without a range.
    """

    has: Numbers
    temptation: Gains
    exposure: Gains


@dataclass(frozen=True, slots=True)
class Course:
    """An order: its steps, the moments before, between and after them, and its demand."""

    steps: tuple[Step, ...]
    moments: tuple[Moment, ...]
    demand: Demand


@dataclass(frozen=True, slots=True)
class Split:
    """What the best order asks for where some obligations are done in so many pieces."""

    pieces: FrozenMap[str, int]
    demand: Demand


@dataclass(frozen=True, slots=True)
class Unseen:
    """An obligation that nobody can check: what its doer would gain by leaving it out unseen."""

    obligation: str
    party: str
    points: Fraction
    part: Fraction | None


@dataclass(frozen=True, slots=True)
class Safeguards:
    """What would make the course hold by itself.

    ``deposits``: the least further stake with which no party gains by stopping, ``guarantees``: the
    least payment, if all stop, with which none is below its walk-away value; both in its own
    points, for this order. ``exposed_beside`` is the largest exposure that is left if only that
    party is guaranteed. ``at_once``: the fewest obligations that, done at one moment at the end
    after the others in the order ``first``, leave nobody tempted; None: not looked for.
    ``last_costs`` names who does a last step that costs it and that no stake outweighs.
    """

    deposits: Numbers
    guarantees: Numbers
    exposed_beside: FrozenMap[str, Fraction]
    at_once: tuple[str, ...] | None
    first: tuple[str, ...]
    last_costs: tuple[str, ...]
    unseen: tuple[Unseen, ...]


@dataclass(frozen=True, slots=True)
class Willing:
    """What one party said it trusts, and the most that a step of its own needs."""

    stated: Fraction
    needed: Fraction

    @property
    def enough(self) -> bool:
        """Whether that covers every step of its own."""
        return self.needed <= self.stated


@dataclass(frozen=True, slots=True)
class Planned:
    """The order of least demand for an agreement, and everything that the telling needs.

    ``bound``: no order has less temptation, and none with this temptation less exposure; it is the
    demand itself where the exactness is EXACT. ``trade_off`` lists the demands of which none is
    better in both, each with its order; the first is this one. ``least_exposure``: what no order
    can be below. ``at_once_demand`` is what doing everything at one moment would ask for.
    ``splits`` says what doing obligations in pieces buys. ``willing_with`` is the place in the
    trade-off of the first order for which what all parties said they trust is enough.
    """

    agreement: Agreement
    course: Course
    bound: Demand
    exactness: Exactness
    engine: str
    trade_off: tuple[Course, ...]
    trade_off_complete: bool
    least_exposure: Fraction
    worst: Course | None
    at_once_demand: Demand
    splits: tuple[Split, ...]
    safeguards: Safeguards
    willing: FrozenMap[str, Willing]
    willing_with: int | None
    walk_away: Numbers
    ranges: Gains
    ends: Numbers
    tolerance: Fraction
    seconds: float = 0.0
