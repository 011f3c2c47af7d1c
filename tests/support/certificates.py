"""Certificates of small disputes: claims found by brute force, trees by a plain search.

The search walks over the checker's own nodes, and bounds rows as the search of certificates does;
nothing else is taken from either.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

from hikiwake.proof import checker as engine
from hikiwake.proof.trees.bettering import bounded
from tests.support.worlds import Raw, World, hash_of, numbers, written


def grow(goal: Any, rows: list[Any], first: str = "part") -> list[int]:
    """Return a tree that proves a goal: rows where they close something, else a division."""
    tree: list[int] = []
    space, measure = goal.space, goal.measure
    lines, stack = goal.lines, [(space.all, [], goal.lines.known)]
    while stack:
        left, parts, known = stack.pop()
        left = space.narrow(left, parts)
        gains = left and goal.view(measure.gains(space.most(left, space.all, space.u)))
        levels = [v for v in goal.levels if not v.closed(gains)] if gains else []
        for place, row in enumerate(rows if levels else ()):
            bound = bounded(goal, left, known, row)
            still = [v for v in levels if not (bound and v.closed(gains, row[0], *bound))]
            if len(still) < len(levels):
                tree.append(-1 - place)
                levels = still
        if levels:
            counts = [sum(left >> own.start & 1 for own in o) for o in space.options]
            wide = [p for p, count in enumerate(counts) if count > 1]
            if wide:
                tree.append(wide[-1 if first == "bonus" else 0])
                stack += [(*node, known) for node in space.branch(left, tree[-1])]
                continue
            waiting = (n for n, block in enumerate(lines.blocks) if not known >> 2 * block[0] & 3)
            block = next(waiting, None)
            assert block is not None, f"{levels} do not hold at {gains}"
            tree.append(len(space.parts) + block)
            stack += lines.nodes(space, left, known, block)
    return tree


def with_trees(certificate: Raw, first: str = "part") -> Raw:
    """Return a certificate with the trees that it owes, grown."""
    given = engine.exact(certificate)
    work = engine.Check(given, engine.Dispute(given.dispute, engine.MAX_STEPS))
    work.state(certificate["claims"])
    rows = work.rows()
    trees = [grow(goal, rows, first) for goal in work.goals]
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
        outcome = self.world.outcomes[j]
        if outcome not in self.outcomes:
            self.outcomes.append(outcome)
        return self.outcomes.index(outcome)

    def points(self, u: list[Any]) -> list[Any]:
        """Return utilities in points."""
        units = numbers(self.dispute["units"])
        return [written(Fraction(v) / unit) for v, unit in zip(u, units, strict=True)]

    def make(self, first: str = "part", **proof: Any) -> Raw:
        """Return the certificate: what trees divide first, and further keys of its proof."""
        if self.rule == "frontier" and self.world.x:
            status, claims = "complete", self._frontier()
        elif self.world.x:
            status, claims = self._settlement()
        else:
            status, claims = "no_agreement", self._no_agreement()
            self.rule = "draw" if self.rule == "frontier" else self.rule
        certificate = {
            "hikiwake_certificate": 1,
            "dispute_hash": hash_of(self.dispute),
            "dispute": self.dispute,
            "rule": self.rule,
            "status": status,
            "claims": claims,
            "proof": {"outcomes": self.outcomes, "trees": [], **self.proof, **proof},
        }
        return with_trees(certificate, first)

    def _frontier(self) -> Raw:
        self._run()
        return {"points": [self.points(self.world.utilities(o)) for o in self.outcomes]}

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
        world, draws = self.world, self.world.draws
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
            self.proof["run"] = self._run()
        else:
            for j in self.world.undominated():
                self.place(j)
