"""Two parties: a plane of gains, the frontier in it, and the line where nobody is ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, MultipleLocator

from hikiwake.explain.language.voice import Voice
from hikiwake.plots import words
from hikiwake.plots.labels import label_marks
from hikiwake.plots.words import Words
from hikiwake.settlement import Gains, Settlement

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

WIDTH, SIDE, LEFT, BOTTOM = 7.0, 5.9, 0.85, 1.15  # inches
SMALL, LARGE, NOTICE = 0.16, 0.29, 0.24  # inches that a line takes above the plane
MARGIN = 0.06  # of gains, around what is drawn
WIDE = 1.5  # of gains; a wider plane has fewer lines across it
STEPS = 12  # places along a straight part that no label may hide
Spot = tuple[float, float]


def draw_plane(
    told: Words, frontier: Any, settlement: Settlement, marked: Mapping[str, Gains]
) -> Figure:
    """Return the picture for two parties, with other packages marked by their labels."""
    first, second = told.in_order(frontier.parties)
    parties = first, second
    across, up = (frontier.parties.index(party) for party in parties)
    figure, axes = _canvas(told, settlement.illustrative, bool(len(frontier.gains)))
    _ground(axes, settlement, told.voice, words.reach(marked.values()))
    # In an order of their own: that of the frontier hangs on who stands first in the file.
    spots = sorted((words.number(row[across]), words.number(row[up])) for row in frontier.gains)
    along = _lines(axes, told, frontier, settlement, (across, up))
    _points(axes, spots, told.voice)
    told_of = _packages(axes, told, settlement, parties)
    axes.set_xlabel(told.voice.say("{party}: gain", party=told.party(first)))
    axes.set_ylabel(told.voice.say("{party}: gain", party=told.party(second)))
    _frame(figure, axes, told.voice)
    _marked(axes, marked, parties, ([*spots, *along], told_of))
    return figure


def _canvas(told: Words, invented: bool, listed: bool) -> tuple[Figure, Axes]:
    """Return an empty plane, and above it as many lines of text as there are."""
    title, voice = words.headline(told.title(), WIDTH - LEFT), told.voice
    small = [words.baseline(voice)] if listed else [words.baseline(voice), words.unlisted(voice)]
    under = "\n".join(words.broken(text, WIDTH - LEFT) for text in small)
    place = BOTTOM + SIDE + 0.1
    lines = [(place, under, {"fontsize": 8.5, "color": "#555555"})]
    place += SMALL * (1 + under.count("\n")) + 0.06
    lines.append((place, title, {"fontsize": 14, "fontweight": "bold"}))
    place += LARGE * (1 + title.count("\n"))
    if invented:
        lines.append((place, words.illustrative(voice), {"fontsize": 9, "style": "italic"}))
        place += NOTICE
    height = place + 0.06
    figure = Figure(figsize=(WIDTH, height))
    for up, text, look in lines:
        figure.text(LEFT / WIDTH, up / height, text, va="bottom", **look)
    return figure, figure.add_axes((LEFT / WIDTH, BOTTOM / height, SIDE / WIDTH, SIDE / height))


def _ground(axes: Axes, settlement: Settlement, voice: Voice, reach: tuple[float, float]) -> None:
    width = float(settlement.tolerance)
    low, high = reach[0] - MARGIN * (reach[0] < 0), reach[1] + MARGIN
    axes.set_xlim(low, high)
    axes.set_ylim(low, high)
    if low < 0:
        for line in (axes.axhline, axes.axvline):
            line(0, color="#999999", linewidth=1, zorder=1)
    ends = [low - 1, high + 1]
    axes.fill_between(
        ends,
        [end - width for end in ends],
        [end + width for end in ends],
        color=words.BAND,
        linewidth=0,
        zorder=0,
        label=voice.say("Counts as even"),
    )
    axes.plot(ends, ends, color=words.FAINT, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    axes.annotate(
        voice.say("nobody ahead"),
        (low + 0.03 * (high - low), low + 0.03 * (high - low)),
        rotation=45,
        rotation_mode="anchor",
        color=words.FAINT,
        fontsize=9,
        xytext=(0, 4),
        textcoords="offset points",
    )


def _lines(
    axes: Axes, told: Words, frontier: Any, settlement: Settlement, order: tuple[int, int]
) -> list[Spot]:
    """Draw the straight parts, and return places along them.

    An end that is no package itself stays an empty ring.
    """
    places: list[Spot] = []
    rings: list[Spot] = []

    def spot(row: Sequence[Fraction]) -> Spot:
        x, y = (_gain(settlement, frontier.parties[place], row[place]) for place in order)
        return x, y

    straight = sorted(
        sorted(((spot(part.first), part.first_closed), (spot(part.second), part.second_closed)))
        for part in frontier.segments
    )
    for ends in straight:
        (first, _), (second, _) = ends
        axes.plot(*zip(first, second, strict=True), color=words.FRONTIER, linewidth=2.2, zorder=2)
        (x0, y0), (x1, y1) = first, second
        parts = (n / STEPS for n in range(STEPS + 1))
        places += [(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for part in parts]
        rings += [end for end, closed in ends if not closed]
    if rings:
        axes.scatter(
            [x for x, _ in rings], [y for _, y in rings], s=26, facecolors="white",
            edgecolors=words.FRONTIER, linewidths=1.2, zorder=3, clip_on=False,
            label=told.voice.say("End of a line that another package betters"),
        )  # fmt: skip
    return places


def _gain(settlement: Settlement, party: str, utility: Fraction) -> float:
    ideal, walk_away = settlement.ideals[party], settlement.walk_away[party]
    span = Fraction(0) if ideal is None else ideal - walk_away
    return float((utility - walk_away) / span) if span else 0.0


def _points(axes: Axes, spots: list[Spot], voice: Voice) -> None:
    if not spots:
        return
    size = 26 if len(spots) <= 60 else 12 if len(spots) <= 400 else 5
    axes.scatter(
        [x for x, _ in spots],
        [y for _, y in spots],
        s=size,
        color=words.FRONTIER,
        edgecolors="white",
        linewidths=0.5,
        zorder=4,
        label=voice.say("On the Pareto frontier"),
        clip_on=False,
    )


def _packages(
    axes: Axes, told: Words, settlement: Settlement, parties: tuple[str, str]
) -> Annotation:
    """Draw the settled package and what may be chosen instead; return what is written of it."""
    assert settlement.package is not None
    mirrors = [package.gains for package in settlement.mirrors[:20]]
    if mirrors:
        _diamonds(axes, mirrors, parties, told.voice.say("As good: its mirror"))
    if settlement.even_but_dearer is not None:
        beside = [settlement.even_but_dearer.package.gains]
        _diamonds(axes, beside, parties, told.voice.say("Even, but dearer"))
    gains = settlement.package.gains
    x, y = (words.number(gains[party]) for party in parties)
    axes.scatter(
        [x], [y], s=190, marker="D", color=words.SETTLED, edgecolors=words.INK, linewidths=1.6,
        zorder=6, clip_on=False,
    )  # fmt: skip
    beyond = x <= 0.62
    shares = (f"{told.party(p)} {told.percent(gains[p])}" for p in parties)
    return axes.annotate(
        "\n".join((told.settled(settlement), *shares)),
        (x, y),
        xytext=(13, 11) if beyond else (-14, -12),
        textcoords="offset points",
        ha="left" if beyond else "right",
        va="bottom" if beyond else "top",
        fontsize=10.5,
        fontweight="bold",
        linespacing=1.35,
        color=words.INK,
        bbox={"boxstyle": "round,pad=0.3", "facecolor": "white", "edgecolor": "none", "alpha": 0.9},
        zorder=7,
    )


def _marked(
    axes: Axes,
    marked: Mapping[str, Gains],
    parties: tuple[str, str],
    beside: tuple[list[Spot], Annotation],
) -> None:
    """Mark packages, each with its label, where it hides nothing of what is beside."""
    first, second = parties
    marks = {
        label: (words.number(gains[first]), words.number(gains[second]))
        for label, gains in marked.items()
    }
    for spot in marks.values():
        axes.scatter(*spot, s=60, marker="s", facecolors="white", edgecolors=words.INK,
                     linewidths=1.6, zorder=6, clip_on=False)  # fmt: skip
    spots, text = beside
    label_marks(axes, marks, [text.xy], spots, [text])


def _diamonds(axes: Axes, several: Sequence[Gains], parties: tuple[str, str], label: str) -> None:
    axes.scatter(
        [words.number(gains[parties[0]]) for gains in several],
        [words.number(gains[parties[1]]) for gains in several],
        s=120, marker="D", facecolors="white", edgecolors=words.INK, linewidths=1.4, zorder=5,
        label=label, clip_on=False,
    )  # fmt: skip


def _frame(figure: Figure, axes: Axes, voice: Voice) -> None:
    axes.set_aspect("equal")
    low, high = axes.get_xlim()
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MultipleLocator(0.2) if high - low < WIDE else MaxNLocator(8))
        words.in_percent(axis, voice)
    axes.grid(color="#dddddd", linewidth=0.6, zorder=0)
    axes.set_axisbelow(True)
    columns = 2 if len(axes.get_legend_handles_labels()[0]) > 2 else 1
    figure.legend(
        loc="lower left", bbox_to_anchor=(LEFT / WIDTH - 0.01, 0), frameon=False, fontsize=9,
        ncols=columns,
    )  # fmt: skip
