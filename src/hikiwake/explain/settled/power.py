"""Where the power lies, in words: for the mediator, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hikiwake.explain.language.telling import BULLET, Section, Table
from hikiwake.explain.settled.scene import Scene
from hikiwake.settlement import AgendaChange, Measured, Power, Status

LISTED = 10


def power(scene: Scene) -> Iterator[Section]:
    """Yield where the power lies, if that was asked for."""
    found = scene.settlement.power
    if found is None or scene.settlement.package is None:
        return
    heading = scene.voice.say("Where the power lies")
    for section in (*_private_limit(scene, found), *_today(scene, found), *_agenda(scene, found)):
        yield Section(heading, section.lines, section.table)
        heading = ""


def _private_limit(scene: Scene, found: Power) -> Iterator[Section]:
    if not found.private_limit:
        return
    voice, names, measured = scene.voice, scene.names, found.before_lines
    lines = [
        voice.say(
            "A private limit does the work: without the red lines that were named in confidence, "
            "the most that some side could hope for would be another."
        )
    ]
    if measured.ahead:
        lines.append(
            voice.say(
                "Measured against that most, from what each side has without an agreement, the "
                "package is not even. Ahead: {parties}.",
                parties=names.parties(measured.ahead),
            )
        )
    elif measured.imbalance is not None:
        lines.append(
            voice.say(
                "Measured against that most, from what each side has without an agreement, the "
                "package is even."
            )
        )
    columns = (
        voice.say("Side"),
        voice.say("At most"),
        voice.say("At most, without red lines"),
        voice.say("Gain, measured so"),
    )
    ideals = scene.settlement.ideals
    rows = tuple(
        (
            names.party(party),
            _points(scene, ideals[party]),
            _points(scene, measured.ideals[party]),
            _part(scene, measured.gains[party]),
        )
        for party in names.in_order(scene.settlement.parties)
    )
    yield Section("", tuple(lines), Table(columns, rows))


def _today(scene: Scene, found: Power) -> Iterator[Section]:
    voice, names, measured = scene.voice, scene.names, found.from_equal
    if not measured.ahead or measured.gains == scene.package.gains:
        return
    lines: list[str] = []
    if found.today_favours:
        favoured, apart = names.parties(found.today_favours), scene.settlement.imbalance
        if apart is not None and apart <= scene.settlement.tolerance:
            lines.append(
                voice.say(
                    "The gains are even from what each side has without an agreement, and what "
                    "they have favours: {parties}.",
                    parties=favoured,
                )
            )
        else:
            lines.append(
                voice.say(
                    "What the sides have without an agreement favours: {parties}.",
                    parties=favoured,
                )
            )
    lines.append(
        voice.say(
            "Counted from the least that rules and red lines allow each side instead, the package "
            "is not even. Ahead: {parties}.",
            parties=names.parties(measured.ahead),
        )
    )
    yield Section("", tuple(lines), _from_least(scene, measured, found))


def _from_least(scene: Scene, measured: Measured, found: Power) -> Table:
    voice, names = scene.voice, scene.names
    columns = (
        voice.say("Side"),
        voice.say("At least"),
        voice.say("At most"),
        voice.say("Without an agreement, in parts of that way"),
        voice.say("Gain, from the least"),
    )
    rows = tuple(
        (
            names.party(party),
            voice.points(measured.zeros[party]),
            voice.points(measured.ideals[party]),
            _part(scene, found.today[party]),
            _part(scene, measured.gains[party]),
        )
        for party in names.in_order(scene.settlement.parties)
    )
    return Table(columns, rows)


def _agenda(scene: Scene, found: Power) -> Iterator[Section]:
    voice = scene.voice
    lines = [*_tried(scene, found)]
    if found.agenda:
        lines.append(
            voice.count(
                "{n} of them changes the result by being dropped, although no package that is "
                "offered has it:",
                "{n} of them change the result by being dropped, although no package that is "
                "offered has them:",
                len(found.agenda),
            )
        )
        lines += [BULLET + _change(scene, change) for change in found.agenda[:LISTED]]
        if len(found.agenda) > LISTED:
            lines.append(voice.say("The largest changes are shown."))
    elif found.dropped:
        lines.append(voice.say("None of them changes the result."))
    if not (found.private_limit or found.agenda or tuple(_today(scene, found))):
        lines.append(voice.say("Nothing was found that the evenness of this package leans on."))
    yield Section("", tuple(lines))


def _tried(scene: Scene, found: Power) -> Iterator[str]:
    voice = scene.voice
    if found.dropped < found.unused:
        yield voice.count(
            "{n} option that nobody uses was dropped to see what happens; {others} others were "
            "not tried.",
            "{n} options that nobody uses were dropped, one at a time, to see what happens; "
            "{others} others were not tried.",
            found.dropped,
            others=voice.whole(found.unused - found.dropped),
        )
    elif found.unused:
        yield voice.count(
            "The {n} option that nobody uses was dropped to see what happens.",
            "The {n} options that nobody uses were dropped, one at a time, to see what happens.",
            found.unused,
        )
    elif not scene.settlement.direct:
        yield voice.say("There is no option that nobody uses.")


def _change(scene: Scene, change: AgendaChange) -> str:
    voice, names = scene.voice, scene.names
    option = voice.say(
        "{issue} – {value}",
        issue=names.issue(change.issue),
        value=names.value(change.issue, change.option),
    )
    differences = names.outcome(change.package.outcome, scene.package.outcome)
    if not differences:
        if change.status is Status.DRAW:
            return voice.say("Without {option}: the same package, and it is a draw.", option=option)
        return voice.say("Without {option}: the same package, and it is no draw.", option=option)
    if change.status is Status.DRAW:
        return voice.say(
            "Without {option}: another package, a draw: {differences}.",
            option=option,
            differences=differences,
        )
    return voice.say(
        "Without {option}: another package, no draw: {differences}.",
        option=option,
        differences=differences,
    )


def _points(scene: Scene, number: Fraction | None) -> str:
    return "–" if number is None else scene.voice.points(number)


def _part(scene: Scene, part: Fraction | None) -> str:
    return "–" if part is None else scene.voice.part(part, in_full=True)
