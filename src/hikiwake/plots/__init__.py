"""Pictures of a dispute. Matplotlib (the extra ``plots``) is imported when one is drawn."""

from hikiwake.plots.picture import frontier_picture, plan_picture

__all__ = ["frontier_picture", "plan_picture"]
