"""Money in words: who pays whom, what one side receives, and bounds on that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from hikiwake.explain.language.voice import Voice
from hikiwake.model import Beyond

Row = tuple[str, Fraction, str]


def told(voice: Voice, rows: Sequence[Row]) -> str:
    """Return payments in words.

    Parameters
    ----------
    rows
        For each side, in the order in which they are shown: its name, what it receives (negative:
        pays), and the size of that with its unit.
    """
    moved = [row for row in rows if row[1] != 0]
    if not moved:
        return voice.say("nobody pays anything")
    if len(moved) == 2:
        (payer, paid, amount), (receiver, _, _) = moved
        if paid > 0:
            payer, receiver = receiver, payer
        return voice.say(
            "{payer} pays {receiver} {amount}", payer=payer, receiver=receiver, amount=amount
        )
    return voice.listing(
        voice.say("{party} receives {amount}", party=name, amount=amount)
        if received > 0
        else voice.say("{party} pays {amount}", party=name, amount=amount)
        for name, received, amount in moved
    )


def own(voice: Voice, received: Fraction, amount: str) -> str:
    """Return in words what the reader itself receives or pays."""
    if received > 0:
        return voice.say("receive {amount}", amount=amount)
    return voice.say("pay {amount}", amount=amount) if received < 0 else voice.say("pay nothing")


def bound(voice: Voice, name: str, limits: Beyond, show: Callable[[Fraction], str]) -> str:
    """Return a bound on what one side receives, in words: of payments where it is all about them.

    Examples
    --------
    >>> bound(Voice("en"), "Ann", Beyond(None, Fraction(-200)), lambda n: f"{n} EUR")
    'Ann pays more than 200 EUR'
    >>> bound(Voice("en"), "Ann", Beyond(Fraction(0), None), lambda n: f"{n} EUR")
    'Ann receives more than 0 EUR'
    """
    above, below = limits.above, limits.below
    if above is None and below is not None and below <= 0:
        return voice.say("{party} pays more than {amount}", party=name, amount=show(-below))
    if below is None and above is not None and above >= 0:
        return voice.say("{party} receives more than {amount}", party=name, amount=show(above))
    if below is None and above is not None:
        return voice.say(
            "{party} pays less than {amount}, or receives", party=name, amount=show(-above)
        )
    if above is None and below is not None:
        return voice.say(
            "{party} receives less than {amount}, or pays", party=name, amount=show(below)
        )
    if above is None or below is None:
        return voice.say("anything")
    if below <= 0:
        return voice.say(
            "{party} pays more than {low} and less than {high}",
            party=name,
            low=show(-below),
            high=show(-above),
        )
    if above >= 0:
        return voice.say(
            "{party} receives more than {low} and less than {high}",
            party=name,
            low=show(above),
            high=show(below),
        )
    return voice.say(
        "{party} pays less than {low} or receives less than {high}",
        party=name,
        low=show(-above),
        high=show(below),
    )
