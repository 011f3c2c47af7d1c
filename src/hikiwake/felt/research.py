"""What may be given to research: nothing by which anybody could be known."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hikiwake.errors import Fault, InputError
from hikiwake.findings.talks import Felt, FeltPackage
from hikiwake.numeric import DEFAULT_TOLERANCE, fraction_text, to_grain

FORM = "felt-draws-1"


def research(felt: Felt) -> dict[str, Any]:
    """Return draws and felt draws without names, ids, issues, outcomes, points or dates.

    Gains are rounded to 1/20. The sides of a package are put in the order of their gains, who can
    gain nothing last, and the packages in the order of what is told of them, so that nothing tells
    who said what. Whether all numbers are invented is told, so that no study counts them.

    Raises
    ------
    InputError
        Unless every side has consented in its own sealed answers (H14).
    """
    if not felt.consent:
        raise InputError(
            Fault(
                "The export for research",
                "not every side has consented in its own answers",
                "Everybody's consent",
                "H14",
                "Leave it out; nobody has to give a reason.",
            )
        )
    rows = sorted((_row(package) for package in felt.packages), key=repr)
    return {"hikiwake": 1, "form": FORM, "packages": rows, "illustrative": felt.illustrative}


def _row(package: FeltPackage) -> dict[str, Any]:
    gains = package.look.package.gains
    told = [
        (None if gain is None else to_grain(gain, DEFAULT_TOLERANCE), package.feelings[party].value)
        for party, gain in gains.items()
    ]
    told.sort(key=lambda side: (side[0] is None, side[0] or Fraction(0), side[1]))
    sides = [
        {"gain": None if gain is None else fraction_text(gain), "feeling": feeling}
        for gain, feeling in told
    ]
    return {"draw": package.look.draw, "felt_draw": package.felt_draw, "sides": sides}
