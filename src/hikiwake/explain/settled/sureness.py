"""How the package was chosen, how sure that is, and what it does not claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hikiwake.explain.language.names import Names
from hikiwake.explain.language.telling import BULLET, Section
from hikiwake.explain.language.voice import Voice
from hikiwake.explain.settled.scene import Scene
from hikiwake.settlement import Exactness, Status


def sureness(scene: Scene, *more: str) -> Section:
    """Return the section that says how the package was found, what more is known of that, and
    what it rests on.
    """
    voice = scene.voice
    lines = [*_not_compared(scene), *_chosen(scene), *_divided(scene), searched(scene)]
    lines += [*_checked(scene), *more]
    if scene.settlement.package is not None:
        lines += [_as_answered(scene), *_middles(scene)]
    lines.append(
        voice.say("This is an offer: the sides decide. It is not legal advice."),
    )
    return Section(
        voice.say("How it was chosen, and how sure that is"), tuple(BULLET + line for line in lines)
    )


def _divided(scene: Scene) -> Iterator[str]:
    """Yield how many shared issues are divided, where the fewest were asked for."""
    fewest = scene.settlement.fewest_shares
    if fewest is None:
        return
    if fewest.certain:
        yield scene.voice.say(
            "Shared issues that the package divides: {n}. No package that is worth exactly the "
            "same to every side divides fewer.",
            n=scene.voice.whole(fewest.divided),
        )
    else:
        yield scene.voice.say(
            "Shared issues that the package divides: {n}. That is the fewest that was found among "
            "packages worth exactly the same to every side; a limit was reached, so another may "
            "divide fewer.",
            n=scene.voice.whole(fewest.divided),
        )


def searched(scene: Scene) -> str:
    """Return how much was searched, as a sentence."""
    voice, settlement = scene.voice, scene.settlement
    if settlement.direct and settlement.status is Status.UNDECIDED:
        return voice.say("Other packages were not searched.")
    if settlement.status is Status.UNDECIDED or settlement.exactness is Exactness.SAMPLED:
        return voice.say("Not all packages were searched.")
    if settlement.exactness is Exactness.BOUNDED:
        return voice.say(
            "All packages were taken into account, but the numbers were narrowed down, not found "
            "exactly."
        )
    if settlement.searched == "infinite":
        return voice.say(
            "All packages were searched. There are infinitely many, because something can be "
            "divided as finely as one likes."
        )
    return voice.count(
        "All packages were searched: there is {n}.",
        "All packages were searched: there are {n}.",
        settlement.searched,
    )


def _checked(scene: Scene) -> Iterator[str]:
    """Yield what a certificate adds to that: the words for it need one (H17)."""
    certificate = scene.settlement.certificate
    if certificate is not None:
        yield checked(certificate.cases, scene.voice)


def checked(cases: int, voice: Voice) -> str:
    """Return what a certificate that was accepted adds, as a sentence."""
    return voice.count(
        "Checked: {n} case, closed by one line of arithmetic, by a small program that shares "
        "nothing with the search.",
        "Checked: {n} cases, each closed by one line of arithmetic, by a small program that "
        "shares nothing with the search.",
        cases,
    )


def bound(scene: Scene) -> Iterator[str]:
    """Yield what no package exceeds. For the mediator only (H14)."""
    bound, voice = scene.settlement.bound, scene.voice
    if bound is None:
        return
    if bound.of == "least_gain":
        yield voice.say(
            "No package lets the side that gains least gain more than {part}, from what it has "
            "without an agreement.",
            part=voice.part(bound.at_most),
        )
    elif bound.of == "least_points":
        yield voice.say(
            "No package gives the side that gets least more than {points} points beyond what it "
            "has without an agreement.",
            points=voice.points(bound.at_most),
        )
    elif bound.of == "total":
        yield voice.say(
            "In no package do all sides together get more than {points} points beyond what they "
            "have without an agreement.",
            points=voice.points(bound.at_most),
        )
    else:
        yield voice.say(
            "No package makes the product of the sides' gains, from what each side has without "
            "an agreement, larger than {product}.",
            product=voice.points(bound.at_most),
        )


def rule_in_words(scene: Scene) -> str:
    """Return what the rule does, as a sentence."""
    say, rule = scene.voice.say, scene.settlement.rule
    sentences = {
        "draw": lambda: say(
            "Rule: draw. What counts as a draw: nobody is ahead, no other package is better for "
            "one side and worse for none, and no side pays more than the price. Of all draws it "
            "takes the one that does most for the side that gains least, from what each side has "
            "without an agreement."
        ),
        "kalai_smorodinsky": lambda: say(
            "Rule: Kalai–Smorodinsky. It does most for the side that gains least, from what each "
            "side has without an agreement and measured against the most that it could hope for."
        ),
        "nash": lambda: say(
            "Rule: Nash. It makes the product of the sides' gains, from what each side has "
            "without an agreement, as large as possible."
        ),
        "egalitarian": lambda: say(
            "Rule: egalitarian. On the common scale, it does most for the side that gets fewest "
            "points more than it has without an agreement."
        ),
        "leximin": lambda: say(
            "Rule: leximin. On the common scale, it does most for the side that gets fewest "
            "points more than it has without an agreement, then for the next one, and so on."
        ),
        "utilitarian": lambda: say(
            "Rule: utilitarian. On the common scale, it makes the sum of all sides' points as "
            "large as possible."
        ),
        "adjusted_winner": lambda: say(
            "Rule of Brams and Taylor. Each thing goes to the side that gives it more of its "
            "points; then things move over until both sides hold the same part of their own "
            "points."
        ),
    }
    sentences |= _direct_rules(scene)
    return sentences[rule]() if rule in sentences else say("Rule: {rule}.", rule=rule)


def _direct_rules(scene: Scene) -> dict[str, Callable[[], str]]:
    say = scene.voice.say
    return {
        "proportional": lambda: say(
            "Rule: proportional. Each thing is divided in the ratio of the points that the sides "
            "give it, counted as parts of each side's own total."
        ),
        "talmud": lambda: say(
            "Rule: Talmud. As long as there is less than half of what is claimed, all get the "
            "same, but nobody more than half of its claim; beyond that all forgo the same."
        ),
        "claims_proportional": lambda: say(
            "Rule: proportional to claims. Every side gets the same part of its claim."
        ),
        "constrained_equal_awards": lambda: say(
            "Rule: constrained equal awards. All get the same, but nobody more than its claim."
        ),
        "constrained_equal_losses": lambda: say(
            "Rule: constrained equal losses. All forgo the same of their claims, but nobody more "
            "than all of it."
        ),
        "ibn_ezra": lambda: say(
            "Rule: Ibn Ezra. Claims lie on each other, and each slice is shared equally by those "
            "whose claims reach it; where nobody claims everything, they overlap as little as can "
            "be."
        ),
        "knaster": lambda: say(
            "Rule: Knaster. Each thing goes to a side to which it is worth most in money; payments "
            "give every side its fair part of what everything is worth to it, and divide what is "
            "left over."
        ),
        "rent": lambda: say(
            "Rule: rent. Things go where the sum of what they are worth in money is largest; of "
            "all payments that leave no side preferring what another gets, those are taken that "
            "do most for the side that has least in money."
        ),
        "picking": lambda: say(
            "Rule: picking. The sides take turns, and each takes what is worth most to it of what "
            "is left."
        ),
    }


def _chosen(scene: Scene) -> Iterator[str]:
    voice, settlement = scene.voice, scene.settlement
    if settlement.package is None:
        return
    yield rule_in_words(scene)
    if settlement.direct:
        yield voice.say(
            "The rule makes its package itself: it does not look for one that is even, nor does it "
            "compare it with all others."
        )
    unlike = settlement.status is Status.UNEVEN and settlement.imbalance is not None
    if settlement.rule == "draw" and unlike:
        yield voice.say(
            "As there is no draw, the package shown is the one that does most for the side that "
            "gains least, from what each side has without an agreement."
        )
    yield voice.say(
        "What counts as even was fixed beforehand: gains, from what each side has without an "
        "agreement, that differ by at most {tolerance} of the most that each side could gain. So "
        "was the price: evenness may cost no side more than {price} of that.",
        tolerance=voice.part(settlement.tolerance),
        price=voice.part(settlement.price),
    )


def _as_answered(scene: Scene) -> str:
    if scene.settlement.status is Status.DRAW:
        return scene.voice.say(
            "It is even as the sides answered: it holds for the points that they gave."
        )
    return scene.voice.say(
        "It rests on what the sides answered: it holds for the points that they gave."
    )


def _middles(scene: Scene) -> Iterator[str]:
    """Yield that the middle of a range counts: to the mediator, and to a side its own (H14)."""
    readers = scene.settlement.parties if scene.sees_all else (scene.viewer,)
    own = [scene.dispute.preferences[party] for party in readers if party]
    linked = any(one.relations for one in own)
    if not linked and not any(one.ranges for one in own):
        return
    say = scene.voice.say
    if scene.sees_all and linked:
        yield say(
            "Some answers are ranges, orders or constraints: here the middle of what they allow "
            "counts. How far the result holds, `hikiwake robustness` tells."
        )
    elif scene.sees_all:
        yield say(
            "Some answers are ranges: here the middle of each counts. How far the result holds, "
            "`hikiwake robustness` tells."
        )
    elif linked:
        yield say(
            "Some of your answers are ranges, orders or constraints: here the middle of what they "
            "allow counts. How far the result holds, `hikiwake robustness` tells."
        )
    else:
        yield say(
            "Some of your answers are ranges: here the middle of each counts. How far the result "
            "holds, `hikiwake robustness` tells."
        )


def you_are_left_out(voice: Voice) -> str:
    """Return what a side is told that can neither gain nor lose, as a sentence."""
    return voice.say(
        "You are left out of the comparison: no package that every side could accept is worth "
        "more to you than what you have without an agreement, or less."
    )


def they_are_left_out(parties: Sequence[str], voice: Voice, names: Names) -> str:
    """Return which sides can neither gain nor lose, as a sentence. For the mediator."""
    return voice.say(
        "Left out of the comparison, because from what they have without an agreement they can "
        "neither gain nor lose: {parties}.",
        parties=names.parties(parties),
    )


def _not_compared(scene: Scene) -> Iterator[str]:
    voice, left_out = scene.voice, scene.settlement.left_out
    if scene.viewer is not None and scene.viewer in left_out:
        yield you_are_left_out(voice)
    others = [party for party in left_out if party != scene.viewer]
    if others:
        yield voice.count(
            "{n} side is left out of the comparison: it can neither gain nor lose from what it has "
            "without an agreement. What it has is respected all the same.",
            "{n} sides are left out of the comparison: they can neither gain nor lose from what "
            "they have without an agreement. What they have is respected all the same.",
            len(others),
        )
