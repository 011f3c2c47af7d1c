"""Combinations in words: what a rule or a red line never allows."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hikiwake.explain.language import payments
from hikiwake.explain.language.names import Names
from hikiwake.explain.language.voice import Voice
from hikiwake.model import Between, Beyond, Condition, OneOf, SharesBeyond, Text


def combination(voice: Voice, names: Names, condition: Condition) -> str:
    """Return a combination in words: each issue that it names, and how that is decided."""
    return voice.say("; ").join(
        voice.say(
            "{issue} – {value}", issue=names.issue(issue), value=_test(voice, names, issue, test)
        )
        for issue, test in condition.tests.items()
    )


def never(voice: Voice, names: Names, condition: Condition, reason: Text) -> str:
    """Return a combination that is not allowed, after the reason that was given for it."""
    words, why = combination(voice, names, condition), reason.in_language(voice.language)
    if len(condition.tests) == 1:
        if why:
            return voice.say("“{why}” (never: {combination})", why=why, combination=words)
        return voice.say("never: {combination}", combination=words)
    if why:
        return voice.say("“{why}” (never together: {combination})", why=why, combination=words)
    return voice.say("never together: {combination}", combination=words)


def _test(
    voice: Voice, names: Names, issue: str, test: OneOf | Between | Beyond | SharesBeyond
) -> str:
    def amount(number: Fraction) -> str:
        return names.amount(issue, number)

    def payment(number: Fraction) -> str:
        return names.payment(issue, number)

    if isinstance(test, OneOf):
        return voice.say(" or ").join(names.options_in_order(issue, test.values))
    if isinstance(test, Between):
        if test.low is not None and test.high is not None:
            return names.between(issue, test.low, test.high)
        return _from_or_to(voice, test, amount)
    if isinstance(test, Beyond):
        return _beyond(voice, test, amount)
    if names.is_money(issue):
        return voice.listing(
            payments.bound(voice, names.party(party), test.parties[party], payment)
            for party in names.in_order(test.parties)
        )
    return voice.listing(
        voice.say(
            "{party}: {part}",
            party=names.party(party),
            part=_beyond(voice, test.parties[party], voice.part),
        )
        for party in names.in_order(test.parties)
    )


def _from_or_to(voice: Voice, test: Between, show: Callable[[Fraction], str]) -> str:
    if test.low is not None:
        return voice.say("{low} or more", low=show(test.low))
    if test.high is not None:
        return voice.say("{high} or less", high=show(test.high))
    return voice.say("anything")


def _beyond(voice: Voice, test: Beyond, show: Callable[[Fraction], str]) -> str:
    if test.above is not None and test.below is not None:
        return voice.say(
            "above {low} and below {high}", low=show(test.above), high=show(test.below)
        )
    if test.above is not None:
        return voice.say("above {low}", low=show(test.above))
    if test.below is not None:
        return voice.say("below {high}", high=show(test.below))
    return voice.say("anything")
