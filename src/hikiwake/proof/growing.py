"""Growing the trees of a certificate: the checker's own engine, asked what to do at every node."""

from __future__ import annotations

from typing import Any, Protocol

from hikiwake.proof import checker
from hikiwake.proof.choosing import Chooser
from hikiwake.proof.ground import Ground, Quest
from hikiwake.proof.opening import Open

AS_MUCH_AS_IT_TAKES = 10**15  # steps of work: those of the search are not those of a check


class Dominators(Protocol):
    """Knows outcomes that dominate others, and adds them to what a certificate names."""

    def cover(self, goal: Any, upper: Any) -> bool:
        """Tell whether an outcome was added that is as good as a node's upper bounds."""
        ...


def grow(goal: Any, ground: Ground, chooser: Chooser, dominators: Dominators | None = None) -> int:
    """Let a tree grow until the goal is proved; return the cases.

    The tree is what the chooser chose.
    """
    quest = Quest(goal, ground)
    cases, stack = 0, [iter([checker.Node(ground.parts)])]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        upper = node.upper() if node.narrow() else None
        found = [] if upper is None else goal.open(upper)
        if found and dominators is not None and isinstance(goal, checker.Strip):
            found = [] if dominators.cover(goal, upper) else found
        code = chooser.choose(Open(quest, node, found, upper)) if found else None
        if code is None:
            cases += 1
        else:
            stack.append(node.branch(code))
    chooser.finish()
    return cases
