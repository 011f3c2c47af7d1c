"""Reports tried one by one: what misstating could gain where packages cannot be listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random
from time import monotonic

from hikiwake.errors import TooLarge
from hikiwake.model import Answer, Dispute, FrozenMap, Preference
from hikiwake.options.again import answer

TRIES = 60
MAX_SECONDS = 30
FACTORS = tuple(Fraction(n, 4) for n in (0, 1, 2, 4, 8, 16))


def best_seen(dispute: Dispute, party: str, seed: int) -> Fraction:
    """Return the most true points that some reports, settled one by one, bring a party.

    A report makes each issue matter so many times as much, all in the same proportions again, so
    that the best of all issues together are worth what they were; bonuses and the walk-away value
    stay as they are. It is the truth if nothing better was seen.
    """
    own, random = dispute.preferences[party], Random(seed)
    until = monotonic() + MAX_SECONDS
    most = dispute.walk_away(party)
    for numbers in [{}, *(_report(own, random) for _ in range(TRIES))]:
        said = replace(own.with_answers(numbers), ranges=FrozenMap() if numbers else own.ranges)
        preferences = {**dispute.preferences, party: said}
        try:
            found = answer(replace(dispute, preferences=FrozenMap(preferences)), "draw")
        except TooLarge:
            continue
        if found is not None:
            most = max(most, dispute.utility(party, found.shown().outcome))
        if monotonic() > until:
            break
    return most


def _report(own: Preference, random: Random) -> Mapping[Answer, Fraction]:
    """Return other numbers for the points of every issue."""
    issues: dict[str, dict[Answer, Fraction]] = {}
    for place, number in own.answers().items():
        if place.of == "issue":
            issues.setdefault(place.issue, {})[place] = number
    least = {i: min(0 if not p.value and not p.place else n for p, n in given.items())
             for i, given in issues.items()}  # fmt: skip
    spreads = {i: max(given.values()) - least[i] for i, given in issues.items()}
    times = {issue: random.choice(FACTORS) for issue in issues}
    total = sum((times[i] * spread for i, spread in spreads.items()), start=Fraction(0))
    if not total:
        return {}
    scale = sum(spreads.values(), start=Fraction(0)) / total
    return {
        place: least[issue] + (number - least[issue]) * times[issue] * scale
        for issue, given in issues.items()
        for place, number in given.items()
    }
