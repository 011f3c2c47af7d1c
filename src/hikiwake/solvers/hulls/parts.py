"""A problem as independent parts: each is decided by one of its cells, each cell is convex.

A whole issue is a part whose cells are its options. A share is a part with a single cell, the hull
of "all of it to party i"; an amount's straight segments are cells with two corners each. Issues
and shares that a rule, red line or bonus ties make one part together: a cell for each combination
of options, and for each way to keep within bounds what is said about the shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Literal

from hikiwake.errors import Fault, TooLarge
from hikiwake.numeric import count_text
from hikiwake.solvers.parts import TiedPart, parts_of
from hikiwake.solvers.problem import Clause, Problem, Slope

MAX_CELLS = 100_000  # of one part
MAX_CORNERS = 2_000  # of one share within its bounds

Vector = tuple[int | Fraction, ...]
Position = tuple[Fraction, ...]  # everybody's fraction of a share, or how far along an option
Option = tuple[int, int]  # (issue, option)
Bounds = Mapping[tuple[int, int], tuple[Fraction, Fraction]]  # (share, party): least, most


@dataclass(frozen=True, slots=True)
class Factor:
    """Something divided or moved along within a cell: the hull of its corners."""

    kind: Literal["share", "along"]
    place: int
    corners: tuple[tuple[Position, Vector], ...]

    @property
    def simple(self) -> bool:
        """Whether every point inside is a mixture of the corners in one way only."""
        return self.kind == "along" or len(self.corners) <= len(self.corners[0][0])


@dataclass(frozen=True, slots=True)
class Cell:
    """One way to decide a part, up to its factors; ``ways`` lists options that do the same."""

    base: Vector
    factors: tuple[Factor, ...]
    ways: tuple[tuple[Option, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Issues and shares that hang together: one of the cells is taken."""

    cells: tuple[Cell, ...]


def hull_parts(problem: Problem) -> tuple[Part, ...]:
    """Return the independent parts of a problem.

    Raises
    ------
    TooLarge
        If a part has more than ``MAX_CELLS`` cells, or the bounds on a share leave it more than
        ``MAX_CORNERS`` corners (H18).
    """
    return tuple(hull_part(problem, part) for part in parts_of(problem))


def hull_part(problem: Problem, tied: TiedPart) -> Part:
    """Return a part of a problem; raises what :func:`hull_parts` raises."""
    slopes = {slope.issue: slope for slope in problem.slopes}
    return _Builder(problem, tied, slopes).part()


class _Builder:
    def __init__(self, problem: Problem, part: TiedPart, slopes: Mapping[int, Slope]) -> None:
        self._problem, self._tied, self._slopes = problem, part, slopes
        self._sizes = [len(problem.points[k]) for k in part.issues]
        if prod(self._sizes) > MAX_CELLS:
            raise _too_large(f"{count_text(prod(self._sizes))} combinations tied together")
        self._allowed = [(table.issues, table.combinations) for table in part.allowed]
        places = {extra: place for place, extra in enumerate(problem.extras)}
        self._extras = [(places[extra], extra) for extra in part.extras]

    def part(self) -> Part:
        """Return the part: cells without factors that are worth the same are one."""
        cells: list[Cell] = []
        points: dict[Vector, list[tuple[Option, ...]]] = {}
        for options in self._combinations():
            base = self._base(options)
            taken = tuple(options.items())
            for factors in self._factors(options):
                if factors:
                    cells.append(Cell(base, factors, (taken,)))
                    if len(cells) > MAX_CELLS:
                        raise _too_large("conditions that cut the shares into very many cells")
                else:
                    points.setdefault(base, []).append(taken)
        wholes = [Cell(base, (), tuple(ways)) for base, ways in points.items()]
        # What is worse for everybody may still be what keeps a group even.
        keep_all = cells or self._problem.sides
        return Part((*(wholes if keep_all else _undominated(wholes)), *cells))

    def _combinations(self) -> Iterator[dict[int, int]]:
        """Yield the options of the issues that no condition on options alone forbids.

        Each condition is looked at as soon as all that it names is decided.
        """
        issues = self._tied.issues
        places = {k: n for n, k in enumerate(issues)}
        plain: list[list[Clause]] = [[] for _ in range(len(issues) + 1)]
        for clause in (one for one in self._tied.never if not one.shares):
            plain[max((places[k] + 1 for k, _ in clause.options), default=0)].append(clause)
        options: dict[int, int] = {}

        def decided(place: int) -> Iterator[dict[int, int]]:
            if any(_holds(clause, options) for clause in plain[place]):
                return
            if place < len(issues):
                for option in range(self._sizes[place]):
                    options[issues[place]] = option
                    yield from decided(place + 1)
            elif all(
                tuple(options[k] for k in named) in combinations
                for named, combinations in self._allowed
            ):
                yield dict(options)

        yield from decided(0)

    def _base(self, options: Mapping[int, int]) -> Vector:
        n, points = self._problem.parties, self._problem.points
        total = [sum(points[k][option][i] for k, option in options.items()) for i in range(n)]
        extras = [(place, extra) for place, extra in self._extras if _holds(extra.when, options)]
        for _, extra in extras:
            total[extra.party] += extra.points
        for side in self._problem.sides:
            own = sum(points[k][o][side.party] for k, o in options.items() if k in side.issues)
            own += sum(
                extra.points
                for place, extra in extras
                if place in side.extras and extra.party == side.party
            )
            total.append(own)
        return tuple(total)

    def _factors(self, options: Mapping[int, int]) -> Iterator[tuple[Factor, ...]]:
        moving = tuple(
            _along(k, self._with_sides(self._slopes[k].changes[option], k, "issues"))
            for k, option in options.items()
            if k in self._slopes and _moves(self._slopes[k], option)
        )
        active = [c for c in self._tied.never if c.shares and _holds(c, options)]
        for bounds in boxes_left(active, self._problem.parties):
            shared = tuple(self._share(s, bounds) for s in self._tied.shares)
            yield (*shared, *moving)

    def _share(self, share: int, bounds: Bounds) -> Factor:
        n, worths = self._problem.parties, self._problem.shares[share]
        whole = (Fraction(0), Fraction(1))
        box = [bounds.get((share, i), whole) for i in range(n)]
        corners = [
            (place, tuple(worth * part for worth, part in zip(worths, place, strict=True)))
            for place in corners_of(box)
        ]
        corners = [(place, self._with_sides(own, share, "shares")) for place, own in corners]
        return Factor("share", share, tuple(corners))

    def _with_sides(self, own: Vector, place: int, kind: Literal["issues", "shares"]) -> Vector:
        """Return everybody's worth, and after it what of it counts for each side."""
        sides = self._problem.sides
        among = [side.issues if kind == "issues" else side.shares for side in sides]
        counted = zip(sides, among, strict=True)
        return (*own, *(own[side.party] if place in inside else 0 for side, inside in counted))


def _moves(slope: Slope, option: int) -> bool:
    """Tell whether an option is more than a single place."""
    span = slope.spans[option] if slope.spans else (0, 0)
    return span[0] != span[1] or any(slope.changes[option])


def _along(issue: int, changes: Vector) -> Factor:
    zero, one = Fraction(0), Fraction(1)
    ends = (((zero,), (0,) * len(changes)), ((one,), tuple(changes)))
    return Factor("along", issue, ends)


def _holds(clause: Clause, options: Mapping[int, int]) -> bool:
    return all(options[k] in among for k, among in clause.options)


def boxes_left(active: Iterable[Clause], parties: int) -> list[Bounds]:
    """Return bounds on fractions that together leave exactly what breaks every clause."""
    boxes: list[dict[tuple[int, int], tuple[Fraction, Fraction]]] = [{}]
    for clause in active:
        cut: list[dict[tuple[int, int], tuple[Fraction, Fraction]]] = []
        for box in boxes:
            for share, party, above, below in clause.shares:
                key = (share, party)
                least, most = box.get(key, (Fraction(0), Fraction(1)))
                if above is not None and above >= least:
                    cut.append(box | {key: (least, min(above, most))})
                if below is not None and below <= most:
                    cut.append(box | {key: (max(below, least), most)})
        boxes = _distinct([box for box in cut if _possible(box, parties)])
        if len(boxes) > MAX_CELLS:
            raise _too_large("conditions that cut the shares into very many cells")
    return [*boxes]


def _possible(box: Bounds, parties: int) -> bool:
    for share in {share for share, _ in box}:
        own = [box.get((share, i), (Fraction(0), Fraction(1))) for i in range(parties)]
        if not sum(least for least, _ in own) <= 1 <= sum(most for _, most in own):
            return False
    return True


def _distinct(
    boxes: list[dict[tuple[int, int], tuple[Fraction, Fraction]]],
) -> list[dict[tuple[int, int], tuple[Fraction, Fraction]]]:
    kept: list[dict[tuple[int, int], tuple[Fraction, Fraction]]] = []
    for box in boxes:
        if not any(_inside(box, other) for other in kept):
            kept = [other for other in kept if not _inside(other, box)] + [box]
    return kept


def _inside(inner: Bounds, outer: Bounds) -> bool:
    whole = (Fraction(0), Fraction(1))
    return all(
        least <= inner.get(key, whole)[0] and inner.get(key, whole)[1] <= most
        for key, (least, most) in outer.items()
    )


def corners_of(box: Sequence[tuple[Fraction, Fraction]]) -> list[Position]:
    """Return the corners of the divisions of 1 within bounds: all but one part at a bound."""
    if all(bound == (0, 1) for bound in box):
        zero, one = Fraction(0), Fraction(1)
        return [tuple(one if i == j else zero for j in range(len(box))) for i in range(len(box))]
    rest = [(sum(b[0] for b in box[i:]), sum(b[1] for b in box[i:])) for i in range(len(box) + 1)]
    found: dict[Position, None] = {}

    def extend(start: tuple[Fraction | None, ...], left: Fraction, free: int | None) -> None:
        place = len(start)
        low, high = rest[place]
        wide = (0, 0) if free is None else box[free]
        if not low + wide[0] <= left <= high + wide[1]:
            return
        if place == len(box):
            own = tuple(left if part is None else part for part in start)
            found[own] = None  # type: ignore[index]
            if len(found) > MAX_CORNERS:
                raise _too_large("bounds that leave a share very many corners")
            return
        for bound in dict.fromkeys(box[place]):
            extend((*start, bound), left - bound, free)
        if free is None:
            extend((*start, None), left, place)

    extend((), Fraction(1), None)
    return [*found]


def _undominated(cells: Sequence[Cell]) -> list[Cell]:
    """Leave out cells that are worse for somebody than another, and better for nobody."""
    kept: list[Cell] = []
    for cell in sorted(cells, key=lambda c: c.base, reverse=True):
        if not any(all(a >= b for a, b in zip(k.base, cell.base, strict=True)) for k in kept):
            kept.append(cell)
    return kept


def _too_large(found: str) -> TooLarge:
    return TooLarge(
        Fault(
            "The linear engine",
            found,
            f"At most {MAX_CELLS:,} cells a part, {MAX_CORNERS:,} corners a share",
            "H18",
            "Simplify the conditions that tie issues and shares together.",
        )
    )
