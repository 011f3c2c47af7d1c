"""Writes the test vectors of certificates, for this checker and anybody's.

    python tools/certificate_vectors.py

In tests/vectors/certificates `valid/` has certificates that hold, `refused/` those that do not, and
`refused.json` says for each with which code, and why. A test compares them with what this writes;
not those called `made-…`, which the project's own maker found: it may find others another time.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VECTORS = ROOT / "tests" / "vectors" / "certificates"
MADE = (
    ("two-heirs", "draw"),
    ("two-heirs", "nash"),
    ("four-islands", "draw"),
    ("four-islands", "kalai_smorodinsky"),
    ("co-founders/dispute.toml", "draw"),
    ("co-founders/dispute.toml", "nash"),
    ("published/jolis-whole.toml", "draw"),
    ("published/knaster-luce-raiffa.toml", "kalai_smorodinsky"),
)


def vectors() -> dict[str, str]:
    """Return every file of the vectors by its path."""
    sys.path.insert(0, str(ROOT))
    from tests.support.forgeries import FORGED, forged, texts
    from tests.support.guarded import replaced
    from tests.support.known_certificates import known
    from tests.support.worlds import text_of

    certificates = known() | replaced()
    found = {f"valid/{name}.json": text_of(one) for name, one in certificates.items()}
    refused = {name: (*FORGED[name][:2], forged(name, certificates)) for name in FORGED}
    refused |= texts(certificates)
    found |= {f"refused/{name}.json": text for name, (_, _, text) in refused.items()}
    index = {name: {"code": code, "why": why} for name, (code, why, _) in sorted(refused.items())}
    return found | {"refused.json": json.dumps(index, indent=1) + "\n"}


def made() -> dict[str, str]:
    """Return certificates of examples, as the project's own maker makes them."""
    from hikiwake import api

    found: dict[str, str] = {}
    for name, rule in MADE:
        settlement = api.settle(api.load(ROOT / "examples" / name), rule, certificate=True)
        if settlement.certificate is not None:
            label = name.replace("/", "-").removesuffix(".toml")
            found[f"valid/made-{label}-{rule}.json"] = settlement.certificate.text
    return found


def main() -> int:
    """Write them all."""
    for path, text in (vectors() | made()).items():
        place = VECTORS / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
