"""From a dispute to its exact Pareto frontier, and what can be asked of it."""

from hikiwake.pareto.bargain import Bargain, NoBargain, bargain_over
from hikiwake.pareto.compiled import Compiled, compiled
from hikiwake.pareto.fronts.answer import Found, LimitReached
from hikiwake.pareto.fronts.measure import Measure, Point
from hikiwake.pareto.fronts.orderings import LexicographicMinimum, Minimum, Ordering, Product, Total
from hikiwake.pareto.fronts.region import Region

__all__ = [
    "Bargain",
    "Compiled",
    "Found",
    "LexicographicMinimum",
    "LimitReached",
    "Measure",
    "Minimum",
    "NoBargain",
    "Ordering",
    "Point",
    "Product",
    "Region",
    "Total",
    "bargain_over",
    "compiled",
]
