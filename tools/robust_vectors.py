"""Writes the test vectors of robust certificates, for this checker and anybody's.

    python tools/robust_vectors.py

In tests/vectors/robust, `valid/` has certificates that hold, `refused/` those that do not, and
`refused.json` says for each with which code, and why. A test compares them with what this writes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VECTORS = ROOT / "tests" / "vectors" / "robust"


def vectors() -> dict[str, str]:
    """Return every file of the vectors by its path."""
    sys.path.insert(0, str(ROOT))
    from tests.support.robust_certificates import DISPUTES, text_of_known
    from tests.support.robust_forgeries import FORGED, forged

    found = {f"valid/{name}.json": text_of_known(name) for name in DISPUTES}
    found |= {f"refused/{name}.json": forged(name) for name in FORGED}
    index = {name: {"code": code, "why": why} for name, (code, why, _, _) in sorted(FORGED.items())}
    return found | {"refused.json": json.dumps(index, indent=1) + "\n"}


def main() -> int:
    """Write them all."""
    for path, text in vectors().items():
        place = VECTORS / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
