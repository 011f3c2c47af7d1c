"""For the mediator: how far the sides were apart, over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hikiwake.findings.talks import Interval, Moment, Progress
from hikiwake.model import Dispute
from hikiwake.plots import words
from hikiwake.plots.canvas import Reading, paint

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = ("Date", "What happened", "Least", "Most")


def progress_picture(dispute: Dispute, found: Progress, path: str | Path) -> Reading:
    """Draw what would still have to be conceded at every date, as an interval; return its reading.

    Raises
    ------
    InputError
        As :func:`~hikiwake.plots.canvas.paint` does.
    """
    sentence = _sentence(found)
    paint(lambda: _draw(dispute, found, sentence), path)
    rows = tuple((m.entry.date, m.entry.event.plain, *_ends(m.closeness)) for m in found.moments)
    return Reading(sentence, COLUMNS, rows)


def _ends(closeness: Interval | None) -> tuple[str, str]:
    if closeness is None:
        return "cannot tell", "cannot tell"
    return words.in_percent(closeness.low), words.in_percent(closeness.high)


def _sentence(found: Progress) -> str:
    told = [m for m in found.moments if m.closeness is not None]
    if not told:
        return "At no date can it be told how far the sides were apart."
    first, last = told[0], told[-1]
    return (
        f"Still to be conceded by the side that concedes most: {_span(first.closeness)} in "
        f"{first.entry.date[:4]}, {_span(last.closeness)} in {last.entry.date[:4]}."
    )


def _span(closeness: Interval | None) -> str:
    low, high = _ends(closeness)
    return low if low == high else f"from {low} to {high}"


def _draw(dispute: Dispute, found: Progress, sentence: str) -> Figure:
    from matplotlib.figure import Figure
    from matplotlib.ticker import PercentFormatter

    rows = len(found.moments)
    figure = Figure(figsize=(9, 1.8 + 0.46 * rows), layout="constrained")
    axes = figure.add_subplot()
    for row, moment in enumerate(found.moments):
        _bar(axes, row, moment)
    names = [f"{m.entry.date[:4]}  {words.plain(m.entry.event.plain, 46)}" for m in found.moments]
    axes.set_yticks(range(rows), names)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_xlim(0, None)
    axes.xaxis.set_major_formatter(PercentFormatter(1, 0, " %"))
    axes.set_xlabel("Still to be conceded by the side that concedes most, in parts of its range")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0, labelcolor=words.INK)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6, zorder=0)
    axes.set_axisbelow(True)
    title = f"{words.title_of(dispute)}: how far apart, date by date"
    figure.suptitle(title, x=0.01, ha="left", fontsize=13, fontweight="bold")
    under = f"{sentence}\n{words.ILLUSTRATIVE}" if found.illustrative else sentence
    figure.supxlabel(under, x=0.01, ha="left", fontsize=8.5, color="#555555")
    return figure


def _bar(axes: Axes, row: int, moment: Moment) -> None:
    if moment.closeness is None:
        axes.text(0.004, row, "cannot tell", fontsize=9, style="italic", va="center",
                  color=words.INK)  # fmt: skip
        return
    low, high = float(moment.closeness.low), float(moment.closeness.high)
    axes.plot([low, high], [row, row], color=words.FRONTIER, linewidth=6, zorder=2,
              solid_capstyle="butt")  # fmt: skip
    for end in (low, high):
        axes.scatter([end], [row], s=60, marker="|", color=words.INK, linewidths=2, zorder=3,
                     clip_on=False)  # fmt: skip
