"""Hikiwake ("a draw"): settle a dispute so that no side comes out ahead.

>>> import hikiwake as hw
>>> hw.RULES[0]
'draw'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hikiwake.api import (
        ENGINES,
        RULES,
        adjust,
        alternatives,
        check,
        frontier,
        load,
        load_plan,
        partial,
        plan,
        power,
        properties_of,
        remedies,
        settle,
    )
    from hikiwake.errors import HikiwakeError, InputError
    from hikiwake.explain import tell
    from hikiwake.model import Dispute
    from hikiwake.settlement import Exactness, Settlement, Status

__version__ = "0.1.0"

__all__ = [
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
]

_HOMES = {
    "Dispute": "hikiwake.model",
    "Exactness": "hikiwake.settlement",
    "HikiwakeError": "hikiwake.errors",
    "InputError": "hikiwake.errors",
    "Settlement": "hikiwake.settlement",
    "Status": "hikiwake.settlement",
    "tell": "hikiwake.explain",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'hikiwake' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "hikiwake.api")), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
