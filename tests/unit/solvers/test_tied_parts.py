"""Which issues hang together, and what a block of them lists."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest

from hikiwake.errors import TooLarge
from hikiwake.solvers import Problem
from hikiwake.solvers.merging import blocks
from hikiwake.solvers.merging.blocks import Block, blocks_of, decision_of, dtype_for
from hikiwake.solvers.parts import parts_of
from hikiwake.solvers.problem import Allowed, Clause, Extra

F = Fraction


def clause(**options: tuple[int, ...]) -> Clause:
    """Return a combination of options: ``clause(i0=(1,), i2=(0, 1))``."""
    return Clause(tuple((int(k[1:]), frozenset(v)) for k, v in options.items()))


def plain(issues: int, **more: object) -> Problem:
    """Return a problem of two parties with so many issues of two options."""
    points = (((1, 0), (0, 1)),) * issues
    parts: dict[str, object] = {"parties": 2, "points": points, "floors": (None, None)}
    return Problem(**(parts | more))  # pyright: ignore[reportArgumentType]


def tied(problem: Problem) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return the issues and shares of every part, in order."""
    return sorted((part.issues, part.shares) for part in parts_of(problem))


def test_issues_that_nothing_ties_stand_alone() -> None:
    """Without rules, bonuses and groups every issue and every share is a part of its own."""
    assert tied(plain(2, shares=((1, 1), (2, 1)))) == [
        ((), (0,)), ((), (1,)), ((0,), ()), ((1,), ()),
    ]  # fmt: skip


def test_rules_bonuses_and_groups_tie_what_they_name() -> None:
    """A clause ties 0 and 3, an extra 1 and 4, a table 2 and 5; issue 6 stays free."""
    problem = plain(
        7,
        never=(clause(i0=(0,), i3=(1,)),),
        extras=(Extra(1, clause(i1=(0,), i4=(0,)), 5),),
        allowed=(Allowed((2, 5), frozenset({(0, 0)})),),
    )
    assert [issues for issues, _ in tied(problem)] == [(0, 3), (1, 4), (2, 5), (6,)]


def test_ties_form_chains() -> None:
    """0 with 1, 1 with 2 and 3 with 2 is one part of four; a clause on one issue ties nothing."""
    problem = plain(
        5,
        never=(clause(i0=(0,), i1=(0,)), clause(i3=(0,), i2=(1,)), clause(i4=(0,))),
        extras=(Extra(0, clause(i1=(0,), i2=(0,)), 1),),
    )
    assert [issues for issues, _ in tied(problem)] == [(0, 1, 2, 3), (4,)]
    whole, alone = sorted(parts_of(problem), key=lambda part: part.issues)
    assert (len(whole.never), len(whole.extras)) == (2, 1)
    assert (len(alone.never), len(alone.extras)) == (1, 0)


def test_a_clause_with_a_share_ties_the_share() -> None:
    """A rule on option and share puts both in one part, and another share by another rule too."""
    never = (
        Clause(((1, frozenset({0})),), ((0, 0, F(1, 2), None),)),
        Clause((), ((0, 0, None, F(1, 4)), (2, 0, F(1, 2), None))),
    )
    problem = plain(2, shares=((1, 1),) * 3, never=never)
    assert tied(problem) == [((), (1,)), ((0,), ()), ((1,), (0, 2))]


def test_a_block_lists_what_is_allowed_with_everybodys_points() -> None:
    """Of four combinations one is forbidden; 5 extra points stand where the bonus holds."""
    problem = plain(
        2,
        never=(clause(i0=(0,), i1=(0,)),),
        extras=(Extra(1, clause(i0=(1,), i1=(0, 1)), 5),),
    )
    (block,) = blocks_of(problem)
    listed = {
        decision_of([(block, int(code))], 2): tuple(row)
        for code, row in zip(block.codes, block.utilities.tolist(), strict=True)
    }
    assert listed == {(0, 1): (1, 1), (1, 0): (1, 6), (1, 1): (0, 7)}


def test_an_allowed_table_leaves_nothing_else() -> None:
    """Only the combinations in the table remain, and none where the table is empty."""
    some = plain(2, allowed=(Allowed((1, 0), frozenset({(0, 1)})),))
    (block,) = blocks_of(some)
    assert [decision_of([(block, int(code))], 2) for code in block.codes] == [(1, 0)]
    (empty,) = blocks_of(plain(2, allowed=(Allowed((0, 1), frozenset()),)))
    assert len(empty.codes) == 0


def test_a_clause_without_conditions_forbids_everything() -> None:
    """A combination that always holds leaves no package, wherever it stands."""
    assert min(len(block.codes) for block in blocks_of(plain(2, never=(Clause(()),)))) == 0
    only_shares = Problem(2, (), (None, None), (Clause(()),), shares=((1, 1),))
    assert [len(block.codes) for block in blocks_of(only_shares)] == [0]


def test_a_code_leads_back_to_its_options() -> None:
    """Codes by mixed radix: in sizes 2, 3, 2 the last issue counts first, and 11 is (1, 2, 1)."""
    block = Block((1, 3, 4), (), (2, 3, 2), np.arange(12), np.zeros((12, 2)))
    assert sorted(block.decode(11)) == [(1, 1), (3, 2), (4, 1)]
    assert sorted(block.decode(4)) == [(1, 0), (3, 2), (4, 0)]
    assert len({tuple(sorted(block.decode(code))) for code in range(12)}) == 12


def tied_at_random(random: Random) -> Problem:
    """Return a problem of up to five issues in one part, its limits naming any of them."""
    sizes = [random.randint(1, 4) for _ in range(random.randint(1, 5))]

    def some() -> Clause:
        named = random.sample(range(len(sizes)), random.randint(1, len(sizes)))
        return clause(**{
            f"i{k}": tuple(random.sample(range(sizes[k]), random.randint(1, sizes[k])))
            for k in named
        })  # fmt: skip

    def table() -> Allowed:
        issues = random.sample(range(len(sizes)), random.randint(1, len(sizes)))
        ways = list(product(*(range(sizes[k]) for k in issues)))
        return Allowed(tuple(issues), frozenset(random.sample(ways, random.randint(0, len(ways)))))

    every = Extra(0, clause(**{f"i{k}": (0,) for k in range(len(sizes))}), 1)
    large = random.choice((1, 1 << 70))
    return Problem(
        parties=2,
        points=tuple(
            tuple((random.randint(0, 9) * large, random.randint(0, 9)) for _ in range(size))
            for size in sizes
        ),
        floors=(None, None),
        never=tuple(some() for _ in range(random.randint(0, 3))),
        extras=(every, *(Extra(1, some(), random.randint(-5, 5)) for _ in range(2))),
        allowed=tuple(table() for _ in range(random.randint(0, 2))),
    )


def holds(clause: Clause, options: tuple[int, ...]) -> bool:
    """Tell whether a combination is one that a clause names."""
    return all(options[k] in own for k, own in clause.options)


@pytest.mark.parametrize("seed", range(60))
def test_a_block_lists_what_is_allowed_and_nothing_else(seed: int) -> None:
    """The combinations of tied issues and their points are those found by looking at each alone."""
    problem = tied_at_random(Random(seed))
    (block,) = blocks_of(problem)
    assert isinstance(block, Block)
    expected: dict[tuple[int, ...], list[int]] = {}
    for options in product(*(range(len(own)) for own in problem.points)):
        named = any(holds(own, options) for own in problem.never)
        listed = all(tuple(options[k] for k in a.issues) in a.combinations for a in problem.allowed)
        if not named and listed:
            points = [own[option] for own, option in zip(problem.points, options, strict=True)]
            sums = [sum(column) for column in zip(*points, strict=True)]
            for extra in problem.extras:
                sums[extra.party] += extra.points if holds(extra.when, options) else 0
            expected[options] = sums
    found = [decision_of([(block, code)], len(problem.points)) for code in block.codes.tolist()]
    assert found == list(expected)
    assert [list(row) for row in block.rows] == list(expected.values())


def test_nothing_is_left_of_a_block_where_a_limit_names_no_issue() -> None:
    """A clause without any condition forbids every combination of the part where it stands."""
    first, _ = blocks_of(plain(2, never=(Clause(()),)))
    assert (first.issues, len(first.codes)) == ((0,), 0)


def test_a_block_counts_changes_from_today() -> None:
    """Against (1, open, 0) the combination (0, 2, 1) changes two issues: the open one never."""
    block = Block((0, 1, 2), (), (2, 3, 2), np.arange(12), np.zeros((12, 2)))
    assert block.changes(np.array([5, 6]), (1, None, 0)).tolist() == [2, 0]


def test_tied_issues_that_are_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A block may have as many combinations as the bound says, and not one more (H18)."""
    three = plain(3, never=(clause(i0=(0,), i1=(0,), i2=(0,)),))
    monkeypatch.setattr(blocks, "MAX_COMBINATIONS", 8)
    assert len(blocks_of(three)) == 1
    monkeypatch.setattr(blocks, "MAX_COMBINATIONS", 7)
    with pytest.raises(TooLarge, match=r"3 issues tied together.*8 combinations.*At most 7"):
        blocks_of(three)
    assert len(blocks_of(plain(3))) == 3


def test_the_bound_on_tied_issues_is_checked_before_anything_is_listed() -> None:
    """Forty issues in one chain are refused at once instead of filling the memory."""
    with pytest.raises(TooLarge, match="40 issues tied together"):
        blocks_of(
            plain(40, never=tuple(clause(**{f"i{k}": (0,), "i0": (0,)}) for k in range(1, 40)))
        )


def test_64_bits_are_used_only_where_every_sum_fits() -> None:
    """Magnitudes add up over issues, bonuses, shares and floors before 64 bits are trusted."""
    half = 2**61
    small = Problem(1, (((half - 1,),),), (None,))
    assert (small.magnitude, dtype_for(small)) == (half - 1, np.dtype(np.int64))
    with_floor = Problem(1, (((half,),),), (half,))
    assert (with_floor.magnitude, dtype_for(with_floor)) == (2 * half, np.dtype(object))
    twice = Problem(1, (((-half,), (3,)), ((0,), (half,))), (None,))
    assert dtype_for(twice) == np.dtype(object)
    extra = Problem(1, (((half,),),), (None,), extras=(Extra(0, clause(i0=(0,)), -half),))
    assert dtype_for(extra) == np.dtype(object)
    shared = Problem(2, (((half, 0),),), (None, None), shares=((half, 0),))
    assert dtype_for(shared) == np.dtype(object)


def test_a_problem_for_those_with_floors_leaves_the_others_points_out() -> None:
    """With a floor for the second party only, its points, floor and bonuses are all that stay."""
    problem = plain(
        1, floors=(None, 1), extras=(Extra(0, clause(i0=(0,)), 7), Extra(1, clause(i0=(0,)), 2))
    )
    alone = problem.for_parties_with_floors()
    assert (alone.parties, alone.points, alone.floors) == (1, (((0,), (1,)),), (1,))
    assert alone.extras == (Extra(0, clause(i0=(0,)), 2),)
    assert plain(2).for_parties_with_floors().points == (((), ()), ((), ()))
