"""What would make it even, in words: to each reader what is its to know (H14)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from hikiwake.explain.language.conditions import never
from hikiwake.explain.language.telling import BULLET, Section
from hikiwake.explain.settled.limits import rule_text
from hikiwake.model import Money, Outcome

if TYPE_CHECKING:
    from hikiwake.explain.settled.scene import Scene
    from hikiwake.findings.offers import InTurns, Lifted, Lottery, NewIssue, Remedies, Transfer
    from hikiwake.settlement import EvenButDearer, Gains, Package


def remedies(scene: Scene) -> Iterator[Section]:
    """Yield what would make the package even, if that was asked for and there is need of it."""
    found = scene.remedies
    if found is None or scene.settlement.package is None:
        return
    voice = scene.voice
    lines = [BULLET + line for line in _each(scene, found)]
    if lines:
        lines.insert(
            0,
            voice.say(
                "Each of these was tried on the dispute, and the dispute settled again. Gains are "
                "counted from what each side has without an agreement."
            ),
        )
    else:  # the same for all, whatever others may have been told
        lines.append(voice.say("Nothing that may be told here would make it even."))
    if not found.complete:
        lines.append(voice.say("Not everything could be tried; there may be other ways."))
    if found.undivided and scene.viewer is None and scene.sees_all:
        lines.append(
            voice.say(
                "Not tried in every part, because a bonus hangs on one of the options alone: "
                "{issues}.",
                issues=voice.listing(map(scene.names.issue, found.undivided)),
            )
        )
    yield Section(voice.say("What would make it even"), tuple(lines))


def _each(scene: Scene, found: Remedies) -> Iterator[str]:
    if found.dearer is not None:
        yield _dearer(scene, found.dearer)
    for turns in found.in_turns:
        yield _in_turns(scene, turns)
    for lifted in found.lifted:
        yield from _lifted(scene, lifted)
    if found.new_issue is not None:
        yield from _new_issue(scene, found.new_issue)
    if found.transfer is not None:
        yield _transfer(scene, found.transfer)
    if found.lottery is not None:
        yield _lottery(scene, found.lottery)


def _dearer(scene: Scene, dearer: EvenButDearer) -> str:
    voice = scene.voice
    return _with_figures(
        scene,
        voice.say(
            "The even package that is dearer: {differences}.",
            differences=_unlike(scene, dearer.package.outcome),
        ),
        _prices(scene, dearer.costs),
    )


def _in_turns(scene: Scene, turns: InTurns) -> str:
    voice, names, issue = scene.voice, scene.names, turns.issue
    parts = voice.say(", ").join(
        voice.say(
            # NOTE: of something shared or taken in turns, one option or side and its part
            "{part} of it {option}",
            part=voice.part(part),
            option=names.value(issue, option),
        )
        for option, part in zip(turns.options, turns.parts, strict=True)
    )
    values = {"issue": names.issue(issue), "parts": parts}
    if turns.package.imbalance == 0:
        said = voice.say(
            "If this could be shared or taken in turns, there would be an exact draw: {issue} – "
            "{parts}.",
            **values,
        )
    else:
        said = voice.say(
            "If this could be shared or taken in turns, there would be a draw: {issue} – {parts}.",
            **values,
        )
    return _with_package(scene, said, turns.package, but=issue)


def _lifted(scene: Scene, lifted: Lifted) -> Iterator[str]:
    """Yield what one limit stands in the way of: a red line's only to the side that drew it."""
    voice, barrier = scene.voice, lifted.barrier
    mediator = scene.viewer is None and scene.sees_all
    if barrier.kind == "red_line":
        if barrier.party != scene.viewer or scene.viewer is None:
            return
        line = scene.dispute.preferences[scene.viewer].red_lines[barrier.place - 1]
        said = voice.say(
            "Your red line stands in the way alone: {line}. Without it there would be a draw. It "
            "is yours to keep, and nobody else is told of it.",
            line=never(voice, scene.names, line.never, line.why),
        )
    elif barrier.kind == "rule":
        own = scene.viewer is not None and barrier.party == scene.viewer
        if not (mediator or own):
            return
        rule = scene.dispute.rules[barrier.place - 1]
        said = voice.say(
            "One rule stands in the way alone. Without it there would be a draw. {rule}.",
            rule=rule_text(scene, rule),
        )
    else:
        if not mediator:
            return
        group = scene.dispute.groups[barrier.place - 1]
        said = voice.say(
            "If this were for trade, there would be a draw: {group}.",
            group=scene.names.group(group.id),
        )
    yield _with_package(scene, said, lifted.package)


def _new_issue(scene: Scene, new: NewIssue) -> Iterator[str]:
    voice, names = scene.voice, scene.names
    behind = [party for party in names.in_order(new.worth) if new.worth[party]]
    if scene.viewer is None and scene.sees_all:
        worth = voice.say("; ").join(
            voice.say(
                "{party}: {points} points ({part})",
                party=names.party(party),
                points=voice.points(new.worth[party]),
                part=voice.percent(new.parts[party]),
            )
            for party in behind
        )
        said = voice.say(
            "A new issue that costs the others nothing would make a draw if, decided its way, it "
            "were worth so much to a side: {worth}. The parts are of the most that the side could "
            "gain from what it has without an agreement.",
            worth=worth,
        )
        yield _with_figures(scene, said, _gains(scene, new.package.gains))
    elif scene.viewer in behind:
        yield voice.say(
            "A new issue, decided your way and at no cost to the others, would make a draw if it "
            "were worth about {part} of the most that you could gain from what you have without an "
            "agreement.",
            part=voice.percent(scene.grained(new.parts[scene.viewer])),
        )
    else:
        yield voice.say(
            "A new issue that is worth something to those named here, and costs the others "
            "nothing, would make a draw: {parties}.",
            parties=names.parties(behind),
        )


def _transfer(scene: Scene, transfer: Transfer) -> str:
    voice, names = scene.voice, scene.names
    money = next(issue.id for issue in scene.dispute.issues if isinstance(issue, Money))
    said = voice.say(
        "If each side could pay up to {amount}, there would be a draw: {payment}.",
        amount=names.amount(money, transfer.limit),
        payment=names.value(money, transfer.package.outcome[money]),
    )
    return _with_package(scene, said, transfer.package, but=money)


def _lottery(scene: Scene, lottery: Lottery) -> str:
    voice = scene.voice
    packages = voice.say("; ").join(
        voice.say(
            # NOTE: one of the packages between which a lot is drawn
            "with a chance of {chance} this one: {package}",
            chance=voice.part(chance),
            package=_unlike(scene, package.outcome),
        )
        for package, chance in zip(lottery.packages, lottery.chances, strict=True)
    )
    said = voice.say(
        "A lot drawn openly between packages would make hopes even, before it is drawn: "
        "{packages}.",
        packages=packages,
    )
    if scene.viewer is not None:
        own = (voice.points(package.utilities[scene.viewer]) for package in lottery.packages)
        # NOTE: your points in each of the packages in turn
        return voice.say(
            "{said} (your points: {points})", said=said, points=voice.say(" or ").join(own)
        )
    if not scene.sees_all:
        return said
    figures = voice.say(
        "Expected gains, before it is drawn, from what each side has without an agreement: {gains}",
        gains=_by_side(scene, lottery.gains),
    )
    return _with_figures(scene, said, figures)


def _with_package(scene: Scene, said: str, package: Package, but: str = "") -> str:
    """Return a sentence with what else changes, and what the package is to the reader."""
    voice = scene.voice
    others = {i: v for i, v in package.outcome.items() if i != but}
    differences = scene.names.outcome(others, scene.package.outcome)
    if differences:
        said = voice.say(
            "{said} Otherwise than here: {differences}.", said=said, differences=differences
        )
    if scene.viewer is None and scene.sees_all:
        return _with_figures(scene, said, _gains(scene, package.gains))
    if scene.viewer is None:
        return said
    gain = package.gains[scene.viewer]
    if gain is None:
        return said
    return voice.say(
        "{said} You would come about {percent} of the way to the most that you could hope for "
        "then.",
        said=said,
        percent=voice.percent(scene.grained(gain)),
    )


def _with_figures(scene: Scene, said: str, figures: str) -> str:
    if not figures:
        return said
    return scene.voice.say("{said} {figures}.", said=said, figures=figures)


def _gains(scene: Scene, gains: Gains) -> str:
    return scene.voice.say(
        "Gains then, from what each side has without an agreement: {gains}",
        gains=_by_side(scene, gains),
    )


def _by_side(scene: Scene, parts: Gains) -> str:
    voice, names = scene.voice, scene.names
    return voice.say("; ").join(
        # NOTE: a side and its gain, one of several after a colon
        voice.say("{party} {part}", party=names.party(p), part=voice.percent(part, 1))
        for p in names.in_order(parts)
        if (part := parts[p]) is not None
    )


def _prices(scene: Scene, costs: Gains) -> str:
    """Return the price to each side for the mediator, to a side its own, to its grain."""
    voice = scene.voice
    if scene.viewer is not None:
        cost = costs[scene.viewer]
        if cost is None:
            return ""
        return voice.say(
            "It costs you about {percent} of the most that you could gain from what you have "
            "without an agreement",
            percent=voice.percent(scene.grained(max(cost, Fraction(0)))),
        )
    if not scene.sees_all:
        return ""
    return voice.say(
        "What it costs each side, of the most that it could gain from what it has without an "
        "agreement: {costs}",
        costs=_by_side(scene, costs),
    )


def _unlike(scene: Scene, outcome: Outcome) -> str:
    return scene.names.outcome(outcome, scene.package.outcome) or scene.voice.say(
        "the package shown here"
    )
