"""The folder of cases and scenarios that lies beside the checkout, not in it."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "HIKIWAKE_SHARED"
WHY_SKIPPED = f"{VARIABLE} does not name a folder: the shared cases and scenarios are not here"


def shared_root() -> Path | None:
    """Return the folder that HIKIWAKE_SHARED names, or None; for parameters at collection."""
    named = os.environ.get(VARIABLE)
    root = Path(named).resolve() if named else None
    return root if root and root.is_dir() else None
