"""Ground rules: what everybody agrees to before anybody seals anything.

Whose keys count, which dispute it is (with its tolerance and price), who keeps the record and
opens, what happens if somebody's seal does not come, and whether offers are recorded. Every
signature names the hash of these rules: nothing that was sealed or signed here means anything
elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from hikiwake.sealing import shape
from hikiwake.sealing.canonical import Json, canonical, digest, exact, refused
from hikiwake.sealing.codes import grouped
from hikiwake.sealing.keys import Card

GROUND_RULES = "hikiwake ground rules 1"
TERMS = "without prejudice; drafts are not binding"
VOID, OPEN = "void", "open"
MAX_PARTIES = 100
_FORMS = {
    "after_deadline": shape.one_of(VOID, OPEN),
    "deadline": shape.either(shape.one_of(None), shape.TIME),
    "dispute": shape.HASH,
    "form": shape.one_of(GROUND_RULES),
    "keeper": shape.table,
    "offers": shape.one_of(True, False),
    "parties": shape.list_of(shape.table),
    "terms": shape.one_of(TERMS),
}


@dataclass(frozen=True)
class GroundRules:
    """What was fixed beforehand.

    Parameters
    ----------
    dispute
        The hash of the public part of the dispute: see :func:`public_hash`.
    parties
        The card of each party, in the order of the dispute.
    keeper
        The card of who keeps the record and opens what was sealed.
    deadline, after_deadline
        Until when a seal may be entered, and what follows if one is missing then: ``void`` (none
        is ever opened) or ``open`` (those that are there are opened). Without a deadline all must
        be there.
    offers
        Whether offers are recorded, as commitments. Every party has to agree first.
    """

    dispute: str
    parties: tuple[Card, ...]
    keeper: Card
    deadline: str | None = None
    after_deadline: str = VOID
    offers: bool = False

    def __post_init__(self) -> None:
        people = (*self.parties, self.keeper)
        if not 2 <= len(self.parties) <= MAX_PARTIES:
            raise _unfit(f"{len(self.parties)} parties", f"From 2 to {MAX_PARTIES} parties")
        for what, values in (
            ("name", [card.who for card in people]),
            ("signing key", [card.signing for card in people]),
            ("opening key", [card.opening for card in people]),
        ):
            if len(set(values)) < len(values):
                raise _unfit(f"one {what} stands on two cards", "A card of its own for everybody")

    @property
    def data(self) -> Json:
        """The ground rules as a JSON object: public."""
        return {
            "after_deadline": self.after_deadline,
            "deadline": self.deadline,
            "dispute": self.dispute,
            "form": GROUND_RULES,
            "keeper": self.keeper.data,
            "offers": self.offers,
            "parties": [card.data for card in self.parties],
            "terms": TERMS,
        }

    @cached_property
    def hash(self) -> str:
        """The hash that every signature under these rules names."""
        return digest(canonical(self.data))

    @property
    def fingerprint(self) -> str:
        """The hash in 25 letters and digits, to be compared before anybody seals."""
        return grouped(bytes.fromhex(self.hash)[:14])

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """Everybody's card, by name."""
        return MappingProxyType({card.who: card for card in (*self.parties, self.keeper)})

    @property
    def party_ids(self) -> tuple[str, ...]:
        """The parties, in the order of the dispute."""
        return tuple(card.who for card in self.parties)

    @classmethod
    def from_data(cls, data: Json, title: str) -> GroundRules:
        """Return the ground rules that an object holds.

        Raises
        ------
        InputError
            If it has another shape, or a card in it does not hold (H23).
        """
        shape.require(data, _FORMS, title)
        return cls(
            data["dispute"],
            tuple(Card.from_data(card, title) for card in data["parties"]),
            Card.from_data(data["keeper"], title),
            data["deadline"],
            data["after_deadline"],
            data["offers"],
        )


def public_hash(public: Json) -> str:
    """Return the hash of a dispute's public part, its numbers as texts.

    Parameters
    ----------
    public
        The tables of its file. ``preferences`` are left out, whatever stands there.

    Examples
    --------
    >>> public_hash({"price": 1, "preferences": {"ann": {}}}) == public_hash({"price": "1"})
    True
    """
    return digest(canonical(exact({k: v for k, v in public.items() if k != "preferences"})))


def _unfit(found: str, expected: str) -> Exception:
    return refused("The ground rules", found, expected, "Gather the cards again.")
