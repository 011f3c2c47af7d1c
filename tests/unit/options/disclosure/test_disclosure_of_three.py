"""What is disclosed between three sides: counted world by world, by a prober, and linearly."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product
from random import Random

import pytest

from hikiwake.api import adjust
from hikiwake.errors import Unsupported
from hikiwake.findings.talks import Hiding, Word
from hikiwake.model import (
    Condition,
    Dispute,
    FrozenMap,
    Item,
    OneOf,
    Outcome,
    Party,
    Preference,
    RedLine,
    Rule,
)
from hikiwake.options.disclosure.hidden.grid import hidden_preferences, size_of
from hikiwake.options.disclosure.told.worlds import WORDS, Worlds
from hikiwake.options.disclosure.words import Talking
from tests.support.disclosed import all_packages
from tests.unit.options.disclosure.test_disclosure import ISSUES, begun, heirs, table

F = Fraction
THREE = ("ann", "ben", "cem")
COARSE = Hiding(F(100), F(50), F(50))
COARSEST = Hiding(F(100), F(100), F(50))


def heirs_of_three(rule: bool = False) -> Dispute:
    """Return a dispute of three sides over a house and a month, all points on the coarse grid."""
    owners = {"ann": 0, "ben": 0, "cem": 0}
    points = {
        "ann": {
            "house": table(**{**owners, "ann": 50, "ben": 50}),
            "month": table(june=50, july=0),
        },
        "ben": {"house": table(**{**owners, "ben": 100}), "month": table(june=0, july=0)},
        "cem": {
            "house": table(**{**owners, "cem": 50, "ann": 50}),
            "month": table(june=50, july=0),
        },
    }
    never = Rule(Condition(FrozenMap({"house": OneOf(frozenset({"cem"}))})))
    return Dispute(
        tuple(Party(name) for name in THREE),
        (Item("house"), ISSUES[2]),
        FrozenMap({p: Preference(p, FrozenMap(own), walk_away=F(0)) for p, own in points.items()}),
        rules=(never,) if rule else (),
    )


@pytest.mark.parametrize("dispute", [heirs(), heirs_of_three(), heirs_of_three(rule=True)])
def test_words_of_all_worlds_at_once_are_those_of_each(dispute: Dispute) -> None:
    """For preferences drawn from the grid, red lines and odd points among them, the word that is
    worked out for all at once is the word of the dispute as it would be."""
    chance = Random(7)
    sides: list[list[Preference]] = []
    for party in dispute.party_ids:
        members = list(hidden_preferences(dispute, party, COARSE))
        true = dispute.preferences[party]
        line = RedLine(Condition(FrozenMap({"month": OneOf(frozenset({"july"}))})))
        odd = replace(true, red_lines=(line,), walk_away=F(7, 3))
        sides.append([*chance.sample(members, 4), true, odd])
    worlds = Worlds(dispute, sides)
    seen: Counter[Word] = Counter()
    for cell in product(*(range(len(side)) for side in sides)):
        would_be = adjust(worlds.dispute_at(cell))
        for outcome in all_packages(dispute):
            word = WORDS[worlds.words(outcome)[cell]]
            assert word is would_be.word(outcome)
            seen[word] += 1
    assert set(seen) == set(Word)


def all_three(talking: Talking, outcome: Outcome) -> Talking:
    for party in THREE:
        talking = talking.put_forward(party, outcome)
    return talking


def test_of_three_sides_each_is_counted_as_each_other_sees_it() -> None:
    """What is left of one side for another is what some preference of the third makes fit; by
    listing all pairs of what both hide."""
    dispute = heirs_of_three()
    _, talking = begun(dispute, keep=F(0), hiding=COARSEST)
    for outcome in all_packages(dispute)[1:3]:
        talking = all_three(talking, outcome)
    exposures = talking.exposures()
    assert [(e.party, *e.observers) for e in exposures[:6]] == list(permutations(THREE, 2))
    found = next(e for e in exposures if (e.party, e.observers) == ("ben", ("ann",)))
    left = set[Preference]()
    for ben in hidden_preferences(dispute, "ben", COARSEST):
        for cem in hidden_preferences(dispute, "cem", COARSEST):
            preferences = FrozenMap({**dispute.preferences, "ben": ben, "cem": cem})
            would_be = adjust(replace(dispute, preferences=preferences))
            if all(would_be.word(t.outcome) is t.word for t in talking.talks.told):
                left.add(ben)
                break
    assert found.left == len(left)
    assert found.before == size_of(dispute, COARSEST)
    held = [own.walk_away or F(0) for own in left]
    assert (found.walk_away.low, found.walk_away.high) == (min(held), max(held))


def test_an_adaptive_prober_of_three_is_stopped_by_the_budget() -> None:
    """With two partners who agree to everything, a prober of three leaves what is to be kept of
    every side for every other; without a budget it leaves less."""
    dispute = heirs_of_three()
    parts: list[Fraction] = []
    for keep in (F(0), F(2, 5)):
        _, talking = begun(dispute, keep=keep, words=1_000, hiding=COARSE)
        for _ in all_packages(dispute):
            untold = [o for o in all_packages(dispute) if talking.told_of(o) is None]
            for outcome in sorted(untold, key=lambda o: max(talking.spread("ben", o).values())):
                try:
                    talking = all_three(talking, outcome)
                except Unsupported:
                    continue
                break
        parts.append(min(F(e.left or 0, e.before or 1) for e in talking.exposures()))
    assert parts[0] < F(2, 5) <= parts[1]


def test_sides_that_pool_what_they_know_know_more() -> None:
    """Of Ben those preferences are left for Ann and Cem together whose dispute, with both their
    true points, would have told the same: by listing; no more than for either of them alone."""
    dispute = heirs_of_three()
    _, talking = begun(dispute, keep=F(0), hiding=COARSE)
    for outcome in all_packages(dispute)[1:3]:
        talking = all_three(talking, outcome)
    found = {(e.party, e.observers): e.left for e in talking.exposures()}
    left = 0
    for ben in hidden_preferences(dispute, "ben", COARSE):
        would_be = adjust(
            replace(dispute, preferences=FrozenMap({**dispute.preferences, "ben": ben}))
        )
        left += all(would_be.word(told.outcome) is told.word for told in talking.talks.told)
    assert found["ben", ("ann", "cem")] == left > 0
    for party, pool in [(p, tuple(o for o in THREE if o != p)) for p in THREE]:
        alone = [found[party, (other,)] or 0 for other in pool]
        assert (found[party, pool] or 0) <= min(alone)
    assert (found["ben", ("ann", "cem")] or 0) < (found["ben", ("ann",)] or 0)
