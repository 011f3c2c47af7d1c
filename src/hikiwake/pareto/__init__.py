"""From a dispute to its exact Pareto frontier, and what can be asked of it."""

from hikiwake.pareto.bargain import Bargain, bargain_over
from hikiwake.pareto.compiled import Compiled, compiled
from hikiwake.pareto.measure import Measure, Point
from hikiwake.pareto.orderings import LexicographicMinimum, Minimum, Ordering, Product, Total
from hikiwake.pareto.region import Region

__all__ = [
    "Bargain",
    "Compiled",
    "LexicographicMinimum",
    "Measure",
    "Minimum",
    "Ordering",
    "Point",
    "Product",
    "Region",
    "Total",
    "bargain_over",
    "compiled",
]
