"""The telling for one side: its own words, its own points, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator

from hikiwake.explain.language.conditions import combination
from hikiwake.explain.language.telling import BULLET, Section, Table
from hikiwake.explain.settled.beside import beside
from hikiwake.explain.settled.conflicts import own_conflicts
from hikiwake.explain.settled.limits import limits, not_for_trade
from hikiwake.explain.settled.package import heading
from hikiwake.explain.settled.remedies import remedies
from hikiwake.explain.settled.result import result
from hikiwake.explain.settled.scene import Scene
from hikiwake.explain.settled.sureness import sureness
from hikiwake.model import FrozenMap, Money
from hikiwake.settlement import Change, IssueView

CHANGES_SHOWN = 10


def for_party(scene: Scene, viewer: str) -> Iterator[Section]:
    """Yield the sections for one side. Of the sides' private data only ``viewer``'s is read."""
    yield Section(scene.voice.say("Result"), tuple(result(scene)))
    if scene.settlement.package is None:
        yield own_conflicts(scene)
        yield Section(scene.voice.say("Without an agreement"), (_keeps(scene, viewer),))
    else:
        yield _package(scene, viewer)
        yield Section(scene.voice.say("What you gain"), tuple(_gains(scene, viewer)))
        yield Section(scene.voice.say("What you give up"), tuple(_gives_up(scene, viewer)))
        yield from _worse(scene, viewer)
        yield from not_for_trade(scene)
        yield from limits(scene)
        yield from beside(scene)
        yield from remedies(scene)
    yield sureness(scene)


def _views(scene: Scene, viewer: str) -> tuple[IssueView, ...]:
    return scene.settlement.views.get(viewer, ())


def _package(scene: Scene, viewer: str) -> Section:
    voice, names = scene.voice, scene.names
    columns = (
        voice.say("Issue"),
        voice.say("Decided"),
        voice.say("Your best hope"),
        voice.say("Your points"),
    )
    rows: list[tuple[str, ...]] = []
    for view in _views(scene, viewer):
        hope, points = voice.say("does not matter to you"), "–"
        if view.matters:
            hope = names.hopes(view.issue, view.hopes, viewer)
            points = voice.say(
                "{points} of {hoped}",
                points=voice.points(view.points),
                hoped=voice.points(view.hoped),
            )
        rows.append((names.issue(view.issue), names.value(view.issue, view.decided), hope, points))
    return Section(heading(scene), (), Table(columns, tuple(rows)))


def _gives_up(scene: Scene, viewer: str) -> Iterator[str]:
    voice, names = scene.voice, scene.names
    mattering = [view for view in _views(scene, viewer) if view.matters]
    less = [names.issue(view.issue) for view in mattering if view.points < view.hoped]
    full = [names.issue(view.issue) for view in mattering if view.points >= view.hoped]
    if full:
        yield BULLET + voice.say("You get your best hope on: {issues}.", issues=voice.listing(full))
    if less:
        yield BULLET + voice.say(
            "You get less than your best hope on: {issues}.", issues=voice.listing(less)
        )
        yield BULLET + voice.say(
            "Best hopes are taken issue by issue; they need not be possible together."
        )
    else:
        yield BULLET + voice.say("Against your best hopes you give up nothing.")


def _gains(scene: Scene, viewer: str) -> Iterator[str]:
    voice, package = scene.voice, scene.package
    yield BULLET + voice.say(
        "This package is worth {points} points to you.",
        points=voice.points(package.utilities[viewer]),
    )
    for bonus in scene.dispute.preferences[viewer].bonuses:
        if bonus.when.holds(package.outcome):
            yield BULLET + voice.say(
                "They include {points} points because this comes together: {combination}.",
                points=voice.points(bonus.points),
                combination=combination(voice, scene.names, bonus.when),
            )
    yield BULLET + _keeps(scene, viewer)
    gain = package.gains[viewer]
    if gain is not None:
        yield BULLET + voice.say(
            "From what you have without an agreement, you come about {percent} of the way to the "
            "most that you could hope for in a package that every side could accept.",
            percent=voice.percent(scene.grained(gain)),
        )


def _keeps(scene: Scene, viewer: str) -> str:
    return scene.voice.say(
        "Without an agreement you keep {points} points.",
        points=scene.voice.points(scene.settlement.walk_away[viewer]),
    )


def _worse(scene: Scene, viewer: str) -> Iterator[Section]:
    """Yield what would be worse for the reader. Whether a change is allowed is not its to know."""
    voice = scene.voice
    divided = tuple(_smaller_parts(scene, viewer))
    if not scene.settlement.changes and not divided:
        return
    losses = sorted(
        (change for change in scene.settlement.changes if change.effects[viewer] < 0),
        key=lambda c: (c.effects[viewer], scene.names.place(c.issue, c.value)),
    )
    lines = list(divided)
    if scene.cannot_be_bettered():
        lines.append(
            voice.say(
                "A package that is better for you would be worse for another side, or cross a "
                "limit that must be kept."
            )
        )
    if scene.skipped_steps():
        lines.append(scene.about_steps())
    if len(losses) > CHANGES_SHOWN:
        lines.append(
            voice.count(
                "{n} change of a single issue would be worse for you; the {shown} gravest:",
                "{n} changes of a single issue would be worse for you; the {shown} gravest:",
                len(losses),
                shown=voice.whole(CHANGES_SHOWN),
            )
        )
    elif losses:
        lines.append(voice.say("Each of these changes alone would be worse for you:"))
    elif not divided:
        lines.append(voice.say("No single issue, decided otherwise, would be worse for you."))
    rows = tuple(_loss(scene, change, viewer) for change in losses[:CHANGES_SHOWN])
    columns = (voice.say("Issue"), voice.say("If instead"), voice.say("For you, in points"))
    table = Table(columns, rows) if rows else None
    yield Section(voice.say("What would be worse for you if it were changed"), tuple(lines), table)


def _smaller_parts(scene: Scene, viewer: str) -> Iterator[str]:
    voice = scene.voice
    smaller: list[str] = []
    larger: list[str] = []
    for view in _views(scene, viewer):
        if view.matters and scene.names.is_money(view.issue):
            yield from _less_money(scene, view, viewer)
        elif view.matters and isinstance(view.decided, FrozenMap):
            hopes_for_all = any(isinstance(h, FrozenMap) and h[viewer] == 1 for h in view.hopes)
            part = view.decided[viewer]
            if hopes_for_all and part > 0:
                smaller.append(scene.names.issue(view.issue))
            elif not hopes_for_all and part < 1:
                larger.append(scene.names.issue(view.issue))
    if smaller:
        yield voice.say(
            "A smaller part of this would be worse for you: {issues}.",
            issues=voice.listing(smaller),
        )
    if larger:
        yield voice.say(
            "A larger part of this would be worse for you: {issues}.",
            issues=voice.listing(larger),
        )


def _less_money(scene: Scene, view: IssueView, viewer: str) -> Iterator[str]:
    """Yield that less money would be worse for the reader, or more; nothing at the limit."""
    issue, hope = scene.dispute.issue(view.issue), view.hopes[0]
    assert isinstance(issue, Money)
    assert isinstance(view.decided, FrozenMap)
    assert isinstance(hope, FrozenMap)
    received, (least, most) = view.decided[viewer], issue.span(len(view.decided))
    if hope[viewer] > 0 and received > least:
        yield scene.voice.say("Receiving less, or paying more, would be worse for you.")
    elif hope[viewer] < 0 and received < most:
        yield scene.voice.say("Paying less, or receiving more, would be worse for you.")


def _loss(scene: Scene, change: Change, viewer: str) -> tuple[str, str, str]:
    return (
        scene.names.issue(change.issue),
        scene.names.value(change.issue, change.value),
        scene.voice.signed(change.effects[viewer]),
    )
