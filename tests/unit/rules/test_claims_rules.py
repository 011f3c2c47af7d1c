"""Rules for claims, on published figures and against their definitions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hikiwake import api
from hikiwake.errors import Unsupported
from hikiwake.model import Dispute, FrozenMap, Share
from hikiwake.rules import (
    claims_proportional,
    constrained_equal_awards,
    constrained_equal_losses,
    ibn_ezra,
    talmud,
)
from tests.conformance.builders import NAMES, dispute, preference

F = Fraction
RULES = {
    "talmud": talmud,
    "claims_proportional": claims_proportional,
    "constrained_equal_awards": constrained_equal_awards,
    "constrained_equal_losses": constrained_equal_losses,
    "ibn_ezra": ibn_ezra,
}
WIVES = (F(100), F(200), F(300))


@st.composite
def problems(draw: Any) -> tuple[Fraction, list[Fraction]]:
    """A total, above 0, and claims that sum to at least it."""
    number = st.builds(F, st.integers(0, 12), st.sampled_from([1, 2, 3]))
    claims = draw(st.lists(number, min_size=2, max_size=5).filter(any))
    return sum(claims) * F(draw(st.integers(1, 12)), 12), claims


def texts(awards: Sequence[Fraction]) -> list[str]:
    """Return fractions as texts."""
    return [str(award) for award in awards]


def estate(total: int, *claims: int) -> Dispute:
    """Return a dispute over one share with claims, its points the same as money to all."""
    parties = NAMES[: len(claims)]
    claimed = {party: F(claim) for party, claim in zip(parties, claims, strict=True)}
    share = Share("estate", total=F(total), claims=FrozenMap(claimed))
    return dispute([share], *(preference(party, {"estate": total}) for party in parties))


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (100, ["100/3", "100/3", "100/3"]),
        (200, ["50", "75", "75"]),
        (300, ["50", "100", "150"]),
    ],
)
def test_the_three_wives(total: int, expected: list[str]) -> None:
    """Contracts of 100, 200 and 300: the Mishnah's three divisions (Ketubot 93a)."""
    assert texts(talmud.awards(F(total), WIVES)) == expected


def test_the_contested_garment() -> None:
    """One claims it all and the other half: three quarters and one (Bava Metzia 2a)."""
    assert texts(talmud.awards(F(1), [F(1), F(1, 2)])) == ["3/4", "1/4"]


@given(problem=problems())
def test_any_two_divide_what_they_have_like_the_garment(
    problem: tuple[Fraction, list[Fraction]],
) -> None:
    """Of what two have together each has what the other does not claim, and half of the rest."""
    awards = talmud.awards(*problem)
    claims = problem[1]
    for i in range(len(claims)):
        for j in range(i):
            both = awards[i] + awards[j]
            own, others = (max(F(0), both - claims[k]) for k in (j, i))
            assert awards[i] == own + (both - own - others) / 2


def test_ibn_ezra_divides_by_slices() -> None:
    """Deeds on 120, 60, 40 and 30 of 120: 485/6, 125/6, 65/6 and 15/2 (Ibn Ezra 1146)."""
    claims = [F(n) for n in (120, 60, 40, 30)]
    assert texts(ibn_ezra.awards(F(120), claims)) == ["485/6", "125/6", "65/6", "15/2"]


def test_minimal_overlap_lays_claims_apart() -> None:
    """Claims of 2 and 3 on 4 overlap on 1: they have 1 and 2 alone, and half of 1 each."""
    assert texts(ibn_ezra.awards(F(4), [F(3), F(3)])) == ["2", "2"]
    assert texts(ibn_ezra.awards(F(4), [F(2), F(3)])) == ["3/2", "5/2"]


def test_equal_awards_and_equal_losses() -> None:
    """Of 200: 200/3 each as awards; 400 missing, 100 of it from the first, 150 from the others."""
    awards, losses = constrained_equal_awards.awards, constrained_equal_losses.awards
    assert texts(awards(F(200), WIVES)) == ["200/3", "200/3", "200/3"]
    assert texts(losses(F(200), WIVES)) == ["0", "50", "150"]
    assert texts(claims_proportional.awards(F(300), WIVES)) == ["50", "100", "150"]


@given(problem=problems())
def test_equal_awards_and_losses_have_one_level(problem: tuple[Fraction, list[Fraction]]) -> None:
    """Whoever has less than its claim has most; whoever has something forgoes most."""
    total, claims = problem
    awards = constrained_equal_awards.awards(total, claims)
    assert all(a == c or a == max(awards) for a, c in zip(awards, claims, strict=True))
    given_up = [
        c - a for a, c in zip(constrained_equal_losses.awards(*problem), claims, strict=True)
    ]
    assert all(g == c or g == max(given_up) for g, c in zip(given_up, claims, strict=True))


@pytest.mark.parametrize("name", RULES)
@given(problem=problems())
def test_everything_is_divided_and_nobody_has_more_than_its_claim(
    name: str, problem: tuple[Fraction, list[Fraction]]
) -> None:
    """Awards sum to the total, lie between 0 and the claim, and follow the claims' order."""
    total, claims = problem
    awards = RULES[name].awards(total, claims)
    assert sum(awards) == total
    assert all(0 <= award <= claim for award, claim in zip(awards, claims, strict=True))
    ranked = sorted(zip(claims, awards, strict=True))
    assert [a for _, a in ranked] == sorted(awards)
    assert RULES[name].awards(total, claims[::-1]) == awards[::-1]


def test_awards_become_parts_of_the_share() -> None:
    """The package says which part of the total each has: a quarter, and three eighths twice."""
    settlement = api.settle(estate(200, 100, 200, 300), "talmud")
    assert settlement.outcome == {"estate": {"ann": F(1, 4), "ben": F(3, 8), "cem": F(3, 8)}}
    assert settlement.utilities == {"ann": 50, "ben": 75, "cem": 75}
    assert (settlement.ties, settlement.twins, settlement.by_lot) == (1, 0, 0)


def test_claims_of_two_are_compared() -> None:
    """Between two the engines say how it stands: 1/4 and 3/4 of what both could hope for."""
    settlement = api.settle(estate(200, 100, 200), "talmud")
    assert settlement.gains == {"ann": F(1, 4), "ben": F(3, 4)}
    assert settlement.ahead == ("ben",)


@pytest.mark.parametrize("name", RULES)
def test_claims_that_can_all_be_met_are_refused(name: str) -> None:
    """Where less is claimed than there is, nothing says whose the rest is (H18)."""
    with pytest.raises(Unsupported, match=r"sum to 150, less than its 200 .*|sum to 150, less"):
        api.settle(estate(200, 100, 50), name)
    assert api.settle(estate(200, 100, 100), name).utilities == {"ann": 100, "ben": 100}


@pytest.mark.parametrize("name", RULES)
def test_without_claims_there_is_nothing_to_go_by(name: str) -> None:
    """A share that nobody claims is refused, with what to add (H18)."""
    plain = dispute([Share("s")], preference("ann", {"s": 1}), preference("ben", {"s": 1}))
    with pytest.raises(Unsupported, match="Add `total` and `claims`"):
        api.settle(plain, name)
