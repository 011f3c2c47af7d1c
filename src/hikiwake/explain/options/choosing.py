"""What a telling of alternatives is made from, and what their differences are in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hikiwake.explain.language.names import Names
    from hikiwake.explain.language.voice import Voice
    from hikiwake.findings.offers import Alternative, Alternatives, Difference
    from hikiwake.model import Dispute, Value


@dataclass(frozen=True, slots=True)
class Choosing:
    """Everything that the sentences of a telling of alternatives may use."""

    dispute: Dispute
    found: Alternatives
    voice: Voice
    names: Names
    audience: str

    @property
    def viewer(self) -> str | None:
        """The party that reads it; None: no single side."""
        return self.audience if self.audience in self.found.parties else None

    @property
    def first(self) -> Alternative:
        """The package that the others are compared with."""
        return self.found.packages[0]


def decided(
    told: Choosing, differences: Iterable[Difference], which: Callable[[Difference], Value]
) -> str:
    """Return how one package decides the issues that it decides otherwise than another."""
    voice, names = told.voice, told.names
    return voice.say("; ").join(
        voice.say(
            "{issue} – {value}", issue=names.issue(d.issue), value=names.value(d.issue, which(d))
        )
        for d in differences
    )
