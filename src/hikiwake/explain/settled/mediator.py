"""The telling for the mediator, who sees everything: exact numbers, every side, every limit."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hikiwake.explain.language.conditions import combination
from hikiwake.explain.language.telling import BULLET, Section, Table
from hikiwake.explain.settled.beside import beside
from hikiwake.explain.settled.conflicts import conflicts
from hikiwake.explain.settled.limits import limits
from hikiwake.explain.settled.package import names_note, public_package
from hikiwake.explain.settled.power import power
from hikiwake.explain.settled.remedies import remedies
from hikiwake.explain.settled.result import result
from hikiwake.explain.settled.scene import Scene
from hikiwake.explain.settled.sureness import bound, sureness, they_are_left_out
from hikiwake.explain.settled.verdicts import verdicts
from hikiwake.explain.settled.workings import dearer, workings
from hikiwake.settlement import Change, Gains, Numbers

SIDES_IN_A_TABLE = 3
CHANGES_SHOWN = 60


def for_mediator(scene: Scene) -> Iterator[Section]:
    """Yield every section."""
    voice = scene.voice
    lines = (
        *result(scene),
        *_apart(scene),
        *_below(scene),
        *_left_out(scene),
        *names_note(voice, scene.names),
    )
    yield Section(voice.say("Result"), lines)
    if scene.settlement.package is None:
        yield from conflicts(scene)
        yield _without_agreement(scene)
    else:
        yield public_package(scene)
        yield _gains(scene)
        yield from _issue_by_issue(scene)
        yield from _groups(scene)
        yield from limits(scene)
        yield from _changes(scene)
        yield from beside(scene)
        yield from dearer(scene)
        yield from remedies(scene)
        yield from power(scene)
        yield from verdicts(scene)
    yield sureness(scene, *bound(scene))
    yield from workings(scene)


def _apart(scene: Scene) -> Iterator[str]:
    settlement, voice = scene.settlement, scene.voice
    if settlement.imbalance is None:
        return
    if settlement.imbalance == 0:
        yield voice.say(
            "All gains, from what each side has without an agreement, are exactly equal."
        )
        return
    yield voice.say(
        "Between the largest and the smallest gain, from what each side has without an agreement, "
        "lie {imbalance} of the most that a side could gain. Up to {tolerance} counts as even.",
        imbalance=voice.part(settlement.imbalance, in_full=True),
        tolerance=voice.part(settlement.tolerance),
    )


def _below(scene: Scene) -> Iterator[str]:
    below = scene.below_walk_away() if scene.settlement.package else ()
    if below:
        yield scene.voice.say(
            "This package leaves a side less than it has without an agreement: {parties}.",
            parties=scene.names.parties(below),
        )


def _left_out(scene: Scene) -> Iterator[str]:
    if scene.settlement.left_out:
        yield they_are_left_out(scene.settlement.left_out, scene.voice, scene.names)


def _without_agreement(scene: Scene) -> Section:
    voice, walk_away = scene.voice, scene.settlement.walk_away
    rows = tuple(
        (scene.names.party(party), voice.points(walk_away[party]))
        for party in scene.names.in_order(scene.settlement.parties)
    )
    columns = (voice.say("Side"), voice.say("Points without an agreement"))
    return Section(voice.say("Without an agreement"), (), Table(columns, rows))


def _gains(scene: Scene) -> Section:
    voice, settlement, package = scene.voice, scene.settlement, scene.package
    columns = (
        voice.say("Side"),
        voice.say("Points"),
        voice.say("Without an agreement"),
        voice.say("At most"),
        voice.say("Gain"),
    )
    rows = tuple(
        (
            scene.names.party(party),
            voice.points(package.utilities[party]),
            voice.points(settlement.walk_away[party]),
            _or_dash(scene, settlement.ideals, party),
            _gain(scene, package.gains[party]),
        )
        for party in scene.names.in_order(settlement.parties)
    )
    note = voice.say(
        "A gain of 0 is what the side has without an agreement, a gain of 1 the most that it could "
        "get in a package that every side could accept. Points of different sides cannot be "
        "compared; gains can."
    )
    if scene.dispute.common_scale:
        note = voice.say(
            "A gain of 0 is what the side has without an agreement, a gain of 1 the most that it "
            "could get in a package that every side could accept. In this dispute points mean the "
            "same to every side."
        )
    return Section(voice.say("What each side gains"), (note,), Table(columns, rows))


def _gain(scene: Scene, gain: Fraction | None) -> str:
    if gain is None:
        return "–"
    if gain.denominator == 1:
        return scene.voice.say(
            "{fraction} ({percent})",
            fraction=scene.voice.points(gain),
            percent=scene.voice.percent(gain),
        )
    return scene.voice.part(gain, in_full=True)


def _or_dash(scene: Scene, numbers: Gains, party: str) -> str:
    number = numbers.get(party)
    return "–" if number is None else scene.voice.points(number)


def _issue_by_issue(scene: Scene) -> Iterator[Section]:
    voice, names = scene.voice, scene.names
    sides = [p for p in names.in_order(scene.settlement.parties) if p in scene.settlement.views]
    bonuses = tuple(_bonuses(scene))
    for start in range(0, len(sides), SIDES_IN_A_TABLE):
        some = sides[start : start + SIDES_IN_A_TABLE]
        columns = (voice.say("Issue"), *(names.party(party) for party in some))
        rows = tuple(
            (names.issue(issue.id), *(_stake(scene, party, place) for party in some))
            for place, issue in enumerate(scene.dispute.issues)
        )
        lines = (
            voice.say(
                "Each side's points for what is decided, of the points for its best hope there. "
                "Best hopes are taken issue by issue; they need not be possible together."
            ),
        )
        heading = voice.say("What each side has of its best hopes")
        if start:
            lines, heading = (), ""
        yield Section(heading, lines + (bonuses if not start else ()), Table(columns, rows))


def _stake(scene: Scene, party: str, place: int) -> str:
    view = scene.settlement.views[party][place]
    if not view.matters:
        return "–"
    return scene.voice.say(
        "{points} of {hoped}",
        points=scene.voice.points(view.points),
        hoped=scene.voice.points(view.hoped),
    )


def _bonuses(scene: Scene) -> Iterator[str]:
    for party in scene.names.in_order(scene.settlement.parties):
        for bonus in scene.dispute.preferences[party].bonuses:
            if bonus.when.holds(scene.package.outcome):
                yield BULLET + scene.voice.say(
                    "{party}: {points} points more, because this comes together: {combination}.",
                    party=scene.names.party(party),
                    points=scene.voice.points(bonus.points),
                    combination=combination(scene.voice, scene.names, bonus.when),
                )


def _groups(scene: Scene) -> Iterator[Section]:
    voice, names = scene.voice, scene.names
    for group in scene.settlement.groups:
        name = names.group(group.group)
        if group.imbalance is None:
            line = voice.say("It holds: fewer than two sides have anything at stake in it.")
        elif group.even:
            line = voice.say(
                "It is even within itself: the largest and the smallest part differ by "
                "{imbalance}.",
                imbalance=voice.part(group.imbalance, in_full=True),
            )
        else:
            line = voice.say(
                "No package is even within it. In this one, which comes closest, the largest and "
                "the smallest part differ by {imbalance}.",
                imbalance=voice.part(group.imbalance, in_full=True),
            )
        rows = tuple(
            (names.party(party), "–" if share is None else voice.part(share))
            for party in names.in_order(group.shares)
            for share in (group.shares[party],)
        )
        columns = (voice.say("Side"), voice.say("Part, between its least and its most there"))
        heading = voice.say("Not for trade: {group}", group=name)
        yield Section(heading, (line,), Table(columns, rows))


def _changes(scene: Scene) -> Iterator[Section]:
    voice, changes = scene.voice, scene.settlement.changes
    if not changes:
        return
    columns = (
        voice.say("Issue"),
        voice.say("If instead"),
        voice.say("Effect, in each side's own points"),
        voice.say("Allowed"),
    )
    lines = [
        voice.say(
            "One issue decided otherwise, all else as it is. Not allowed: it would cross a limit, "
            "or leave a side with less than it has without an agreement."
        )
    ]
    if scene.skipped_steps():
        lines.append(scene.about_steps())
    if len(changes) > CHANGES_SHOWN:
        lines.append(
            voice.count(
                "There is {n} such change; the first ones are shown.",
                "There are {n} such changes; the first ones are shown.",
                len(changes),
            )
        )
    in_order = sorted(changes, key=lambda c: scene.names.place(c.issue, c.value))
    rows = tuple(_change(scene, change) for change in in_order[:CHANGES_SHOWN])
    yield Section(voice.say("What a change would do"), tuple(lines), Table(columns, rows))


def _change(scene: Scene, change: Change) -> tuple[str, ...]:
    return (
        scene.names.issue(change.issue),
        scene.names.value(change.issue, change.value),
        _effects(scene, change.effects),
        scene.voice.say("yes") if change.allowed else scene.voice.say("no"),
    )


def _effects(scene: Scene, effects: Numbers) -> str:
    voice, names = scene.voice, scene.names
    felt = [party for party in names.in_order(effects) if effects[party] != 0]
    if not felt:
        return voice.say("no change")
    return voice.say("; ").join(
        voice.say("{party}: {points}", party=names.party(p), points=voice.signed(effects[p]))
        for p in felt
    )
