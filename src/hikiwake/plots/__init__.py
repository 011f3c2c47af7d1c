"""Pictures of a dispute. Matplotlib (the extra ``plots``) is imported when one is drawn."""

from hikiwake.plots.canvas import Reading
from hikiwake.plots.development import progress_picture
from hikiwake.plots.own import compare_picture, own_picture
from hikiwake.plots.picture import frontier_picture
from hikiwake.plots.plan import plan_picture
from hikiwake.plots.tornado import tornado_picture

__all__ = [
    "Reading",
    "compare_picture",
    "frontier_picture",
    "own_picture",
    "plan_picture",
    "progress_picture",
    "tornado_picture",
]
