"""Small disputes by brute force: every outcome, and what holds among them.

Nothing here is taken from the checker. Of shares and of amounts without steps a grid is looked at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

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


class World:
    """The outcomes of a small dispute, and what holds among them.

    All of them, or those that are given; of what is continuous a grid, and what is given besides.
    """

    def __init__(self, dispute: Raw, only: list[Any] | None = None, extra: Any = ()) -> None:
        read = [
            {
                key: numbers(value) if key in ("points", "changes") else value
                for key, value in one.items()
            }
            for kind in ("issues", "shares")
            for one in dispute[kind]
        ]
        many, few = len(dispute["issues"]), len(dispute["issues"]) + len(dispute["shares"])
        bonuses = [b | {"points": int(b["points"])} for b in dispute["bonuses"]]
        self.raw = dispute | {"issues": read[:many], "shares": read[many:few], "bonuses": bonuses}
        self.n = len(dispute["parties"])
        self.d = numbers(dispute["walk_away"])
        self.tolerance = Fraction(dispute["tolerance"])
        self.price = Fraction(dispute["price"])
        self.continuous = bool(dispute["shares"]) or any("changes" in i for i in dispute["issues"])
        self.outcomes = [numbers(outcome) for outcome in only or self._all()]
        self.outcomes += [numbers(outcome) for outcome in extra]
        self._spans = [self._span(group) for group in dispute["groups"]]
        self.u = [self.utilities(outcome) for outcome in self.outcomes]
        self.apart = [self.imbalance(outcome) for outcome in self.outcomes]
        keeping = [j for j, o in enumerate(self.outcomes) if not self.broken(o, self.u[j])]
        least = min((self.apart[j] for j in keeping), default=Fraction(0))
        self.level = max(self.tolerance, least)
        self.x = [j for j in keeping if self.apart[j] <= self.level]

    def _all(self) -> Iterator[list[Any]]:
        n, places = self.n, [Fraction(t, GRID) for t in range(GRID + 1)]
        ways: list[list[Any]] = []
        for issue in self.raw["issues"]:
            options = range(len(issue["points"]))
            smooth = "changes" in issue
            ways.append([[j, t] for j in options for t in places] if smooth else list(options))
        for _ in self.raw["shares"]:
            parts = product(range(GRID + 1), repeat=n)
            ways.append([[Fraction(f, GRID) for f in p] for p in parts if sum(p) == GRID])
        return (list(outcome) for outcome in product(*ways))

    def holds(self, when: Raw, outcome: list[Any]) -> bool:
        """Tell whether a condition holds in an outcome."""
        issues = len(self.raw["issues"])
        for k, js in when["options"]:
            value = outcome[k]
            if (value[0] if isinstance(value, list) else value) not in js:
                return False
        for s, i, above, below in numbers(when["shares"]):
            part = outcome[issues + s][i]
            if (above is not None and part <= above) or (below is not None and part >= below):
                return False
        return True

    def utilities(self, outcome: list[Any]) -> list[Any]:
        """Return every party's utility."""
        found: list[Any] = [0] * self.n
        issues = self.raw["issues"]
        for i in range(self.n):
            for issue, value in zip(issues, outcome, strict=False):
                if "changes" in issue:
                    j, t = value
                    found[i] += issue["points"][j][i] + t * issue["changes"][j][i]
                else:
                    found[i] += issue["points"][value][i]
            for share, parts in zip(self.raw["shares"], outcome[len(issues) :], strict=True):
                points = share["points"][i]
                found[i] += points * parts[i]
                found[i] -= Fraction(points, self.n) if "limit" in share else 0
            for bonus in self.raw["bonuses"]:
                if bonus["party"] == i and self.holds(bonus["when"], outcome):
                    found[i] += bonus["points"]
        return found

    def broken(self, outcome: list[Any], u: list[Any]) -> set[int]:
        """Return the limits that an outcome breaks."""
        never = self.raw["never"]
        found = {c for c, limit in enumerate(never) if self.holds(limit["when"], outcome)}
        return found | {len(never) + i for i in range(self.n) if u[i] < self.d[i]}

    def _inside(self, when: Raw, issues: list[int]) -> bool:
        return not when["shares"] and all(k in issues for k, _ in when["options"])

    def _worth(self, group: Raw, outcome: Any, i: int) -> Any:
        points = sum(self.raw["issues"][k]["points"][outcome[k]][i] for k in group["issues"])
        for bonus in self.raw["bonuses"]:
            if bonus["party"] == i and self._inside(bonus["when"], group["issues"]):
                points += bonus["points"] if self.holds(bonus["when"], outcome) else 0
        return points

    def _span(self, group: Raw) -> list[list[Any]]:
        found: list[list[Any]] = [[] for _ in range(self.n)]
        counts = [range(len(self.raw["issues"][k]["points"])) for k in group["issues"]]
        for options in product(*counts):
            at = dict(zip(group["issues"], options, strict=True))
            for i in range(self.n):
                barred = any(
                    self._inside(limit["when"], group["issues"])
                    and self.holds(limit["when"], at)  # pyright: ignore[reportArgumentType]
                    and (limit["kind"] == "rule" or limit["party"] == i)
                    for limit in self.raw["never"]
                )
                found[i] += [] if barred else [self._worth(group, at, i)]
        return found

    def imbalance(self, outcome: list[Any]) -> Fraction:
        """Return the largest group imbalance."""
        largest = Fraction(0)
        for group, spans in zip(self.raw["groups"], self._spans, strict=True):
            shares = [
                Fraction(self._worth(group, outcome, i) - min(span), max(span) - min(span))
                for i, span in enumerate(spans)
                if span and max(span) > min(span)
            ]
            largest = max(largest, max(shares, default=largest) - min(shares, default=largest))
        return largest

    # --- what holds among acceptable outcomes ---

    @cached_property
    def ideals(self) -> list[Any]:
        """The most that each party can have."""
        return [max(self.u[j][i] for j in self.x) for i in range(self.n)]

    def gains(self, u: list[Any]) -> list[Fraction]:
        """Return the gains of the parties that are compared."""
        ranges = [a - d for a, d in zip(self.ideals, self.d, strict=True)]
        rows = zip(u, self.d, ranges, strict=True)
        return [Fraction(v - d) / r for v, d, r in rows if r > 0]

    def measured(self, rule: str, u: list[Any]) -> list[Any]:
        """Return what a rule measures: gains, or points where it compares points."""
        if rule == "adjusted_winner":
            totals = [sum(s["points"][i] for s in self.raw["shares"]) for i in range(self.n)]
            return [Fraction(v) / t for v, t in zip(u, totals, strict=True)]
        if rule not in ("egalitarian", "leximin", "utilitarian"):
            return self.gains(u)
        units, ideals = numbers(self.raw["units"]), self.ideals
        compared = [i for i in range(self.n) if ideals[i] > self.d[i]]
        return [Fraction(u[i] - self.d[i], 1) / units[i] for i in compared]

    def undominated(self) -> list[int]:
        """Return the acceptable outcomes that none dominates."""
        worths = {tuple(self.u[j]) for j in self.x}
        best = {
            w
            for w in worths
            if not any(o != w and all(a >= b for a, b in zip(o, w, strict=True)) for o in worths)
        }
        return [j for j in self.x if tuple(self.u[j]) in best]

    def better(self, rule: str, u: list[Any]) -> list[int]:
        """Return the acceptable outcomes that a rule puts before utilities u."""
        mine = self.measured(rule, u)
        found = []
        for j in self.x:
            other = self.measured(rule, self.u[j])
            if rule == "utilitarian":
                ahead = sum(other) > sum(mine)
            elif rule == "nash":
                ahead = _product(other) > _product(mine)
            elif rule == "egalitarian":
                dominates = all(a >= b for a, b in zip(other, mine, strict=True)) and other != mine
                ahead = dominates or min(other) > min(mine)
            else:
                ahead = sorted(other) > sorted(mine)
            found += [j] if ahead else []
        return found

    def first(self, rule: str) -> list[int]:
        """Return the acceptable outcomes that a rule puts first."""
        return [j for j in self.x if not self.better(rule, self.u[j])]

    def near(self, u: list[Any], references: list[list[Fraction]]) -> bool:
        """Tell whether gains are within the price of some Kalai–Smorodinsky gains."""
        gains = self.gains(u)
        return any(
            all(k - g <= self.price for k, g in zip(kappa, gains, strict=True))
            for kappa in references
        )

    def draws(self) -> list[int]:
        """Return the draws."""
        if self.level > self.tolerance or len(self.gains(self.d)) < 2:
            return []
        references = [self.gains(self.u[j]) for j in self.first("kalai_smorodinsky")]
        found = []
        for j in self.undominated():
            gains = self.gains(self.u[j])
            even = max(gains) - min(gains) <= self.tolerance
            found += [j] if even and self.near(self.u[j], references) else []
        return found


def _product(values: list[Any]) -> Any:
    found = 1
    for value in values:
        found *= value
    return found
