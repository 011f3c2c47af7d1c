"""A package adjusted by hand, in words: everything for the mediator, its own side for a party."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from hikiwake.explain.audiences import MEDIATOR, reader
from hikiwake.explain.language.telling import BULLET, Section, Table, Telling
from hikiwake.explain.options.talks import disclosed, words
from hikiwake.explain.settled.conflicts import limit_text
from hikiwake.explain.settled.package import names_note, public_package
from hikiwake.explain.settled.scene import Scene
from hikiwake.model import Dispute, FrozenMap
from hikiwake.settlement import Exactness, IssueView, Package, Settlement, Status

if TYPE_CHECKING:
    from hikiwake.explain.language.names import Names
    from hikiwake.explain.language.voice import Voice
    from hikiwake.findings.talks import Exposure, Look, OwnLook, Repair, Repairs, Room, Talks


def tell_look(
    dispute: Dispute,
    look: Look,
    repairs: Repairs,
    talks: tuple[Talks, tuple[Exposure, ...], Room] | None = None,
    language: str | None = None,
) -> Telling:
    """Return how a package stands, told to the mediator, and to nobody else (H14).

    Parameters
    ----------
    talks
        What was told so far, what that discloses, and what a word about this package could leave of
        what might be hidden.
    """
    voice, names, title = reader(dispute, MEDIATOR, language, dispute.illustrative)
    scene = Scene(dispute, _as_settled(dispute, look.package, look.draw), voice, names, None, {})
    sections = [
        Section(voice.say("Result"), (*_result(scene, look), *names_note(voice, names))),
        public_package(scene),
        _gains(scene, look),
        *_repairs(scene, look, repairs),
    ]
    if talks is not None:
        sections += [
            *words(dispute, talks[0], voice, names),
            *disclosed(dispute, talks, voice, names),
        ]
    return Telling(voice.language, title, tuple(sections))


def tell_own_look(
    dispute: Dispute, look: OwnLook, talks: Talks | None = None, language: str | None = None
) -> Telling:
    """Return how a package stands for one party, from public data and its own alone (H14)."""
    voice, names, title = reader(dispute, look.party, language, dispute.illustrative)
    package = Package(look.outcome, FrozenMap({look.party: look.utility}), FrozenMap(), None)
    scene = Scene(dispute, _as_settled(dispute, package, False), voice, names, look.party, {})
    sections = [
        Section(voice.say("The package"), (), _own_table(look.views, look.party, voice, names)),
        Section(voice.say("What you gain"), tuple(BULLET + line for line in _own(scene, look))),
    ]
    if talks is not None:
        sections += words(dispute, talks, voice, names, look.outcome)
    return Telling(voice.language, title, tuple(sections))


def _as_settled(dispute: Dispute, package: Package, draw: bool) -> Settlement:
    """Return a package as a settlement would hold it, for the sentences that are told of those."""
    parties = dispute.party_ids
    return Settlement(
        rule="draw",
        status=Status.DRAW if draw else Status.UNEVEN,
        exactness=Exactness.EXACT,
        engine="",
        parties=parties,
        walk_away=FrozenMap({party: dispute.walk_away(party) for party in parties}),
        ideals=FrozenMap(dict.fromkeys(parties)),
        tolerance=dispute.tolerance,
        price=dispute.price,
        searched=0,
        package=package,
    )


def _result(scene: Scene, look: Look) -> Iterator[str]:
    voice, names, package = scene.voice, scene.names, look.package
    if not look.possible:
        yield voice.say("This package is not possible. What it does not keep:")
        yield from (BULLET + limit_text(scene, limit) for limit in look.broken)
        for group in look.uneven_groups:
            yield BULLET + voice.say(
                "Not for trade, and not as even within itself as it can be: {group}",
                group=names.group(group),
            )
        return
    if look.draw:
        yield voice.say(
            "This package is a draw: nobody is ahead, counted from what each side has without an "
            "agreement."
        )
    else:
        yield voice.say("This package is possible: it keeps every limit. It is not a draw.")
    apart = package.imbalance
    if apart is not None and apart > scene.dispute.tolerance:
        most = max(gain for gain in package.gains.values() if gain is not None)
        ahead = [party for party, gain in package.gains.items() if gain == most]
        yield BULLET + voice.say(
            "It is not even. Ahead, counted from what each side has without an agreement: "
            "{parties}.",
            parties=names.parties(ahead),
        )
    yield from _bettered(scene, look)
    price = scene.dispute.price
    dear = [p for p, cost in look.costs.items() if cost is not None and cost > price]
    if dear:
        yield BULLET + voice.say(
            "This package costs more than the price of evenness that was fixed beforehand, from "
            "what each side has without an agreement. Those to whom it does: {parties}.",
            parties=names.parties(dear),
        )


def _bettered(scene: Scene, look: Look) -> Iterator[str]:
    voice, names, package, better = scene.voice, scene.names, look.package, look.better
    if better is None:
        yield BULLET + voice.say(
            "No package is better for one side and worse for none: all were searched."
        )
        return
    more = [p for p in package.utilities if better.utilities[p] > package.utilities[p]]
    yield BULLET + voice.say(
        "Another package is better for {parties} and worse for nobody: {differences}.",
        parties=names.parties(more),
        differences=names.outcome(better.outcome, package.outcome),
    )


def _gains(scene: Scene, look: Look) -> Section:
    voice, names, package = scene.voice, scene.names, look.package
    columns = (
        voice.say("Side"),
        voice.say("Points"),
        voice.say("Without an agreement"),
        voice.say("Gain"),
    )
    rows = tuple(
        (
            names.party(party),
            voice.points(package.utilities[party]),
            voice.points(scene.settlement.walk_away[party]),
            _part(voice, package.gains[party]),
        )
        for party in names.in_order(package.utilities)
    )
    return Section(voice.say("What each side gains"), (), Table(columns, rows))


def _repairs(scene: Scene, look: Look, repairs: Repairs) -> Iterator[Section]:
    voice = scene.voice
    lines: list[str] = []
    if look.draw:
        return
    if not look.possible:
        if repairs.possible is not None:
            lines.append(_repair(scene, look, repairs.possible, to_draw=False))
        elif repairs.possible_sought:
            lines.append(voice.say("There is no package that keeps every limit."))
        else:
            lines.append(voice.say("The nearest possible package was not found in time."))
    if repairs.draw is not None and (repairs.draw_sought or len(repairs.draw.issues) == 1):
        lines.append(_repair(scene, look, repairs.draw, to_draw=True))
    elif repairs.draw is not None:
        lines.append(
            voice.count(
                "For a draw, {n} issue will do, perhaps fewer: {differences}.",
                "For a draw, {n} issues will do, perhaps fewer: {differences}.",
                len(repairs.draw.issues),
                differences=scene.names.outcome(repairs.draw.package.outcome, look.package.outcome),
            )
        )
    elif repairs.draw_sought:
        lines.append(voice.say("There is no draw in this dispute."))
    else:
        lines.append(voice.say("The nearest draw is not looked for in a dispute like this one."))
    heading = voice.say("The least that would have to be decided otherwise")
    yield Section(heading, tuple(BULLET + line for line in lines))


def _repair(scene: Scene, look: Look, repair: Repair, to_draw: bool) -> str:
    voice, count = scene.voice, len(repair.issues)
    differences = scene.names.outcome(repair.package.outcome, look.package.outcome)
    if to_draw:
        return voice.count(
            "For a draw, {n} issue: {differences}.",
            "For a draw, {n} issues: {differences}.",
            count,
            differences=differences,
        )
    return voice.count(
        "To be possible, {n} issue: {differences}.",
        "To be possible, {n} issues: {differences}.",
        count,
        differences=differences,
    )


def _own_table(views: tuple[IssueView, ...], viewer: str, voice: Voice, names: Names) -> Table:
    columns = (
        voice.say("Issue"),
        voice.say("Decided"),
        voice.say("Your best hope"),
        voice.say("Your points"),
    )
    rows: list[tuple[str, ...]] = []
    for view in views:
        hope, points = voice.say("does not matter to you"), "–"
        if view.matters:
            hope = names.hopes(view.issue, view.hopes, viewer)
            points = voice.say(
                "{points} of {hoped}",
                points=voice.points(view.points),
                hoped=voice.points(view.hoped),
            )
        rows.append((names.issue(view.issue), names.value(view.issue, view.decided), hope, points))
    return Table(columns, tuple(rows))


def _own(scene: Scene, look: OwnLook) -> Iterator[str]:
    voice = scene.voice
    yield voice.say(
        "This package is worth {points} points to you.", points=voice.points(look.utility)
    )
    yield voice.say(
        "Without an agreement you keep {points} points.", points=voice.points(look.walk_away)
    )
    if look.gain is not None:
        yield voice.say(
            "From what you have without an agreement, that is {percent} of the way to {most} "
            "points, the most that public rules and your own red lines allow you. What others "
            "would accept is not counted here, so this tells nothing about that.",
            percent=voice.percent(look.gain),
            most=voice.points(look.most),
        )
    for limit in look.broken:
        if limit.kind == "walk_away":
            yield voice.say(
                "This package leaves you less than you have without an agreement: you need not "
                "take it."
            )
        else:
            yield voice.say("It does not keep: {limit}", limit=limit_text(scene, limit))


def _part(voice: Voice, gain: Fraction | None) -> str:
    return "–" if gain is None else voice.part(gain, in_full=True)
