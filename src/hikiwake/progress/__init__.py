"""How close the sides' positions have been, date by date."""

from hikiwake.progress.moments import progress

__all__ = ["progress"]
