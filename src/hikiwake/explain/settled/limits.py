"""What the package keeps: red lines, public rules, and groups that are not for trade."""

from __future__ import annotations

from collections.abc import Iterator

from hikiwake.explain.language.conditions import never
from hikiwake.explain.language.telling import BULLET, Section
from hikiwake.explain.settled.scene import Scene
from hikiwake.model import Rule
from hikiwake.settlement import GroupShares

LISTED = 12


def limits(scene: Scene) -> Iterator[Section]:
    """Yield a section about the red lines and the public rules that the package keeps."""
    lines = (*_red_lines(scene), *_rules(scene))
    if lines:
        yield Section(scene.voice.say("The limits that it keeps"), lines)


def rule_text(scene: Scene, rule: Rule) -> str:
    """Return one public rule, attributed to the side whose line it is."""
    voice, text = scene.voice, never(scene.voice, scene.names, rule.never, rule.why)
    if rule.by is None:
        return voice.say("Public rule: {rule}", rule=text)
    if rule.by == scene.viewer:
        return voice.say("Your own public line: {rule}", rule=text)
    return voice.say(
        "Public line of one side ({party}): {rule}", party=scene.names.party(rule.by), rule=text
    )


def not_for_trade(scene: Scene) -> Iterator[Section]:
    """Yield a section about the groups that are not for trade, without anybody else's numbers."""
    lines = tuple(line for group in scene.settlement.groups for line in _group(scene, group))
    if lines:
        yield Section(scene.voice.say("Not for trade"), lines)


def _red_lines(scene: Scene) -> Iterator[str]:
    voice, outcome = scene.voice, scene.package.outcome
    if scene.viewer is None:
        if scene.keeps_limits():
            yield BULLET + voice.say("Every public rule and every side's red line is kept.")
        return
    own = scene.dispute.preferences[scene.viewer].red_lines
    if own and not any(line.never.holds(outcome) for line in own):
        yield BULLET + voice.count(
            "Your red line is not crossed.", "None of your {n} red lines is crossed.", len(own)
        )


def _rules(scene: Scene) -> Iterator[str]:
    stated = scene.dispute.rules
    if any(rule.never.holds(scene.package.outcome) for rule in stated):
        return
    for rule in stated[:LISTED]:
        yield BULLET + rule_text(scene, rule)
    if len(stated) > LISTED:
        yield BULLET + scene.voice.count(
            "There is {n} public rule in all.", "There are {n} public rules in all.", len(stated)
        )


def _group(scene: Scene, group: GroupShares) -> Iterator[str]:
    voice, name = scene.voice, scene.names.group(group.group)
    if group.even:
        yield BULLET + voice.say(
            "{group}: it is settled within itself, against nothing else, and within it nobody is "
            "ahead.",
            group=name,
        )
    else:
        yield BULLET + voice.say(
            "{group}: no package is even within it. This one comes closest.", group=name
        )
    share = group.shares.get(scene.viewer) if scene.viewer is not None else None
    if share is not None:
        yield BULLET + voice.say(
            "{group}: your part, between the least and the most that it could hold for you, is "
            "about {percent}.",
            group=name,
            percent=voice.percent(scene.grained(share)),
        )
