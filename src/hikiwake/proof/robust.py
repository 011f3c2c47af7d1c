"""Certificates of how far a draw holds: issued if a small program accepts them, and checked.

There is a program for each version: one lists all packages, one goes through trees of cases.
"""

from __future__ import annotations

import json
from typing import Any

from hikiwake.proof import robust_checker, robust_tree_checker
from hikiwake.proof.canonical import canonical_bytes
from hikiwake.proof.checker import Verdict
from hikiwake.settlement import Certificate


def robust_issued(made: dict[str, Any]) -> Certificate | None:
    """Return a certificate that its small program accepted; None if it did not."""
    text = canonical_bytes(made).decode() + "\n"
    verdict = check_robust(text)
    return Certificate(text, verdict.cases) if verdict.valid else None


def is_robust(certificate: str | bytes) -> bool:
    """Tell whether a text says of itself that it is such a certificate, true or not."""
    return _version(certificate) is not None


def is_by_cases(certificate: str | bytes) -> bool:
    """Tell whether a text says of itself that it lists no packages, but goes through cases."""
    return _version(certificate) == 2


def check_robust(certificate: str | bytes, dispute: dict[str, Any] | None = None) -> Verdict:
    """Return the small program's verdict; for a dispute, only if the certificate speaks of it."""
    program = robust_tree_checker if is_by_cases(certificate) else robust_checker
    return Verdict(*program.check(certificate, dispute))


def _version(certificate: str | bytes) -> Any:
    try:
        value = json.loads(certificate)
    except (ValueError, RecursionError):
        return None
    return value.get("hikiwake_robust", None) if isinstance(value, dict) else None
