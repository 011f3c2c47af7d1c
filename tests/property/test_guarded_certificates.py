"""Certificates where something is divided that is not for trade, against all corners."""

from __future__ import annotations

import json
from fractions import Fraction
from random import Random

import pytest

from hikiwake import api
from hikiwake.model import Group, Share
from hikiwake.proof import checker
from hikiwake.settlement import Status
from tests.conformance.builders import NAMES, preference
from tests.conformance.builders import dispute as dispute_of
from tests.conformance.test_hulls import SHAPES, build, referee
from tests.support.guarded import KNOWN
from tests.support.javascript import answers
from tests.support.worlds import Raw, World, text_of

RULES = ("draw", "kalai_smorodinsky", "nash", "egalitarian", "leximin", "utilitarian")
CASES = [(shape, seed) for shape in SHAPES if "guarded" in shape for seed in range(4)]
MIXTURES = 60


def mixture(raw: Raw, rng: Random) -> list[list[int]]:
    """Return an outcome with any options and any weights."""
    found: list[list[int]] = []
    for issue in raw["issues"]:
        j = rng.randrange(len(issue["options"]))
        weights = [rng.choice((0, 0, 1, 2, 5, 7)) for _ in issue["options"][j]]
        weights[rng.randrange(len(weights))] += 1
        found.append([j, *weights])
    return found


@pytest.mark.parametrize("label", KNOWN)
def test_lines_hold_just_where_a_mixture_is_even_enough(label: str) -> None:
    """At any mixture no line is below 0 just where the imbalance is at most the level."""
    raw, rng, exactly_even = KNOWN[label][0], Random(label), 0
    dispute = checker.Dispute(checker.exact(raw), checker.MAX_STEPS)
    world = World(raw, only=[mixture(raw, rng) for _ in range(MIXTURES)])
    for outcome, imbalance in zip(world.outcomes, world.apart, strict=True):
        x = checker.Outcome(outcome, dispute)
        assert x.imbalance == imbalance
        sums = [Fraction(0)] * dispute.width
        for cells, j, weights in zip(dispute.cells, x.at, x.weights, strict=True):
            for row, weight in zip(cells[j], weights, strict=True):
                sums = [u + weight * v for u, v in zip(sums, row, strict=True)]
        for columns, points in map(dispute.gifts.__getitem__, x.given):
            for column in columns:
                sums[column] += points
        for level in (imbalance, imbalance - Fraction(1, 99), imbalance + Fraction(1, 99)):
            lines = checker.Lines(dispute, level)
            values: list[Fraction] = []
            for k in range(lines.pairs):
                *own, more = lines.line(k)
                values.append(sum(c * v for c, v in zip(own, sums, strict=False)) + more)
            assert (min(values) >= 0) == (imbalance <= level)
            assert (min(values) == 0) == (imbalance == level)
            exactly_even += imbalance == level
    assert exactly_even == MIXTURES


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[1]}")
def test_what_is_certified_is_what_all_corners_say(case: tuple[str, int]) -> None:
    """By each rule there is a certificate, its ideals are those of all corners, no other level."""
    judge, dispute = referee(*case), build(*case)
    texts: list[str] = []
    for rule in RULES:
        found = api.settle(dispute, rule, certificate=True)
        if found.certificate is None:  # the only thing that the format cannot say here
            assert rule == "nash", found.certificate_reason
            assert found.package is not None
            assert not all(found.package.gains.values()), found.certificate_reason
            continue
        text = found.certificate.text
        texts.append(text)
        given = json.loads(text)
        assert (found.status is Status.NO_AGREEMENT) == (judge.ideal is None)
        if judge.ideal is not None:
            claims = given["claims"]
            assert tuple(map(Fraction, claims["ideals"])) == judge.ideal
            assert Fraction(claims["group_imbalance"]) <= judge.level
            for level in (judge.level / 2, judge.level * 2):
                other = given | {"claims": claims | {"group_imbalance": str(level)}}
                if level != Fraction(claims["group_imbalance"]):
                    assert not checker.check(text_of(other)).valid
    assert all(answer.valid for answer in answers((text.encode(), None) for text in texts))


@pytest.mark.parametrize("seed", range(6))
def test_a_frontier_of_two_has_a_certificate(seed: int) -> None:
    """All of the frontier of two who divide what is not for trade, and what is, is certified."""
    random = Random(seed)
    shares = [Share("land"), Share("sea")]
    own = [
        preference(p, {"land": random.randint(1, 9), "sea": random.randint(1, 9)})
        for p in NAMES[:2]
    ]
    groups = (Group("home", ("land",), not_for_trade=True),)
    found = api.frontier(dispute_of(shares, *own, groups=groups), certificate=True)
    assert found.certificate is not None, found.certificate_reason
    assert checker.check(found.certificate.text).valid
