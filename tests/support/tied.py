"""Random disputes whose issues are tied by bonuses and rules, and nodes of their proofs."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from hikiwake.proof import checker
from hikiwake.proof.trees.ground import Ground, Quest
from hikiwake.proof.trees.opening import Open
from tests.support.worlds import Raw

PARTIES, ISSUES, OPTIONS = 2, 5, 4


def tied_dispute(random: Random, ties: int = 14) -> Raw:
    """Return the canonical form of a dispute with bonuses, some of them negative, and two rules."""

    def when() -> list[Any]:
        issues = sorted(random.sample(range(ISSUES), random.choice([2, 2, 3])))
        among = [sorted(random.sample(range(OPTIONS), random.choice([1, 2, 3]))) for _ in issues]
        return [[k, *js] for k, js in zip(issues, among, strict=True)]

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
                "options": [
                    [[f"option {j}", *(random.randint(0, 9) for _ in range(PARTIES))]]
                    for j in range(OPTIONS)
                ],
            }
            for k in range(ISSUES)
        ],
        "never": [{"party": None, "place": n + 1, "when": when()} for n in range(2)],
        "bonuses": [
            {"party": n % PARTIES, "points": points(), "when": when()} for n in range(ties)
        ],
        "groups": [],
    }


def quest_of(raw: Raw, asked: list[int]) -> Quest:
    """Return the quest for a package that gives the parties as much as is asked."""
    dispute = checker.Dispute(checker.exact(raw), 10**12)
    measure = checker.Measure(dispute, dispute.floors, [70, 90])
    space = checker.Space(dispute, [], range(dispute.limits))
    asks = {i: (value * measure.factors[i], 0) for i, value in enumerate(asked)}
    goal = checker.Goal("", measure, space, [checker.Box(asks)], checker.Lines())
    return Quest(goal, Ground(space, measure))


def nodes_below(quest: Quest, random: Random, count: int) -> Iterator[Open]:
    """Yield nodes that are reached by dividing what is open at random."""
    space: Any = quest.ground.space
    root = node = space.all, []
    while count:
        left = space.narrow(*node)
        if not left:
            node = root
            continue
        upper = space.most(left, space.all, space.u)
        opening = Open(quest, left, quest.levels, upper, quest.ground.measure.gains(upper))
        yield opening
        count -= 1
        codes = [code for code, _ in opening.wide()]
        children = space.branch(left, random.choice(codes)) if codes else [root]
        node = random.choice(children)
