"""Issues that hang together, merged into blocks: afterwards the blocks are independent.

Rules, red lines, bonuses and groups tie the issues that they name. A block lists every
combination of its issues that is allowed, with everybody's points for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from hikiwake.errors import Fault, TooLarge
from hikiwake.numeric import count_text, fits_int64
from hikiwake.solvers.memory import memory_allowed
from hikiwake.solvers.parts import TiedPart, parts_of
from hikiwake.solvers.problem import Allowed, Clause, Problem
from hikiwake.solvers.solution import Decision, Index, Integers

MAX_COMBINATIONS = 2_000_000
_BYTES_A_LARGE_NUMBER = 56


@dataclass(frozen=True, slots=True)
class Block:
    """Tied issues: the allowed combinations, coded by mixed radix, and their points.

    ``pattern`` tells, a bit for each clause with shares, which of them a combination sets off.
    """

    issues: tuple[int, ...]
    shares: tuple[int, ...]
    sizes: tuple[int, ...]
    codes: Index
    utilities: Integers
    patterns: NDArray[np.object_] | None = None
    clauses: tuple[Clause, ...] = ()

    @property
    def rows(self) -> list[tuple[int, ...]]:
        """Everybody's points for each combination, as Python's integers."""
        return self.utilities.tolist()

    def table(self, dtype: np.dtype[Any]) -> Integers:
        """Return everybody's points for each combination as integers of one type."""
        return self.utilities.astype(dtype, copy=False)

    def decode(self, code: int) -> Iterator[tuple[int, int]]:
        """Yield (issue, option) for a combination's code."""
        for issue, size in zip(reversed(self.issues), reversed(self.sizes), strict=True):
            code, option = divmod(code, size)
            yield issue, option

    def changes(self, codes: Index, today: tuple[int | None, ...]) -> Index:
        """Return on how many issues each combination differs from today's package."""
        changed = np.zeros(len(codes), dtype=np.int64)
        for issue, column in zip(self.issues, _columns(codes, self.sizes), strict=True):
            if today[issue] is not None:
                changed += column != today[issue]
        return changed


@dataclass(slots=True)  # made by the thousand: frozen would take three times as long
class Single:
    """An issue that nothing ties to another: a block of its own, without any table made."""

    issue: int
    rows: Sequence[tuple[int, ...]]
    shares: ClassVar[tuple[int, ...]] = ()

    @property
    def issues(self) -> tuple[int, ...]:
        """The one issue."""
        return (self.issue,)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many options it has."""
        return (len(self.rows),)

    @property
    def codes(self) -> Index:
        """The options, all of them allowed."""
        return np.arange(len(self.rows), dtype=np.int64)

    @property
    def utilities(self) -> Integers:
        """Everybody's points for each option."""
        largest = max((abs(points) for row in self.rows for points in row), default=0)
        return self.table(np.dtype(np.int64 if fits_int64(largest) else object))

    def table(self, dtype: np.dtype[Any]) -> Integers:
        """Return everybody's points for each option as integers of one type."""
        return np.array(self.rows, dtype=dtype)

    def decode(self, code: int) -> Iterator[tuple[int, int]]:
        """Yield (issue, option) for an option."""
        yield self.issue, code

    def changes(self, codes: Index, today: tuple[int | None, ...]) -> Index:
        """Return on how many issues, one or none, each option differs from today's package."""
        option = today[self.issue]
        changed: Any = np.zeros(len(codes), bool) if option is None else codes != option
        return changed.astype(np.int64)


AnyBlock = Block | Single


def joined(one: AnyBlock, other: AnyBlock, dtype: np.dtype[Any]) -> Block:
    """Return two blocks without shares as one: every combination of a combination of each."""
    total = prod(other.sizes)
    codes: Index = (one.codes[:, None] * total + other.codes).reshape(-1)
    left, right = one.table(dtype), other.table(dtype)
    sums = (left[:, None] + right).reshape(len(codes), left.shape[1])
    return Block(one.issues + other.issues, (), one.sizes + other.sizes, codes, sums)


def decision_of(parts: Iterable[tuple[AnyBlock, int]], issues: int) -> Decision:
    """Return the option of every issue, from one combination of each block."""
    decision = [0] * issues
    for block, code in parts:
        for issue, option in block.decode(code):
            decision[issue] = option
    return tuple(decision)


def dtype_for(problem: Problem) -> np.dtype[Any]:
    """Return the type of all sums: 64 bits if none can overflow them, else Python's integers."""
    return np.dtype(np.int64 if fits_int64(problem.magnitude) else object)


def blocks_of(problem: Problem) -> tuple[AnyBlock, ...]:
    """Return the blocks of a problem.

    Raises
    ------
    TooLarge
        If a block has more than ``MAX_COMBINATIONS`` combinations, or all of them together need
        more memory than is allowed (H18).
    """
    if not problem.tied:
        return tuple(Single(k, options) for k, options in enumerate(problem.points))
    dtype = dtype_for(problem)
    parts = parts_of(problem)
    _require_room(problem, [part for part in parts if not part.single], dtype)
    return tuple(
        Single(part.issues[0], problem.points[part.issues[0]])
        if part.single
        else _Builder(problem, part, dtype).block()
        for part in parts
    )


def _require_room(problem: Problem, parts: Sequence[TiedPart], dtype: np.dtype[Any]) -> None:
    """Refuse blocks that cannot be listed within the memory that is allowed (H18)."""
    a_number = 8 if dtype.kind == "i" else _BYTES_A_LARGE_NUMBER
    held = 0
    for part in parts:
        total = prod(len(problem.points[k]) for k in part.issues)
        # Kept: the code and everybody's points. While it is made: these twice, an issue's options
        # in all combinations, and which are left; less where some are left out on the way.
        made = total * (40 + 2 * a_number * problem.parties)
        held += total * (8 + a_number * problem.parties)
        most = memory_allowed()
        if held + made > most // 2:
            raise _too_large(len(part.issues), total, f"{most // 2**20:,} MiB for all of them")


class _Builder:
    """Every combination of the whole issues of one part, and what holds for each.

    Issue by issue, and what is not allowed is left out as soon as the issues that it names are
    there: so the work goes by what is left. ``reached`` is how many of the issues there are.
    """

    def __init__(self, problem: Problem, part: TiedPart, dtype: np.dtype[Any]) -> None:
        self._part = part
        self._points: list[Integers] = [
            np.array(problem.points[k], dtype=dtype) for k in part.issues
        ]
        self._sizes = tuple(len(problem.points[k]) for k in part.issues)
        self._places = {k: place for place, k in enumerate(part.issues)}
        if (total := prod(self._sizes)) > MAX_COMBINATIONS:
            raise _too_large(len(part.issues), total, f"{MAX_COMBINATIONS:,}")
        self._reached = 0
        self._codes: Index = np.zeros(1, dtype=np.int64)
        self._utilities: Integers = np.zeros((1, problem.parties), dtype=dtype)

    def block(self) -> Block:
        """Return the combinations that are allowed, with everybody's points."""
        part = self._part
        self._leave_out()
        for points in self._points:
            self._reach(points)
            self._leave_out()
        codes, utilities = self._codes, self._utilities
        for extra in part.extras:
            utilities[self._holding(extra.when), extra.party] += extra.points
        sharing = tuple(clause for clause in part.never if clause.shares)
        patterns = self._patterns(sharing) if part.shares else None
        return Block(part.issues, part.shares, self._sizes, codes, utilities, patterns, sharing)

    def _reach(self, points: Integers) -> None:
        """Go on to the next issue: each combination with each of its options."""
        options = np.arange(len(points), dtype=np.int64)
        self._codes = (self._codes[:, None] * len(points) + options).reshape(-1)
        sums = self._utilities[:, None] + points
        self._utilities = sums.reshape(len(self._codes), self._utilities.shape[1])
        self._reached += 1

    def _leave_out(self) -> None:
        """Leave out what is not allowed by anything that names the issue reached, and none after.

        What names no issue at all is asked before the first.
        """
        for clause in self._part.never:
            if not clause.shares and self._due(k for k, _ in clause.options):
                keep = np.ones(len(self._codes), dtype=bool)
                keep[self._holding(clause)] = False
                self._keep(keep)
        for allowed in self._part.allowed:
            if self._due(allowed.issues):
                self._keep(self._among(allowed))

    def _due(self, issues: Iterable[int]) -> bool:
        return self._reached == max((self._places[k] + 1 for k in issues), default=0)

    def _keep(self, keep: NDArray[np.bool_]) -> None:
        self._codes, self._utilities = self._codes[keep], self._utilities[keep]

    def _column(self, issue: int, codes: Index) -> Index:
        """Return the option of an issue in each of some combinations."""
        place = self._places[issue]
        return codes // prod(self._sizes[place + 1 : self._reached]) % self._sizes[place]

    def _holding(self, clause: Clause) -> Index:
        """Return the combinations, by their places, for which a clause holds."""
        held: Index = np.arange(len(self._codes))
        for k, options in clause.options:
            table = np.zeros(self._sizes[self._places[k]], dtype=bool)
            table[list(options)] = True
            held = held[table[self._column(k, self._codes[held])]]
        return held

    def _among(self, allowed: Allowed) -> NDArray[np.bool_]:
        table = np.zeros([self._sizes[self._places[k]] for k in allowed.issues], dtype=bool)
        if allowed.combinations:
            table[tuple(np.array(sorted(allowed.combinations)).T)] = True
        return table[tuple(self._column(k, self._codes) for k in allowed.issues)]

    def _patterns(self, sharing: tuple[Clause, ...]) -> NDArray[np.object_]:
        patterns = np.zeros(len(self._codes), dtype=object)
        for bit, clause in enumerate(sharing):
            patterns[self._holding(clause)] += 1 << bit
        return patterns


def _columns(codes: Index, sizes: tuple[int, ...]) -> list[Index]:
    columns: list[Index] = []
    rest = codes
    for size in reversed(sizes):
        columns.append(rest % size)
        rest = rest // size
    return columns[::-1]


def _too_large(issues: int, combinations: int, most: str) -> TooLarge:
    return TooLarge(
        Fault(
            f"{issues} issues tied together by rules, red lines, bonuses or groups",
            f"{count_text(combinations)} combinations",
            f"At most {most}",
            "H18",
            "Leave the choice of the engine out: others list no combinations. Or loosen the ties.",
        )
    )
