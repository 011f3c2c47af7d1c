"""A settlement in plain words: for one side, for all sides together, for the mediator.

What tells anything else is loaded when it is asked for: most runs tell a settlement and no more.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from hikiwake.explain.audiences import JOINT, MEDIATOR, tell
from hikiwake.explain.telling import Section, Table, Telling
from hikiwake.explain.voice import LANGUAGES

if TYPE_CHECKING:
    from hikiwake.explain.adjust import tell_look, tell_own_look
    from hikiwake.explain.alternatives import tell_alternatives
    from hikiwake.explain.felt import tell_felt
    from hikiwake.explain.honesty import tell_honesty
    from hikiwake.explain.partial import tell_partial
    from hikiwake.explain.plan import tell_plan
    from hikiwake.explain.progress import tell_progress
    from hikiwake.explain.robustness import answers_of, tell_robustness

__all__ = [
    "JOINT",
    "LANGUAGES",
    "MEDIATOR",
    "Section",
    "Table",
    "Telling",
    "answers_of",
    "tell",
    "tell_alternatives",
    "tell_felt",
    "tell_honesty",
    "tell_look",
    "tell_own_look",
    "tell_partial",
    "tell_plan",
    "tell_progress",
    "tell_robustness",
]

_HOMES = {
    "answers_of": "robustness",
    "tell_alternatives": "alternatives",
    "tell_felt": "felt",
    "tell_honesty": "honesty",
    "tell_look": "adjust",
    "tell_own_look": "adjust",
    "tell_partial": "partial",
    "tell_plan": "plan",
    "tell_progress": "progress",
    "tell_robustness": "robustness",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
