"""The whole frontier between two parties: the outer border of what each way to take cells allows.

A view with mixtures can only promise too much. If all of its border lies under what is attained
already, nothing in it counts; else its cells are taken apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from hikiwake.errors import Fault, TooLarge
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.envelope import Edge, Envelope
from hikiwake.solvers.hulls.chain import chain
from hikiwake.solvers.hulls.hull import Frame, Hull, Link, Mixture, View

MAX_VIEWS = 3_000
_FEW = 6  # cells that are tried one by one


def border(hull: Hull, kept: Sequence[Link], deadline: Deadline = UNLIMITED) -> tuple[Edge, ...]:
    """Return the undominated points of two parties as edges, links kept.

    Raises
    ------
    TooLarge
        If more than ``MAX_VIEWS`` choices of cells would have to be looked at (H18).
    TimeIsOver
        If no time was left before it was done.
    """
    if not hull.possible:
        return ()
    envelope = Envelope()
    views: list[View] = [{}]
    looked = 0
    while views:
        deadline.require()
        looked += 1
        if looked > MAX_VIEWS:
            raise _too_large()
        view = views.pop()
        mixtures = chain(Frame(hull, view), kept, (0, 1))
        corners = [(mixture.sums[0], mixture.sums[1]) for mixture in mixtures]
        if not corners or envelope.covers(corners):
            continue
        used = _used(mixtures)
        part = max(used, key=lambda p: (len(used[p]), -p), default=None)
        if part is None:
            envelope.add(corners)
        else:
            first = used[part] if len(used) == 1 else set[int]()
            views.extend({**view, part: way} for way in _ways(hull.cells(view, part), first))
    return envelope.edges()


def _used(mixtures: Sequence[Mixture]) -> dict[int, set[int]]:
    """Return the parts of which the corners take several cells, or mix them, and these cells."""
    used: dict[int, set[int]] = {}
    for mixture in mixtures:
        for part, cells in mixture.masses.items():
            used.setdefault(part, set()).update(cells)
    return {part: cells for part, cells in used.items() if len(cells) > 1}


def _ways(cells: Sequence[int], first: set[int]) -> list[tuple[int, ...]]:
    """Return the cells in groups; the last group is looked at first.

    On a curve that bends one way the cells to look at first attain the whole border of all.
    """
    if len(cells) <= _FEW:
        return [(cell,) for cell in cells]
    if first:
        rest = tuple(cell for cell in cells if cell not in first)
        return [*filter(None, [rest]), *((cell,) for cell in sorted(first))]
    middle = len(cells) // 2
    return [tuple(cells[:middle]), tuple(cells[middle:])]


def _too_large() -> TooLarge:
    return TooLarge(
        Fault(
            "The Pareto frontier",
            f"more than {MAX_VIEWS:,} ways to take whole issues and parts of amounts that matter",
            f"At most {MAX_VIEWS:,}",
            "H18",
            "`settle` finds single points of it under any rule.",
        )
    )
