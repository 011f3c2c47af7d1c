"""What the properties say about the package, in words, with what shows that one does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hikiwake.explain.language.telling import BULLET, Section
from hikiwake.explain.settled.scene import Scene

if TYPE_CHECKING:
    from hikiwake.properties import Verdict, Witness


def verdicts(scene: Scene) -> Iterator[Section]:
    """Yield a section about the properties that were examined, if there are any. Not for a side."""
    lines = tuple(BULLET + _verdict(scene, verdict) for verdict in scene.verdicts.values())
    if lines:
        yield Section(scene.voice.say("What holds for this package"), lines)


def _verdict(scene: Scene, verdict: Verdict) -> str:
    if verdict.holds is None:
        return _undefined(scene, verdict)
    if verdict.holds:
        return _holds(scene, verdict.name)
    return _fails(scene, verdict.name, verdict.witness)


def _undefined(scene: Scene, verdict: Verdict) -> str:
    say, name = scene.voice.say, _name(scene, verdict.name)
    if verdict.why == "nothing_divided":
        return say("{property}: means nothing here, because nothing is divided.", property=name)
    if verdict.why == "nothing_whole":
        return say("{property}: means nothing here, because there is no whole item.", property=name)
    if verdict.why == "not_allowed":
        return say("{property}: means nothing here, because a limit is crossed.", property=name)
    if verdict.why == "not_covered":
        return say(
            "{property}: not worked out, because the engines at hand do not cover this dispute.",
            property=name,
        )
    if verdict.why == "fewer_than_two_compared":
        return say(
            "{property}: means nothing here, because fewer than two sides can gain anything from "
            "what they have without an agreement.",
            property=name,
        )
    return say("{property}: means nothing in this dispute.", property=name)


def _holds(scene: Scene, name: str) -> str:
    say = scene.voice.say
    sentences = {
        "pareto_optimal": lambda: say(
            "Pareto-optimal: no package within all limits is better for one side without being "
            "worse for another."
        ),
        "individually_rational": lambda: say(
            "Individually rational: every side has at least what it has without an agreement."
        ),
        "equitable": lambda: say(
            "Equitable: the gains, from what each side has without an agreement, differ by no more "
            "than the tolerance."
        ),
        "envy_free": lambda: say(
            "Envy-free: by its own points, no side would rather have what another side gets."
        ),
        "envy_free_up_to_one": lambda: say(
            "Envy-free up to one item: where a side would rather have what another side gets, it "
            "would no longer if some one item of the two were left out."
        ),
        "proportional": lambda: say(
            "Proportional: by its own points, every side gets at least an equal part of what is "
            "divided."
        ),
    }
    return sentences[name]() if name in sentences else say("{property}: holds.", property=name)


def _fails(scene: Scene, name: str, witness: Witness | None) -> str:
    say, party, other, amount, differences = scene.voice.say, "", "", "", ""
    if witness is not None:
        party = scene.names.party(witness.party) if witness.party else ""
        other = scene.names.party(witness.other) if witness.other else ""
        amount = scene.voice.points(witness.amount) if witness.amount is not None else ""
        if name == "equitable" and witness.amount is not None:
            amount = scene.voice.part(witness.amount, in_full=True)
            party, other = _ends(scene) or (party, other)
        if witness.outcome is not None:
            differences = scene.names.outcome(witness.outcome, scene.package.outcome)
    sentences = {
        "pareto_optimal": lambda: say(
            "Not Pareto-optimal: this would be better for one side and worse for none: "
            "{differences}",
            differences=differences,
        ),
        "individually_rational": lambda: say(
            "Not individually rational: a side has less than without an agreement ({party}), by "
            "{amount} points.",
            party=party,
            amount=amount,
        ),
        "equitable": lambda: say(
            "Not equitable: the gains, from what each side has without an agreement, differ by "
            "{amount}. Smallest gain: {party}. Largest gain: {other}.",
            party=party,
            other=other,
            amount=amount,
        ),
        "envy_free": lambda: say(
            "Not envy-free: a side ({party}) would rather have what another gets ({other}); to it "
            "that is worth {amount} points more.",
            party=party,
            other=other,
            amount=amount,
        ),
        "envy_free_up_to_one": lambda: say(
            "Not envy-free up to one item: whichever item is left out, a side ({party}) would "
            "rather have what another gets ({other}); to it that is worth at least {amount} points "
            "more.",
            party=party,
            other=other,
            amount=amount,
        ),
        "proportional": lambda: say(
            "Not proportional: by its own points, a side ({party}) gets less than an equal part of "
            "what is divided; it lacks {amount} points.",
            party=party,
            amount=amount,
        ),
    }
    if witness is not None and name in sentences:
        return sentences[name]()
    return say("{property}: does not hold.", property=_name(scene, name))


def _ends(scene: Scene) -> tuple[str, str] | None:
    """Return who has the smallest gain, and who the largest: all of them, if several do.

    None where no gains are known.
    """
    gains = {p: gain for p, gain in scene.package.gains.items() if gain is not None}
    if not gains:
        return None
    ends = min(gains.values()), max(gains.values())
    least, most = (scene.names.parties(p for p in gains if gains[p] == end) for end in ends)
    return least, most


def _name(scene: Scene, name: str) -> str:
    say = scene.voice.say
    known = {
        "pareto_optimal": lambda: say("Pareto-optimal"),
        "individually_rational": lambda: say("Individually rational"),
        "equitable": lambda: say("Equitable"),
        "envy_free": lambda: say("Envy-free"),
        "envy_free_up_to_one": lambda: say("Envy-free up to one item"),
        "proportional": lambda: say("Proportional"),
    }
    return known[name]() if name in known else name
