"""The façade: it combines the rooms. Load a dispute, settle it, and ask what else there is."""

from hikiwake.api.beside import (
    adjust,
    alternatives,
    honesty,
    partial,
    power,
    progress,
    properties_of,
    remedies,
    robustness,
)
from hikiwake.api.plans import load_plan, plan, plan_certificate
from hikiwake.api.proofs import check, check_together, kind_of_certificate, private_certificates
from hikiwake.api.settling import ENGINES, RULES, cite, frontier, load, settle
from hikiwake.api.talking import talk

__all__ = [
    "ENGINES",
    "RULES",
    "adjust",
    "alternatives",
    "check",
    "check_together",
    "cite",
    "frontier",
    "honesty",
    "kind_of_certificate",
    "load",
    "load_plan",
    "partial",
    "plan",
    "plan_certificate",
    "power",
    "private_certificates",
    "progress",
    "properties_of",
    "remedies",
    "robustness",
    "settle",
    "talk",
]
