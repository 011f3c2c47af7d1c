"""A search of CP-SAT that takes too much memory is stopped, and never taken for a no."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path
from random import Random
from time import monotonic

import numpy as np
import pytest
from ortools.sat.python.cp_model import CpModel

from hikiwake import api
from hikiwake.errors import TooLarge
from hikiwake.pareto import hitting
from hikiwake.settlement import Status
from hikiwake.solvers import Problem, watched
from hikiwake.solvers.cp_sat import Cores, Model, OutOfTime, Question, picks
from hikiwake.solvers.cp_sat.picks import Picks, Sum
from hikiwake.solvers.deadline import Deadline
from hikiwake.solvers.memory import MAX_MEMORY
from tests.conformance.builders import choice, dispute, preference

SPLITS, THINGS = 5, 40


def split() -> Problem:
    """Return things to be halved in five measures at once: nobody soon knows whether they can be.

    References
    ----------
    Cornuéjols, G. and Dawande, M. (1999), A Class of Hard Small 0–1 Programs.
    """
    random = Random(5)
    weights = [[random.randrange(100) for _ in range(SPLITS)] for _ in range(THINGS)]
    halves = [sum(own) // 2 for own in zip(*weights, strict=True)]
    nothing = (0,) * (2 * SPLITS)
    return Problem(
        parties=2 * SPLITS,
        points=tuple((nothing, (*own, *(-weight for weight in own))) for own in weights),
        floors=(*halves, *(-half for half in halves)),
    )


@pytest.fixture
def greedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every search seem to take far more than is allowed, from its first look on."""
    looks = iter(range(10**6))
    monkeypatch.setattr(watched, "held", lambda: next(looks) * 2 * MAX_MEMORY)


def test_the_process_is_seen_to_hold_something() -> None:
    """Some memory, more after a large table was made."""
    gc.collect()  # so that little else is given back meanwhile
    before = watched.held()
    table = np.ones(2**25)
    assert watched.held() - before > table.nbytes / 2 or before == 0


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="compares with /proc")
def test_the_peak_is_seen_where_there_is_no_proc(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked where nothing else is told is the most the process has held, in bytes."""
    told = Path("/proc/self/status").read_text("ascii").split("VmHWM:")[1].split()[0]
    peak = int(told) * 1024

    def nowhere(*_: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", nowhere)
    assert abs(watched.held() - peak) < 2**24


def test_a_search_that_ends_is_not_stopped() -> None:
    """Within what is allowed, nothing is changed."""
    ended = watched.search(CpModel())
    assert ended.best
    assert not ended.stopped


# Things to be halved in five measures; one search before it, for CP-SAT took Ctrl-C from then on.
INTERRUPTED = """
import os, signal, time
from random import Random
from threading import Timer
from ortools.sat.python.cp_model import CpModel
from hikiwake.solvers.watched import search

search(CpModel())
random, cp = Random(5), CpModel()
things = [cp.new_bool_var("") for _ in range(40)]
for _ in range(5):
    weights = [random.randrange(100) for _ in things]
    cp.add(sum(w * t for w, t in zip(weights, things)) == sum(weights) // 2)
Timer(2, os.kill, (os.getpid(), signal.SIGINT)).start()
began = time.monotonic()
try:
    search(cp, num_workers=1, max_time_in_seconds=60)
except KeyboardInterrupt:
    print("interrupted", time.monotonic() - began < 30)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal as on POSIX")
def test_an_interrupt_ends_a_search_and_is_not_taken_for_a_limit() -> None:
    """Ctrl-C in the middle of a search, not the first of a run, soon raises KeyboardInterrupt."""
    ran = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "interrupted True\n")


def test_a_search_that_found_nothing_proves_nothing() -> None:
    """CP-SAT answers a bound of 0 where it had no time for one: that is no bound."""
    cp = CpModel()
    cp.maximize(cp.new_int_var(0, 9, ""))
    ended = watched.search(cp, max_time_in_seconds=0)
    assert not ended.found
    assert not ended.finished
    assert ended.bound is None
    assert watched.search(cp).bound == 9


def test_what_was_not_bounded_in_time_is_bounded_by_its_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where a search proves nothing, the most of an aim is all that its options could add up to."""
    monkeypatch.setattr(picks, "_QUICK", 0.0)
    aim = Sum.of(0, ((0, 5),), ())
    assert Picks((2,), (), ()).most((), aim) == 5


def test_a_smallest_set_is_not_made_up() -> None:
    """Where no time is left to tell which set is smallest, none is given."""
    sought = hitting.Hitting(frozenset(range(20)), Deadline(0))
    for n in range(0, 20, 2):
        sought.hit(frozenset({n, n + 1}))
    with pytest.raises(TooLarge, match="cp_sat"):
        sought.smallest()


@pytest.mark.usefixtures("greedy")
def test_a_stopped_search_is_an_open_question() -> None:
    """Where nothing was found it is not said that there is nothing; and it ends soon."""
    began = monotonic()
    with pytest.raises(OutOfTime) as late:
        Question(Model(split()), Deadline(600)).ask()
    assert late.value.best is None
    assert monotonic() - began < 60


@pytest.mark.usefixtures("greedy")
def test_which_limits_conflict_is_not_made_up() -> None:
    """A stopped search for a core is a fault that says so."""
    cores = Cores(split())
    with pytest.raises(TooLarge, match="cp_sat"):
        cores.ask(frozenset(range(2 * SPLITS)))


@pytest.mark.usefixtures("greedy")
def test_a_settlement_is_undecided() -> None:
    """A stopped search leaves a settlement open: it is not said that there is no agreement."""
    made = split()
    names = [f"s{i}" for i in range(made.parties)]
    things = [f"t{k}" for k in range(THINGS)]
    preferences = [
        preference(
            name,
            {t: {"no": 0, "yes": own[1][i]} for t, own in zip(things, made.points, strict=True)},
            made.floors[i],
        )
        for i, name in enumerate(names)
    ]
    halving = dispute([choice(thing, "no", "yes") for thing in things], *preferences)
    assert api.settle(halving, engine="cp_sat").status is Status.UNDECIDED
