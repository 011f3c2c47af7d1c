"""What the small programs that check certificates establish, told in a language.

They are programs of their own and speak English: what they say is recognised sentence by sentence.
A sentence that is not known stays as it is, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from string import Formatter

from hikiwake.explain.language.layout import clean
from hikiwake.explain.language.voice import Voice
from hikiwake.explain.notices import refused

Say = Callable[[str], tuple[str, str]]
_REFUSED = (refused.held, refused.together, refused.reasons)
_LISTED = "limits"  # the place that holds several limits
_LONGEST = 200  # letters of an id, as the checkers print it


class Retelling:
    """Tells in a language what was said in English of these parties."""

    def __init__(self, language: str, parties: Iterable[str] = ()) -> None:
        self.voice = Voice(language)
        self._limits = _limits_of(parties)
        self._known = [
            (_pattern(english), translated)
            for part in (_settled, _proved, _limits, _felt_or_planned, _held, *_REFUSED)
            for english, translated in part(self._pair)
        ]

    def _pair(self, message: str) -> tuple[str, str]:
        """Return a message and its translation, both with their places empty."""
        names = {name for _, name, _, _ in Formatter().parse(message) if name}
        return message, self.voice.say(message, **{name: f"{{{name}}}" for name in names})

    def told(self, sentence: str) -> str:
        """Return a sentence in the language; as it is, if it is none that is known."""
        if self.voice.language == "en":
            return sentence
        for pattern, translated in self._known:
            found = pattern.fullmatch(sentence)
            if found:
                values = {name: _unquoted(value) for name, value in found.groupdict().items()}
                if _LISTED in values:
                    values[_LISTED] = self.voice.listing(
                        self.told(limit) for limit in self._each(values[_LISTED])
                    )
                return translated.format(**values)
        return sentence

    def _each(self, limits: str) -> Iterator[str]:
        """Yield the limits of a list, whatever stands in the ids that they hold."""
        rest: str | None = limits
        while rest is not None:
            found = self._limits.fullmatch(rest)
            first, rest = (rest, None) if found is None else found.group(1, 2)
            yield first

    def failure(self, code: str, words: str, robust: bool = False) -> str:
        """Return why a certificate does not hold: of a settlement, a plan, or ``robust``.

        Why it is in full is said in English only; in another language what its code means.
        """
        if self.voice.language == "en":
            return f"{words[:1].upper()}{words[1:]} ({code})."
        meanings = refused.robust_codes if robust else refused.codes
        return f"{dict(meanings(self._pair))[code]} ({code})"

    def failure_together(self, code: str | None, words: str) -> str:
        """Return why what belongs together does not hold; a full certificate has a ``code``."""
        if code is None or self.voice.language == "en":
            return self.told(words)
        return self.voice.say(
            "{first} {second}",
            first=self.voice.say("The full certificate does not hold."),
            second=self.failure(code, words),
        )

    def described(self, plan: bool) -> str:
        """Return where the form is described that a certificate must have."""
        if plan:
            return self.voice.say("plan_checker.py describes it (docs/how-to/plan.md).")
        return self.voice.say(
            "The pages are docs/reference/certificate.md and robust-certificate.md."
        )

    def no_certificate(self, reason: str) -> str:
        """Return that there is no certificate, and why."""
        return self.voice.say("No certificate: {reason}.", reason=self.told(reason))

    def verdict(self, valid: bool, shows: bool = True) -> str:
        """Return whether a certificate holds, in a word; or that by itself it shows nothing."""
        if not valid:
            return self.voice.say("Not valid.")
        if not shows:
            return self.voice.say("Well formed. By itself it shows nothing.")
        return self.voice.say("Valid.")

    def unbound(self) -> str:
        """Return what is said where no dispute stands beside a certificate."""
        return self.voice.say("It speaks of the dispute that it holds itself.")

    def on_trust(self) -> str:
        """Return what stands over what must be taken on trust."""
        return self.voice.say("To be taken on trust:")

    def cases(self, cases: int, plan: bool = False) -> str:
        """Return how much was gone through."""
        if plan:
            return self.voice.say(
                "Checked: every order, and sets of steps on the way: {number}.",
                number=self.voice.whole(cases),
            )
        return self.voice.count(
            "Checked: {n} case closed by one line of arithmetic.",
            "Checked: {n} cases, each closed by one line of arithmetic.",
            cases,
        )

    def bullet(self, sentence: str) -> str:
        """Return a sentence as it stands in a list."""
        return f"• {clean(self.told(sentence))}"


def _limits_of(parties: Iterable[str]) -> re.Pattern[str]:
    """Return what parts a list of limits into its first and its rest, if it has one.

    Of ids that begin alike the longest is tried first; where none is known, the shortest text.
    """
    printed = ("".join(c if c.isprintable() else "?" for c in one)[:_LONGEST] for one in parties)
    ids = sorted(map(re.escape, printed), key=len, reverse=True)
    whose = f"(?:{'|'.join(ids) or '.+?'})"
    limit = rf"(?:rule \d+|red line \d+ of {whose}|the walk-away value of {whose})"
    return re.compile(f"({limit})(?:, ({limit}(?:, {limit})*))?")


def _pattern(english: str) -> re.Pattern[str]:
    """Return what matches a message with something in each of its places, digits for a number."""
    pattern = ""
    for text, name, _, _ in Formatter().parse(english):
        kind = r"\d+" if name == "number" else ".+"
        pattern += re.escape(text) + (f"(?P<{name}>{kind})" if name else "")
    return re.compile(pattern)


def _unquoted(value: str) -> str:
    """Return a value without the quotes of English around it: each message has its own."""
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] in "'\"" else value


def _settled(say: Say) -> Iterator[tuple[str, str]]:
    yield say("This package keeps every rule, red line and walk-away value.")
    yield say(
        "{party}: {points} points, of at most {most}; {had} without an agreement. "
        "Gain: none possible."
    )
    yield say(
        "{party}: {points} points, of at most {most}; {had} without an agreement. Gain: {gain}."
    )
    yield say("Status: draw. No other draw has better gains, sorted upward.")
    yield say("Status: uneven. No acceptable package is a draw.")
    yield say("Status: draw.")
    yield say("Status: uneven.")
    yield say("Status: no_agreement.")
    yield say("Status: complete.")


def _proved(say: Say) -> Iterator[tuple[str, str]]:
    yield say("No acceptable package gives {party} more than {points} points.")
    yield say("No acceptable package is more even in the groups that are not for trade.")
    yield say("Whatever else is even, and costs nobody too much, is no better or is dominated.")
    yield say("No acceptable package has better gains, sorted upward.")
    yield say("No acceptable package has a larger product of gains than this, or than the bound.")
    yield say("No acceptable package has a larger least gain in points, or is better for all.")
    yield say("No acceptable package has better points, sorted upward.")
    yield say("No acceptable package has a larger sum of points.")
    yield say("No acceptable package has better parts of the totals, sorted upward.")
    yield say("Whatever else is acceptable is worth no more than one of these, or lies between.")
    yield say("No acceptable package is better for one party and worse for none.")


def _limits(say: Say) -> Iterator[tuple[str, str]]:
    yield say("No package keeps all of: {limits}. Each is needed.")
    yield say("red line {number} of {party}")
    yield say("rule {number}")
    yield say("the walk-away value of {party}")


def _felt_or_planned(say: Say) -> Iterator[tuple[str, str]]:
    yield say(
        "It is a draw for every answer in the ranges, the others off by up to {part} of each "
        "side's range."
    )
    yield say("It is a draw for every answer in the ranges.")
    yield say("It is a draw for all answers off by up to {part} of each side's range.")
    yield say("{party} gains from {least} to {most}; without an agreement, 0.")
    yield say("{party} gains nothing; without an agreement, 0.")
    yield say(
        "Order {number} of {many} does first what must come first; its largest temptation is "
        "{temptation} of a side's range, its largest exposure {exposure}."
    )
    yield say("No order has a smaller largest temptation than order 1.")
    yield say("Every order has a largest temptation above {part}.")
    yield say("No order with at most that temptation has a smaller largest exposure.")
    yield say("Every order with at most that temptation has a largest exposure above {part}.")
    yield say("Whatever else the order is, one of these has no more of both.")
    yield say("It is not established that no other order has less of both.")


def _held(say: Say) -> Iterator[tuple[str, str]]:
    yield say("Public rules kept: {rules}; red lines of its own: {lines}.")
    yield say("It is worth {points} points to {party}.")
    yield say("That is more than the {points} points that it has without an agreement.")
    yield say("That is as much as the {points} points that it has without an agreement.")
    yield say("The public certificate commits to this certificate, and to the same full one.")
    yield say("The full certificate is the one that was committed to.")
    yield say("It has the same package, worth the same, and the same walk-away value.")
    yield say("Its numbers are those that {party} declared in this dispute.")
    yield say("That its numbers are those that {party} declared: compare them with its own file.")
    yield say(
        "That the status is {status} by the rule {rule}, and that nothing is better by it: who may "
        "see the full certificate can check that."
    )
    yield say(
        "That the package keeps the limits of the other parties, and leaves nobody with less than "
        "without an agreement: likewise."
    )
    yield say(
        "That the package keeps the limits of the parties, and leaves nobody with less than "
        "without an agreement: likewise."
    )
    yield say("That everybody was given the same: the public certificate shows that.")
    yield say(
        "That there is a full certificate, and that it says the same: who may see it, and its "
        "opening, can check that."
    )
    yield say("That the full certificate holds: checker.py checks that.")
    yield say("That the numbers in the full certificate are those that the parties declared.")
