"""Questions about one package at a time, answered by OR-Tools' CP-SAT, integers only.

Where a frontier is too large to be held, or issues are tied too much to be listed, a rule can
still be answered: each of its steps is one question whose answer is proven best.

References
----------
Perron, L. and Didier, F., CP-SAT, in OR-Tools, Google.
"""

from hikiwake.solvers.cp_sat.cores import Cores
from hikiwake.solvers.cp_sat.model import Key, Model
from hikiwake.solvers.cp_sat.question import Answer, OutOfTime, Question

__all__ = ["Answer", "Cores", "Key", "Model", "OutOfTime", "Question"]
