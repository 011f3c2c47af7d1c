"""A settlement in plain words: for one side, for all sides together, for the mediator.

What tells anything else is loaded when it is asked for: most runs tell a settlement and no more.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from hikiwake.explain.audiences import JOINT, MEDIATOR, tell
from hikiwake.explain.language.telling import Section, Table, Telling
from hikiwake.explain.language.voice import LANGUAGES

if TYPE_CHECKING:
    from hikiwake.explain.options.adjust import tell_look, tell_own_look
    from hikiwake.explain.options.alternatives import tell_alternatives
    from hikiwake.explain.options.felt import tell_felt
    from hikiwake.explain.options.honesty import tell_honesty
    from hikiwake.explain.options.partial import tell_partial
    from hikiwake.explain.options.progress import tell_progress
    from hikiwake.explain.options.robustness import answers_of, tell_robustness
    from hikiwake.explain.plans.plan import tell_plan

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
    "answers_of": "options.robustness",
    "tell_alternatives": "options.alternatives",
    "tell_felt": "options.felt",
    "tell_honesty": "options.honesty",
    "tell_look": "options.adjust",
    "tell_own_look": "options.adjust",
    "tell_partial": "options.partial",
    "tell_plan": "plans.plan",
    "tell_progress": "options.progress",
    "tell_robustness": "options.robustness",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
