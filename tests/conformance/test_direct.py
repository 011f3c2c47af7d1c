"""Direct rules against their definitions, told a second time and slowly, on random disputes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest

from hikiwake import api
from hikiwake.errors import Unsupported
from hikiwake.model import Dispute, FrozenMap
from hikiwake.settlement import MAX_LISTED, Settlement, Status
from tests.conformance.corpus import DIVISIONS, corpus, examples, judged
from tests.conformance.oracle import Referee, referee
from tests.strategies import item_disputes

F = Fraction
NUMBER = 60


def all_of(settlement: Settlement) -> list[Any]:
    """Return every package that a settlement says the rule gives as readily."""
    packages = [*settlement.mirrors, *settlement.lots]
    return [*settlement.tied, *(package.outcome for package in packages)]


def all_listed(settlement: Settlement) -> bool:
    """Tell whether every package is listed, after counting what is."""
    listed = len(settlement.tied), len(settlement.mirrors), len(settlement.lots)
    counts = settlement.ties, settlement.twins, settlement.by_lot
    assert listed == tuple(min(n, MAX_LISTED) for n in counts if n != "infinite")
    return listed == counts


def assert_told_as_it_is(judge: Referee, settlement: Settlement) -> None:
    """Fail unless gains, ideals, status and the kinds of packages are what the definitions say."""
    if judge.ideal is None:
        assert settlement.status is Status.NO_AGREEMENT
        return
    assert settlement.package is not None
    shown = settlement.package
    vector = judge.worth(shown.outcome)
    assert tuple(shown.utilities.values()) == vector
    assert tuple(settlement.ideals.values()) == judge.ideal
    assert tuple(shown.gains.values()) == judge.gains(vector)
    draw = judge.is_kept(shown.outcome) and judge.is_draw(vector)
    assert settlement.status is (Status.DRAW if draw else Status.UNEVEN)
    assert {judge.worth(outcome) for outcome in settlement.tied} == {vector}
    for package in settlement.mirrors:
        there = judge.worth(package.outcome)
        assert there != vector
        assert judge.levels(there) == judge.levels(vector)
    for package in settlement.lots:
        assert judge.levels(judge.worth(package.outcome)) != judge.levels(vector)


def test_proportional_is_what_it_says() -> None:
    """Each thing goes in the ratio of the parts of the totals, and gains and status are right."""
    for judge in judged(DIVISIONS, NUMBER):
        dispute = judge.dispute
        settlement = api.settle(dispute, "proportional")
        assert_told_as_it_is(judge, settlement)
        if settlement.outcome is None:
            continue
        everything = {
            party: {issue.id: FrozenMap({party: F(1)}) for issue in dispute.issues}
            for party in dispute.party_ids
        }
        for issue in dispute.issues:
            parts: Any = settlement.outcome[issue.id]
            weights = {
                party: dispute.utility(party, {issue.id: everything[party][issue.id]})
                / dispute.utility(party, everything[party])
                for party in dispute.party_ids
            }
            assert sum(parts.values()) == 1
            for one, other in permutations(dispute.party_ids, 2):
                assert parts[one] * weights[other] == parts[other] * weights[one]


def rounds(ranking: Sequence[int], number: int) -> Iterator[int]:
    """Yield round robin: everybody in the order of a ranking, again and again."""
    for turn in range(number):
        yield ranking[turn % len(ranking)]


def picks(
    worths: Sequence[Sequence[Fraction]], turns: Sequence[int], taken: dict[int, int]
) -> Iterator[dict[int, int]]:
    """Yield who has each item, every pick among equals followed."""
    if not turns:
        yield taken
        return
    left = [item for item in range(len(worths[0])) if item not in taken]
    best = max(worths[turns[0]][item] for item in left)
    for item in left:
        if worths[turns[0]][item] == best:
            yield from picks(worths, turns[1:], {**taken, item: turns[0]})


def round_robin(dispute: Dispute) -> set[tuple[str, ...]]:
    """Return every package of round robin, its owners in the order of the items."""
    names = dispute.party_ids
    worths = [
        [
            dispute.utility(party, {issue.id: party}) - dispute.utility(party, {issue.id: other})
            for issue in dispute.issues
        ]
        for party, other in zip(names, (*names[1:], names[0]), strict=True)
    ]
    return {
        tuple(names[owners[item]] for item in range(len(dispute.issues)))
        for ranking in permutations(range(len(names)))
        for owners in picks(worths, list(rounds(ranking, len(dispute.issues))), {})
    }


def owners(outcomes: Iterable[Any], dispute: Dispute) -> set[tuple[str, ...]]:
    """Return packages as the owners in the order of the items."""
    return {tuple(outcome[issue.id] for issue in dispute.issues) for outcome in outcomes}


@pytest.mark.parametrize("engine", [None, "additive", "brute_force"])
def test_picking_with_equal_weights_is_round_robin(engine: str | None) -> None:
    """Picking gives every package of round robin, none twice, none else, and tells it rightly."""
    for dispute in examples(item_disputes(), NUMBER):
        settlement = api.settle(dispute, "picking", engine=engine)
        assert_told_as_it_is(referee(dispute), settlement)
        if settlement.outcome is not None and all_listed(settlement):
            assert owners(all_of(settlement), dispute) == round_robin(dispute)


def test_picking_leaves_no_envy_beyond_one_item() -> None:
    """By its own points nobody prefers another's things once the best of them is put aside."""
    for dispute in examples(item_disputes(), NUMBER):
        settlement = api.settle(dispute, "picking")
        for outcome in all_of(settlement) if settlement.outcome is not None else ():
            for party, other in permutations(dispute.party_ids, 2):
                theirs = [issue for issue, owner in outcome.items() if owner == other]
                mine = [issue for issue, owner in outcome.items() if owner == party]
                own = {
                    issue: dispute.utility(party, {issue: party})
                    - dispute.utility(party, {issue: other})
                    for issue in (*mine, *theirs)
                }
                beyond = sum(sorted(own[issue] for issue in theirs)[:-1])
                assert sum(own[issue] for issue in mine) >= beyond


def test_an_engine_that_was_asked_for_is_never_passed_over() -> None:
    """An engine that does not cover a dispute refuses it, direct rule or not."""
    for dispute in corpus(DIVISIONS, NUMBER)[:3]:
        with pytest.raises(Unsupported):
            api.settle(dispute, "proportional", engine="additive")
