"""What the pictures call things, in the reader's language, and the colours that show them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hikiwake.explain.audiences import MEDIATOR, voice_for
from hikiwake.explain.language.layout import wrap
from hikiwake.explain.language.names import Names
from hikiwake.explain.language.voice import Voice
from hikiwake.model import Dispute
from hikiwake.settlement import Gains, Settlement, Status

if TYPE_CHECKING:
    from matplotlib.axis import Axis

FRONTIER = "#2f5f8f"
SETTLED = "#f08a24"
INK = "#222222"
FAINT = "#8a8a8a"
BAND = "#e9e9e9"

SHOWN_NAME = 32
TWO_LINES = 60
COLUMNS_AN_INCH = 14.4  # of small letters, wide ones counted twice
HEADLINE_AN_INCH = 7  # of a title's


class Words:
    """The words of one picture: for a party in its own words, else in those of the public part.

    Raises
    ------
    UnknownName
        If there is no such language (H3) or audience (H14).
    """

    def __init__(
        self, dispute: Dispute, audience: str = MEDIATOR, language: str | None = None
    ) -> None:
        self.voice = voice_for(dispute, audience, language)
        self._names = Names(dispute, self.voice, None if audience == MEDIATOR else audience)

    def title(self) -> str:
        """Return the title of the dispute, on one line."""
        return plain(self._names.title(), 70) or self.voice.say("A dispute")

    def party(self, party: str) -> str:
        """Return a party's name, on one line, not longer than a label may be."""
        return plain(self._names.party(party), SHOWN_NAME)

    def issue(self, issue: str) -> str:
        """Return what an issue is called, not longer than two lines of a label."""
        return plain(self._names.issue(issue), TWO_LINES)

    def in_order(self, parties: Iterable[str]) -> list[str]:
        """Return parties in the alphabetical order of their names, which is no rank."""
        return sorted(parties, key=lambda party: (self.party(party).casefold(), party))

    def settled(self, settlement: Settlement) -> str:
        """Return what the settled package is called."""
        say = self.voice.say
        if settlement.rule != "draw":
            return say("Package")
        return {
            Status.DRAW: lambda: say("Draw"),
            Status.UNEVEN: lambda: say("Not even"),
            Status.UNDECIDED: lambda: say("Best package so far"),
        }.get(settlement.status, lambda: say("Package"))()

    def percent(self, gain: Fraction | None) -> str:
        """Return a gain as people read it."""
        return "–" if gain is None else self.voice.percent(gain)


def illustrative(voice: Voice) -> str:
    """Return the notice that all numbers are invented."""
    return voice.say("Illustrative: every number is invented; it is nobody's position.")


def baseline(voice: Voice) -> str:
    """Return from where gains count, and what all of one is."""
    return voice.say(
        "Gains from what each side has without an agreement; 100 % is the most it could hope for."
    )


def unlisted(voice: Voice) -> str:
    """Return that packages are drawn without the frontier that they are on."""
    return voice.say("The whole frontier cannot be listed here: only these packages are drawn.")


def in_percent(axis: Axis, voice: Voice) -> None:
    """Write the numbers along an axis as percentages."""

    def written(part: Any, _: Any) -> str:
        return voice.percent(Fraction(part).limit_denominator(100_000), 2)

    axis.set_major_formatter(written)


def headline(text: str, inches: float) -> str:
    """Return a title broken into lines that are no wider than the picture."""
    return "\n".join(wrap(text, int(inches * HEADLINE_AN_INCH)))


def broken(text: str, inches: float) -> str:
    """Return a small text broken into lines that are no wider than the picture."""
    return "\n".join(wrap(text, int(inches * COLUMNS_AN_INCH)))


def plain(text: str, longest: int) -> str:
    """Return a text without control characters and markup, shortened where it is too long."""
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    short = kept if len(kept) <= longest else kept[: longest - 1] + "…"
    return short.replace("$", r"\$")


def reach(several: Iterable[Gains]) -> tuple[float, float]:
    """Return from where to where gains are drawn: 0 to 1, and further where a package lies there.

    A package that somebody sets may leave a side with less than it has without an agreement.
    """
    places = [number(gain) for gains in several for gain in gains.values()]
    return min([0.0, *places]), max([1.0, *places])


def number(gain: Fraction | None) -> float:
    """Return a gain as a place in the picture; 0 where there is none."""
    return 0.0 if gain is None else float(gain)
