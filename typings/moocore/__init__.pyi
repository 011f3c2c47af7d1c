"""The little of moocore that is used; it ships no types of its own."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

def is_nondominated(
    points: ArrayLike,
    /,
    *,
    maximise: bool | Sequence[bool] = False,
    keep_weakly: bool = False,
) -> NDArray[np.bool_]: ...
