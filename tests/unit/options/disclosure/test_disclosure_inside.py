"""What is said wholly inside groups not for trade: the exact ends, against settling each anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import pytest

from hikiwake.api import settle
from hikiwake.findings.talks import Budget, Hiding, Talks, Word
from hikiwake.model import (
    Amount,
    Beyond,
    Choice,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Group,
    OneOf,
    Option,
    Party,
    Preference,
    Rule,
    Table,
)
from hikiwake.model.preference import Points
from hikiwake.options.disclosure.among_several.evenly import Evenly
from hikiwake.options.disclosure.among_several.lots import Lots
from hikiwake.options.disclosure.hidden.ends import Ends
from hikiwake.options.disclosure.hidden.grid import drawn_from, hidden_preferences
from hikiwake.options.disclosure.hidden.inside import countable, inside_of, own_inside, span
from hikiwake.options.disclosure.hidden.unknowns import Unknowns, numbers_of
from hikiwake.options.disclosure.sought import ends
from hikiwake.options.disclosure.within_groups.space import covers
from tests.support.disclosed import (
    GRIDS_OF_TWO,
    Case,
    compared,
    said_inside,
    settled_spans,
    told_about,
    with_own,
)
from tests.unit.options.disclosure import test_disclosure_conditioned as conditioned
from tests.unit.options.disclosure import test_disclosure_dividing as dividing
from tests.unit.options.disclosure.test_disclosure_divided import grouped
from tests.unit.options.disclosure.test_disclosure_exact import drawn, two_groups
from tests.unit.options.disclosure.test_disclosure_within_groups import divided_within

F = Fraction
MANY = 300  # worlds, each settled by itself
QUICK = [
    ("whole", False, (32, 64, 73)),
    ("whole", True, (9, 22)),
    ("beside", False, (5, 20, 23)),
    ("beside", True, (8, 18)),
    ("inside", False, (18, 55, 65)),
    ("inside", True, (2, 21, 65)),
    ("several", False, (24, 64, 65)),
    ("several", True, (13, 21, 24)),
    ("several inside", False, (429, 451)),
    ("several inside", True, (2,)),
]  # kinds of disputes, whether the settlement was shown, and seeds
MORE = [
    ("whole", False, range(40, 66)),
    ("beside", True, range(9, 13)),
    ("inside", False, (19, 37, 47)),
    ("several", True, range(14, 18)),
    ("several inside", True, (5,)),
]


def whole_issues(chance: Random) -> tuple[Dispute, Hiding]:
    """Return a dispute of two sides over whole issues at random, with a group or two."""
    while True:
        dispute, _ = drawn(chance)
        if dispute.groups:
            break
    dispute = two_groups(dispute) if chance.random() < 0.3 else dispute
    return replace(dispute, price=chance.choice((F(0), F(1, 10), F(1, 2)))), chance.choice(
        GRIDS_OF_TWO
    )


def several(chance: Random) -> tuple[Dispute, Hiding]:
    """Return a dispute of three sides at random with groups of whole issues."""
    while True:
        kind = chance.choice(("groups", "money beside groups"))
        dispute = dividing.divided(chance, kind)
        if dispute.groups:
            return dispute, chance.choice(dividing.GRIDS)


def several_within(chance: Random) -> tuple[Dispute, Hiding]:
    """Return a dispute of three sides at random that divides something inside a group."""
    return conditioned.divided_within(chance), chance.choice(conditioned.SMALL)


DRAWN = {
    "whole": whole_issues,
    "beside": grouped,
    "inside": divided_within,
    "several": several,
    "several inside": several_within,
}


def told_in(seed: int, kind: str, shown: bool) -> Case | None:
    """Return a dispute at random with something said wholly inside a group, after words or after a
    settlement; None where nothing was told to be possible. All but Ann are on the grid."""
    chance = Random(seed)
    dispute, grid = DRAWN[kind](chance)
    dispute = said_inside(dispute, chance)
    names = dispute.party_ids[1:]
    dispute = with_own(dispute, [drawn_from(dispute, party, grid, chance) for party in names])
    outcome = settle(dispute).outcome
    if outcome is None:
        return None
    about = [dividing.package_of(dispute, chance) for _ in range(chance.randint(1, 3))]
    about[:1] = [outcome] if chance.random() < 0.6 else about[:1]
    told = told_about(dispute, *about) if not shown or chance.random() < 0.3 else ()
    if not shown and all(one.word is Word.NOT_POSSIBLE for one in told):
        return None
    last = outcome if shown else None
    return dispute, grid, Talks(Budget(keep=F(0), hiding=grid), told=told, shown=last)


def ends_of(
    dispute: Dispute, observers: tuple[str, ...], talks: Talks, grid: Hiding
) -> Mapping[str, Ends] | None:
    """Return what is known of those sides that do not look."""
    found: dict[str, Ends] = {}
    for party in dispute.party_ids:
        own = None if party in observers else ends(dispute, (party, observers), talks, grid)
        if own is not None:
            found[party] = own
    return found or None


def against_settling(seed: int, kind: str, shown: bool, most: int = MANY) -> Counter[str]:
    """Compare every interval of a dispute with that of all worlds, each settled by itself."""
    case = told_in(seed, kind, shown)
    if case is None:
        return Counter()
    names = case[0].party_ids
    views = dict.fromkeys((names[:1], names[:-1], names[1:])) if len(names) > 2 else (names[:1],)
    return compared(case, views, partial(settled_spans, most=most), ends_of)


@pytest.mark.parametrize("kind", DRAWN)
def test_what_sides_get_of_a_group_is_what_settling_tells(kind: str) -> None:
    """With rules, red lines and bonuses inside, each side's part of a group, from its least and of
    its most there, is what the settlement says, as it is known and as it is hidden."""
    seen = Counter[str]()
    for seed in range(15):
        chance = Random(seed)
        dispute, grid = DRAWN[kind](chance)
        dispute = said_inside(dispute, chance)
        others = dispute.party_ids[1:]
        own = [drawn_from(dispute, party, grid, chance) for party in others]
        dispute = with_own(dispute, own)
        answer = settle(dispute)
        if answer.outcome is None:
            continue
        groups = {group.id: group for group in dispute.groups}
        for told in answer.groups:
            group = groups[told.group]
            for party in dispute.party_ids:
                assert countable(dispute, others, group)
                inside = own_inside(dispute, party, group)
                least, extent = span(dispute, party, group)
                got = inside.utility(answer.outcome) - least
                assert told.shares[party] == (got / extent if extent else None)
                seen["at stake" if extent else "nothing"] += 1
                if party in others:
                    hidden = inside_of(dispute, party, group)
                    numbers = numbers_of(dispute, dispute.preferences[party])
                    assert hidden.span(numbers) == (hidden.parts * least, hidden.parts * extent)
                    seen["tied" if hidden.tied else "free"] += 1
    assert {"at stake", "tied"} <= set(seen)


@pytest.mark.parametrize(("kind", "shown", "seeds"), QUICK)
def test_every_interval_is_that_of_settling_each_world(
    kind: str, shown: bool, seeds: Sequence[int]
) -> None:
    """Of disputes drawn at random with rules, red lines and bonuses wholly inside groups every
    interval is exact and that of all worlds that would have told, and shown, the same."""
    for seed in seeds:
        assert against_settling(seed, kind, shown)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "shown", "seeds"), MORE)
def test_intervals_are_exact_of_more_disputes(kind: str, shown: bool, seeds: Sequence[int]) -> None:
    """The same of more disputes."""
    seen = Counter[str]()
    for seed in seeds:
        seen += against_settling(seed, kind, shown)
    assert seen


def test_what_a_rule_forbids_may_give_less_than_the_least() -> None:
    """Among three sides, with both o0 forbidden in a group, Ben may want both o1: what is forbidden
    gives him less than his least there, and the model still holds him."""
    from ortools.sat.python import cp_model

    issues = tuple(Choice(name, (Option("o0"), Option("o1"))) for name in ("c", "d"))
    never = Condition(FrozenMap({name: OneOf(frozenset({"o0"})) for name in ("c", "d")}))
    both: dict[str, Points] = {
        name: Table(FrozenMap({"o0": F(0), "o1": F(50)})) for name in ("c", "d")
    }
    dispute = Dispute(
        tuple(map(Party, ("ann", "ben", "cem"))),
        issues,
        FrozenMap({name: Preference(name, FrozenMap(both)) for name in ("ann", "ben", "cem")}),
        rules=(Rule(never),),
        groups=(Group("g", ("c", "d"), True),),
    )
    cp: Any = cp_model.CpModel()
    hidden = Unknowns(cp, dispute, "ben", Hiding(F(100), F(50), F(50)))
    lots = Lots(dispute, ("ben",), ("ann", "cem"))
    evenly = Evenly(cp, lots, [hidden], dispute.tolerance, False)
    pieces = [(issue.id, value, cp.new_bool_var("")) for issue in issues for value in ("o0", "o1")]
    evenly.keep(pieces)
    for answer, number in numbers_of(dispute, dispute.preferences["ben"]).items():
        cp.add(hidden.numbers[answer] == int(number / hidden.unit))
    assert cp_model.CpSolver().solve(cp) == cp_model.OPTIMAL


def test_what_many_parts_leave_of_an_amount_is_not_covered() -> None:
    """Where a rule inside a group leaves of an amount what lies a thirteenth of the way, M of Ben
    could be too many numbers: two groups are not covered by cells then, one is."""
    issues = (Amount("a", F(0), F(13)), Amount("b", F(0), F(13)))
    wants = Curve(((F(0), F(0)), (F(13), F(100))))
    points: dict[str, Points] = {"a": wants, "b": wants}
    for bound, many in ((F(1), True), (F(13, 2), False)):
        rule = Rule(Condition(FrozenMap({"a": Beyond(None, bound)})))
        for groups in (("a",), ("b",)), (("a", "b"),):
            dispute = Dispute(
                (Party("ann"), Party("ben")),
                issues,
                FrozenMap({name: Preference(name, FrozenMap(points)) for name in ("ann", "ben")}),
                rules=(rule,),
                groups=tuple(Group("".join(own), own, True) for own in groups),
            )
            assert covers(dispute, "ben") is not (many and len(groups) > 1)


def test_intervals_rest_on_what_was_told_alone() -> None:
    """Whoever fits what was told in Ben's place, the same intervals come out."""
    for kind, seed in (("whole", 32), ("inside", 18)):
        case = told_in(seed, kind, shown=False)
        assert case is not None
        dispute, grid, talks = case
        found = ends(dispute, ("ben", ("ann",)), talks, grid)
        fitting = [
            own
            for own in hidden_preferences(dispute, "ben", grid)
            if told_about(with_own(dispute, [own]), *(t.outcome for t in talks.told)) == talks.told
        ]
        assert len(fitting) > 1
        for own in fitting[::9]:
            assert ends(with_own(dispute, [own]), ("ben", ("ann",)), talks, grid) == found
