"""Certificates of small disputes, made by brute force; and whether what one claims is true.

Nothing here is taken from the checker but its nodes, which a plain search walks to write trees. What is
true is found by looking at every outcome: of shares and of amounts without steps at a grid.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import combinations, permutations, product
from typing import Any

from hikiwake.proof import checker as engine

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

    def arrangements(self, u: list[Any]) -> list[tuple[Fraction, ...]]:
        """Return the different arrangements of gains."""
        return sorted(set(permutations(self.gains(u))))


def _product(values: list[Any]) -> Any:
    found = 1
    for value in values:
        found *= value
    return found


# --- certificates --------------------------------------------------------------------------------


def grow(goal: Any, root: engine.Node, rows: list[Any]) -> list[int]:
    """Return a tree that proves a goal: rows where they close something, else the first division."""
    tree: list[int] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if not node.narrow():
            continue
        upper = node.upper()
        levels = goal.open(upper)
        for place, row in enumerate(rows):
            bound = goal.measure.bound(node, row)
            left = [v for v in levels if not goal.closes(v, row.multipliers, bound, upper)]
            if len(left) < len(levels):
                tree.append(-1 - place)
                levels = left
        if levels:
            assert divisions(node), f"{type(goal).__name__} does not hold at {upper}"
            code = divisions(node)[0]
            tree.append(code)
            stack += list(node.branch(code))[::-1]
    return tree


def divisions(node: engine.Node) -> list[int]:
    """Return the integers by which a node can be divided."""
    v, b = len(node.domains), len(node.parts.dispute.bonuses)
    found = [v + b + c for c in node.nevers if len(loose(node, c)) > 1]
    found += [p for p, domain in enumerate(node.domains) if len(domain) > 1]
    return found + [v + bonus for bonus in node.open if bonus not in node.out]


def loose(node: engine.Node, never: int) -> list[Any]:
    """Return the literals of what is not allowed that are not certain."""
    return [x for x in node.parts.nevers[never] if not x.certain(node)]


def goals_of(certificate: Raw) -> list[Any]:
    """Return what a certificate owes, as the checker lists it."""
    given = engine.read(certificate, engine.CERTIFICATE)
    work = engine.Check(given, engine.Dispute(given["dispute"]))
    work.state()
    return work.owed


def with_trees(certificate: Raw) -> Raw:
    """Return a certificate with the trees that it owes, grown."""
    given = engine.read(certificate, engine.CERTIFICATE)
    work = engine.Check(given, engine.Dispute(given["dispute"]))
    work.state()
    parts = engine.Parts(work.dispute, work.plan)
    raws = given["proof"].get("multipliers", [])
    rows = [engine.read_row(raw, work.dispute, parts) for raw in raws]
    trees = [grow(goal, engine.Node(place), rows) for _, goal, _, place in work.owed]
    return certificate | {"proof": certificate["proof"] | {"trees": trees}}


class Maker:
    """The certificate of a small dispute by a rule, found among all outcomes or those given."""

    def __init__(self, dispute: Raw, rule: str, only: list[Any] | None = None) -> None:
        self.dispute, self.rule = dispute, rule
        self.world = World(dispute, only)
        self.outcomes: list[Any] = []
        self.proof: Raw = {}

    def place(self, j: int) -> int:
        """Return the place of one of the world's outcomes in the certificate."""
        outcome = self.as_written(self.world.outcomes[j])
        if outcome not in self.outcomes:
            self.outcomes.append(outcome)
        return self.outcomes.index(outcome)

    def as_written(self, outcome: list[Any]) -> list[Any]:
        """Return an outcome as a certificate writes it."""
        return [[written(v) for v in x] if isinstance(x, list) else x for x in outcome]

    def points(self, u: list[Any]) -> list[Any]:
        """Return utilities in points."""
        units = numbers(self.dispute["units"])
        return [written(Fraction(v) / unit) for v, unit in zip(u, units, strict=True)]

    def make(self, **proof: Any) -> Raw:
        """Return the certificate; keywords are further keys of its proof."""
        if self.rule == "frontier" and self.world.x:
            status, claims = "complete", self._frontier()
        elif self.world.x:
            status, claims = self._settlement()
        else:
            status, claims = "no_agreement", self._no_agreement()
            self.rule = "draw" if self.rule == "frontier" else self.rule
        return with_trees(
            {
                "hikiwake_certificate": 1,
                "dispute_hash": hash_of(self.dispute),
                "dispute": self.dispute,
                "rule": self.rule,
                "status": status,
                "claims": claims,
                "proof": {"outcomes": self.outcomes, "trees": [], **self.proof, **proof},
            }
        )

    def _frontier(self) -> Raw:
        self.proof["run"] = [None, *self._run(), None]
        return {"points": [self.points(self.world.utilities(numbers(o))) for o in self.outcomes]}

    def _run(self) -> list[int]:
        world = self.world
        worths = {tuple(world.u[j]): j for j in reversed(world.undominated())}
        return [self.place(worths[u]) for u in sorted(worths, key=self._along)]

    def _along(self, u: tuple[Any, ...]) -> Any:
        compared = [i for i in range(self.world.n) if self.world.ideals[i] > self.world.d[i]]
        return u[compared[0]]

    def _no_agreement(self) -> Raw:
        world = self.world
        count = len(self.dispute["never"]) + world.n
        broken = [world.broken(o, u) for o, u in zip(world.outcomes, world.u, strict=True)]
        found: list[tuple[int, ...]] = []
        for size in range(1, count + 1):
            for limits in combinations(range(count), size):
                minimal = not any(set(known) <= set(limits) for known in found)
                found += [limits] if minimal and all(b & set(limits) for b in broken) else []
        self.proof["conflicts"] = [
            {
                "limits": list(limits),
                "without": [
                    self.place(next(j for j, b in enumerate(broken) if not b & (set(limits) - {c})))
                    for c in limits
                ],
            }
            for limits in found
        ]
        return {"walk_away": self.points(world.d)}

    def _settlement(self) -> tuple[str, Raw]:
        world, draws = self.world, self.world.draws()
        x = world.first("kalai_smorodinsky" if self.rule == "draw" else self.rule)[0]
        if self.rule == "draw" and draws:
            x = max(draws, key=lambda j: (sorted(world.gains(world.u[j])), -j))
        gains = world.gains(world.u[x])
        apart = max(gains) - min(gains) if len(gains) > 1 else None
        self.place(x)
        ideals = world.ideals
        firsts = [next(j for j in world.x if world.u[j][i] == a) for i, a in enumerate(ideals)]
        self.proof["ideals"] = [self.place(j) for j in firsts]
        status = self._status(x, apart, draws)
        ranges = [a - d for a, d in zip(ideals, world.d, strict=True)]
        shown = [
            (world.u[x][i] - world.d[i]) / Fraction(r) if r else None for i, r in enumerate(ranges)
        ]
        claims: Raw = {
            "utilities": self.points(world.u[x]),
            "walk_away": self.points(world.d),
            "ideals": self.points(ideals),
            "gains": [None if g is None else written(g) for g in shown],
            "imbalance": None if apart is None else written(apart),
        }
        if self.dispute["groups"]:
            claims["group_imbalance"] = written(world.apart[x])
        return status, claims

    def _status(self, x: int, apart: Fraction | None, draws: list[int]) -> str:
        world = self.world
        bare = apart is None or world.level > world.tolerance
        if self.rule == "draw":
            even = (
                apart is not None
                and x in world.first("kalai_smorodinsky")
                and apart <= world.tolerance
            )
            self._reference(x, twins=not bare and not even)
            best = self.proof["best"] == 0
            if not bare and not (best and apart is not None and apart <= world.tolerance):
                self._search(x, apart)
            return "draw" if draws else "uneven"
        if bare or apart is None or apart > world.tolerance:
            return "uneven"
        if self.rule == "kalai_smorodinsky":
            return "draw"
        self._reference(x, twins=True)
        references = [world.gains(world.u[j]) for j in world.first("kalai_smorodinsky")]
        return "draw" if world.near(world.u[x], references) else "uneven"

    def _reference(self, x: int, twins: bool) -> None:
        world, firsts = self.world, self.world.first("kalai_smorodinsky")
        self.proof["best"] = self.place(x if x in firsts else firsts[0])
        known = {tuple(world.gains(world.u[j])): j for j in reversed(firsts)}
        if twins:
            self.proof["twins"] = [self.place(j) for j in known.values()]

    def _search(self, x: int, apart: Fraction | None) -> None:
        if len(self.world.gains(self.world.u[x])) == 2:
            self.proof["run"] = [None, *self._run(), None]
        else:
            for j in self.world.undominated():
                self.place(j)
