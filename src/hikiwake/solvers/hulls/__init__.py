"""Shares and amounts between any number of parties, mixed with whole issues, exactly.

A share is the hull of "all of it to party i", a segment of an amount the hull of its two ends;
whole issues mixed are a relaxation. Branch and bound takes the mixtures apart until none is left.
"""

from hikiwake.solvers.hulls.behind import Division, TooManyTies, divisions, taken_at
from hikiwake.solvers.hulls.border import border
from hikiwake.solvers.hulls.cores import Cores
from hikiwake.solvers.hulls.corners import Corners, corners, single_view
from hikiwake.solvers.hulls.crossed import crossed
from hikiwake.solvers.hulls.fewest import Fewest, divided_in, fewest_divided
from hikiwake.solvers.hulls.hull import Frame, Hull, Link
from hikiwake.solvers.hulls.levels import Levels, Terms, floors
from hikiwake.solvers.hulls.nash import best_product
from hikiwake.solvers.hulls.parts import Cell, Part, hull_part
from hikiwake.solvers.hulls.search import (
    LevelSearch,
    OutOfTime,
    Reached,
    best_levels,
    best_sum,
    least_level,
    possible,
)
from hikiwake.solvers.hulls.undominated import Undominated

__all__ = [
    "Cell",
    "Cores",
    "Corners",
    "Division",
    "Fewest",
    "Frame",
    "Hull",
    "LevelSearch",
    "Levels",
    "Link",
    "OutOfTime",
    "Part",
    "Reached",
    "Terms",
    "TooManyTies",
    "Undominated",
    "best_levels",
    "best_product",
    "best_sum",
    "border",
    "corners",
    "crossed",
    "divided_in",
    "divisions",
    "fewest_divided",
    "floors",
    "hull_part",
    "least_level",
    "possible",
    "single_view",
    "taken_at",
]
