"""Reports tried one by one: what misstating could gain where packages cannot be listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

from hikiwake.errors import TooLarge
from hikiwake.model import Answer, Dispute, FrozenMap, Preference
from hikiwake.options.again import answer

TRIES = 60
MAX_OPTIONS = 20_000  # of all reports together; but a fifth of the reports is always tried
FACTORS = tuple(Fraction(n, 4) for n in (0, 1, 2, 4, 8, 16))
CHANGES = tuple(Fraction(n, 12) for n in (6, 9, 11, 13, 16, 24))

Times = dict[str, Fraction]  # how many times as much each issue is said to matter


def best_seen(dispute: Dispute, party: str, seed: int) -> tuple[Fraction, Preference]:
    """Return the most true points that some reports bring a party, and the report that does.

    They are settled one by one. A report makes each issue matter so many times as much, all in the
    same proportions again, so that the best of all issues together are worth what they were;
    bonuses and the walk-away value stay as they are. The truth is tried first, then reports at
    random, then changes to the best.
    """
    own, random = dispute.preferences[party], Random(seed)
    issues = {place.issue for place in own.answers() if place.of == "issue"}
    best: Times = dict.fromkeys(sorted(issues), Fraction(1))
    tries, reports = _tries(dispute), _Reports(dispute, party)
    most = reports.reached(own)
    for number in range(tries if issues else 0):
        times = {issue: random.choice(FACTORS) for issue in best}
        if number >= tries // 2:
            changed = random.choice(list(best))
            times = best | {changed: best[changed] * random.choice(CHANGES)}
        reached = reports.reached(own.with_answers(report(own, times)))
        if reached is not None and (most is None or reached > most):
            best, most = times, reached
    said = own.with_answers(report(own, best)) if set(best.values()) != {Fraction(1)} else own
    return dispute.walk_away(party) if most is None else most, said


def _tries(dispute: Dispute) -> int:
    """Return how many reports to try: fewer of a large dispute, in which each takes longer."""
    ways = [dispute.decisions_of(issue) for issue in dispute.issues]
    options = sum(len(dispute.parties) if way is None else len(way) for way in ways)
    return max(TRIES // 5, min(TRIES, MAX_OPTIONS // max(1, options)))


class _Reports:
    """Reports of one side, and what they bring it: each settled once."""

    def __init__(self, dispute: Dispute, party: str) -> None:
        self._dispute, self._party = dispute, party
        self._known: dict[Preference, Fraction | None] = {}

    def reached(self, said: Preference) -> Fraction | None:
        """Return the true points of what is settled on if the side says so; None: not certain."""
        if said not in self._known:
            self._known[said] = self._settled(said)
        return self._known[said]

    def _settled(self, said: Preference) -> Fraction | None:
        preferences = FrozenMap({**self._dispute.preferences, self._party: said})
        try:
            found = answer(replace(self._dispute, preferences=preferences), "draw")
        except TooLarge:
            return None
        return None if found is None else self._dispute.utility(self._party, found.outcome())


def report(own: Preference, times: Times) -> Mapping[Answer, Fraction]:
    """Return other numbers for the points of every issue."""
    issues: dict[str, dict[Answer, Fraction]] = {issue: {} for issue in times}
    for place, number in own.answers().items():
        if place.issue in issues:
            issues[place.issue][place] = number
    least = {issue: _least(given) for issue, given in issues.items()}
    spreads = spreads_of(own)
    total = sum((times[i] * spreads[i] for i in times), start=Fraction(0))
    if not total:
        return {}
    scale = sum((spreads[i] for i in times), start=Fraction(0)) / total
    return {
        place: least[issue] + (number - least[issue]) * times[issue] * scale
        for issue, given in issues.items()
        for place, number in given.items()
    }


def spreads_of(own: Preference) -> Times:
    """Return how far apart the most and the least points of each issue are."""
    issues: dict[str, dict[Answer, Fraction]] = {}
    for place, number in own.answers().items():
        if place.of == "issue":
            issues.setdefault(place.issue, {})[place] = number
    return {issue: abs(max(given.values()) - _least(given)) for issue, given in issues.items()}


def _least(given: Mapping[Answer, Fraction]) -> Fraction:
    """Return the least points of an issue; those for having all of a share count from 0."""
    whole = any(not place.value and not place.place for place in given)
    return Fraction(0) if whole else min(given.values())
