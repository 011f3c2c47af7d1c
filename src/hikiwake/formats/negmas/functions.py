"""NegMAS's functions of one issue's numbers, exact: lines, triangles and polynomials."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from hikiwake.formats.foreign import Findings
from hikiwake.formats.native.syntax import Tree

STRAIGHT = ("AffineFun", "LinearFun", "ConstFun", "IdentityFun")
BENT = ("TriangularFun", "QuadraticFun", "PolynomialFun")
MAX_DEGREE = 20


@dataclass(frozen=True, slots=True)
class Function:
    """What a number is worth, and where that bends: straight between ``bends``, unless curved."""

    worth: Callable[[Fraction], Fraction]
    flat: bool = False
    bends: tuple[Fraction, ...] = ()
    curved: bool = False


def read_function(kind: str, tree: Tree, where: str, findings: Findings) -> Function:
    """Return a function of one of these kinds; faults are kept, not raised."""

    def given(key: str, default: object = None) -> Fraction:
        return findings.number(where, tree.get(key, default), f"`{key}`")

    if kind == "IdentityFun":
        return Function(lambda x: x)
    bias = given("bias", 0)
    if kind == "TriangularFun":
        ends = given("start"), given("middle"), given("end")
        return _triangle(ends, given("scale", 1), bias)
    if kind == "QuadraticFun":
        return _polynomial([bias, given("a1"), given("a2")])
    if kind == "PolynomialFun":
        raw = tree.get("coefficients")
        listed = cast("list[object]", raw) if isinstance(raw, list) else []
        if not 0 < len(listed) <= MAX_DEGREE:
            findings.wrong(where, "no usable `coefficients`", f"A list of up to {MAX_DEGREE}")
        numbers = (findings.number(where, one, "a coefficient") for one in listed[:MAX_DEGREE])
        return _polynomial([bias, *numbers])
    slope = Fraction(0) if kind == "ConstFun" else given("slope")
    return Function(lambda x: slope * x + bias, flat=slope == 0)


def _polynomial(coefficients: list[Fraction]) -> Function:
    def worth(x: Fraction) -> Fraction:
        total = Fraction(0)
        for coefficient in reversed(coefficients):
            total = total * x + coefficient
        return total

    return Function(worth, flat=not any(coefficients[1:]), curved=any(coefficients[2:]))


def _triangle(
    ends: tuple[Fraction, Fraction, Fraction], scale: Fraction, bias: Fraction
) -> Function:
    """Return what rises from the first to the second end and falls to the third, as NegMAS does."""
    start, middle, end = ends

    def worth(x: Fraction) -> Fraction:
        if x <= start or x >= end:
            return bias
        if x <= middle:
            return bias + scale * (x - start) / (middle - start)
        return bias + scale * (end - x) / (end - middle)

    return Function(worth, bends=ends, curved=not start < middle < end)
