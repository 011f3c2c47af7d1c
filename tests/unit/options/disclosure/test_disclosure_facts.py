"""What texts state of packages: true in each world that reads the same, and a limit to a search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import permutations, product
from random import Random

import pytest

from hikiwake.api import settle, talk
from hikiwake.api.reading import text_for
from hikiwake.findings.talks import Budget, Hiding, Talks, Word
from hikiwake.findings.texts import Reading, Text
from hikiwake.model import (
    Choice,
    Dispute,
    FrozenMap,
    Group,
    Option,
    Outcome,
    Party,
    Preference,
    Share,
)
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.hidden.grid import hidden_preferences
from hikiwake.options.disclosure.hidden.unknowns import numbers_of
from hikiwake.options.disclosure.meter import Disclosure
from hikiwake.options.disclosure.sought import ends
from hikiwake.options.disclosure.told.asked import seen_of
from hikiwake.options.disclosure.told.facts import with_facts
from tests.support.disclosed import all_packages, with_own

F = Fraction
COARSE = Hiding(F(100), F(50), F(50))
ISSUES = (
    Choice("deal", (Option("o0"), Option("o1"))),
    Choice("date", tuple(Option(f"o{k}") for k in range(3))),
)
TODAY: Outcome = FrozenMap({"deal": "o0", "date": "o1"})
CHOICES = Text(Reading.ALTERNATIVES, 4)
TEXTS = (
    Text(Reading.SETTLEMENT),
    Text(Reading.SETTLEMENT, rule="nash", joint=True),
    Text(Reading.REMEDIES, as_json=True),
    Text(Reading.PARTIAL),
    CHOICES,
    Text(Reading.ALTERNATIVES, 3, F(1, 5), joint=True, as_json=True),
    Text(Reading.IMPROVEMENTS, 3, agreed=TODAY),
)


def bare(issues: tuple[Choice | Share, ...], sides: int = 2, **more: object) -> Dispute:
    """Return a dispute in which nobody wants anything yet."""
    parties = tuple(Party(name) for name in ("ann", "ben", "cem")[:sides])
    nothing = {p.id: Preference(p.id, FrozenMap(), walk_away=F(0)) for p in parties}
    return Dispute(parties, issues, FrozenMap(nothing), **more)  # pyright: ignore[reportArgumentType]


def drawn(seed: int, grouped: bool = False) -> Dispute:
    """Return a dispute of two sides with points and walk-away values on the coarse grid."""
    chance = Random(seed)
    dispute = bare(
        ISSUES,
        status_quo=TODAY,
        tolerance=chance.choice((F(1, 100), F(1, 5))),
        price=chance.choice((F(0), F(1, 3), F(1))),
        groups=(Group("g", ("deal",), not_for_trade=True),) if grouped else (),
    )
    own = [chance.choice(list(hidden_preferences(dispute, p, COARSE))) for p in dispute.party_ids]
    return with_own(dispute, [replace(one, walk_away=F(chance.choice((0, 0, 50)))) for one in own])


def after(dispute: Dispute, *texts: Text, grid: Hiding = COARSE) -> Talks:
    """Return talks after some texts were read."""
    shows = any(text.shows_settled for text in texts)
    shown = settle(dispute).outcome if shows else None
    return Talks(Budget(hiding=grid), shown=shown, texts=texts)


@cache
def read(dispute: Dispute, text: Text, reader: str) -> str:
    """Return what a side reads."""
    return text_for(dispute, text, reader)


def untrue(world: Dispute, talks: Talks, observer: str) -> Iterator[str]:
    """Yield which kinds of facts do not hold in a world, each package listed."""
    adjusting, implied = Adjusting(world), talks.implied
    words = {outcome: adjusting.word(outcome) for outcome in all_packages(world)}
    for told in talks.told:
        if words[told.outcome] is not told.word:
            yield told.word.value
    if any(words[outcome] is Word.NOT_POSSIBLE for outcome in implied.possible):
        yield "possible"
    own = {o: [world.utility(p, o) for p in world.party_ids] for o in words}
    for outcome in implied.unbettered:
        for other in (o for o, word in words.items() if word is not Word.NOT_POSSIBLE):
            pairs = list(zip(own[other], own[outcome], strict=True))
            if all(a >= b for a, b in pairs) and any(a > b for a, b in pairs):
                yield "unbettered"
    for one, other in implied.better:
        if not all(a > b for a, b in zip(own[one], own[other], strict=True)):
            yield "better"
    if implied.ahead is not None:
        gains = adjusting.package(implied.ahead[0]).gains
        if any((gains[implied.ahead[1]] or 0) < (gain or 0) for gain in gains.values()):
            yield "ahead"
    for outcome, seen in implied.gains[observer].items():
        if seen_of(world, adjusting.package(outcome).gains[observer]) != seen:
            yield "gains"


def test_what_follows_from_a_text_holds_wherever_the_same_is_read() -> None:
    """Every fact holds in each world in which the same text would be read, the true one among
    them, also with a group not for trade; facts of every kind are untrue in some other world."""
    elsewhere = Counter[str]()
    for seed in range(4, 9):
        dispute = drawn(seed, grouped=seed == 4)
        for text, (hidden, observer) in product(TEXTS, permutations(("ann", "ben"))):
            talks = with_facts(after(dispute, text), dispute, (observer,))
            for own in list(hidden_preferences(dispute, hidden, COARSE))[seed % 5 :: 5]:
                world = with_own(dispute, [own])
                if read(world, text, observer) == read(dispute, text, observer):
                    assert not list(untrue(world, talks, observer))
                else:
                    elsewhere.update(set(untrue(world, talks, observer)))
            assert not list(untrue(dispute, talks, observer))
    kinds = {"even", "not_even", "possible", "unbettered", "better", "ahead", "gains"}
    assert elsewhere.keys() == kinds


def narrowed(dispute: Dispute, text: Text, sides: tuple[str, tuple[str, ...]], every: int) -> int:
    """Return how many numbers of a side are known better by facts; each that reads the same fits.

    Of all worlds some are looked at.
    """
    (party, observers), grid = sides, COARSE
    talks = after(dispute, text)
    told = with_facts(talks, dispute, observers)
    plain, found = ends(dispute, sides, talks, grid), ends(dispute, sides, told, grid)
    hidden = [p for p in dispute.party_ids if p not in observers]
    worlds = list(product(*(hidden_preferences(dispute, p, grid) for p in hidden)))[::every]
    for own in worlds:
        world = with_own(dispute, own)
        if all(read(world, text, o) == read(dispute, text, o) for o in observers):
            assert found is not None
            numbers = numbers_of(world, world.preferences[party])
            assert all(found.bound[n].low <= x <= found.bound[n].high for n, x in numbers.items())
    if plain is None or found is None:
        return 0 if plain is None else len(plain.bound)
    pairs = [(plain.bound[answer], span) for answer, span in found.bound.items()]
    assert all(one.low <= own.low <= own.high <= one.high for one, own in pairs)
    return sum(one != own for one, own in pairs)


@pytest.mark.parametrize("text", [replace(t, as_json=False) for t in TEXTS])
def test_facts_limit_the_search_between_two_sides(text: Text) -> None:
    """No bound is wider than without the facts, and each member for which the same would be read
    lies within; after each of these texts some number is known better, also with a group."""
    better = 0
    for seed in (4, 5, 6):
        dispute = drawn(seed, grouped=seed == 4)
        better += sum(
            narrowed(dispute, text, (party, (other,)), 5)
            for party, other in permutations(dispute.party_ids)
        )
    assert better


def test_they_limit_it_where_something_is_divided() -> None:
    """Nor where two sides share something beside a choice; some number is known better there."""
    half: Outcome = FrozenMap({"s": FrozenMap({"ann": F(1, 2), "ben": F(1, 2)}), "date": "o1"})
    agreed, better = Text(Reading.IMPROVEMENTS, 3, agreed=half), 0
    for seed in range(2):
        dispute = wanted(bare((Share("s"), ISSUES[1]), tolerance=F(1, 5)), seed)
        for party, other in permutations(dispute.party_ids):
            better += narrowed(dispute, CHOICES, (party, (other,)), 7)
            narrowed(dispute, agreed, (party, (other,)), 7)
    assert better


def test_they_limit_it_among_three_sides() -> None:
    """Nor among three sides; some number is known better to one that looks, and to two together."""
    issues, better = (ISSUES[0], Choice("date", (Option("a"), Option("b")))), [0, 0]
    for seed in (3, 6, 8):
        dispute = wanted(bare(issues, 3, tolerance=F(1, 5)), seed)
        better[0] += narrowed(dispute, CHOICES, ("ben", ("ann",)), 23)
        better[1] += narrowed(dispute, CHOICES, ("cem", ("ann", "ben")), 3)
        agreed = Text(Reading.IMPROVEMENTS, 3, agreed=FrozenMap({"deal": "o0", "date": "a"}))
        narrowed(dispute, agreed, ("ben", ("ann",)), 31)
        narrowed(dispute, agreed, ("cem", ("ann", "ben")), 3)
    assert all(better)


def wanted(dispute: Dispute, seed: int) -> Dispute:
    """Return the dispute with points on the grid, and nothing without an agreement."""
    chance = Random(seed)
    own = [chance.choice(list(hidden_preferences(dispute, p, COARSE))) for p in dispute.party_ids]
    return with_own(dispute, [replace(one, walk_away=F(0)) for one in own])


def test_what_follows_is_no_word_of_the_budget() -> None:
    """Facts are no words that were told: neither how many were, nor what they can tell apart, nor
    what stands in the talks changes by them; and nothing follows where no text was read."""
    dispute = drawn(5)
    talks = after(dispute, TEXTS[1])
    told = with_facts(talks, dispute, ("ann",))
    assert told.told
    assert not talks.told
    meter = Disclosure(Adjusting(dispute), COARSE, text_for)
    meter.counted = False
    assert {exposure.cells for exposure in meter.exposures(talks)} == {1}
    talking = talk(Adjusting(dispute), talks)
    talking.exposures()
    assert talking.talks == talks
    silent = replace(talks, texts=())
    assert with_facts(silent, dispute, ("ann",)).implied.unbettered == ()
    assert with_facts(silent, dispute, ("ann",)).told == ()
