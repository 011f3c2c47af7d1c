"""The result of settling a dispute: a value that says what was found and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Literal

from hikiwake.model import FrozenMap, Outcome, Value

MAX_LISTED = 100


class AtLeast(int):
    """A number of packages beside which there may be more."""


Count = int | Literal["infinite"]
Numbers = FrozenMap[str, Fraction]
Gains = FrozenMap[str, Fraction | None]


class Status(Enum):
    """What became of the dispute."""

    DRAW = "draw"
    UNEVEN = "uneven"
    NO_AGREEMENT = "no_agreement"
    UNDECIDED = "undecided"


class Exactness(Enum):
    """How sure a result is."""

    EXACT = "exact"
    BOUNDED = "bounded"
    SAMPLED = "sampled"


@dataclass(frozen=True, slots=True)
class Bound:
    """What no package exceeds, where the best one is not known to be best.

    ``of`` says what is bounded: the smallest gain, the smallest number of points above a walk-away
    value, the sum of all those points, or the product of gains.
    """

    of: Literal["least_gain", "least_points", "total", "product"]
    at_most: Fraction


@dataclass(frozen=True, slots=True)
class Package:
    """An outcome with what it is worth to each party, from what it has without an agreement.

    ``gains`` holds None for a party that can neither gain nor lose; ``imbalance`` is None where
    fewer than two parties are compared (H9).
    """

    outcome: Outcome
    utilities: Numbers
    gains: Gains
    imbalance: Fraction | None


@dataclass(frozen=True, slots=True)
class EvenButDearer:
    """The best even package that costs somebody more than the price, and what it costs each."""

    package: Package
    costs: Gains


@dataclass(frozen=True, slots=True)
class FewestShares:
    """How many shared issues a package divides where the fewest were asked for.

    ``certain`` tells whether no package worth as much to everybody divides fewer; else a limit
    was reached.
    """

    divided: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing in a conflict: a public rule, a party's red line, or its walk-away value.

    ``place`` counts from 1 within the rules, or within the party's red lines; 0 for a walk-away.
    """

    kind: Literal["rule", "red_line", "walk_away"]
    party: str | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Limits that cannot all hold. ``smallest``: no conflict has fewer; else only irreducible."""

    limits: tuple[Limit, ...]
    smallest: bool = True


@dataclass(frozen=True, slots=True)
class GroupShares:
    """How even a group that is not for trade is within itself (H8).

    ``shares`` holds None for a party with nothing at stake there. ``imbalance`` is None where
    fewer than two parties have something at stake: then the group holds, and that is said.
    """

    group: str
    shares: Gains
    imbalance: Fraction | None
    even: bool


@dataclass(frozen=True, slots=True)
class IssueView:
    """One issue from one party's side: what was decided, and its own best hope there.

    ``hopes`` are the values worth most to the party; ``points`` and ``hoped`` are its own points.
    Hopes are taken issue by issue: they need not be possible together.
    """

    issue: str
    decided: Value
    points: Fraction
    hopes: tuple[Value, ...]
    hoped: Fraction
    matters: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What deciding one issue otherwise would do, all else left as it is.

    ``allowed`` tells whether rules, red lines, walk-away values and groups would still be kept;
    ``effects`` holds each party's change in points.
    """

    issue: str
    value: Value
    allowed: bool
    effects: Numbers


@dataclass(frozen=True, slots=True)
class Measured:
    """The settled package measured otherwise: gains from other zeros, or towards other ideals.

    ``ahead`` names the parties with the largest gain where the gains are further apart than the
    tolerance.
    """

    zeros: Numbers
    ideals: Numbers
    gains: Gains
    imbalance: Fraction | None
    ahead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgendaChange:
    """What a rule answers instead if one option that nobody uses is dropped.

    ``package`` has its gains as they are without the option. ``hoped_by`` names the parties whose
    ideal is another without it.
    """

    issue: str
    option: str
    package: Package
    status: Status
    hoped_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Power:
    """Where the power lies, for the mediator only (H14).

    ``private_limit`` tells whether some ideal would be another without the private red lines;
    ``before_lines`` measures the package towards those ideals. ``from_equal`` measures it from
    equal walk-away values: for each party the least that rules and red lines allow it.
    ``today`` is each party's walk-away value between that least and its most; ``today_favours``
    the parties ahead from there, if none stands higher today. ``agenda`` holds what the dropping
    of an unused option changes, the largest change first; ``dropped`` of ``unused`` options were
    tried.
    """

    private_limit: bool
    before_lines: Measured
    from_equal: Measured
    today: Gains
    today_favours: tuple[str, ...]
    agenda: tuple[AgendaChange, ...]
    dropped: int
    unused: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Data from which a small program re-establishes what is claimed, as the text to be handed on.

    It holds everybody's points (H14). ``cases`` counts the cases into which its proofs fall, each
    closed by one line of arithmetic.
    """

    text: str
    cases: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a rule answers for a dispute, with everything that the telling needs.

    ``package`` is None with status NO_AGREEMENT. ``ties`` counts the packages worth the same to
    everyone, this one included; ``twins`` those with other utilities but equal sorted gains; up to
    100 of each are listed. ``searched`` is the number of packages that were searched, or
    ``"infinite"``. ``ahead`` names the parties with the largest gain where the package is not even.
    ``dearer_unknown`` tells that a limit was reached in the search for an even but dearer package.
    ``bound`` is None just where the exactness is EXACT, or nothing could be proven.
    ``fewest_shares`` and ``power`` are None unless they were asked for. ``certificate`` is None
    where it was not asked for or could not be had, which ``certificate_reason`` says.

    ``direct``: the rule made its packages itself; then ties and twins are counted among those that
    it gives as readily, and ``by_lot`` counts the rest of them, worth other points and no mirrors;
    up to 100 are listed in ``lots``.
    """

    rule: str
    status: Status
    exactness: Exactness
    engine: str
    parties: tuple[str, ...]
    walk_away: Numbers
    ideals: Gains
    tolerance: Fraction
    price: Fraction
    searched: Count
    package: Package | None = None
    ties: Count = 0
    twins: Count = 0
    tied: tuple[Outcome, ...] = ()
    mirrors: tuple[Package, ...] = ()
    direct: bool = False
    by_lot: int = 0
    lots: tuple[Package, ...] = ()
    left_out: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    even_but_dearer: EvenButDearer | None = None
    dearer_unknown: bool = False
    groups: tuple[GroupShares, ...] = ()
    views: FrozenMap[str, tuple[IssueView, ...]] = field(
        default_factory=FrozenMap[str, tuple[IssueView, ...]]
    )
    changes: tuple[Change, ...] = ()
    bound: Bound | None = None
    certificate: Certificate | None = None
    certificate_reason: str = "not asked for"
    illustrative: bool = False
    seconds: float = 0.0
    fewest_shares: FewestShares | None = None
    power: Power | None = None

    @property
    def outcome(self) -> Outcome | None:
        """The settled outcome, or None without an agreement."""
        return self.package.outcome if self.package else None

    @property
    def utilities(self) -> Numbers | None:
        """Each party's points for the outcome."""
        return self.package.utilities if self.package else None

    @property
    def gains(self) -> Gains | None:
        """Each party's gain, from what it has without an agreement; None: it has no range."""
        return self.package.gains if self.package else None

    @property
    def imbalance(self) -> Fraction | None:
        """Largest gain less smallest gain; None where fewer than two parties are compared."""
        return self.package.imbalance if self.package else None


@dataclass(frozen=True, slots=True)
class PartialAgreement:
    """Issues that settle as a draw while all others are left open, without prejudice.

    ``package`` holds what is decided on the settled issues and what stands today on the open ones;
    an open issue of which the status quo says nothing is left out. Utilities are those of this
    whole; gains and ``ideals`` are those of the dispute about the settled issues alone.
    """

    settled: tuple[str, ...]
    open: tuple[str, ...]
    package: Package
    ideals: Gains
    ties: Count
    twins: Count


@dataclass(frozen=True, slots=True)
class Partial:
    """The largest sets of issues that settle as a draw with the rest left as it stands today.

    ``whole`` is what became of the whole dispute: where that is a draw, it is the one agreement and
    nothing is open. ``found`` counts the agreements, of which ``agreements`` lists some; ``tried``
    the sets of issues that were settled. Not ``complete``: the search was cut, or some set was too
    large for the engines; there may be others, even larger ones.
    """

    rule: str
    whole: Status
    parties: tuple[str, ...]
    walk_away: Numbers
    tolerance: Fraction
    price: Fraction
    agreements: tuple[PartialAgreement, ...]
    found: int
    tried: int
    complete: bool
    illustrative: bool = False
