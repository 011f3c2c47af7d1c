"""NegMAS's trapezoids over a range of numbers without steps: what they mean, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from hikiwake.errors import FormatError, Unsupported
from hikiwake.formats import read

pytest.importorskip("yaml")

DOMAIN = """type: CartesianOutcomeSpace
issues:
- {name: rent, type: ContinuousIssue, values: [1.0, 5.0]}
"""
ONE = "{type: TrapezoidalFun, start: 1, rise_end: 2, fall_start: 3, end: 5, scale: 2, bias: 1}"
MANY = (
    "{type: MultiModalTrapezoidalFun, bias: 1, starts: [1, 2], rise_ends: [2, 3], "
    "fall_starts: [2, 4], ends: [4, 5], scales: [2, 4], weights: [1, 0.5], biases: [0, 2]}"
)

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a writer of a scenario in which the tenant has this function of the rent."""

    def write(function: str) -> Path:
        (tmp_path / "domain.yml").write_text(DOMAIN, "utf-8")
        for party, own in (("landlord", "{type: IdentityFun}"), ("tenant", function)):
            text = f"type: LinearAdditiveUtilityFunction\nvalues:\n- {own}\nweights: [0.5]\n"
            (tmp_path / f"{party}.yml").write_text(text, "utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("function", "worth"),
    [
        (ONE, {"1": 1, "1.5": 2, "2.5": 3, "4": 2, "5": 1}),
        (MANY, {"1": 2, "1.5": 3, "2": 4, "3": 5, "3.5": "4.5", "4.5": 3, "5": 2}),
    ],
)
def test_trapezoids_are_read_alone_and_summed(
    write: Write, function: str, worth: dict[str, int | str]
) -> None:
    """Each rises, stays and falls back, and several are added by weights, as NegMAS computes it."""
    found = read(write(function))
    for x, own in worth.items():
        assert found.utility("tenant", {"rent": Fraction(x)}) == Fraction(own) / 2


@pytest.mark.parametrize(
    ("old", "new", "error", "message"),
    [
        ("starts: [1, 2]", "starts: [1]", FormatError, "no usable trapezoids"),
        ("starts: [1, 2], ", "", FormatError, "no usable trapezoids"),
        (" ends: [4, 5]", " ends: [4, x]", FormatError, "`ends` is a text that is no number"),
        (" ends: [4, 5]", " ends: [4, 4]", Unsupported, "corners are not in order"),
    ],
)
def test_broken_trapezoids_are_told(
    write: Write, old: str, new: str, error: type[Exception], message: str
) -> None:
    """Lists of unlike lengths are faults; jumps are not read (H18)."""
    with pytest.raises(error, match=rf"tenant.yml: values\[1\] \(rent\).*{message}"):
        read(write(MANY.replace(old, new, 1)))
