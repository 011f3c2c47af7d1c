"""Which possibilities are left of a side, not only how many."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from hikiwake.api import adjust, settle, talk
from hikiwake.errors import InputError
from hikiwake.findings.talks import Budget, Hiding, Talks
from hikiwake.model import Dispute, FrozenMap, Preference
from hikiwake.numeric import DEFAULT_TOLERANCE, to_grain
from hikiwake.options.disclosure.hidden.grid import hidden_preferences
from hikiwake.options.disclosure.words import Talking
from hikiwake.settlement import Settlement
from tests.support.disclosed import all_packages
from tests.unit.options.disclosure.test_disclosure import GRID, heirs

FINE = Hiding(Fraction(100), Fraction(1), Fraction(1))


def told(dispute: Dispute, hiding: Hiding = GRID) -> Talking:
    """Return talks in which a word was told about a package, and then the settled one was shown."""
    talking = talk(adjust(dispute), Talks(Budget(keep=Fraction(0), hiding=hiding)))
    about = all_packages(dispute)[1]
    for party in dispute.party_ids:
        talking = talking.put_forward(party, about)
    outcome = settle(dispute).outcome
    assert outcome is not None
    return talking.show_settlement(outcome)


def as_if(dispute: Dispute, own: Preference) -> Dispute:
    """Return the dispute in which a party wants something else."""
    return replace(dispute, preferences=FrozenMap({**dispute.preferences, own.party: own}))


def seen(settlement: Settlement) -> Fraction | None:
    """Return what Ann sees of her gain."""
    gain = (settlement.gains or {})["ann"]
    grain = max(settlement.tolerance, DEFAULT_TOLERANCE)
    return None if gain is None else to_grain(gain, grain)


def test_those_left_are_those_with_which_all_would_have_been_the_same() -> None:
    """Of every member of the grid, just those are left in whose dispute the word is the same and
    the same package is settled on, to the same gain of the side that looks."""
    dispute = heirs()
    talking = told(dispute)
    (word,) = talking.talks.told
    settled = settle(dispute)

    def same(own: Preference) -> bool:
        would_be = as_if(dispute, own)
        again = settle(would_be)
        if again.outcome != settled.outcome or again.status is not settled.status:
            return False
        alike = seen(again) == seen(settled)
        return adjust(would_be).word(word.outcome) is word.word and alike

    every = list(hidden_preferences(dispute, "ben", GRID))
    left = talking.possibilities("ben", "ann") or ()
    assert left == tuple(own for own in every if same(own))
    assert 0 < len(left) < len(every)
    (exposure,) = (e for e in talking.exposures() if e.party == "ben")
    assert exposure.left == len(left)


def test_what_is_not_counted_is_not_listed() -> None:
    """Where the grid has too many members, there is no list of those that are left."""
    assert told(heirs(), FINE).possibilities("ben", "ann") is None


@pytest.mark.parametrize("ids", [("ben",), ("ben", "ben"), ("eve", "ann"), ("ben", "eve")])
def test_somebody_else_has_to_look(ids: tuple[str, ...]) -> None:
    """A party that does not exist, looks at itself, or is looked at by nobody is refused."""
    with pytest.raises(InputError) as refused:
        told(heirs()).possibilities(*ids)
    assert "ann, ben" in str(refused.value)
