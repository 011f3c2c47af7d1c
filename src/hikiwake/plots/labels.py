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
    taken = [_around(axes, spot, MARK * unit) for spot in (*marks.values(), *others)]
    taken += [_around(axes, spot, 2 * unit) for spot in spots]
    taken += [text.get_window_extent(renderer) for text in texts]
    frame = figure.bbox
    labels: list[Annotation] = []
    for label, spot in sorted(marks.items(), key=lambda mark: (-mark[1][1], mark[1][0], mark[0])):
        written = axes.annotate(
            words.plain(label, words.SHOWN_NAME), spot, xytext=(0, 0), fontsize=9, zorder=8,
            textcoords="offset points", annotation_clip=False,
        )  # fmt: skip
        best: tuple[float, int, tuple[float, float], Bbox] | None = None
        places = [(d * x, d * y) for d in DISTANCES for x, y in DIRECTIONS]
        for rank, offset in enumerate(places):
            _put(written, offset)
            box = written.get_window_extent(renderer).padded(MARGIN * unit)
            hidden = sum(_common(box, other) for other in taken)
            hidden += box.width * box.height - _common(box, frame)
            if best is None or (hidden, rank) < best[:2]:
                best = hidden, rank, offset, box
            if hidden <= 0:
                break
        assert best is not None
        _put(written, best[2])
        taken.append(best[3])
        labels.append(written)
        if hypot(*best[2]) >= TIED:
            _tie(axes, spot, best[2])
    return labels


def _put(written: Annotation, offset: tuple[float, float]) -> None:
    x, y = offset
    written.set_position(offset)
    written.set_horizontalalignment("left" if x > 0 else "right" if x < 0 else "center")
    written.set_verticalalignment("bottom" if y > 0 else "top" if y < 0 else "center")


def _tie(axes: Axes, spot: Spot, offset: tuple[float, float]) -> None:
    axes.annotate(
        "", spot, xytext=offset, textcoords="offset points", zorder=5,
        arrowprops={"arrowstyle": "-", "color": words.FAINT, "linewidth": 0.8},
    )  # fmt: skip


def _around(axes: Axes, spot: Spot, half: float) -> Bbox:
    x, y = axes.transData.transform(spot)
    return Bbox([[x - half, y - half], [x + half, y + half]])


def _common(one: Bbox, other: Bbox) -> float:
    """Return the area that two boxes have in common."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return max(width, 0) * max(height, 0)
