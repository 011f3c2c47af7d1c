"""Small disputes by brute force: every outcome, and what holds among them.

Nothing here is taken from the checker. Of shares and of amounts without steps a grid is looked at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import permutations, product
from math import lcm
from typing import Any

from hikiwake.solvers.programs import Impossible, Program, solve

Raw = dict[str, Any]
GRID = 6


def text_of(value: object) -> str:
    """Return the canonical text of a value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def hash_of(dispute: Raw) -> str:
    """Return a dispute's hash."""
    return hashlib.sha256(text_of(dispute).encode()).hexdigest()


def written(x: Any) -> Any:
    """Return a number as a certificate writes it."""
    x = Fraction(x)
    small = x.denominator == 1 and abs(x) < 2**53
    return int(x) if small else str(x)


def numbers(value: Any) -> Any:
    """Return a value with the numbers that are written as texts read."""
    if isinstance(value, list):
        return [numbers(item) for item in value]
    return Fraction(value) if isinstance(value, str) else value


def weighed(value: Any) -> list[tuple[int, Fraction | int]]:
    """Return the corners of the option that an outcome has for an issue, with their weights."""
    weights = numbers(value[1:]) if isinstance(value, list) else [1]
    return [
        (v, Fraction(w) / sum(weights) if len(weights) > 1 else 1) for v, w in enumerate(weights)
    ]


def option_of(value: Any) -> int:
    """Return the option that an outcome has for an issue."""
    return value[0] if isinstance(value, list) else value


class World:
    """The outcomes of a small dispute, and what holds among them.

    All of them, or those that are given; of what is continuous a grid, and what is given besides.
    """

    def __init__(self, dispute: Raw, only: list[Any] | None = None, extra: Any = ()) -> None:
        self.options = [
            [[numbers(points) for _, *points in option] for option in issue["options"]]
            for issue in dispute["issues"]
        ]
        bonuses = [b | {"points": numbers(b["points"])} for b in dispute["bonuses"]]
        self.raw = dispute | {"bonuses": bonuses}
        self.n = len(dispute["parties"])
        self.d = numbers(dispute["walk_away"])
        self.tolerance = Fraction(dispute["tolerance"])
        self.price = Fraction(dispute["price"])
        self.continuous = any(len(option) > 1 for options in self.options for option in options)
        self.outcomes = [*(only or self._all()), *extra]
        self._spans = [self._span(group) for group in dispute["groups"]]
        self.u = [self.utilities(outcome) for outcome in self.outcomes]
        self.apart = [self.imbalance(outcome) for outcome in self.outcomes]
        keeping = [j for j, o in enumerate(self.outcomes) if not self.broken(o, self.u[j])]
        least = min((self.apart[j] for j in keeping), default=Fraction(0))
        self.level = max(self.tolerance, least)
        self.x = [j for j in keeping if self.apart[j] <= self.level]
        self._keys: dict[str, list[Any]] = {}

    def _all(self) -> Iterator[list[Any]]:
        ways: list[list[Any]] = []
        for options in self.options:
            ways.append([])
            for j, option in enumerate(options):
                weights = product(range(GRID + 1), repeat=len(option))
                mixed = [[j, *w] for w in weights if sum(w) == GRID]
                ways[-1] += mixed if len(option) > 1 else [j]
        return (list(outcome) for outcome in product(*ways))

    def holds(self, when: list[Any], outcome: Any) -> bool:
        """Tell whether a condition holds in an outcome."""
        return all(option_of(outcome[k]) in js for k, *js in when)

    def utilities(self, outcome: list[Any]) -> list[Any]:
        """Return every party's utility."""
        found: list[Any] = [0] * self.n
        for options, value in zip(self.options, outcome, strict=True):
            corners = options[option_of(value)]
            for v, part in weighed(value):
                found = [u + part * p for u, p in zip(found, corners[v], strict=True)]
        for bonus in self.raw["bonuses"]:
            if self.holds(bonus["when"], outcome):
                found[bonus["party"]] += bonus["points"]
        return found

    def broken(self, outcome: list[Any], u: list[Any]) -> set[int]:
        """Return the limits that an outcome breaks."""
        never = self.raw["never"]
        found = {c for c, limit in enumerate(never) if self.holds(limit["when"], outcome)}
        return found | {len(never) + i for i in range(self.n) if u[i] < self.d[i]}

    def _inside(self, when: list[Any], issues: list[int]) -> bool:
        return all(k in issues for k, *_ in when)

    def _worth(self, group: Raw, outcome: Any, i: int) -> Any:
        points = sum(
            part * self.options[k][option_of(outcome[k])][v][i]
            for k in group["issues"]
            for v, part in weighed(outcome[k])
        )
        for bonus in self.raw["bonuses"]:
            if bonus["party"] == i and self._inside(bonus["when"], group["issues"]):
                points += bonus["points"] if self.holds(bonus["when"], outcome) else 0
        return points

    def _corners(self, options: list[Any]) -> list[Any]:
        """Return what an outcome may have of an issue that is at a corner."""
        return [
            [j, *(int(v == own) for v in range(len(option)))] if len(option) > 1 else j
            for j, option in enumerate(options)
            for own in range(len(option))
        ]

    def _span(self, group: Raw) -> list[list[Any]]:
        found: list[list[Any]] = [[] for _ in range(self.n)]
        for options in product(*(self._corners(self.options[k]) for k in group["issues"])):
            at = dict(zip(group["issues"], options, strict=True))
            for i in range(self.n):
                barred = any(
                    self._inside(limit["when"], group["issues"])
                    and self.holds(limit["when"], at)
                    and limit["party"] in (None, i)
                    for limit in self.raw["never"]
                )
                found[i] += [] if barred else [self._worth(group, at, i)]
        return found

    def shares(self, outcome: list[Any]) -> list[list[Fraction]]:
        """Return for each group the shares of those who have a range in it."""
        return [
            [
                Fraction(self._worth(group, outcome, i) - min(span)) / (max(span) - min(span))
                for i, span in enumerate(spans)
                if span and max(span) > min(span)
            ]
            for group, spans in zip(self.raw["groups"], self._spans, strict=True)
        ]

    def imbalance(self, outcome: list[Any]) -> Fraction:
        """Return the largest group imbalance."""
        shares = [own for own in self.shares(outcome) if own]
        return max((max(own) - min(own) for own in shares), default=Fraction(0))

    # --- what holds among acceptable outcomes ---

    @cached_property
    def ideals(self) -> list[Any]:
        """The most that each party can have."""
        return [max(self.u[j][i] for j in self.x) for i in range(self.n)]

    @cached_property
    def _ranges(self) -> list[Any]:
        return [a - d for a, d in zip(self.ideals, self.d, strict=True)]

    def gains(self, u: list[Any]) -> list[Fraction]:
        """Return the gains of the parties that are compared."""
        rows = zip(u, self.d, self._ranges, strict=True)
        return [Fraction(v - d) / r for v, d, r in rows if r > 0]

    def measured(self, rule: str, u: list[Any]) -> list[Any]:
        """Return what a rule measures: gains, or points where it compares points."""
        if rule == "adjusted_winner":
            totals = [sum(max(row[i] for row in o[0]) for o in self.options) for i in range(self.n)]
            return [Fraction(v) / t for v, t in zip(u, totals, strict=True)]
        if rule not in ("egalitarian", "leximin", "utilitarian"):
            return self.gains(u)
        units, ideals = numbers(self.raw["units"]), self.ideals
        compared = [i for i in range(self.n) if ideals[i] > self.d[i]]
        return [Fraction(u[i] - self.d[i], 1) / units[i] for i in compared]

    def _key(self, rule: str, measured: list[Any]) -> Any:
        """Return what a rule compares: the more the better, but for egalitarian in part only."""
        if rule == "utilitarian":
            return sum(measured)
        if rule == "nash":
            return _product(measured)
        return measured if rule == "egalitarian" else sorted(measured)

    def keys(self, rule: str) -> list[Any]:
        """Return what a rule compares of each acceptable outcome, found once."""
        if rule not in self._keys:
            self._keys[rule] = [self._key(rule, self.measured(rule, self.u[j])) for j in self.x]
        return self._keys[rule]

    def undominated(self) -> list[int]:
        """Return the acceptable outcomes that none dominates.

        What dominates others is greater in order, so that it is met before them.
        """
        best: list[tuple[Any, ...]] = []
        for w in sorted({tuple(self.u[j]) for j in self.x}, reverse=True):
            if not any(all(a >= b for a, b in zip(o, w, strict=True)) for o in best):
                best.append(w)
        kept = {*best}
        return [j for j in self.x if tuple(self.u[j]) in kept]

    def better(self, rule: str, u: list[Any]) -> list[int]:
        """Return the acceptable outcomes that a rule puts before utilities u."""
        mine = self._key(rule, self.measured(rule, u))
        found = []
        for j, other in zip(self.x, self.keys(rule), strict=True):
            if rule == "egalitarian":
                dominates = all(a >= b for a, b in zip(other, mine, strict=True)) and other != mine
                ahead = dominates or min(other) > min(mine)
            else:
                ahead = other > mine
            found += [j] if ahead else []
        return found

    def first(self, rule: str) -> list[int]:
        """Return the acceptable outcomes that a rule puts first."""
        if rule == "egalitarian":
            return [j for j in self.x if not self.better(rule, self.u[j])]
        keys = self.keys(rule)
        most = max(keys, default=None)
        return [j for j, key in zip(self.x, keys, strict=True) if key == most]

    def near(self, u: list[Any], references: list[list[Fraction]]) -> bool:
        """Tell whether gains are within the price of some Kalai–Smorodinsky gains."""
        gains = self.gains(u)
        return any(
            all(k - g <= self.price for k, g in zip(kappa, gains, strict=True))
            for kappa in references
        )

    @cached_property
    def draws(self) -> list[int]:
        """The draws."""
        if self.level > self.tolerance or len(self.gains(self.d)) < 2:
            return []
        references = [self.gains(self.u[j]) for j in self.first("kalai_smorodinsky")]
        found = []
        for j in self.undominated():
            gains = self.gains(self.u[j])
            even = max(gains) - min(gains) <= self.tolerance
            found += [j] if even and self.near(self.u[j], references) else []
        return [j for j in found if not (self.continuous and self.is_bettered(self.u[j]))]

    def is_bettered(self, u: list[Any]) -> bool:
        """Tell whether any mixture at all is better for somebody and worse for nobody."""
        return any(self._more(at, u) > 0 for at in self._ways())

    def _ways(self) -> Iterator[tuple[int, ...]]:
        """Yield the choices of options that keep all limits: these depend on nothing else."""
        for at in product(*(range(len(options)) for options in self.options)):
            corners = zip(self.options, at, strict=True)
            outcome = [[j, *([1] * len(o[j]))] if len(o[j]) > 1 else j for o, j in corners]
            if not self.broken(outcome, self.d):
                yield at

    def _apart(self, outcome: list[Any]) -> list[Fraction]:
        """Return by how much every two shares of a group might still be further apart."""
        pairs = [pair for own in self.shares(outcome) for pair in permutations(own, 2)]
        return [self.level - one + other for one, other in pairs]

    def _more(self, at: tuple[int, ...], u: list[Any]) -> Fraction:
        """Return how much more all together can have with these options, nobody less."""
        cells = [options[j] for options, j in zip(self.options, at, strict=True)]
        ends = [[j, *([0] * (len(c) - 1)), 1] for c, j in zip(cells, at, strict=True)]
        gift = self.utilities(ends)
        last = [sum(Fraction(c[-1][i]) for c in cells) for i in range(self.n)]
        right = [Fraction(v) - g + w for v, g, w in zip(u, gift, last, strict=True)]
        columns = [(k, row) for k, rows in enumerate(cells) for row in rows]
        one = [{len(u) + k: Fraction(1)} for k, _ in columns]
        programme = [
            dict(enumerate(map(Fraction, row))) | own
            for (_, row), own in zip(columns, one, strict=True)
        ]
        programme += [{i: Fraction(-1)} for i in range(self.n)]
        right += [Fraction(1)] * len(cells)
        one_each = [
            [*ends[:k], [at[k], *(int(v == own) for v in range(len(rows)))], *ends[k + 1 :]]
            for k, rows in enumerate(cells)
            for own in range(len(rows))
        ]
        beside, lines = self._apart(ends), [self._apart(outcome) for outcome in one_each]
        for x, room in enumerate(beside):  # what is left to the level, at a mixture
            for column, own in zip(programme, lines, strict=False):
                column[len(right)] = own[x] - room
            programme.append({len(right): Fraction(-1)})
            right.append(-room)
        scale = lcm(
            *(v.denominator for c in programme for v in c.values()), *(r.denominator for r in right)
        )
        answer = solve(
            Program(
                [tuple((r, int(v * scale)) for r, v in c.items() if v) for c in programme],
                [0] * len(columns) + [1] * self.n + [0] * len(beside),
                [int(r * scale) for r in right],
            )
        )
        return Fraction(-1) if isinstance(answer, Impossible) else answer.value


def _product(values: list[Any]) -> Any:
    found = 1
    for value in values:
        found *= value
    return found
