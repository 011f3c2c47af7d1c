"""A settlement in plain words: for one side, for all sides together, for the mediator."""

from hikiwake.explain.adjust import tell_look, tell_own_look
from hikiwake.explain.audiences import JOINT, MEDIATOR, tell, tell_alternatives, tell_partial
from hikiwake.explain.felt import tell_felt
from hikiwake.explain.frontier import (
    frontier_differences,
    frontier_left_out,
    frontier_summary,
    frontier_title,
)
from hikiwake.explain.honesty import tell_honesty
from hikiwake.explain.plan import tell_plan
from hikiwake.explain.progress import tell_progress
from hikiwake.explain.robustness import answers_of, tell_robustness
from hikiwake.explain.telling import Section, Table, Telling
from hikiwake.explain.voice import LANGUAGES

__all__ = [
    "JOINT",
    "LANGUAGES",
    "MEDIATOR",
    "Section",
    "Table",
    "Telling",
    "answers_of",
    "frontier_differences",
    "frontier_left_out",
    "frontier_summary",
    "frontier_title",
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
