"""The random disputes that rules, engines and the frontier are tried on, and their referees.

Everything that is tried on a kind of dispute shares one corpus, and what its referees have found.
"""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from hikiwake.model import Dispute
from tests.amounts import amount_and_share_disputes, amount_disputes
from tests.conformance.oracle import Referee, referee
from tests.strategies import (
    close_disputes,
    disputes,
    divisions,
    gap_disputes,
    grouped_share_disputes,
    share_disputes,
)

DISCRETE, SHARED, GROUPED, DIVISIONS = "discrete", "shared", "grouped", "divisions"
AMOUNTS, MIXED = "amounts", "mixed"
KINDS: dict[str, st.SearchStrategy[Dispute]] = {
    DISCRETE: st.one_of(disputes(), disputes(), disputes(), disputes(), close_disputes()),
    SHARED: st.one_of(share_disputes(), share_disputes(), share_disputes(), gap_disputes()),
    GROUPED: grouped_share_disputes(),
    DIVISIONS: divisions(),
    AMOUNTS: amount_disputes(),
    MIXED: amount_and_share_disputes(),
}
QUICK = 50
# So many draws, over the kinds that it covers: each engine has 2,000 for every rule. With what this
# is written with, 1,300 of them are different disputes; of divisions 1,800.
SLOW = {DISCRETE: 1_500, AMOUNTS: 500, SHARED: 1_000, GROUPED: 500, MIXED: 500, DIVISIONS: 2_000}


def examples(strategy: st.SearchStrategy[Dispute], number: int) -> list[Dispute]:
    """Return so many disputes, the same ones every time."""
    found: list[Dispute] = []

    @seed(1956)
    @settings(
        max_examples=number,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck(check) for check in HealthCheck],
    )
    @given(strategy)
    def collect(dispute: Dispute) -> None:
        found.append(dispute)

    collect()
    return found[:number]


@cache
def corpus(kind: str, number: int) -> list[Dispute]:
    """Return the different ones of so many drawn disputes; all rules and engines share them.

    Hypothesis draws some again, a third or so: they would only be settled and judged again.
    """
    different = list(dict.fromkeys(examples(KINDS[kind], number)))
    assert len(different) > number // 3
    return different


@cache
def judged(kind: str, number: int) -> list[Referee]:
    """Return the referees of a corpus, with what they have found already."""
    return [referee(dispute) for dispute in corpus(kind, number)]
