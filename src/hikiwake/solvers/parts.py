"""Which issues hang together: tied by a rule, red line, bonus or group, directly or in a chain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hikiwake.solvers.problem import Allowed, Clause, Extra, Problem


@dataclass(slots=True)
class TiedPart:
    """Issues and shares that hang together, with everything that is said about them."""

    issues: tuple[int, ...]
    shares: tuple[int, ...]
    never: list[Clause] = field(default_factory=list[Clause])
    extras: list[Extra] = field(default_factory=list[Extra])
    allowed: list[Allowed] = field(default_factory=list[Allowed])

    @property
    def single(self) -> bool:
        """Whether it is one issue about which nothing more is said."""
        said = self.never or self.extras or self.allowed
        return len(self.issues) == 1 and not self.shares and not said


def parts_of(problem: Problem) -> list[TiedPart]:
    """Return the parts of a problem: no clause, extra or table reaches from one into another."""
    issues = len(problem.points)
    root = _roots(problem)
    members: dict[int, list[int]] = {}
    for k in range(issues + len(problem.shares)):
        members.setdefault(root[k], []).append(k)
    parts = {
        r: TiedPart(
            tuple(k for k in part if k < issues), tuple(k - issues for k in part if k >= issues)
        )
        for r, part in members.items()
    }
    for clause in problem.never:
        # A clause without any condition forbids everything, wherever it stands.
        first = next(iter(_named(clause, issues)), 0)
        parts[root[first]].never.append(clause)
    for extra in problem.extras:
        parts[root[next(iter(_named(extra.when, issues)))]].extras.append(extra)
    for allowed in problem.allowed:
        parts[root[allowed.issues[0]]].allowed.append(allowed)
    return list(parts.values())


def _named(clause: Clause, issues: int) -> list[int]:
    return [k for k, _ in clause.options] + [issues + share[0] for share in clause.shares]


def _roots(problem: Problem) -> list[int]:
    """Return, for each issue and then each share, the issue or share that stands for its part."""
    issues = len(problem.points)
    parent = list(range(issues + len(problem.shares)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    ties: list[Iterable[int]] = [_named(clause, issues) for clause in problem.never]
    ties += [_named(extra.when, issues) for extra in problem.extras]
    ties += [allowed.issues for allowed in problem.allowed]
    for tie in ties:
        first, *rest = [*tie] or [0]
        for k in rest:
            parent[root(k)] = root(first)
    return [root(k) for k in range(len(parent))]
