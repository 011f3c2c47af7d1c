"""A frontier in words: how many points there are, what joins them, and how to read the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hikiwake.explain.language.names import Names
from hikiwake.explain.language.voice import Voice
from hikiwake.settlement import Count

MARK = "◆"


@dataclass(frozen=True, slots=True)
class Extent:
    """How large a frontier is: points, straight parts that join them, lines that it only nears.

    ``in_part``: the time limit was reached first, or, if ``uncut``, faces cut each other in more
    than lines; ``certain``: all is there where this side has so many points. ``settled``: the
    package that is settled on is known.
    """

    points: int
    searched: Count
    parts: int = 0
    lines: int = 0
    flat: bool = False
    empty: bool = False
    settled: bool = True
    in_part: bool = False
    uncut: bool = False
    certain: tuple[str, Fraction] | None = None


def frontier_title(names: Names, voice: Voice) -> str:
    """Return what stands above a frontier."""
    title = names.title() or voice.say("A dispute")
    return voice.say("{title}: the Pareto frontier, for the mediator", title=title)


def frontier_notice(voice: Voice) -> str:
    """Return what stands above everything about a dispute whose numbers are invented."""
    return voice.say("Illustrative: every number is invented; it is nobody's position.")


def frontier_lines(found: Extent, voice: Voice) -> Iterator[str]:
    """Yield what a reader of the points has to know; one sentence where there are none."""
    if found.empty:
        yield voice.say("No package is acceptable to every side: the frontier is empty.")
        return
    yield from (_what_is_missing if found.in_part else _all)(found, voice)
    if not found.points and not found.settled:
        return
    yield from _parts(found, voice)
    yield voice.say(
        "At none of these points could a side be better off without another being worse off."
    )
    yield voice.say(
        "Each cell: the side's points, and its gain from what it has without an agreement."
    )
    if found.settled:
        yield voice.say("{mark} is the package that `hikiwake settle` shows.", mark=MARK)
    else:
        yield not_in_time(voice)


def not_in_time(voice: Voice) -> str:
    """Return that the package that is settled on is not known."""
    return voice.say("The package that `hikiwake settle` shows was not found in time.")


def no_picture(voice: Voice, settled: bool = False) -> str:
    """Return why nothing is drawn: what is settled on was not found in time, or nothing was."""
    why = nothing_in_time(voice) if settled else not_in_time(voice)
    return voice.say("{first} {second}", first=voice.say("No picture."), second=why)


def nothing_to_draw(voice: Voice) -> str:
    """Return that nothing is drawn, for nothing is acceptable to every side."""
    why = voice.say("No package is acceptable to every side: the frontier is empty.")
    return voice.say("{first} {second}", first=voice.say("No picture."), second=why)


def nothing_in_time(voice: Voice) -> str:
    """Return that no point is known."""
    return voice.say("The time limit was reached before any point of it was certain.")


def package_column(voice: Voice, settled: bool = True) -> str:
    """Return what stands above the packages."""
    if not settled:
        return voice.say("Package")
    return voice.say("Package, where it differs from {mark}", mark=MARK)


def points_and_gain(voice: Voice, points: Fraction, gain: str) -> str:
    """Return what stands in a side's cell of the table."""
    return voice.say("{points} ({part})", points=voice.points(points), part=gain)


def more_points(count: int, voice: Voice) -> str:
    """Return that there are more points than the table shows."""
    return voice.count(
        "{n} more point: --all lists it, --json has it.",
        "{n} more points: --all lists them, --json has them.",
        count,
    )


def _all(found: Extent, voice: Voice) -> Iterator[str]:
    if found.searched == "infinite":
        yield voice.count(
            "{n} point; all packages were searched, infinitely many of them.",
            "{n} points; all packages were searched, infinitely many of them.",
            found.points,
        )
    else:
        yield voice.count(
            "{n} point; all packages were searched, {searched} of them.",
            "{n} points; all packages were searched, {searched} of them.",
            found.points,
            searched=voice.whole(found.searched),
        )


def _what_is_missing(found: Extent, voice: Voice) -> Iterator[str]:
    if found.uncut:
        yield voice.count(
            "{n} point is certain; all packages were searched, infinitely many of them.",
            "{n} points are certain; all packages were searched, infinitely many of them.",
            found.points,
        )
        yield voice.say(
            "There may be more where faces of different packages cut each other: between four and "
            "more sides these are not listed."
        )
        return
    more = voice.say("--time-limit allows more time.")
    if not found.points:
        yield voice.say("{first} {second}", first=nothing_in_time(voice), second=more)
        return
    some = voice.count(
        "{n} point was certain when the time limit was reached.",
        "{n} points were certain when the time limit was reached.",
        found.points,
    )
    yield voice.say("{first} {second}", first=some, second=more)
    if found.certain is None:
        yield voice.say("There may be more, anywhere.")
    else:
        who, least = found.certain
        yield voice.say(
            "There may be more at which {party} has fewer than {points} points, and no others.",
            party=who,
            points=voice.points(least),
        )
    yield voice.say(
        "Of packages worth as much to everyone, the one shown need not be the nearest to today's."
    )


def _parts(found: Extent, voice: Voice) -> Iterator[str]:
    if not found.parts and not found.lines:
        return
    yield voice.count(
        "{n} straight part joins them: along each, something is divided.",
        "{n} straight parts join them: along each, something is divided.",
        found.parts,
    )
    if found.flat:
        yield (
            voice.say(
                "They bound flat faces, of which what no other package betters is on the frontier."
            )
            if found.uncut
            else voice.say(
                "They bound flat faces: all of these are on the frontier, not the points alone."
            )
        )
    if found.lines:
        yield voice.count(
            "{n} more line only bounds a face: just beside it a package is on the frontier, on it "
            "another package is better.",
            "{n} more lines only bound a face: just beside it a package is on the frontier, on it "
            "another package is better.",
            found.lines,
        )
