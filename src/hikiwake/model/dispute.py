"""A dispute: parties, issues, public rules, and privately each party's preference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import Any, TypeVar

from hikiwake.errors import Fault, InvalidDispute, UnknownName, did_you_mean
from hikiwake.model.checks import faults as faults_of
from hikiwake.model.condition import Condition, Outcome, Rule, Value
from hikiwake.model.frozen import FrozenMap
from hikiwake.model.issue import Amount, Choice, Issue, Item, Money, Share
from hikiwake.model.preference import Preference
from hikiwake.model.text import NO_TEXT, Text
from hikiwake.numeric import DEFAULT_PRICE, DEFAULT_TOLERANCE

MAX_FAULTS = 100

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Party:
    """One side, with its own words for things: ``names[language]["issue.option"]``.

    ``entitlement`` weighs it in picking sequences and weighted rules; no other rule reads it (H22).
    """

    id: str
    name: Text = NO_TEXT
    language: str | None = None
    names: FrozenMap[str, FrozenMap[str, str]] = field(
        default_factory=FrozenMap[str, FrozenMap[str, str]]
    )
    entitlement: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Group:
    """Issues that belong together; if ``not_for_trade``, they must be even within themselves."""

    id: str
    issues: tuple[str, ...]
    not_for_trade: bool = False
    name: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Dispute:
    """Everything that a settlement is computed from. Frozen; checked once, when it is made.

    ``chance`` allows lotteries to be offered as a remedy; nothing that is settled reads it (H25).
    ``name_sides``: the parties agreed that the mediator is told what each of them could gain by
    misstating (H14).

    Raises
    ------
    InvalidDispute
        With every fault that was found (H2 to H8, H21, H22), up to 100.
    """

    parties: tuple[Party, ...]
    issues: tuple[Issue, ...]
    preferences: FrozenMap[str, Preference]
    rules: tuple[Rule, ...] = ()
    groups: tuple[Group, ...] = ()
    status_quo: Outcome | None = None
    title: Text = NO_TEXT
    tolerance: Fraction = DEFAULT_TOLERANCE
    price: Fraction = DEFAULT_PRICE
    common_scale: bool = False
    illustrative: bool = False
    chance: bool = False
    name_sides: bool = False
    notes: tuple[str, ...] = ()
    _made: dict[object, Any] = field(
        default_factory=dict[object, Any], init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if faults := tuple(islice(faults_of(self), MAX_FAULTS)):
            raise InvalidDispute(*faults)

    def once(self, make: Callable[[Dispute], Made]) -> Made:
        """Return what a function makes of the dispute: worked out when first asked, then kept.

        A dispute never changes, so what follows from it alone does not either.
        """
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]

    @property
    def party_ids(self) -> tuple[str, ...]:
        """The ids of the parties, in the order of the file."""
        return tuple(party.id for party in self.parties)

    def party(self, party_id: str) -> Party:
        """Return a party by its id."""
        return _find(self.parties, party_id, "Party")

    def issue(self, issue_id: str) -> Issue:
        """Return an issue by its id."""
        return _find(self.issues, issue_id, "Issue")

    def values_of(self, issue: Choice | Item) -> tuple[str, ...]:
        """Return what an issue may be decided as: its options, or its possible owners."""
        if isinstance(issue, Choice):
            return tuple(option.id for option in issue.options)
        return self.party_ids + tuple(option.id for option in issue.others)

    def decisions_of(self, issue: Issue) -> tuple[Value, ...] | None:
        """Return every way to decide an issue; None where there is no end of them."""
        if isinstance(issue, Amount):
            return issue.values() if issue.step is not None else None
        return None if isinstance(issue, Share | Money) else self.values_of(issue)

    def utility(self, party_id: str, outcome: Mapping[str, Value]) -> Fraction:
        """Return one party's points for an outcome."""
        return self.preferences[party_id].utility(outcome)

    def walk_away(self, party_id: str) -> Fraction:
        """Return what a party keeps without an agreement (H4): declared, else today's, else 0."""
        preference = self.preferences[party_id]
        if preference.walk_away is not None:
            return preference.walk_away
        return preference.utility(self.status_quo) if self.status_quo is not None else Fraction(0)

    def forbidden(self) -> Iterator[Condition]:
        """Yield every combination that a public rule or a red line never allows."""
        yield from (rule.never for rule in self.rules)
        for party in self.parties:
            yield from (line.never for line in self.preferences[party.id].red_lines)

    def allows(self, outcome: Mapping[str, Value]) -> bool:
        """Tell whether an outcome keeps every public rule and every red line."""
        return not any(condition.holds(outcome) for condition in self.forbidden())


Named = TypeVar("Named", Party, Issue)


def _find(things: tuple[Named, ...], wanted: str, kind: str) -> Named:
    for thing in things:
        if thing.id == wanted:
            return thing
    known = [thing.id for thing in things]
    raise UnknownName(
        Fault(
            f"{kind} {wanted[:80]!r}",
            "not in this dispute",
            f"Known: {', '.join(known[:20])}",
            "H3",
            did_you_mean(wanted, known) or "Use one of these.",
        )
    )
