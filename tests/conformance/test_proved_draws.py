"""Three who divide: what a certificate says of draws, against every corner of what could be one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations
from random import Random

import pytest

from hikiwake import api
from hikiwake.settlement import Settlement, Status
from tests.conformance.definitions import Vector
from tests.conformance.oracle_hulls import Affine, Piece, Referee, at_least
from tests.conformance.polygons import corners
from tests.conformance.test_hulls import build, vector

F = Fraction
AT_RANDOM = 20  # mixtures of corners, besides the corners
# Random disputes in which the Kalai–Smorodinsky package is not even, and even ones are bettered.
CASES = [
    ("a share and a whole issue", 0),
    ("a share and a whole issue", 2),
    ("two amounts between three", 2),
    ("two amounts between three", 7),
    ("two amounts between three", 8),
    ("two amounts between three", 9),
]


def even_and_near(judge: Referee, piece: Piece, best: Vector) -> Iterator[Vector]:
    """Yield the corners of what is even, and costs nobody too much, and random points between."""
    assert judge.ideal is not None
    gains: list[Affine] = []
    for i in judge.compared:
        worth, least = piece.worths[i], judge.walk[i]
        rate = judge.ideal[i] - least
        gains.append((tuple(c / rate for c in worth[0]), (worth[1] - least) / rate))
    kept = [
        at_least(gain, kappa - judge.dispute.price)
        for gain, kappa in zip(gains, judge.gains(best), strict=True)
    ]
    for (one, c), (other, d) in permutations(gains, 2):
        apart = tuple(b - a for a, b in zip(one, other, strict=True)), d - c
        kept.append(at_least(apart, -judge.dispute.tolerance))
    found = [piece.at(place) for place in corners([*piece.bounds, *kept], piece.dimensions)]
    yield from found
    random = Random(str(best))
    for _ in range(AT_RANDOM if found else 0):
        weights = [random.randint(0, 9) + F(1, 100) for _ in found]
        mixed = ([w * v for v in own] for w, own in zip(weights, found, strict=True))
        columns = zip(*mixed, strict=True)
        yield tuple(sum(column, F(0)) / sum(weights) for column in columns)


def proved(shape: str, seed: int) -> tuple[Settlement, Referee]:
    """Return a settlement that has a certificate, and the referee."""
    dispute = build(shape, seed)
    settlement = api.settle(dispute, certificate=True)
    assert settlement.certificate is not None, settlement.certificate_reason
    return settlement, Referee(dispute)


@pytest.mark.parametrize(("shape", "seed"), CASES)
def test_whatever_is_even_and_near_is_bettered(shape: str, seed: int) -> None:
    """Where it is proved that none is a draw, each corner of what is even and near is bettered."""
    settlement, judge = proved(shape, seed)
    assert settlement.status is Status.UNEVEN
    best = vector(settlement)
    points = {point for piece in judge.pieces for point in even_and_near(judge, piece, best)}
    assert not any(map(judge.is_optimal, points))


def test_some_of_it_is_bettered_only_by_other_packages() -> None:
    """One of these proofs at least names a replacement, and has nothing to prove without."""
    named = [
        json.loads(settlement.certificate.text)["proof"].get("replacements")
        for settlement, _ in (proved(*case) for case in CASES)
        if settlement.certificate is not None
    ]
    assert any(named)
