"""What sides read beside words and a settled package: whether other points would be told the same.

A text is made by those who tell it, so it is asked for: options know no screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from hikiwake.errors import InputError
from hikiwake.findings.texts import Reading, Text
from hikiwake.model import Dispute, FrozenMap, Preference

Read = Callable[[Dispute, Text, str], str]  # what a side reads in a text of a dispute

_SOONEST = {kind: place for place, kind in enumerate(Reading)}


def unread(dispute: Dispute, text: Text, reader: str) -> str:
    """Refuse to make a text: for where none was given to anybody."""
    raise LookupError(f"it was not said how {text.kind.value} are told to {reader}")


class Texts:
    """The texts that sides are given to read, as they are and as they would be."""

    def __init__(self, dispute: Dispute, read: Read) -> None:
        self._dispute, self._read = dispute, read
        self._told = lru_cache(maxsize=10_000)(self._made)

    def require(self, texts: Iterable[Text]) -> None:
        """Refuse texts that nobody can have been given, as there are none.

        Raises
        ------
        InputError
            As the command that would make it.
        """
        for text in texts:
            for party in self._dispute.party_ids:
                self._read(self._dispute, text, party)

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
            self._told(would_be, text, observer) == self._told(self._dispute, text, observer)
            for text in sorted(texts, key=lambda text: _SOONEST[text.kind])
            for observer in observers
        )

    def _made(self, dispute: Dispute, text: Text, reader: str) -> str:
        """Return what a side reads; where there is no such text, what is said instead."""
        try:
            return self._read(dispute, text, reader)
        except InputError as refused:
            return str(refused)
