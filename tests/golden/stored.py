"""Golden files: what was right once, and is compared with what comes out now.

``HIKIWAKE_UPDATE_GOLDEN=1`` writes them anew. Otherwise a mismatch leaves a ``.new`` file beside
the golden one, to look at and move over.
"""

from __future__ import annotations

import os
from pathlib import Path

UPDATE = "HIKIWAKE_UPDATE_GOLDEN"
HERE = Path(__file__).parent


def compare(name: str, text: str) -> None:
    """Compare a text with the golden file of that name, or write it where that is asked for.

    Raises
    ------
    AssertionError
        If they differ, or there is no such file.
    """
    golden = HERE / name
    new = golden.with_name(golden.name + ".new")
    if os.environ.get(UPDATE) == "1":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, "utf-8")
        new.unlink(missing_ok=True)
        return
    known = golden.read_text("utf-8") if golden.exists() else None
    if known != text:
        leave(name, text)
    assert known == text, f"{golden} says something else; what came out is in {new.name}"
    new.unlink(missing_ok=True)


def leave(name: str, text: str) -> None:
    """Leave what came out beside the golden file."""
    new = HERE / f"{name}.new"
    new.parent.mkdir(parents=True, exist_ok=True)
    new.write_text(text, "utf-8")
