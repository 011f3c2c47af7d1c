"""Three parties or more: one axis a party, one line a package, the settled one standing out."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import cycle, product
from math import nan
from typing import TYPE_CHECKING, Any

from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from hikiwake.explain.language.layout import wrap
from hikiwake.explain.language.voice import Voice
from hikiwake.plots import words
from hikiwake.plots.words import Words
from hikiwake.settlement import Gains, Settlement

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Reach = tuple[float, float]

MARGIN = 0.03  # of gains, above and below
MOST_LINES = 1_500
LONG_NAME = 12  # letters, more are broken into lines
NAME_COLUMNS = 11  # an inch, of the names below the axes
LEFT = 0.85  # inches: what stands left of the first axis
LINE = 12  # points: what a small line takes
SHAPES = ("", "o", "s", "^", "v")  # one after the other, when every dash was used
DASHES = ("--", ":", "-.", (0, (6, 1, 1, 1, 1, 1)))


def draw_axes(
    told: Words, frontier: Any, settlement: Settlement, marked: Mapping[str, Gains]
) -> Figure:
    """Return the picture for three parties or more, with other packages marked by their labels.

    Who can neither gain nor lose stands last, and no line reaches there.
    """
    assert settlement.package is not None
    own = settlement.package.gains
    parties = sorted(told.in_order(frontier.parties), key=lambda party: own[party] is None)
    order = [frontier.parties.index(party) for party in parties]
    width = min(16.0, max(7.0, 1.25 * len(parties) + 2))
    figure = Figure(figsize=(width, 6), layout="constrained")
    axes = figure.add_subplot()
    step = -(-len(frontier.gains) // MOST_LINES) or 1
    rows = [[_height(row[place]) for place in order] for row in frontier.gains[::step]]
    _lines(axes, rows)
    _settled(axes, told, settlement, parties)
    looks = cycle(product(SHAPES, DASHES))
    for (label, gains), (shape, dash) in zip(marked.items(), looks, strict=False):
        heights = [_height(gains[party]) for party in parties]
        axes.plot(heights, color=words.INK, linewidth=1.8, linestyle=dash, zorder=3, marker=shape,
                  markerfacecolor="white", label=words.plain(label, words.SHOWN_NAME))  # fmt: skip
    names = [told.party(party) for party in parties]
    room = max(LONG_NAME, int(NAME_COLUMNS * width / (len(parties) + 1)))
    axes.set_xticks(range(len(parties)), ["\n".join(wrap(name, room)) for name in names])
    lines = _under(axes, told.voice, (len(rows), len(frontier.gains)), width - LEFT)
    reach = words.reach((own, *marked.values()))
    _frame(figure, axes, told, (settlement.illustrative, lines, width, reach))
    return figure


def _height(gain: Fraction | None) -> float:
    return nan if gain is None else float(gain)


def _lines(axes: Axes, rows: list[list[float]]) -> None:
    alpha = max(0.06, min(0.6, 12 / max(1, len(rows))))
    lines = [list(enumerate(row)) for row in rows]
    axes.add_collection(
        LineCollection(lines, colors=words.FRONTIER, linewidths=0.9, alpha=alpha, zorder=2)
    )


def _settled(axes: Axes, told: Words, settlement: Settlement, parties: list[str]) -> None:
    assert settlement.package is not None
    gains = [settlement.package.gains[party] for party in parties]
    places = range(len(parties))
    heights = list(map(_height, gains))
    axes.plot(places, heights, color=words.INK, linewidth=4.2, zorder=4, solid_capstyle="round")
    axes.plot(
        places, heights, color=words.SETTLED, linewidth=2.4, marker="D", markersize=9,
        markeredgecolor=words.INK, markeredgewidth=1.4, zorder=5, clip_on=False,
        label=told.voice.say("The settled package: {status}", status=told.settled(settlement)),
    )  # fmt: skip
    for place, gain in zip(places, gains, strict=True):
        axes.annotate(
            told.percent(gain),
            (place, words.number(gain)),
            xytext=(9, 9),
            textcoords="offset points",
            fontsize=9.5,
            fontweight="bold",
            color=words.INK,
            zorder=6,
            bbox={
                "boxstyle": "round,pad=0.2",
                "facecolor": "white",
                "edgecolor": "none",
                "alpha": 0.85,
            },
        )


def _frame(figure: Figure, axes: Axes, told: Words, how: tuple[bool, int, float, Reach]) -> None:
    invented, lines, width, reach = how  # lines under the title
    last = len(axes.get_xticks()) - 1
    axes.set_xlim(-0.25, last + 0.45)
    low, high = reach
    axes.set_ylim(low - MARGIN * (low < 0), high + MARGIN)
    if low < 0:
        axes.axhline(0, color="#999999", linewidth=1, zorder=1)
    words.in_percent(axes.yaxis, told.voice)
    axes.set_ylabel(told.voice.say("Gain"))
    for place in range(last + 1):
        axes.axvline(place, color="#999999", linewidth=1, zorder=1)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="x", length=0, labelsize=10, labelcolor=words.INK)
    title = words.headline(told.title(), width - LEFT)
    axes.set_title(title, loc="left", fontsize=14, fontweight="bold", pad=14 + LINE * lines)
    lines += 2 * title.count("\n")
    if invented:
        axes.annotate(
            words.illustrative(told.voice), (0, 1), xycoords="axes fraction", style="italic",
            xytext=(0, 36 + LINE * lines), textcoords="offset points", fontsize=9,
        )  # fmt: skip
    figure.legend(loc="outside lower left", frameon=False, fontsize=9)


def _under(axes: Axes, voice: Voice, counts: tuple[int, int], inches: float) -> int:
    """Write what stands under the title, and return how many lines it takes."""
    shown, of = counts
    line = words.unlisted(voice)
    if of:
        line = voice.say(
            "Each line is a package of the frontier: no other is better for one side and worse for "
            "none ({shown} of {of} are drawn).",
            shown=voice.whole(shown),
            of=voice.whole(of),
        )
    under = "\n".join(words.broken(text, inches) for text in (words.baseline(voice), line))
    axes.text(0, 1.015, under, transform=axes.transAxes, fontsize=8.5, color="#555555", va="bottom")
    return under.count("\n") + 1
