"""A picture of a Pareto frontier, with the settled package in it, as PNG or SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hikiwake.errors import Fault, InputError
from hikiwake.model import Dispute
from hikiwake.plots import words
from hikiwake.plots.canvas import Reading, paint, require_drawable
from hikiwake.plots.words import Words
from hikiwake.settlement import Gains, Settlement

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A frontier that cannot be listed: no points, no straight parts."""

    parties: tuple[str, ...]
    gains: tuple[()] = ()
    segments: tuple[()] = ()


def frontier_picture(
    dispute: Dispute,
    frontier: Any,
    settlement: Settlement,
    path: str | Path,
    packages: Mapping[str, Gains] | None = None,
    language: str | None = None,
) -> Reading:
    """Draw a frontier in gains, from what each party has without an agreement; return its reading.

    Two parties: a plane, with the line of equal gains and the band that counts as even. More: one
    axis a party, one line a package. For the mediator: everybody's gains can be read from it (H14).

    Parameters
    ----------
    frontier
        What the façade's ``frontier`` returned: one row of gains a point, and straight parts. None
        where it cannot be listed: then the packages alone are drawn, and the picture says so.
    path
        Where it is written; the ending, ``.png`` or ``.svg``, says as what.
    packages
        Other packages to mark, each by its label, such as alternatives: everybody's gains.
    language
        One of the languages that texts are told in; without it, as for a text to the mediator.

    Raises
    ------
    InputError
        If the ending is neither, there is nothing to draw, Matplotlib is not installed, or the
        file cannot be written.
    """
    target, marked = Path(path), packages or {}
    told = Words(dispute, language=language)
    require_drawable(target)
    if settlement.package is None:
        raise InputError(_nothing(target))

    drawn = frontier or Unlisted(settlement.parties)

    def draw() -> Figure:
        from hikiwake.plots.axes import draw_axes
        from hikiwake.plots.plane import draw_plane

        draw_it = draw_plane if len(drawn.parties) == 2 else draw_axes
        return draw_it(told, drawn, settlement, marked)

    paint(draw, target, told.voice.language)
    return _reading(told, drawn, settlement, marked)


def _reading(
    told: Words, frontier: Any, settlement: Settlement, packages: Mapping[str, Gains]
) -> Reading:
    assert settlement.package is not None
    order, voice = told.in_order(frontier.parties), told.voice
    named = [(told.settled(settlement), settlement.package.gains), *packages.items()]
    rows = [(label, *(told.percent(gains[p]) for p in order)) for label, gains in named]
    for gains in frontier.gains:
        by_party = dict(zip(frontier.parties, gains, strict=True))
        rows.append((voice.say("Frontier"), *(told.percent(by_party[p]) for p in order)))
    shown = settlement.package.gains
    if not len(frontier.gains):
        sentence = voice.say(
            "{package}: gains from what each side has without an agreement are {gains}.",
            package=told.settled(settlement),
            gains=voice.listing(f"{told.party(p)} {told.percent(shown[p])}" for p in order),
        )
        sentence = voice.say("{first} {second}", first=sentence, second=words.unlisted(voice))
        return Reading(sentence, (voice.say("Package"), *map(told.party, order)), tuple(rows))
    sentence = voice.say(
        "{package}: gains from what each side has without an agreement are {gains}; packages of "
        "the frontier: {n}.",
        package=told.settled(settlement),
        gains=voice.listing(f"{told.party(p)} {told.percent(shown[p])}" for p in order),
        n=voice.whole(len(frontier.gains)),
    )
    columns = voice.say("Package"), *(told.party(p) for p in order)
    return Reading(sentence, columns, tuple(rows))


def _nothing(target: Path) -> Fault:
    return Fault(
        f"Picture {target.name!r}",
        "no package that every side could accept",
        "A frontier to draw",
        "H12",
        "Settle the dispute first: that names the limits that cannot all hold.",
    )
