"""Random disputes whose issues are tied by bonuses and rules, and nodes of their proofs."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from hikiwake.proof import checker
from hikiwake.proof.ground import Ground, Quest
from hikiwake.proof.opening import Open
from tests.support.worlds import Raw

PARTIES, ISSUES, OPTIONS = 2, 5, 4


def tied_dispute(random: Random, ties: int = 14) -> Raw:
    """Return the canonical form of a dispute with bonuses, some of them negative, and two rules."""

    def when() -> Raw:
        issues = sorted(random.sample(range(ISSUES), random.choice([2, 2, 3])))
        among = [sorted(random.sample(range(OPTIONS), random.choice([1, 2, 3]))) for _ in issues]
        return {"options": [[k, js] for k, js in zip(issues, among, strict=True)], "shares": []}

    def points() -> int:
        return random.choice([*range(1, 60), -random.randint(1, 30)])

    return {
        "hikiwake_dispute": 1,
        "parties": ["ann", "ben"],
        "units": [1, 1],
        "walk_away": [0, 0],
        "tolerance": "1/20",
        "price": "1/10",
        "issues": [
            {
                "id": f"issue {k}",
                "options": [f"option {j}" for j in range(OPTIONS)],
                "points": [[random.randint(0, 9) for _ in range(PARTIES)] for _ in range(OPTIONS)],
            }
            for k in range(ISSUES)
        ],
        "shares": [],
        "never": [
            {"kind": "rule", "party": None, "place": n + 1, "when": when()} for n in range(2)
        ],
        "bonuses": [
            {"party": n % PARTIES, "points": points(), "when": when()} for n in range(ties)
        ],
        "groups": [],
    }


def quest_of(raw: Raw, asked: list[int]) -> Quest:
    """Return the quest for a package that gives the parties as much as is asked."""
    dispute = checker.Dispute(raw, 10**12)
    measure = checker.Measure(dispute, dispute.floors, [70, 90])
    goal = checker.Box(measure, [(value, 0) for value in asked])
    return Quest(goal, Ground(checker.Parts(dispute), measure))


def nodes_below(quest: Quest, random: Random, count: int) -> Iterator[Open]:
    """Yield nodes that are reached by dividing what is open at random."""
    node: Any = checker.Node(quest.ground.parts)
    while count:
        if not node.narrow():
            node = checker.Node(quest.ground.parts)
            continue
        opening = Open(quest, node, quest.levels, node.upper())
        yield opening
        count -= 1
        codes = [code for _, code in opening.ties()] + [code for code, _ in opening.wide()]
        children = list(node.branch(random.choice(codes))) if codes else [checker.Node(node.parts)]
        node = random.choice(children)
