"""NegMAS's functions of one issue's numbers, exact: lines, triangles, trapezoids, polynomials."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from hikiwake.formats.foreign import Findings
from hikiwake.formats.native.syntax import Tree

STRAIGHT = ("AffineFun", "LinearFun", "ConstFun", "IdentityFun")
TRAPEZOIDS = ("TrapezoidalFun", "MultiModalTrapezoidalFun")
BENT = ("TriangularFun", *TRAPEZOIDS, "QuadraticFun", "PolynomialFun")
MAX_DEGREE = 20
MAX_TRAPEZOIDS = 1_000

_CORNERS = ("start", "rise_end", "fall_start", "end")
_PARTS = {**{key: f"{key}s" for key in (*_CORNERS, "scale", "weight")}, "bias": "biases"}
_USUAL = {"scale": Fraction(1), "weight": Fraction(1), "bias": Fraction(0)}


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
    if kind in TRAPEZOIDS:
        return _trapezoids(kind, tree, where, findings)
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


def _trapezoids(kind: str, tree: Tree, where: str, findings: Findings) -> Function:
    """Return a trapezoid, or a sum of them: each rises, stays, and falls back."""
    several = kind == "MultiModalTrapezoidalFun"
    given = {key: tree.get(name) for key, name in _PARTS.items()}
    if not several:
        given = {key: [tree[key]] for key in _PARTS if key in tree and key != "bias"}
    starts = given.get("start")
    count = len(cast("list[object]", starts)) if isinstance(starts, list) else 0

    def numbers(key: str) -> list[Fraction]:
        raw = given.get(key)
        if raw is None and key in _USUAL:
            return [_USUAL[key]] * count
        listed = cast("list[object]", raw) if isinstance(raw, list) else []
        return [findings.number(where, one, f"`{_PARTS[key]}`") for one in listed[:MAX_TRAPEZOIDS]]

    base = findings.number(where, tree.get("bias", 0), "`bias`")
    read = {key: numbers(key) for key in _PARTS}
    corners = list(zip(*(read[key] for key in _CORNERS), strict=False))
    if not count or any(len(listed) != count for listed in read.values()):
        expected = f"{', '.join(_CORNERS)}, each as often, at most {MAX_TRAPEZOIDS} times"
        findings.wrong(where, "no usable trapezoids", expected)
        corners = []
    elif not all(a < b <= c < d for a, b, c, d in corners):
        expected = "A rise and a fall after it, neither of them a jump"
        findings.refuse(where, "a trapezoid whose corners are not in order", expected)
        corners = []
    heights = [weight * scale for weight, scale in zip(read["weight"], read["scale"], strict=False)]
    base += sum(w * bias for w, bias in zip(read["weight"], read["bias"], strict=False))
    bends = tuple(sorted({x for each in corners for x in each}))

    def worth(x: Fraction) -> Fraction:
        above = (h * _height(each, x) for h, each in zip(heights, corners, strict=False))
        return sum(above, start=base)

    return Function(worth, flat=not any(heights), bends=bends)


def _height(corners: tuple[Fraction, ...], x: Fraction) -> Fraction:
    start, rise_end, fall_start, end = corners
    if x <= start or x >= end:
        return Fraction(0)
    if x < rise_end:
        return (x - start) / (rise_end - start)
    return (end - x) / (end - fall_start) if x > fall_start else Fraction(1)
