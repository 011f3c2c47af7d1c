"""For the mediator: which answers matter most, the widest bar on top."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from hikiwake.model import Dispute
from hikiwake.plots import words
from hikiwake.plots.canvas import Reading, paint
from hikiwake.plots.words import Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Bar = tuple[str, Fraction, Fraction]
MOST_BARS = 25
WIDTH = 8.0
LABEL = 80  # letters, on two lines


def tornado_picture(
    dispute: Dispute,
    bars: Sequence[Bar],
    path: str | Path,
    base: Fraction = Fraction(0),
    language: str | None = None,
    cut_short: bool = False,
) -> Reading:
    """Draw how far apart the gains are when each answer varies; return its reading.

    Parameters
    ----------
    bars
        (label, low, high): parts of a range; drawn by width, at most ``MOST_BARS`` of them.
    base
        How far apart they are as the sides answered; every bar reaches it.
    language
        One of the languages that texts are told in; without it, as for a text to the mediator.
    cut_short
        Time was over before every answer was looked at: there may be other bars, wider ones.

    Raises
    ------
    InputError
        As :func:`~hikiwake.plots.canvas.paint` does.
    """
    reaching = [(label, min(low, base), max(high, base)) for label, low, high in bars]
    ordered = sorted(reaching, key=lambda bar: (bar[1] - bar[2], bar[0]))
    told = Words(dispute, language=language)
    voice = told.voice
    sentence = "" if cut_short else voice.say("No answer is in doubt.")
    if ordered:
        label, low, high = ordered[0]
        sentence = voice.say(
            "What matters most is {answer}: gains, from what each side has without an agreement, "
            "are from {low} to {high} apart.",
            answer=label,
            low=voice.percent(low, 1),
            high=voice.percent(high, 1),
        )
    if cut_short:
        reached = voice.say(
            "The time limit was reached. What is told holds all the same, but bounds may be wide, "
            "and the list of answers that matter most may be incomplete."
        )
        sentence = f"{sentence} {reached}".strip()
    under = f"{sentence}\n{words.illustrative(voice)}" if dispute.illustrative else sentence
    paint(lambda: _draw(told, ordered[:MOST_BARS], base, under), path, voice.language)
    rows = tuple((b, voice.percent(low, 1), voice.percent(high, 1)) for b, low, high in ordered)
    columns = voice.say("Answer"), voice.say("At the least"), voice.say("At the most")
    return Reading(sentence, columns, rows)


def _draw(told: Words, bars: Sequence[Bar], base: Fraction, under: str) -> Figure:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, 1.8 + 0.42 * max(1, len(bars))), layout="constrained")
    axes = figure.add_subplot()
    axes.use_sticky_edges = False  # a bar that ends at the frame would lose its edge
    for row, (_, below, above) in enumerate(bars):
        axes.barh(row, float(base - below), left=float(below), color="#9db4cc",
                  edgecolor=words.INK, linewidth=0.8, height=0.62, zorder=2)  # fmt: skip
        axes.barh(row, float(above - base), left=float(base), color=words.FRONTIER,
                  edgecolor=words.INK, linewidth=0.8, height=0.62, zorder=2)  # fmt: skip
    axes.axvline(float(base), color=words.INK, linewidth=1.4, zorder=3)
    labels = [words.broken(words.plain(label, LABEL), 3) for label, _, _ in bars]
    axes.set_yticks(range(len(bars)), labels, fontsize=9)
    axes.invert_yaxis()
    words.in_percent(axes.xaxis, told.voice)
    axes.set_xlabel(
        told.voice.say("How far apart the sides are; the line: as answered"), loc="right"
    )
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0, labelcolor=words.INK)
    title = told.voice.say("{title}: how far apart, by answer", title=told.title())
    figure.suptitle(words.headline(title, WIDTH), x=0.01, ha="left", fontsize=13, fontweight="bold")
    figure.supxlabel(words.broken(under, WIDTH), x=0.01, ha="left", fontsize=8.5, color="#555555")
    return figure
