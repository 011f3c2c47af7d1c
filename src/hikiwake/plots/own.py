"""For one party: what it gets on each issue, between its worst and its best, from its own points.

Nobody else's points, red lines or walk-away value are looked at (H14).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from hikiwake.explain.language.voice import Voice
from hikiwake.findings.talks import OwnLook
from hikiwake.model import Curve, Dispute, FrozenMap, Preference, Value
from hikiwake.plots import words
from hikiwake.plots.canvas import Reading, paint
from hikiwake.plots.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME_WIDTH = 2.4  # inches
MARKS = (("D", words.SETTLED, 70), ("s", "none", 190))  # shape, filling, size


@dataclass(frozen=True, slots=True)
class _Stake:
    """One issue in a party's points: what there is, and what its own red lines take away."""

    name: str
    worths: tuple[Fraction, ...]
    crossed: tuple[Fraction, ...]


def own_picture(
    dispute: Dispute, look: OwnLook, path: str | Path, language: str | None = None
) -> Reading:
    """Draw what a party gets on each issue, its red lines and best hopes marked.

    Raises
    ------
    InputError
        As :func:`~hikiwake.plots.canvas.paint` does.
    """
    return compare_picture(dispute, look, None, path, language)


def compare_picture(
    dispute: Dispute,
    look: OwnLook,
    today: OwnLook | None,
    path: str | Path,
    language: str | None = None,
) -> Reading:
    """Draw one package, and beside it today's, as one party values them.

    Parameters
    ----------
    language
        One of the languages that texts are told in; without it the party's own.

    Raises
    ------
    InputError
        As :func:`~hikiwake.plots.canvas.paint` does.
    """
    told = Words(dispute, look.party, language)
    say, points = told.voice.say, told.voice.points
    looks = {say("This package"): look} | ({say("As it is today"): today} if today else {})
    own = dispute.preferences[look.party]
    places = [n for n, view in enumerate(look.views) if view.matters]
    ids = [dispute.issues[place].id for place in places]
    stakes = [_stake(dispute, own, issue, (told.issue(issue), looks)) for issue in ids]
    got = {label: [one.views[n].points for n in places] for label, one in looks.items()}
    sentence = _sentence(look, today, told)
    under = f"{sentence}\n{words.illustrative(told.voice)}" if dispute.illustrative else sentence
    title = say("{title}: for {party}", title=told.title(), party=told.party(look.party))
    paint(lambda: _draw(told, stakes, got, (title, under)), path, told.voice.language)
    columns = say("Issue"), *looks, say("Your best hope"), say("Least"), say("Across a red line")
    rows = [
        (
            stake.name,
            *(points(given[n]) for given in got.values()),
            points(max(stake.worths)),
            points(min(stake.worths)),
            told.voice.listing(points(worth) for worth in stake.crossed),
        )
        for n, stake in enumerate(stakes)
    ]
    return Reading(sentence, columns, tuple(rows))


def _sentence(look: OwnLook, today: OwnLook | None, told: Words) -> str:
    points = told.voice.points
    if today is None:
        return told.voice.say(
            "This package is worth {points} points to you; without an agreement you keep {least}.",
            points=points(look.utility),
            least=points(look.walk_away),
        )
    return told.voice.say(
        "This package is worth {points} points to you, as it is today {today}; without an "
        "agreement you keep {least}.",
        points=points(look.utility),
        today=points(today.utility),
        least=points(look.walk_away),
    )


def _stake(
    dispute: Dispute, own: Preference, issue: str, shown: tuple[str, dict[str, OwnLook]]
) -> _Stake:
    name, looks = shown
    points = own.points[issue]
    values = tuple(_values(dispute, own, issue))
    alone = [line.never for line in own.red_lines if tuple(line.never.tests) == (issue,)]
    crossed = [v for v in values if any(c.holds(FrozenMap({issue: v})) for c in alone)]
    worths = [points.value(own.party, v) for v in values]
    worths += [view.points for look in looks.values() for view in look.views if view.issue == issue]
    return _Stake(name, tuple(worths), tuple(points.value(own.party, v) for v in crossed))


def _values(dispute: Dispute, own: Preference, issue: str) -> Iterator[Value]:
    """Yield the values of an issue that a picture has room for; of a division its two ends."""
    decisions = dispute.decisions_of(dispute.issue(issue))
    curve = own.points[issue]
    if isinstance(curve, Curve):
        yield from (x for x, _ in curve.corners)
    elif decisions is not None:
        yield from decisions
    elif dispute.issue(issue).kind == "share":
        for all_of_it in (0, 1):
            yield FrozenMap({p: Fraction(p == own.party) * all_of_it for p in dispute.party_ids})


def _draw(
    told: Words,
    stakes: Sequence[_Stake],
    got: dict[str, list[Fraction]],
    said: tuple[str, str],
) -> Figure:
    from matplotlib.figure import Figure

    title, under = said
    figure = Figure(figsize=(8, 1.9 + 0.52 * len(stakes)), layout="constrained")
    axes = figure.add_subplot()
    for row, stake in enumerate(stakes):
        _ground(axes, row, stake, told.voice)
    for (label, points), (mark, fill, size) in zip(got.items(), MARKS, strict=False):
        axes.scatter(
            [float(p) for p in points], range(len(stakes)), s=size, marker=mark, facecolors=fill,
            edgecolors=words.INK, linewidths=1.5, zorder=5, label=label, clip_on=False,
        )  # fmt: skip
    names = [words.broken(stake.name, NAME_WIDTH) for stake in stakes]
    axes.set_yticks(range(len(stakes)), names)
    axes.invert_yaxis()
    axes.margins(y=0.08)
    axes.set_xlabel(told.voice.say("Your points"))
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0, labelcolor=words.INK)
    axes.set_title(words.headline(title, 6), loc="left", fontsize=13, fontweight="bold", pad=12)
    figure.supxlabel(words.broken(under, 8), x=0.01, ha="left", fontsize=8.5, color="#555555")
    figure.legend(loc="outside upper right", frameon=False, fontsize=9, ncols=4)
    return figure


def _ground(axes: Axes, row: int, stake: _Stake, voice: Voice) -> None:
    low, high = float(min(stake.worths)), float(max(stake.worths))
    axes.plot([low, high], [row, row], color="#bbbbbb", linewidth=5, zorder=1,
              solid_capstyle="round")  # fmt: skip
    dots = sorted({float(worth) for worth in stake.worths})
    axes.scatter(dots, [row] * len(dots), s=14, color="#777777", zorder=2)
    axes.scatter([high], [row], s=210, marker="o", facecolors="none", edgecolors=words.FRONTIER,
                 linewidths=1.8, zorder=4, clip_on=False,
                 label=voice.say("Your best hope") if row == 0 else None)  # fmt: skip
    if stake.crossed:
        label = voice.say("Across your red line")
        known = label in axes.get_legend_handles_labels()[1]
        axes.scatter([float(w) for w in stake.crossed], [row] * len(stake.crossed), s=80,
                     marker="x", color=words.INK, linewidths=2.2, zorder=6, clip_on=False,
                     label=None if known else label)  # fmt: skip
