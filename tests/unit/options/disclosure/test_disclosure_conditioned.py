"""The exact ends where three sides divide something inside a group not for trade, against settling
every world anew."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import partial
from random import Random

import pytest

from hikiwake.api import settle
from hikiwake.findings.talks import Budget, Talks, Word
from hikiwake.model import Dispute, Group, Money
from hikiwake.options.disclosure.among_several import dividing, imbalance
from hikiwake.options.disclosure.among_several.agreed import ends_of_agreed
from hikiwake.options.disclosure.among_several.conditioned import (
    Conditioned,
    divides_inside,
)
from hikiwake.options.disclosure.among_several.dividing import ends_of_dividing
from hikiwake.options.disclosure.hidden.grid import drawn_from
from hikiwake.options.disclosure.models.groups import nothing_inside
from hikiwake.options.disclosure.sought import ends
from tests.support.disclosed import (
    GRIDS_OF_TWO,
    Case,
    compared,
    members_of,
    settled_spans,
    told_about,
    with_own,
)
from tests.unit.options.disclosure.test_disclosure_dividing import GRIDS, divided, package_of

F = Fraction
FEW, MANY = 120, 700  # worlds, each settled by itself
SMALL = (*GRIDS[:3], *GRIDS_OF_TWO[:2])


def divided_within(chance: Random, sides: int = 3) -> Dispute:
    """Return a dispute at random that divides something inside one of a group or two, with nothing
    said wholly inside one."""
    while True:
        kind = chance.choice(("shares", "amounts", "shares", "amounts", "money"))
        dispute = divided(chance, kind, sides)
        ids = [issue.id for issue in dispute.issues if not isinstance(issue, Money)]
        if not ids:
            continue
        inside = [chance.sample(ids, chance.randint(1, len(ids)))]
        if chance.random() < 0.25 and len(ids) > 1:
            inside = [[issue] for issue in chance.sample(ids, 2)]
        groups = tuple(Group(f"g{n}", tuple(own), True) for n, own in enumerate(inside))
        dispute = replace(dispute, groups=groups)
        if divides_inside(dispute) and all(nothing_inside(dispute, (), own) for own in groups):
            return dispute


def told_in(seed: int, shown: bool, sides: int = 3) -> Case | None:
    """Return such a dispute with some words, or with its settlement and perhaps words before; None
    where nothing was told to be possible. What others than Ann want is on the grid."""
    chance = Random(seed)
    grid = chance.choice(SMALL)
    dispute = divided_within(chance, sides)
    own = [drawn_from(dispute, party, grid, chance) for party in dispute.party_ids[1:]]
    dispute = with_own(dispute, own)
    if shown:
        dispute = replace(dispute, price=chance.choice((F(0), F(0), F(1, 10), F(1, 3))))
    outcome = settle(dispute).outcome
    if outcome is None:
        return None
    about = [package_of(dispute, chance) for _ in range(chance.randint(1, 3))]
    about[:1] = [outcome] if chance.random() < 0.6 else about[:1]
    told = told_about(dispute, *about) if not shown or chance.random() < 0.3 else ()
    if not shown and all(one.word is Word.NOT_POSSIBLE for one in told):
        return None
    budget, last = Budget(keep=F(0), hiding=grid), outcome if shown else None
    return dispute, grid, Talks(budget, told=told, shown=last)


def against_settling(seed: int, shown: bool, most: int = MANY, sides: int = 3) -> Counter[str]:
    """Compare every interval of a dispute with that of all worlds; return what was seen."""
    case = told_in(seed, shown, sides)
    if case is None:
        return Counter()
    parties = case[0].party_ids
    seen = compared(
        case,
        (parties[:1], parties[:-1], parties[1:]),
        partial(settled_spans, most=most),
        ends_of_agreed if shown else ends_of_dividing,
    )
    if seen and uneven_in_a_group(case):
        seen["uneven in a group"] += 1
    return seen


def uneven_in_a_group(case: Case) -> bool:
    """Tell whether nothing that all accept is even in the groups."""
    table = conditioned_of(case)
    own = [case[0].preferences[party] for party in table.hidden]
    return table.look(members_of(table, own)).level > case[0].tolerance


def conditioned_of(case: Case) -> Conditioned:
    """Return the packages as Ann sees them."""
    dispute, grid, talks = case
    table = dividing.blends_of(dispute, dispute.party_ids[1:], talks, grid)
    assert isinstance(table, Conditioned)
    return table


@pytest.mark.parametrize(
    ("seed", "shown"), [(2, False), (206, False), (212, False), (225, True), (250, True)]
)
def test_every_interval_is_that_of_settling_each_world(seed: int, shown: bool) -> None:
    """Of three sides drawn at random every interval that one side sees, and two that pool what they
    know, is exact and that of all worlds that would be told and shown the same."""
    seen = against_settling(seed, shown, FEW)
    assert seen


def test_disputes_where_nothing_is_even_in_a_group_are_among_them() -> None:
    """The same where no package that all accept is even in the groups, after words and shown."""
    for seed, shown in ((203, False), (208, True)):
        assert against_settling(seed, shown, FEW)["uneven in a group"]


@pytest.mark.slow
@pytest.mark.parametrize("shown", [False, True])
def test_intervals_are_exact_of_more_disputes(shown: bool) -> None:
    """The same of more disputes, of draws and none among them, also where two sides hide."""
    seen = Counter[str]()
    for seed in range(303, 311):
        seen += against_settling(seed, shown, MANY if not shown else 300)
    assert {"draw", "uneven", "1 hide", "2 hide", "uneven in a group"} <= set(seen)


@pytest.mark.slow
@pytest.mark.parametrize("shown", [False, True])
def test_members_found_by_the_model_alone_reach_every_end(
    shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same where nothing is looked for beside what the model finds: its proofs carry it all."""
    monkeypatch.setattr(dividing.Search, "_spread", dividing.Search._hold)
    seen = Counter[str]()
    for seed in range(370, 379):
        seen += against_settling(seed, shown, 300)
    assert {"1 hide", "2 hide"} <= set(seen)


def test_conditions_of_many_digits_are_rounded_so_that_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With conditions counted in few parts every interval still is exact: what rounding let in is
    looked at in full, and left out by itself."""
    monkeypatch.setattr(imbalance, "MAX_SCALE", 3)
    dividing.ends_of_dividing.cache_clear()
    assert against_settling(2, shown=False, most=FEW)
    dividing.ends_of_dividing.cache_clear()


def test_the_order_of_the_sides_changes_no_interval() -> None:
    """With the sides in another order each is seen by each just as before."""
    for seed, shown in ((206, False), (212, True)):
        case = told_in(seed, shown)
        assert case is not None
        dispute, grid, talks = case
        turned = replace(dispute, parties=(*dispute.parties[1:], dispute.parties[0]))
        for sides in (("ben", ("ann",)), ("cem", ("ann", "ben"))):
            assert ends(turned, sides, talks, grid) == ends(dispute, sides, talks, grid)
