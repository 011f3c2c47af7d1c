"""Carrying an agreement out: a plan from a file, the order that needs least trust, its proof."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hikiwake.model import Agreement, Dispute
from hikiwake.settlement import Settlement

if TYPE_CHECKING:
    from hikiwake.findings.course import Planned


def load_plan(path: str | Path, dispute: Dispute | None = None) -> Agreement:
    """Return what a plan file says is to be done, with what each party privately says about it.

    ``dispute`` is whose parties carry out; without one the plan lists the parties itself.

    Raises
    ------
    InputError
        With every fault that was found (H26, H27).
    """
    from hikiwake.formats.plans import read_plan

    return read_plan(Path(path), dispute)


def plan(
    agreement: Agreement,
    dispute: Dispute | None = None,
    settlement: Settlement | None = None,
    *,
    time_limit: float | None = 30.0,
) -> Planned:
    """Return the order of carrying an agreement out that needs the least trust.

    See :func:`hikiwake.execution.plan.plan`: exact up to 20 steps, above with a proven bound.
    """
    from hikiwake.execution.plan import plan as find

    return find(agreement, dispute, settlement, time_limit=time_limit)


def plan_certificate(
    planned: Planned, dispute: Dispute | None = None, settlement: Settlement | None = None
) -> dict[str, Any]:
    """Return a plan's certificate, everybody's figures in it, from what :func:`plan` was given."""
    from hikiwake.execution.certificate import certificate

    return certificate(planned, dispute, settlement)
