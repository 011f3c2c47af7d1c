"""A Pareto frontier that is not held but asked: each step of a rule is a question to CP-SAT."""

from hikiwake.pareto.fronts.searched.frontier import Searched

__all__ = ["Searched"]
