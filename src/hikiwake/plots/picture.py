"""A picture of a Pareto frontier, with the settled package in it, as PNG or SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hikiwake.errors import Fault, InputError
from hikiwake.model import Dispute
from hikiwake.plots import words
from hikiwake.plots.canvas import Reading, paint, require_drawable
from hikiwake.settlement import Gains, Settlement

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def frontier_picture(
    dispute: Dispute,
    frontier: Any,
    settlement: Settlement,
    path: str | Path,
    packages: Mapping[str, Gains] | None = None,
) -> Reading:
    """Draw a frontier in gains, from what each party has without an agreement; return its reading.

    Two parties: a plane, with the line of equal gains and the band that counts as even. More: one
    axis a party, one line a package. For the mediator: everybody's gains can be read from it (H14).

    Parameters
    ----------
    frontier
        What the façade's ``frontier`` returned: one row of gains a point, and straight parts.
    path
        Where it is written; the ending, ``.png`` or ``.svg``, says as what.
    packages
        Other packages to mark, each by its label, such as alternatives: everybody's gains.

    Raises
    ------
    InputError
        If the ending is neither, there is nothing to draw, Matplotlib is not installed, or the
        file cannot be written.
    """
    target, marked = Path(path), packages or {}
    require_drawable(target)
    if settlement.package is None:
        raise InputError(_nothing(target))

    def draw() -> Figure:
        from hikiwake.plots.axes import draw_axes
        from hikiwake.plots.plane import draw_plane

        draw_it = draw_plane if len(frontier.parties) == 2 else draw_axes
        return draw_it(dispute, frontier, settlement, marked)

    paint(draw, target)
    return _reading(dispute, frontier, settlement, marked)


def _reading(
    dispute: Dispute, frontier: Any, settlement: Settlement, packages: Mapping[str, Gains]
) -> Reading:
    assert settlement.package is not None
    order = [frontier.parties[place] for place in words.in_order(dispute)]
    named = [(words.label_of(settlement), settlement.package.gains), *packages.items()]
    rows = [(label, *(words.in_percent(gains[p]) for p in order)) for label, gains in named]
    rows += [("Frontier", *_row(gains, frontier.parties, order)) for gains in frontier.gains]
    gains = ", ".join(
        f"{words.name_of(dispute, p)} {words.in_percent(settlement.package.gains[p])}"
        for p in order
    )
    sentence = (
        f"{words.label_of(settlement)}: gains from what each side has without an agreement are "
        f"{gains}, among {len(frontier.gains):,} packages of the frontier."
    )
    return Reading(sentence, ("Package", *(words.name_of(dispute, p) for p in order)), tuple(rows))


def _row(gains: Sequence[Any], parties: Sequence[str], order: Sequence[str]) -> tuple[str, ...]:
    by_party = dict(zip(parties, gains, strict=True))
    return tuple(words.in_percent(by_party[party]) for party in order)


def _nothing(target: Path) -> Fault:
    return Fault(
        f"Picture {target.name!r}",
        "no package that every side could accept",
        "A frontier to draw",
        "H12",
        "Settle the dispute first: that names the limits that cannot all hold.",
    )
