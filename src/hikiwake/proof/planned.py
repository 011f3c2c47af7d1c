"""Certificates of plans: what their small program establishes, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from hikiwake.proof import plan_checker
from hikiwake.proof.checker import Verdict


def is_plan(certificate: str | bytes) -> bool:
    """Tell whether a text says of itself that it is the certificate of a plan, true or not."""
    try:
        value = json.loads(certificate)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "hikiwake_plan" in value


def check_plan(certificate: str | bytes) -> Verdict:
    """Return the small program's verdict; the cases are the sets of steps that it met."""
    try:
        text = certificate if isinstance(certificate, str) else certificate.decode("utf-8")
        found = plan_checker.check(text)
    except plan_checker.NotValid as failure:
        return _refused("claims", f"it claims {failure}")
    except (plan_checker.Unusable, UnicodeDecodeError) as failure:
        return _refused("shape", f"it is not of the form that such a certificate has: {failure}")
    said = json.loads(text)
    sets = sum(refuted["sets"] for refuted in said["refuted"])
    return Verdict(True, tuple(_sentences(said, found)), None, sets)


def _refused(code: str, words: str) -> Verdict:
    return Verdict(False, (), SimpleNamespace(code=code, words=words), 0)


def _sentences(said: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is established, temptation and exposure in parts of a side's own range."""
    scale, orders = said["scale"], said["points"]
    for n, point in enumerate(orders, 1):
        temptation, exposure = (Fraction(point[key], scale) for key in ("temptation", "exposure"))
        yield (
            f"Order {n} of {len(orders)} does first what must come first; its largest temptation "
            f"is {temptation} of a side's range, its largest exposure {exposure}."
        )
    if found["least_temptation"]:
        yield "No order has a smaller largest temptation than order 1."
    elif found["least_temptation_above"] is not None:
        above = Fraction(found["least_temptation_above"], scale)
        yield f"Every order has a largest temptation above {above}."
    if found["least_exposure"]:
        yield "No order with at most that temptation has a smaller largest exposure."
    elif found["least_exposure_above"] is not None:
        above = Fraction(found["least_exposure_above"], scale)
        yield f"Every order with at most that temptation has a largest exposure above {above}."
    if found["trade_off"]:
        yield "Whatever else the order is, one of these has no more of both."
    else:
        yield "It is not established that no other order has less of both."


__all__ = ["check_plan", "is_plan"]
