"""Growing the trees of a certificate: the checker's own engine, asked what to do at every node."""

from __future__ import annotations

from typing import Any, Protocol

from hikiwake.proof.trees.choosing import Chooser
from hikiwake.proof.trees.ground import Ground, Quest
from hikiwake.proof.trees.opening import Open

AS_MUCH_AS_IT_TAKES = 10**15  # steps of work: those of the search are not those of a check


class Dominators(Protocol):
    """Knows outcomes that dominate others, and adds them to what a certificate names."""

    def cover(self, measure: Any, seen: Any) -> bool:
        """Tell whether an outcome was added that is better than what counts of a node's gains."""
        ...


def grow(goal: Any, ground: Ground, chooser: Chooser, dominators: Dominators | None = None) -> int:
    """Let a tree grow until the goal is proved; return the cases.

    The tree is what the chooser chose.
    """
    measure, space, quest = goal.measure, goal.space, Quest(goal, ground)
    cases, stack = 0, [(space.all, [], space.all, space.u)]
    while stack:
        left, part, before, upper = stack.pop()
        left, levels, seen = space.narrow(left, part), [], None
        upper = space.most(left, before, upper) if left else None
        if upper is not None and (seen := goal.view(measure.gains(upper))):
            levels = [level for level in goal.levels if not level.closed(seen)]
        if levels and dominators is not None and goal.view is not list:
            levels = [] if dominators.cover(measure, seen) else levels
        code = chooser.choose(Open(quest, left, levels, upper, seen)) if levels else None
        if code is None:
            cases += 1
        else:
            stack += [(*node, left, upper) for node in space.branch(left, code)]
    chooser.finish()
    return cases
