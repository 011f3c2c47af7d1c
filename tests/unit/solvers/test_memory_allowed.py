"""One setting bounds the memory of a merge, and a merge that cannot end well stops early (H18)."""

from __future__ import annotations

from random import Random

import pytest

from hikiwake.errors import InputError, TooLarge
from hikiwake.solvers import Problem, memory
from hikiwake.solvers.deadline import Deadline, TimeIsOver
from hikiwake.solvers.memory import Budget, memory_allowed
from hikiwake.solvers.merging import additive
from hikiwake.solvers.merging.blocks import blocks_of
from hikiwake.solvers.problem import Clause

SETTING = "HIKIWAKE_MEMORY"


def spread(parties: int, issues: int, options: int, bits: int = 30) -> Problem:
    """Return a problem of random points: hardly anything is dominated."""
    random = Random(f"{parties} {issues} {options}")
    points = tuple(
        tuple(tuple(random.getrandbits(bits) for _ in range(parties)) for _ in range(options))
        for _ in range(issues)
    )
    return Problem(parties, points, (None,) * parties)


@pytest.mark.parametrize(
    ("written", "size"),
    [("", 3 * 2**30), ("64 MiB", 2**26), ("2gib", 2**31), (" 100000 KiB ", 102_400_000)],
)
def test_the_setting_is_a_size(written: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes, KiB, MiB and GiB are understood; nothing set means 3 GiB."""
    monkeypatch.setenv(SETTING, written)
    assert memory_allowed() == size


@pytest.mark.parametrize("written", ["much", "63 MiB", "-1 GiB", "1 TiB", "2 GB", "1e9"])
def test_a_setting_that_is_no_size_is_refused(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no size, or too small to work with, is a fault that names the setting."""
    monkeypatch.setenv(SETTING, written)
    with pytest.raises(InputError, match=f"{SETTING}.*at least 64 MiB"):
        memory_allowed()


def test_less_memory_means_fewer_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """What 64 MiB allow is far less than 2,000,000 points of two parties."""
    monkeypatch.setenv(SETTING, "64 MiB")
    budget = Budget(2, 600)
    budget.keep(50_000)
    with pytest.raises(TooLarge, match="more than 55,924 points"):
        budget.keep(60_000)


def test_what_is_held_adds_up_and_what_passes_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of 64 MiB can be held; what is only needed for a moment counts for that moment."""
    monkeypatch.setenv(SETTING, "64 MiB")
    budget = Budget(2, 600)
    for _ in range(10):
        budget.hold(2**20, for_a_moment=20 * 2**20)
    with pytest.raises(TooLarge, match="64 MiB"):
        budget.hold(2**20, for_a_moment=22 * 2**20)


def test_a_block_that_memory_cannot_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million combinations of three parties do not go into 64 MiB, but into the usual size."""
    tie = Clause(tuple((k, frozenset({0})) for k in range(20)))
    tied = Problem(3, (((0, 0, 0), (1, 1, 1)),) * 20, (None,) * 3, (tie,))
    assert sum(len(block.codes) for block in blocks_of(tied)) == 2**20 - 1
    monkeypatch.setenv(SETTING, "64 MiB")
    with pytest.raises(TooLarge, match=r"1,048,576 combinations\. At most 64 MiB"):
        blocks_of(tied)


@pytest.mark.parametrize(("parties", "issues"), [(3, 400), (5, 60), (8, 40)])
def test_a_merge_that_cannot_end_well_stops_early(parties: int, issues: int) -> None:
    """Random problems far too large are refused after some thousand points, not at the bound."""
    sizes: list[int] = []
    keep = Budget.keep

    def noted(self: Budget, points: int, done: int = 0, to_come: int = 0) -> None:
        sizes.append(points)
        keep(self, points, done, to_come)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory.Budget, "keep", noted)
        with pytest.raises(TooLarge, match="far more than 100,000 points"):
            additive.pareto(spread(parties, issues, 5))
    assert max(sizes) < 20_000


@pytest.mark.parametrize(("parties", "issues", "options"), [(2, 100, 4), (3, 30, 3), (4, 14, 3)])
def test_a_merge_that_ends_well_is_not_refused(parties: int, issues: int, options: int) -> None:
    """Random problems with some thousand points in the end are solved."""
    assert len(additive.pareto(spread(parties, issues, options)).utilities) > 1_000


def test_small_pieces_of_memory_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The frontier is the same within 64 MiB and within 3 GiB."""
    for parties, bits in ((2, 20), (2, 60), (3, 20), (3, 60)):
        problem = spread(parties, 12, 5, bits)
        usual = additive.pareto(problem).utilities.tolist()
        monkeypatch.setenv(SETTING, "64 MiB")
        assert additive.pareto(problem).utilities.tolist() == usual
        monkeypatch.delenv(SETTING)


@pytest.mark.parametrize("parties", [2, 3])
def test_a_merge_is_given_up_when_time_is_over(parties: int) -> None:
    """Where no time is left a merge that is not done ends; with time the same one goes on."""
    problem = spread(parties, {2: 20, 3: 6}[parties], 6)
    with pytest.raises(TimeIsOver):
        additive.pareto(problem, Deadline(0))
    assert len(additive.pareto(problem, Deadline(600)).utilities) > 8
