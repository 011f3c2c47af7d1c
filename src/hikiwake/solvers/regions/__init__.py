"""Points within ranges that keep linear limits: how far they reach, their middle, their corners."""

from hikiwake.solvers.regions.centre import centre
from hikiwake.solvers.regions.corners import MAX_CORNERS, corners
from hikiwake.solvers.regions.parts import Part, parts_of
from hikiwake.solvers.regions.region import Conflict, Limit, Reached, Region, reach
from hikiwake.solvers.regions.walk import Walk

__all__ = [
    "MAX_CORNERS",
    "Conflict",
    "Limit",
    "Part",
    "Reached",
    "Region",
    "Walk",
    "centre",
    "corners",
    "parts_of",
    "reach",
]
