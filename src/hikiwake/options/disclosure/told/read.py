"""What sides read beside words and a settled package: whether other points would be told the same.

A text is made by those who tell it, so it is asked for: options know no screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from hikiwake.findings.talks import Text
from hikiwake.model import Dispute, FrozenMap, Preference

Read = Callable[[Dispute, Text, str], str]  # what a side reads in a text of a dispute


def unread(dispute: Dispute, text: Text, reader: str) -> str:
    """Refuse to make a text: for where none was given to anybody."""
    raise LookupError(f"it was not said how {text.kind.value} are told to {reader}")


class Texts:
    """The texts that sides are given to read, as they are and as they would be."""

    def __init__(self, dispute: Dispute, read: Read) -> None:
        self._dispute = dispute
        self._read = lru_cache(maxsize=10_000)(read)

    def alike(
        self,
        members: Mapping[str, Preference],
        observers: Sequence[str],
        texts: Sequence[Text],
    ) -> bool:
        """Tell whether each observer would read just the same if others had these preferences."""
        preferences = FrozenMap({**self._dispute.preferences, **members})
        would_be = replace(self._dispute, preferences=preferences)
        return all(
            self._read(would_be, text, observer) == self._read(self._dispute, text, observer)
            for text in texts
            for observer in observers
        )
