"""What texts state of packages, as conditions on what is hidden: words that follow, and more.

Each fact stands in the text, or follows from what stands there: so it holds in every world in which
the same would be read. What a text tells of changed disputes (remedies, how far a package holds,
what misstating could gain), and how many packages there are, in which order, is not used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import islice

from hikiwake.errors import InputError, Unsupported
from hikiwake.findings.talks import Implied, Talks, Told, Word
from hikiwake.findings.texts import Reading, Text
from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.options.again import answer
from hikiwake.options.alternatives import alternatives
from hikiwake.options.disclosure.told.asked import seen_of
from hikiwake.options.partial import partial
from hikiwake.pareto import LimitReached
from hikiwake.pareto.ties import choose
from hikiwake.rules import DirectRule, draw, rule_named
from hikiwake.settlement import Gains, Status

LISTED = 3  # ties, and mirrors, that stand in a text


@dataclass(frozen=True, slots=True)
class Stated:
    """A package that stands in a text. ``word``: what would be said of it; None: it is possible.

    ``gains`` are those that its readers find beside it, each its own; ``unbettered``: nothing that
    is possible is better for one side and worse for none. With ``than`` it is not said to be
    possible, but better for each side than that package. ``ahead`` is one of two sides.
    """

    outcome: Outcome
    word: Word | None = None
    gains: Gains | None = None
    unbettered: bool = True
    than: Outcome | None = None
    ahead: str | None = None


def with_facts(talks: Talks, dispute: Dispute, observers: Sequence[str]) -> Talks:
    """Return talks in which what follows from the texts that some sides read was told, too.

    For a search alone: no word of a budget was used for it.
    """
    stated = [(text, one) for text in talks.texts for one in _stated(dispute, text)]
    words = {one.outcome: one.word for _, one in stated if one.word is not None}
    said = {one.outcome for one in talks.told} | {talks.shown}
    told = (Told(talks.round, o, word) for o, word in words.items() if o not in said)
    gains: dict[str, dict[Outcome, Fraction]] = {observer: {} for observer in observers}
    for text, one in stated if talks.shown is not None else ():
        for observer, own in gains.items():
            gain = None if one.gains is None or text.joint else one.gains[observer]
            seen = seen_of(dispute, gain)
            if seen is not None:
                own[one.outcome] = seen
    leading = {one.outcome: one.ahead for _, one in stated if one.ahead is not None}
    possible = dict.fromkeys(one.outcome for _, one in stated if one.than is None)
    unbettered = dict.fromkeys(one.outcome for _, one in stated if one.unbettered)
    ahead = ((o, who) for o, who in leading.items() if o == talks.shown)
    implied = Implied(
        tuple(o for o in possible if o not in words and o not in said),
        tuple(o for o in unbettered if o != talks.shown),  # of that one it is said at any rate
        tuple((one.outcome, one.than) for _, one in stated if one.than is not None),
        next(ahead, None),
        FrozenMap({observer: FrozenMap(own) for observer, own in gains.items()}),
    )
    return replace(talks, told=(*talks.told, *told), implied=implied)


@lru_cache(maxsize=100)
def _stated(dispute: Dispute, text: Text) -> tuple[Stated, ...]:
    """Return what is stated; nothing where that was not found out."""
    if text.kind not in _STATED:
        return ()
    try:
        return tuple(_STATED[text.kind](dispute, text))
    except (InputError, Unsupported, LimitReached):
        return ()


def _alternatives(dispute: Dispute, text: Text) -> Iterator[Stated]:
    found = alternatives(dispute, text.count, text.within)
    for one in found.packages:
        word = Word.EVEN if one.draw else None
        yield Stated(one.package.outcome, word, one.package.gains)


def _improvements(dispute: Dispute, text: Text) -> Iterator[Stated]:
    """Yield packages that are better than the agreed one, whatever walking away is worth.

    What counts as even in groups can be another there: then one may be bettered.
    """
    grouped = any(group.not_for_trade for group in dispute.groups)
    for one in alternatives(dispute, text.count, text.within, text.agreed).packages:
        yield Stated(one.package.outcome, unbettered=not grouped, than=text.agreed)


def _settlement(dispute: Dispute, text: Text) -> Iterator[Stated]:
    """Yield the package, what is as good, and an even one that is dearer."""
    if text.fewest_shares or isinstance(rule_named(text.rule), DirectRule):
        return
    found = answer(dispute, text.rule)
    if found is None:
        return
    bargain, shown = found.bargain, found.shown()
    package = bargain.package(shown.point, shown.outcome)
    word = Word.EVEN if found.is_draw() else None
    beside: list[Outcome] = []
    ahead = None
    if not text.as_json:  # there is no more in it than the package itself
        if word is None and (package.imbalance or 0) > dispute.tolerance:
            word = Word.NOT_EVEN
            ahead = max(dispute.party_ids, key=lambda party: package.gains[party] or 0)
        beside += islice((o for o in shown.tied if o != shown.outcome), LISTED)
        beside += (outcome for _, outcome in shown.mirrors[:LISTED])
    two = len(dispute.parties) == 2
    yield Stated(shown.outcome, word, package.gains, ahead=ahead if two else None)
    for outcome in beside:
        yield Stated(outcome, word)
    if text.rule == "draw" and (dearer := draw.select(bargain).dearer):
        yield Stated(choose(bargain, dearer).outcome, Word.EVEN)


def _partial(dispute: Dispute, text: Text) -> Iterator[Stated]:
    """Yield the package of the whole, if that is a draw."""
    found = partial(dispute, text.rule)
    if found.whole is Status.DRAW:
        package = found.agreements[0].package
        yield Stated(package.outcome, Word.EVEN, package.gains)


_STATED: Mapping[Reading, Callable[[Dispute, Text], Iterator[Stated]]] = {
    Reading.ALTERNATIVES: _alternatives,
    Reading.IMPROVEMENTS: _improvements,
    Reading.SETTLEMENT: _settlement,
    Reading.REMEDIES: _settlement,
    Reading.PARTIAL: _partial,
}
