"""Checkpoints: the state of a record in thirty signs, for paper and telephone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hikiwake.sealing import merkle
from hikiwake.sealing.canonical import refused
from hikiwake.sealing.codes import grouped, ungrouped

_COUNT, _ROOT = 2, 15  # bytes: 65,535 entries, and 120 bits of the root
MAX_ENTRIES = 65_535


@dataclass(frozen=True, slots=True, order=True)
class Checkpoint:
    """How many entries a record had, and the first 120 bits of the root over them."""

    entries: int
    root: bytes

    @property
    def code(self) -> str:
        """The checkpoint as it is read to each other: six groups of five signs."""
        return grouped(self.entries.to_bytes(_COUNT, "big") + self.root)

    @classmethod
    def of(cls, hashes: Sequence[bytes]) -> Checkpoint:
        """Return the checkpoint over the hashes of the first entries."""
        return cls(len(hashes), merkle.root(hashes)[:_ROOT])

    @classmethod
    def from_code(cls, code: str) -> Checkpoint:
        """Return the checkpoint that somebody kept.

        Raises
        ------
        InputError
            If a sign is wrong, missing or too many (H24).
        """
        data = ungrouped(code, _COUNT + _ROOT)
        if data is None:
            raise refused(
                f"Checkpoint {code[:60]!r}",
                "not one, or misread",
                "30 letters and digits, in groups of five; the last two check the others",
                "Compare it sign by sign with what was kept.",
                "H24",
            )
        return cls(int.from_bytes(data[:_COUNT], "big"), data[_COUNT:])
