"""Rules refuse what they do not cover, and tell nothing private in doing so (H14, H15, H18)."""

from __future__ import annotations

from typing import Any

import pytest

from hikiwake import api
from hikiwake.errors import UnknownName, Unsupported
from hikiwake.model import Bonus, Dispute
from hikiwake.rules import adjusted_winner, rule_named
from tests.conformance.builders import (
    condition,
    dispute,
    division,
    number,
    one_of,
    preference,
    red_line,
    rule,
)

SECRET = "4321"
RAW = ("egalitarian", "leximin", "utilitarian")


def refusal(the_dispute: Dispute, name: str = "adjusted_winner") -> str:
    """Return what a rule says when it refuses a dispute."""
    with pytest.raises(Unsupported) as caught:
        api.settle(the_dispute, name)
    return str(caught.value)


@pytest.mark.parametrize("name", RAW)
def test_raw_points_are_not_compared_on_scales_of_their_own(name: str) -> None:
    """Without `common_scale` rules on raw points are refused, and say why and what to do (H15)."""
    the_dispute = one_of((1, 0), (0, 1), common_scale=False)
    told = refusal(the_dispute, name)
    assert told.startswith(f"common_scale: Rule {name!r}: ")
    assert "(H15)" in told
    assert "common_scale = true" in told
    assert api.settle(one_of((1, 0), (0, 1)), name).rule == name


@pytest.mark.parametrize("name", ["draw", "kalai_smorodinsky", "nash"])
def test_gains_need_no_common_scale(name: str) -> None:
    """Rules that compare gains cover disputes on scales of their own."""
    assert api.settle(one_of((1, 0), (0, 1), common_scale=False), name).rule == name


PRIVATE: dict[str, dict[str, Any]] = {
    "a walk-away": {"walk_away": SECRET},
    "a red line": {"red_lines": (red_line(s0={"ann": {"below": "1/3"}}),)},
    "points below 0": {"points": {"s0": f"-{SECRET}"}},
    "no points at all": {"points": {}},
}


@pytest.mark.parametrize("party", ["ann", "ben"])
@pytest.mark.parametrize("own", PRIVATE.values(), ids=PRIVATE)
def test_adjusted_winner_does_not_tell_whose_preference_keeps_it_out(
    own: dict[str, Any], party: str
) -> None:
    """Nobody learns from a refusal which side it is, nor any number of it (H14, H18)."""
    plain: dict[str, Any] = {"points": {"s0": 10}}
    ann, ben = ((plain | own) if party == p else plain for p in ("ann", "ben"))
    the_dispute = dispute(
        division([(1, 1)]).issues, preference("ann", **ann), preference("ben", **ben)
    )
    told = refusal(the_dispute)
    assert "(H18)" in told
    assert [word for word in ("ann", "ben", "4321", "1/3") if word in told] == []


def test_both_sides_refusals_read_the_same() -> None:
    """Whether ann or ben keeps something without an agreement, the words are the same."""
    first, second = (refusal(division([(9, 9)], keeps)) for keeps in ((5, 0), (0, 5)))
    assert first == second


def test_adjusted_winner_takes_shares_only() -> None:
    """A choice, a rule or a bonus is refused, every misfit at once (H18)."""
    bonus = Bonus(condition(package="p0"), number(1))
    the_dispute = dispute(
        one_of((1, 1)).issues,
        preference("ann", {"package": {"p0": 1}}, bonuses=(bonus,)),
        preference("ben", {"package": {"p0": 1}}),
        rules=(rule(package="p0"),),
    )
    with pytest.raises(Unsupported) as caught:
        adjusted_winner.require(the_dispute)
    found = [fault.found for fault in caught.value.faults]
    assert found[0] == "issue 'package' is of kind 'choice'"
    assert {"there are rules or red lines", "there are bonuses"} <= set(found)


def test_adjusted_winner_is_for_two() -> None:
    """Three parties are refused, with their number (H18)."""
    assert "3 parties" in refusal(one_of((1, 1, 1)))


def test_an_unknown_rule_is_asked_back() -> None:
    """A misspelt rule is answered with the known ones and the nearest (H10)."""
    with pytest.raises(UnknownName, match=r"Known: draw, .*Did you mean 'nash'"):
        rule_named("nas")
    with pytest.raises(UnknownName, match="Use one of these"):
        api.settle(one_of((1, 1)), "x" * 100_000)
