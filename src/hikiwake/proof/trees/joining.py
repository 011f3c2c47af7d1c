"""Which issues a proof takes together: fewer parts close sooner, larger ones take longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod

import numpy as np

from hikiwake.proof.canonical import Json
from hikiwake.solvers.merging.undominated import undominated
from hikiwake.solvers.solution import Integers

CAPS = (1, 8, 24, 64, 200, 512)
MAX_OPTIONS = 4_000  # of a part whose conditions all lie inside it, where that spares all branching

Plan = tuple[tuple[int, ...], ...]


def plans(dispute: Mapping[str, Json]) -> tuple[Plan, ...]:
    """Return ways to join issues, those with the smallest parts first, each once.

    Larger parts only where they leave at most half of the conditions between parts: where most
    stay, larger parts cost time and spare little.
    """
    across: dict[Plan, int] = {}
    for cap in CAPS:
        joined = _Joined(dispute, cap)
        across.setdefault(joined.plan(), joined.across)
    first = next(iter(across))
    return tuple(p for p, count in across.items() if p == first or 2 * count <= across[first])


class _Joined:
    """Parts grown one by one, none beyond a number of options that are worth a look."""

    def __init__(self, dispute: Mapping[str, Json], cap: int) -> None:
        issues: Sequence[Mapping[str, Json]] = dispute["issues"]
        self._points = [_whole([corners[0][1:] for corners in i["options"]]) for i in issues]
        self._mixed = {k for k, i in enumerate(issues) if any(len(o) > 1 for o in i["options"])}
        self._cap = cap
        self._part = {k: frozenset((k,)) for k in range(len(issues))}
        self._sums: dict[frozenset[int], Integers] = {}
        self._named = [
            [k for k, *_ in one["when"]] for one in (*dispute["never"], *dispute["bonuses"])
        ]
        self._tied = {k for named in self._named for k in named}
        for group in dispute["groups"]:
            self._tied |= set(group["issues"])
            if not self._mixed.intersection(group["issues"]):
                self._join(frozenset(group["issues"]))

    def plan(self) -> Plan:
        """Return the parts of several issues."""
        for named in self._named:
            together = frozenset[int]().union(*(self._part[k] for k in named))
            if self._options(together) <= self._cap:
                self._join(together)
        for k in self._in_turn():
            before = self._part[k]
            for other in self._in_turn():
                together = before | self._part[other]
                if other > k and together != before and self._options(together) <= self._cap:
                    self._join(together)
                    break
        parts = {tuple(sorted(part)) for part in self._part.values() if len(part) > 1}
        return tuple(sorted(parts))

    @property
    def across(self) -> int:
        """How many conditions touch several parts."""
        return sum(len({self._part[k] for k in named}) > 1 for named in self._named)

    def _in_turn(self) -> Iterator[int]:
        yield from range(len(self._points))

    def _join(self, together: frozenset[int]) -> None:
        whole = together.union(*(self._part[k] for k in together))
        for k in whole:
            self._part[k] = whole

    def _options(self, part: frozenset[int]) -> int:
        """Return how many options a part has: where nothing is said of it, undominated ones."""
        if not part or (part & self._mixed and len(part) > 1):
            return MAX_OPTIONS + 1
        counts = [len(self._points[k]) for k in part]
        if part & self._tied or prod(counts) <= self._cap:
            return prod(counts)
        return len(self._undominated(part))

    def _undominated(self, part: frozenset[int]) -> Integers:
        if part not in self._sums:
            first, *rest = sorted(part)
            sums = _best(np.array(self._points[first], dtype=object))
            for k in rest:
                own = _best(np.array(self._points[k], dtype=object))
                if len(sums) * len(own) > self._cap * 64:
                    sums = np.empty((MAX_OPTIONS + 1, sums.shape[1]), dtype=object)
                    break
                sums = _best((sums[:, None] + own).reshape(-1, sums.shape[1]))
            self._sums[part] = sums
        return self._sums[part]


def _best(rows: Integers) -> Integers:
    order, starts = undominated(rows)
    return rows[order[starts[:-1]]]


def _whole(points: Sequence[Sequence[int | str]]) -> list[list[int]]:
    return [[int(p) for p in option] for option in points]
