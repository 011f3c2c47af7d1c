"""How wide the columns of a table on paper are."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hikiwake.explain.language.telling import Table

SHORT = 8  # letters: a column of nothing longer is narrow
WORD = 14  # letters of a word that should not be broken
BY_HAND, BESIDE = 10.0, 16.0


def shares(table: Table) -> list[float]:
    """Return each column's share of the width that narrow columns leave; 0 for a narrow one.

    A column takes more the longer its texts are, and has room for its longest word.
    """
    columns = list(zip(*table.rows, strict=True)) or [() for _ in table.columns]
    form = is_form(table)
    return [_share(cells, form) for cells in columns]


def is_form(table: Table) -> bool:
    """Tell whether a table has columns that are filled in by hand."""
    return any(not any(cells) for cells in zip(*table.rows, strict=True))


def _share(cells: Sequence[str], form: bool) -> float:
    longest = max(map(len, cells), default=0)
    if longest == 0:
        return BY_HAND
    if longest < SHORT:
        return 0
    if form:
        return BESIDE
    word = max(len(word) for cell in cells for word in cell.split())
    return min(word, WORD) + 1.5 * math.sqrt(longest)
