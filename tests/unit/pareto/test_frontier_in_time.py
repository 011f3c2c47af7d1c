"""A frontier for which there is a time limit: what is proven is shown, what may be missing said."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from hikiwake import api
from hikiwake.formats.results.settled import frontier_json
from hikiwake.model import Dispute, Share
from hikiwake.pareto.fronts.searched import Searched
from hikiwake.settlement import Exactness, Status
from hikiwake.solvers.cp_sat import OutOfTime
from tests.conformance.builders import choice, dispute, preference

ENOUGH = 1e9  # seconds
NONE = 1e-9
STEPS = {f"o{n}": n for n in range(9)}


def line() -> Dispute:
    """Return a dispute with nine points: (0, 8), (1, 7) … (8, 0)."""
    back = {name: 8 - worth for name, worth in STEPS.items()}
    return dispute(
        [choice("deal", *STEPS)],
        preference("ann", {"deal": STEPS}, 0),
        preference("ben", {"deal": back}, 0),
    )


def stop_after(answers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time be over once so many points of a frontier were found."""
    told, ask = count(), Searched._best_for_first

    def limited(self: Searched, least: int | None) -> Any:
        if next(told) >= answers:
            raise OutOfTime(None, None)
        return ask(self, least)

    monkeypatch.setattr(Searched, "_best_for_first", limited)


def test_with_enough_time_it_is_the_whole_frontier() -> None:
    """A limit that is not reached changes nothing, whichever engine is asked."""
    whole = api.frontier(line())
    assert whole.exactness is Exactness.EXACT
    assert whole.complete_from is None
    for engine in ("additive", "brute_force", "cp_sat"):
        found = api.frontier(line(), engine=engine, time_limit=ENOUGH)
        assert found.exactness is Exactness.EXACT
        assert set(found.exact_utilities) == set(whole.exact_utilities)


def test_at_the_limit_what_is_proven_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """After three of nine points: these, all of the frontier, and from where on none is missing."""
    whole = set(api.frontier(line()).exact_utilities)
    stop_after(3, monkeypatch)
    found = api.frontier(line(), engine="cp_sat", time_limit=ENOUGH)
    assert set(found.exact_utilities) == {(8, 0), (7, 1), (6, 2)} < whole
    assert found.exactness is Exactness.BOUNDED
    assert found.complete_from == 6
    assert [outcome["deal"] for outcome in found.outcomes] == ["o8", "o7", "o6"]
    told = frontier_json(line(), found)
    assert (told["exactness"], len(told["points"])) == ("bounded", 3)


def test_no_certificate_tells_of_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of a frontier is not certified to be all of it, and that is the reason given."""
    stop_after(3, monkeypatch)
    found = api.frontier(line(), engine="cp_sat", time_limit=ENOUGH, certificate=True)
    assert found.certificate is None
    assert "limit" in found.certificate_reason


@pytest.mark.parametrize("engine", ["brute_force", "cp_sat"])
def test_without_any_time_nothing_is_claimed(engine: str) -> None:
    """No points, which is not said to be an empty frontier; and a settlement is undecided."""
    found = api.frontier(line(), engine=engine, time_limit=NONE)
    assert len(found) == len(found.outcomes) == 0
    assert found.exactness is Exactness.BOUNDED
    assert found.engine == engine
    assert api.settle(line(), engine=engine, time_limit=NONE).status is Status.UNDECIDED


def shared(parties: int) -> Dispute:
    """Return a dispute over three shares between so many parties."""
    names = ["ann", "ben", "cem", "dua"][:parties]
    worths = [{f"s{k}": 1 + (k * 7 + i * 5) % 11 for k in range(3)} for i in range(parties)]
    given = [preference(name, own, 0) for name, own in zip(names, worths, strict=True)]
    return dispute([Share(f"s{k}") for k in range(3)], *given)


@pytest.mark.parametrize("made", [shared(3), shared(4)])
def test_what_is_divided_has_a_limit_as_well(made: Dispute) -> None:
    """Corners and faces are all there, or none is told of, without a trace of a fault."""
    assert api.frontier(made, time_limit=ENOUGH).exactness is Exactness.EXACT
    late = api.frontier(made, time_limit=NONE)
    assert (len(late), late.segments, late.exactness) == (0, (), Exactness.BOUNDED)
    assert late.engine == "linear"
