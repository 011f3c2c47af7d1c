"""A settlement in plain words: for one side, for all sides together, for the mediator."""

from hikiwake.explain.audiences import JOINT, MEDIATOR, tell, tell_partial
from hikiwake.explain.plan import tell_plan
from hikiwake.explain.telling import Section, Table, Telling
from hikiwake.explain.voice import LANGUAGES

__all__ = [
    "JOINT",
    "LANGUAGES",
    "MEDIATOR",
    "Section",
    "Table",
    "Telling",
    "tell",
    "tell_partial",
    "tell_plan",
]
