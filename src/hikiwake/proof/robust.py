"""Certificates of how far a draw holds: issued if a small program accepts them, and checked."""

from __future__ import annotations

import json
from typing import Any

from hikiwake.proof import robust_checker
from hikiwake.proof.canonical import canonical_bytes
from hikiwake.proof.checker import Verdict
from hikiwake.settlement import Certificate


def robust_issued(made: dict[str, Any]) -> Certificate | None:
    """Return a certificate that the small program accepted; None if it did not."""
    text = canonical_bytes(made).decode() + "\n"
    verdict = check_robust(text)
    return Certificate(text, verdict.cases) if verdict.valid else None


def is_robust(certificate: str | bytes) -> bool:
    """Tell whether a text says of itself that it is such a certificate, true or not."""
    try:
        value = json.loads(certificate)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "hikiwake_robust" in value


def check_robust(certificate: str | bytes, dispute: dict[str, Any] | None = None) -> Verdict:
    """Return the small program's verdict; for a dispute, only if the certificate speaks of it."""
    return Verdict(*robust_checker.check(certificate, dispute))
