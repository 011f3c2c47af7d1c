"""What GENIUS's evaluators can say of a party's points for one issue, in finite decimals."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm

from hikiwake.formats.decimals import is_short, odd_part, ten_from
from hikiwake.formats.foreign import Corner
from hikiwake.formats.foreign_writing import Curved, Spanned, Subject
from hikiwake.numeric import wholes

_NOTHING, _ALL = Fraction(0), Fraction(1)
_UP, _DOWN, _FLAT = 1, -1, 0


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An issue's evaluations, and the weight by which they give the points above ``least``.

    Of an issue in numbers these are the evaluator's parameters: two of a line, three of a triangle.
    """

    weight: Fraction
    least: Fraction
    evaluations: tuple[Fraction, ...]


def evaluated(subject: Subject, party: str) -> Evaluated | None:
    """Return how GENIUS evaluates an issue for a party; None if none of its evaluators bends so."""
    points = subject.points[party]
    if isinstance(subject, Curved):
        return _curve(subject, party)
    if isinstance(subject, Spanned):
        return _line(points[0], points[1], subject.high - subject.low)
    least = min(_NOTHING, *points)
    above = [point - least for point in points]
    most = max(above)
    if not most:
        return Evaluated(_NOTHING, least, (_ALL,) * len(above))
    parts = tuple(point / most for point in above)
    if all(map(is_short, parts)):  # then programs that do not divide by the largest agree
        return Evaluated(most, least, parts)
    scale = lcm(*(point.denominator for point in above))
    whole = wholes(above, scale)
    return Evaluated(most, least, tuple(Fraction(n // gcd(*whole)) for n in whole))


def _line(first: Fraction, last: Fraction, steps: Fraction) -> Evaluated:
    """Return the offset and slope of an integer issue's points, from 0 to at most 1."""
    rise, most = last - first, max(first, last)
    if not rise:
        least = min(first, _NOTHING)
        return Evaluated(first - least, least, (_ALL, _NOTHING))
    if min(first, last) >= 0:
        offset, slope = first / most, rise / most / steps
        if is_short(offset) and is_short(slope):
            return Evaluated(most, _NOTHING, (offset, slope))
    least, span = min(first, last), _round_from(steps)
    slope = (1 if rise > 0 else -1) / span
    offset = _NOTHING if rise > 0 else steps / span
    return Evaluated(abs(rise) / steps * span, least, (offset, slope))


def _round_from(steps: Fraction) -> Fraction:
    """Return the least whole number from ``steps`` up by which a decimal may be divided."""
    most = int(ten_from(steps))
    found, five = most, 1
    while five < found:
        two = five
        while two < steps:
            two *= 2
        found, five = min(found, two), five * 5
    return Fraction(found)


def _curve(subject: Curved, party: str) -> Evaluated | None:
    """Return the parameters of a real issue's line, cut off or not, or of its triangle."""
    places, levels = subject.places[party], subject.points[party]
    if len(places) == 2:
        line = _line(levels[0], levels[1], subject.high - subject.low)
        offset, slope = line.evaluations
        return _short(Evaluated(line.weight, line.least, (offset - slope * subject.low, slope)))
    corners = list(zip(places, levels, strict=True))
    ways = tuple((after > before) - (after < before) for before, after in pairwise(levels))
    sloped = [n for n, way in enumerate(ways) if way != _FLAT]
    if len(sloped) == 1:
        return _short(_cut_line(corners[sloped[0]], corners[sloped[0] + 1], ways))
    if [ways[n] for n in sloped] == [_UP, _DOWN] and sloped[1] == sloped[0] + 1:
        return _triangle(corners, sloped[1])
    return None


def _cut_line(start: Corner, end: Corner, ways: tuple[int, ...]) -> Evaluated:
    """Return a line that is cut off where the points are flat: at 0, at 1, or at both."""
    (x0, y0), (x1, y1) = start, end
    way = _UP if y1 > y0 else _DOWN
    flat_first, flat_last = ways[0] == _FLAT, ways[-1] == _FLAT
    span = x1 - x0 if flat_first and flat_last else _round_from(x1 - x0)
    weight = abs(y1 - y0) / (x1 - x0) * span
    high_is_flat = flat_last if way == _UP else flat_first
    top, bottom = (end, start) if way == _UP else (start, end)
    slope = way / span
    if high_is_flat:
        return Evaluated(weight, top[1] - weight, (1 - slope * top[0], slope))
    return Evaluated(weight, bottom[1], (-slope * bottom[0], slope))


def _triangle(corners: list[Corner], peak: int) -> Evaluated | None:
    """Return a triangle that begins and ends where the points are flat, or outside the range."""
    (x0, y0), (top, height), (x1, y1) = corners[peak - 1 : peak + 2]
    run_up, run_down = (top - x0) / (height - y0), (x1 - top) / (height - y1)
    flat = [y0] * (peak > 1) + [y1] * (peak < len(corners) - 2)
    above = height - min(y0, y1)
    if flat and {*flat} != {height - above}:
        return None
    if not flat:  # the triangle may begin lower, where its ends are finite decimals
        odd = odd_part([run_up, run_down])
        above = Fraction(odd * -(-above // odd))
    ends = (top - above * run_up, top + above * run_down)
    return _short(Evaluated(above, height - above, (*ends, top)))


def _short(found: Evaluated) -> Evaluated | None:
    """Return an evaluation if every number of it is a finite decimal that files can hold."""
    return found if all(map(is_short, found.evaluations)) else None
