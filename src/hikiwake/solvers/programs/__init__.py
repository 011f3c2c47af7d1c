"""Linear programs in integers: floats look for a basis, fractions decide.

An answer carries its own proof: with an optimum its dual multipliers, with an impossibility the
multipliers of Farkas's lemma. :func:`proves` checks either by a few sums.
"""

from hikiwake.solvers.programs.floats import Search
from hikiwake.solvers.programs.program import Impossible, Optimum, Program, proves, weighed
from hikiwake.solvers.programs.solving import solve

__all__ = ["Impossible", "Optimum", "Program", "Search", "proves", "solve", "weighed"]
