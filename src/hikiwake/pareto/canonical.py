"""Outcomes and options as texts that are the same for everybody, and their hashes (H11)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import cast

from hikiwake.model import FrozenMap, Outcome, Value
from hikiwake.pareto.compiled import Compiled
from hikiwake.pareto.segments import Segment
from hikiwake.solvers.solution import Decision


def canonical(outcome: Outcome) -> bytes:
    """Return the canonical form of an outcome: sorted keys, fractions as texts, UTF-8."""

    def plain(value: Value) -> object:
        if isinstance(value, FrozenMap):
            return {party: str(part) for party, part in value.items()}
        return str(value)

    values = {i: v if isinstance(v, str) else plain(v) for i, v in outcome.items()}
    from json import dumps

    return dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def lot(outcome: Outcome) -> bytes:
    """Return by what equally good outcomes are put in order: a lot that nobody could foresee (H11).

    The SHA-256 of the canonical form: it favours no side by its place in the file or in the
    alphabet.
    """
    from hashlib import sha256

    return sha256(canonical(outcome)).digest()


class Written:
    """The packages of a dispute in canonical form: an option is written when it is first needed."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._texts = [_Texts(*one) for one in zip(compiled.whole, compiled.decisions, strict=True)]
        self._hashes: dict[tuple[int, int], bytes] = {}

    @cached_property
    def _order(self) -> list[int]:
        return sorted(range(len(self._texts)), key=self.compiled.whole.__getitem__)

    def text(self, decision: Decision) -> bytes:
        """Return what ``canonical`` does, of a package in indices where nothing is divided."""
        return b"{%b}" % b",".join([self._texts[k][decision[k]] for k in self._order])

    def digest(self, issue: int, option: int) -> bytes:
        """Return the hash of an option's part of the canonical form, by its issue and place."""
        from hashlib import sha256

        place = (issue, option)
        if place not in self._hashes:
            self._hashes[place] = sha256(self._texts[issue][option]).digest()
        return self._hashes[place]


class _Texts(dict[int, bytes]):
    """An issue's part of the canonical form, by option, written when it is first needed."""

    def __init__(self, issue: str, ways: Sequence[Value | Segment]) -> None:
        super().__init__()
        self._issue, self._ways = issue, cast("Sequence[Value]", ways)

    def __missing__(self, option: int) -> bytes:
        self[option] = canonical(FrozenMap({self._issue: self._ways[option]}))[1:-1]
        return self[option]
