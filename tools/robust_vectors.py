"""Writes the test vectors of robust certificates, for this checker and anybody's.

    python tools/robust_vectors.py

In tests/vectors/robust, and for those by cases in tests/vectors/robust-trees, `valid/` has
certificates that hold, `refused/` those that do not, and `refused.json` says for each with which
code, and why. A test compares them with what this writes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VECTORS = ROOT / "tests" / "vectors" / "robust"
TREE_VECTORS = ROOT / "tests" / "vectors" / "robust-trees"


def vectors() -> dict[str, str]:
    """Return every file of the vectors by its path."""
    sys.path.insert(0, str(ROOT))
    from tests.support.robust_certificates import DISPUTES, text_of_known
    from tests.support.robust_forgeries import FORGED, forged

    valid = {name: text_of_known(name) for name in DISPUTES}
    return _files(valid, {name: forged(name) for name in FORGED}, FORGED)


def tree_vectors() -> dict[str, str]:
    """Return every file of the vectors of certificates by cases, by its path."""
    sys.path.insert(0, str(ROOT))
    from tests.support.tree_certificates import DISPUTES, text_of_known
    from tests.support.tree_forgeries import FORGED, forged

    valid = {name: text_of_known(name) for name in DISPUTES}
    return _files(valid, {name: forged(name) for name in FORGED}, FORGED)


def _files(valid: dict[str, str], refused: dict[str, str], table: dict[str, Any]) -> dict[str, str]:
    found = {f"valid/{name}.json": text for name, text in valid.items()}
    found |= {f"refused/{name}.json": text for name, text in refused.items()}
    index = {name: {"code": code, "why": why} for name, (code, why, _, _) in sorted(table.items())}
    return found | {"refused.json": json.dumps(index, indent=1) + "\n"}


def main() -> int:
    """Write them all."""
    for folder, made in ((VECTORS, vectors()), (TREE_VECTORS, tree_vectors())):
        for path, text in made.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
