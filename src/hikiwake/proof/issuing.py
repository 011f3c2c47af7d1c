"""Settlements and frontiers with their certificate, or with the reason why there is none."""

from __future__ import annotations

import json
from dataclasses import replace

from hikiwake.model import Dispute
from hikiwake.pareto import Bargain, Compiled
from hikiwake.pareto import compiled as compiled_form
from hikiwake.pareto.result import Frontier
from hikiwake.proof import checker
from hikiwake.proof.canonical import canonical_bytes, canonical_dispute, outcome_forms
from hikiwake.proof.certificate import NoCertificate, certify, certify_frontier
from hikiwake.settlement import Certificate, Settlement
from hikiwake.solvers.deadline import Deadline


def with_certificate(
    compiled: Compiled, bargain: Bargain | None, settled: Settlement, time_limit: float | None
) -> Settlement:
    """Return a settlement with a certificate that the checker accepted, or with the reason."""
    try:
        found = certify(compiled, bargain, settled, Deadline(time_limit))
    except NoCertificate as none:
        return replace(settled, certificate_reason=str(none))
    return replace(settled, certificate=found, certificate_reason="")


def with_frontier_certificate(found: Frontier, bargain: Bargain) -> Frontier:
    """Return the same frontier, with a certificate or the reason put in."""
    try:
        found.certificate = certify_frontier(bargain, Deadline())
        found.certificate_reason = ""
    except NoCertificate as none:
        found.certificate_reason = str(none)
    return found


def citing(dispute: Dispute, settled: Settlement, text: bytes) -> Settlement:
    """Return a settlement with a certificate that was written earlier.

    Raises
    ------
    ValueError
        If it is not valid for this dispute, or says something else; the message says why.
    """
    compiled = compiled_form(dispute)
    verdict = checker.check(text, canonical_bytes(canonical_dispute(compiled)))
    if not verdict.valid:
        raise ValueError(verdict.failure.words)
    said = json.loads(text)
    if (said["rule"], said["status"]) != (settled.rule, settled.status.value):
        raise ValueError("it is about another rule or another status")
    if settled.outcome is not None:
        forms = outcome_forms(compiled, settled.outcome)
        if said["proof"]["outcomes"][0] not in list(forms):
            raise ValueError("it is about another package")
    certificate = Certificate(text.decode(), verdict.cases)
    return replace(settled, certificate=certificate, certificate_reason="")
