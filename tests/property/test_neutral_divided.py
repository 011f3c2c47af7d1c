"""Where divisions are worth the same to all, which is shown hangs on no place in the file (H13)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from hikiwake import api
from hikiwake.formats.results.adjusted import look_json
from hikiwake.formats.results.offered import alternatives_json
from hikiwake.formats.results.remedied import remedies_json
from hikiwake.formats.results.settled import settlement_json
from hikiwake.model import Dispute, Outcome
from tests.support.level import a_package, level, turned_round
from tests.support.several import several

F = Fraction
Shown = Callable[[Dispute, Outcome], Any]


def in_any_order(value: Any) -> Any:
    """Return JSON with its lists of names, and what is told issue by issue, in one order."""
    if isinstance(value, dict):
        return {key: in_any_order(own) for key, own in value.items()}
    if isinstance(value, list):
        own = [in_any_order(one) for one in value]
        names = all(
            isinstance(one, str) or (isinstance(one, dict) and "issue" in one) for one in own
        )
        return sorted(own, key=json.dumps) if names else own
    return value


def settled(dispute: Dispute, package: Outcome) -> Any:
    return settlement_json(dispute, replace(api.settle(dispute), seconds=0.0), "mediator")


def with_fewest(dispute: Dispute, package: Outcome) -> Any:
    return api.settle(dispute, fewest_shares=True).outcome


def remedied(dispute: Dispute, package: Outcome) -> Any:
    found = api.remedies(dispute, api.settle(dispute))
    return remedies_json(found, "mediator", dispute.tolerance)


def offered(dispute: Dispute, package: Outcome) -> Any:
    found = api.alternatives(dispute, 4, within=F(1, 5))
    return without_bound(alternatives_json(found, "mediator"))


def bettered(dispute: Dispute, package: Outcome) -> Any:
    found = api.alternatives(dispute, 4, within=F(1, 5), agreed=package)
    return without_bound(alternatives_json(found, "mediator"))


def without_bound(result: Any) -> Any:
    """Leave out the bound on products: how close it is hangs on how floats search."""
    return result | {"equity": None}


def adjusted(dispute: Dispute, package: Outcome) -> Any:
    adjusting = api.adjust(dispute)
    return look_json(adjusting.look(package), adjusting.repairs(package))


DISPUTES: list[tuple[Shown, Dispute]] = [
    *((settled, level(seed)) for seed in (*range(12), 13, 15)),
    *((with_fewest, level(seed)) for seed in (11, 13, 15)),
    *((remedied, several(seed)) for seed in (2, 4)),
    *((remedied, level(seed)) for seed in (2, 5)),
    *((offered, level(seed)) for seed in (2, 15)),
    *((bettered, level(seed)) for seed in (2, 15)),
    *((adjusted, level(seed)) for seed in (13, 15)),
]


@pytest.mark.parametrize(("shown", "dispute"), DISPUTES)
def test_of_divisions_worth_the_same_one_is_shown_to_all(shown: Shown, dispute: Dispute) -> None:
    """With parties, issues and options in another order, the same package is settled on, the same
    divides least, and the same are offered, better what is agreed, and mend what is not even."""
    package = a_package(dispute, 1)
    others = [turned_round(dispute, seed) for seed in (1, 2)]
    here, *there = [in_any_order(shown(one, package)) for one in (dispute, *others)]
    assert there == [here, here]
