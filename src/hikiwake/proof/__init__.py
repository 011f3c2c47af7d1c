"""Proofs: certificates that a small program can check, and the small program."""

from __future__ import annotations

from hikiwake.model import Dispute
from hikiwake.proof.certificate import NoCertificate, certify, certify_frontier
from hikiwake.proof.checker import Verdict
from hikiwake.proof.issuing import citing, with_certificate, with_frontier_certificate
from hikiwake.proof.planned import check_plan, is_plan
from hikiwake.proof.private import PrivateCertificates, private_certificates
from hikiwake.proof.robust import check_robust, is_robust, robust_issued
from hikiwake.proof.together import Together, check_together, kind_of


def check(certificate: str | bytes, dispute: Dispute | None = None) -> Verdict:
    """Return the checker's verdict; for a dispute, only if the certificate is bound to it."""
    from hikiwake.pareto import compiled
    from hikiwake.proof import checker
    from hikiwake.proof.canonical import canonical_bytes, canonical_dispute
    from hikiwake.proof.cells import TooManyPieces

    if dispute is None:
        return checker.check(certificate)
    try:
        form = canonical_dispute(compiled(dispute))
    except TooManyPieces:  # it has no certificate, so this one is of another dispute
        form = None
    return checker.check(certificate, canonical_bytes(form))


__all__ = [
    "NoCertificate",
    "PrivateCertificates",
    "Together",
    "Verdict",
    "certify",
    "certify_frontier",
    "check",
    "check_plan",
    "check_robust",
    "check_together",
    "citing",
    "is_plan",
    "is_robust",
    "kind_of",
    "private_certificates",
    "robust_issued",
    "with_certificate",
    "with_frontier_certificate",
]
