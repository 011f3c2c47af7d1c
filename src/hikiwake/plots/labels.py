"""Labels beside their marks, so that none hides a mark, a line, or another label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import hypot
from typing import TYPE_CHECKING, Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

from hikiwake.plots import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

Spot = tuple[float, float]

# Up and to the right first: no package lies beyond a frontier.
DIRECTIONS = ((1, 1), (1, 0), (0, 1), (1, -1), (-1, -1), (-1, 1), (0, -1), (-1, 0))
DISTANCES = (9, 20, 32, 46, 62)  # points
TIED = 14  # from here on a line leads to the mark
MARK = 7  # points, half of a mark's width
MARGIN = 1.5  # points around a label
NEAR = 1.5  # times as far as from another mark: a line tells whose label it is
STEPS = 12  # places along a line to a mark that no label may hide


def label_marks(
    axes: Axes,
    marks: Mapping[str, Spot],
    others: Iterable[Spot],
    spots: Iterable[Spot],
    texts: Iterable[Annotation],
) -> list[Annotation]:
    """Write a label beside each mark where there is room: the first of several places, the nearest
    first; where there is none, the place where it hides least. Return what is written.

    Parameters
    ----------
    marks
        Where each label belongs.
    others
        Where there is a mark whose label is written already.
    spots
        What else is not to be hidden: points, and places along lines.
    texts
        What is written already.
    """
    figure: Any = axes.figure
    renderer, unit = FigureCanvasAgg(figure).get_renderer(), figure.dpi / 72
    around = {spot: _around(axes, spot, MARK * unit) for spot in (*marks.values(), *others)}
    taken = [*around.values(), *(_around(axes, spot, 2 * unit) for spot in spots)]
    written_before = [text.get_window_extent(renderer) for text in texts]
    taken += written_before
    centres = [_pixels(axes, spot) for spot in around]
    frame = figure.bbox
    labels: list[Annotation] = []
    for label, spot in sorted(marks.items(), key=lambda mark: (-mark[1][1], mark[1][0], mark[0])):
        written = axes.annotate(
            words.plain(label, words.SHOWN_NAME), spot, xytext=(0, 0), fontsize=9, zorder=8,
            textcoords="offset points", annotation_clip=False,
        )  # fmt: skip
        best: tuple[float, int, tuple[float, float], Bbox] | None = None
        crossed = [*written_before, *(box for other, box in around.items() if other != spot)]
        for rank, offset in enumerate((d * x, d * y) for d in DISTANCES for x, y in DIRECTIONS):
            _put(written, offset)
            box = written.get_window_extent(renderer).padded(MARGIN * unit)
            line = _along(axes, spot, offset, unit) if _is_far(offset) else []
            hidden = sum(_common(box, other) for other in taken)
            hidden += sum(_common(place, other) for place in line for other in crossed)
            hidden += box.width * box.height - _common(box, frame)
            if best is None or (hidden, rank) < best[:2]:
                best = hidden, rank, offset, box
            if hidden <= 0:
                break
        assert best is not None
        _put(written, best[2])
        taken.append(best[3])
        written_before.append(best[3])
        labels.append(written)
        if _is_far(best[2]) or _is_astray(best[3], _pixels(axes, spot), centres):
            taken += _along(axes, spot, best[2], unit)
            _tie(axes, spot, best[2])
    return labels


def _is_far(offset: Spot) -> bool:
    return hypot(*offset) >= TIED


def _is_astray(box: Bbox, own: Spot, centres: Iterable[Spot]) -> bool:
    """Tell whether a label stands about as near to another mark as to its own."""
    far = _distance(box, own)
    return any(_distance(box, one) < NEAR * far for one in centres if one != own)


def _distance(box: Bbox, spot: Spot) -> float:
    x, y = spot
    return hypot(max(box.x0 - x, 0, x - box.x1), max(box.y0 - y, 0, y - box.y1))


def _along(axes: Axes, spot: Spot, offset: Spot, unit: float) -> list[Bbox]:
    """Return small boxes along the line from a mark to its label."""
    x, y = _pixels(axes, spot)
    parts = (n / STEPS for n in range(1, STEPS))
    ends = ((x + offset[0] * unit * part, y + offset[1] * unit * part) for part in parts)
    return [Bbox([[x - unit, y - unit], [x + unit, y + unit]]) for x, y in ends]


def _put(written: Annotation, offset: tuple[float, float]) -> None:
    x, y = offset
    written.set_position(offset)
    written.set_horizontalalignment("left" if x > 0 else "right" if x < 0 else "center")
    written.set_verticalalignment("bottom" if y > 0 else "top" if y < 0 else "center")


def _tie(axes: Axes, spot: Spot, offset: tuple[float, float]) -> None:
    axes.annotate(
        "", spot, xytext=offset, textcoords="offset points", zorder=7,  # above every mark
        arrowprops={"arrowstyle": "-", "color": words.INK, "linewidth": 0.9, "shrinkA": 0,
                    "shrinkB": 0},
    )  # fmt: skip


def _around(axes: Axes, spot: Spot, half: float) -> Bbox:
    x, y = _pixels(axes, spot)
    return Bbox([[x - half, y - half], [x + half, y + half]])


def _pixels(axes: Axes, spot: Spot) -> Spot:
    x, y = axes.transData.transform(spot)
    return float(x), float(y)


def _common(one: Bbox, other: Bbox) -> float:
    """Return the area that two boxes have in common."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return max(width, 0) * max(height, 0)
