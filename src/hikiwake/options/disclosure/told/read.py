"""What sides read beside words and a settled package: whether other points would be told the same.

A text is made by those who tell it, so it is asked for: options know no screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from hikiwake.errors import InputError
from hikiwake.findings.talks import Hiding
from hikiwake.findings.texts import Reading, Text
from hikiwake.model import Dispute, FrozenMap, Preference

MAX_READ = 1_000  # texts made for those that look, where not all members are counted
LONG = 10  # as so many counts a text for which much is sought

Read = Callable[[Dispute, Text, str], str]  # what a side reads in a text of a dispute

_SOONEST = {kind: place for place, kind in enumerate(Reading)}
_LONG = (Reading.ROBUSTNESS, Reading.HONESTY)


def unread(dispute: Dispute, text: Text, reader: str) -> str:
    """Refuse to make a text: for where none was given to anybody."""
    raise LookupError(f"it was not said how {text.kind.value} are told to {reader}")


@dataclass(frozen=True, slots=True)
class Compared:
    """What a side reads in a text, and what it would read."""

    text: Text
    now: str
    would_be: str

    @property
    def same(self) -> bool:
        """Whether that is the same, byte by byte."""
        return self.now == self.would_be

    @property
    def alike(self) -> float:
        """The part of the words that is the same: 1 where all is. A direction for a search."""
        now, would_be = Counter(self.now.split()), Counter(self.would_be.split())
        return 1.0 if self.same else (now & would_be).total() / (1 + (now | would_be).total())

    @property
    def cost(self) -> int:
        """As how many texts it counts."""
        return LONG if self.text.kind in _LONG else 1


class Texts:
    """The texts that sides are given to read, as they are and as they would be."""

    def __init__(self, dispute: Dispute, read: Read) -> None:
        self._dispute, self._read = dispute, read
        self._told = lru_cache(maxsize=10_000)(self._made)
        self._readers: dict[tuple[Hiding, tuple[str, ...], tuple[Text, ...]], Readers] = {}

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

    def readers(
        self, hiding: Hiding, observers: tuple[str, ...], read: tuple[Text, ...], most: int
    ) -> Readers | None:
        """Return those that look with what they read, the same for all whom they look at; None
        where they read nothing. Of the members of a grid so many texts are made at most."""
        if read:
            key = hiding, observers, read
            return self._readers.setdefault(key, Readers(self, observers, read, most))
        return None

    def alike(
        self,
        members: Mapping[str, Preference],
        observers: Sequence[str],
        texts: Sequence[Text],
    ) -> bool:
        """Tell whether each observer would read just the same if others had these preferences."""
        return all(one.same for one in self.compared(members, observers, texts))

    def compared(
        self,
        members: Mapping[str, Preference],
        observers: Sequence[str],
        texts: Sequence[Text],
    ) -> Iterator[Compared]:
        """Yield what each observer reads in each text and would read; first what is made sooner."""
        preferences = FrozenMap({**self._dispute.preferences, **members})
        would_be = replace(self._dispute, preferences=preferences)
        for text in sorted(texts, key=lambda text: _SOONEST[text.kind]):
            for observer in observers:
                now = self._told(self._dispute, text, observer)
                yield Compared(text, now, self._told(would_be, text, observer))

    def _made(self, dispute: Dispute, text: Text, reader: str) -> str:
        """Return what a side reads; where there is no such text, what is said instead."""
        try:
            return self._read(dispute, text, reader)
        except InputError as refused:
            return str(refused)


class Readers:
    """Those that look with the texts that they read, where members are too many to ask of each.

    At most so many texts are made. When these are over, nothing is said to read the same.
    """

    def __init__(
        self, texts: Texts, observers: Sequence[str], read: Sequence[Text], most: int = MAX_READ
    ) -> None:
        self._texts, self._observers, self._read = texts, observers, read
        self._left = most
        self._found: dict[tuple[Preference, ...], tuple[bool, float]] = {}

    @property
    def spent(self) -> bool:
        """Whether no more texts are made."""
        return self._left <= 0

    def same(self, members: Sequence[Preference], counted: bool = True) -> bool:
        """Tell whether all would be read as it was, if those that hide had these preferences.

        If not ``counted``, the texts are made beside those of which there are so many.
        """
        return self._look(tuple(members), counted)[0]

    def alike(self, members: Sequence[Preference]) -> float:
        """Return how much would be read as it was. A direction for a search."""
        return self._look(tuple(members), True)[1]

    def _look(self, members: tuple[Preference, ...], counted: bool) -> tuple[bool, float]:
        if members not in self._found:
            if counted and self.spent:
                return False, 0.0
            same, alike, cost = self._compared(members)
            self._found[members] = same, alike
            self._left -= cost if counted else 0
        return self._found[members]

    def _compared(self, members: tuple[Preference, ...]) -> tuple[bool, float, int]:
        """Return whether all texts would be the same, how much of them up to the first that is
        not, and as how many they count."""
        same, alike, cost, hidden = True, 0.0, 0, {own.party: own for own in members}
        for one in self._texts.compared(hidden, self._observers, self._read):
            alike, cost, same = alike + one.alike, cost + one.cost, one.same
            if not same:
                break
        return same, alike, cost
