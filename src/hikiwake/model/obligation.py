"""What was agreed to be done: obligations, and privately what each party says about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import islice, permutations

from hikiwake.errors import InvalidDispute
from hikiwake.model.checks.obligations import faults
from hikiwake.model.dispute import Party
from hikiwake.model.frozen import FrozenMap
from hikiwake.model.text import NO_TEXT, Text

MAX_FAULTS = 100


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing that somebody does for somebody. Public.

    ``carries`` says which issues of the settlement it puts into effect, each with how much of it.
    ``parts`` is in how many equal pieces it may be done, ``checked`` how the others see that it
    was done (empty: nobody can). ``undo``: it can be taken back until these others are done; with
    none named until everything is done; None: never. ``closes``: with it the way back to what each
    side has without an agreement is given up, such as a claim that is withdrawn.
    """

    id: str
    by: tuple[str, ...]
    to: tuple[str, ...] = ()
    name: Text = NO_TEXT
    words: FrozenMap[str, Text] = field(default_factory=FrozenMap[str, Text])
    carries: FrozenMap[str, Fraction] = field(default_factory=FrozenMap[str, Fraction])
    after: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    parts: int = 1
    checked: Text = NO_TEXT
    undo: tuple[str, ...] | None = None
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """Points for obligations that hang together: counted once all of them are done."""

    when: tuple[str, ...]
    points: Fraction


@dataclass(frozen=True, slots=True)
class Stake:
    """What a party would lose by stopping: held until these are done; none named: until all is."""

    points: Fraction
    until: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """What one party says about the obligations. Private to it.

    ``points`` is what each is worth to it, below 0 where it costs, on top of what its preference
    says of the issues that are carried. ``kept`` is what stays with it of what was done and taken
    back. ``trust`` is how likely it holds that the others finish what they began. ``range`` and
    ``walk_away`` are asked for only where there is no settlement to take them from.
    """

    points: FrozenMap[str, Fraction] = field(default_factory=FrozenMap[str, Fraction])
    kept: FrozenMap[str, Fraction] = field(default_factory=FrozenMap[str, Fraction])
    bonuses: tuple[Joined, ...] = ()
    stakes: tuple[Stake, ...] = ()
    trust: Fraction | None = None
    range: Fraction | None = None
    walk_away: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything that an order of carrying out is computed from. Checked once, when it is made.

    ``together`` lists obligations that are done at one moment.

    Raises
    ------
    InvalidDispute
        With every fault that was found (H3, H26, H27), up to 100.
    """

    parties: tuple[Party, ...]
    obligations: tuple[Obligation, ...]
    accounts: FrozenMap[str, Account] = field(default_factory=FrozenMap[str, Account])
    together: tuple[tuple[str, ...], ...] = ()
    title: Text = NO_TEXT
    illustrative: bool = False

    def __post_init__(self) -> None:
        if found := tuple(islice(faults(self), MAX_FAULTS)):
            raise InvalidDispute(*found)

    @property
    def party_ids(self) -> tuple[str, ...]:
        """The ids of the parties, in the order of the file."""
        return tuple(party.id for party in self.parties)

    @property
    def obligation_ids(self) -> tuple[str, ...]:
        """The ids of the obligations, in the order of the file."""
        return tuple(obligation.id for obligation in self.obligations)

    def account(self, party: str) -> Account:
        """Return what a party says; nothing if it says nothing."""
        return self.accounts.get(party, Account())

    def precedence(self) -> Iterator[tuple[str, str]]:
        """Yield what must come before what, as was said and as the dates have it."""
        for obligation in self.obligations:
            yield from ((earlier, obligation.id) for earlier in obligation.after)
        for first, second in permutations(self.obligations, 2):
            if first.latest and second.earliest and first.latest < second.earliest:
                yield first.id, second.id
