"""For the mediator: which answers matter most, the widest bar on top."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from hikiwake.plots import words
from hikiwake.plots.canvas import Reading, paint

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Bar = tuple[str, Fraction, Fraction]
COLUMNS = ("What varies", "Low", "High")
MOST_BARS = 25


def tornado_picture(
    title: str, bars: Sequence[Bar], path: str | Path, base: Fraction = Fraction(0)
) -> Reading:
    """Draw how far something moves from its base when each answer varies; return its reading.

    Parameters
    ----------
    bars
        (label, low, high): parts of a range; drawn by width, at most ``MOST_BARS`` of them.
    base
        Where it stands as the sides answered.

    Raises
    ------
    InputError
        As :func:`~hikiwake.plots.canvas.paint` does.
    """
    ordered = sorted(bars, key=lambda bar: (bar[1] - bar[2], bar[0]))
    sentence = "Nothing varies."
    if ordered:
        label, low, high = ordered[0]
        sentence = (
            f"What matters most is {label}: from {words.in_percent(low)} to "
            f"{words.in_percent(high)}."
        )
    paint(lambda: _draw(title, ordered[:MOST_BARS], base, sentence), path)
    rows = tuple((b, words.in_percent(low), words.in_percent(high)) for b, low, high in ordered)
    return Reading(sentence, COLUMNS, rows)


def _draw(title: str, bars: Sequence[Bar], base: Fraction, sentence: str) -> Figure:
    from matplotlib.figure import Figure
    from matplotlib.ticker import PercentFormatter

    figure = Figure(figsize=(8, 1.8 + 0.42 * max(1, len(bars))), layout="constrained")
    axes = figure.add_subplot()
    for row, (_, low, high) in enumerate(bars):
        below, above = min(low, base), max(high, base)
        axes.barh(row, float(base - below), left=float(below), color="#9db4cc",
                  edgecolor=words.INK, linewidth=0.8, height=0.62, zorder=2)  # fmt: skip
        axes.barh(row, float(above - base), left=float(base), color=words.FRONTIER,
                  edgecolor=words.INK, linewidth=0.8, height=0.62, zorder=2)  # fmt: skip
    axes.axvline(float(base), color=words.INK, linewidth=1.4, zorder=3)
    axes.set_yticks(range(len(bars)), [words.plain(label, 40) for label, _, _ in bars])
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(PercentFormatter(1, 0, " %"))
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0, labelcolor=words.INK)
    figure.suptitle(words.plain(title, 70), x=0.01, ha="left", fontsize=13, fontweight="bold")
    figure.supxlabel(sentence, x=0.01, ha="left", fontsize=8.5, color="#555555")
    return figure
