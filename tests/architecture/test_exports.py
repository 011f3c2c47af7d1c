"""What `import hikiwake as hw` gives, pinned: a change here is a change of the contract."""

from __future__ import annotations

import hikiwake

PINNED = (
    "ENGINES",
    "RULES",
    "Dispute",
    "Exactness",
    "HikiwakeError",
    "InputError",
    "Settlement",
    "Status",
    "adjust",
    "alternatives",
    "check",
    "frontier",
    "load",
    "load_plan",
    "partial",
    "plan",
    "power",
    "properties_of",
    "remedies",
    "settle",
    "tell",
)
AT_MOST = 25


def test_the_public_names_are_the_pinned_ones() -> None:
    """`__all__` is exactly the pinned list."""
    assert tuple(hikiwake.__all__) == PINNED


def test_the_public_names_can_be_recited() -> None:
    """`__all__` is sorted (constants, classes, functions), has no name twice, and is short."""
    names = list(hikiwake.__all__)
    assert names == sorted(set(names), key=lambda n: (not n.isupper(), n.islower(), n))
    assert len(names) <= AT_MOST


def test_every_public_name_is_there() -> None:
    """Every name in `__all__` can be imported, and `dir` lists it."""
    missing = [name for name in hikiwake.__all__ if not hasattr(hikiwake, name)]
    assert missing == []
    assert set(hikiwake.__all__) <= set(dir(hikiwake))
