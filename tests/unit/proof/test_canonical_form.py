"""The canonical form of a dispute: the same for what means the same, other for everything else."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from hikiwake import api
from hikiwake.model import Dispute
from hikiwake.pareto.compiled import compiled
from hikiwake.proof.canonical import (
    canonical_bytes,
    canonical_dispute,
    hash_of,
    number,
    outcome_forms,
    taken_outcome,
)
from hikiwake.proof.checker import MAX_STEPS, exact, parse
from hikiwake.proof.checker import Dispute as Read
from tests.architecture.source import ROOT
from tests.strategies import disputes, paying_disputes, share_disputes

HEIRS = api.load(ROOT / "examples" / "two-heirs")


def form(dispute: Dispute) -> dict[str, Any]:
    """Return a dispute's canonical form."""
    return canonical_dispute(compiled(dispute))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, 0),
        (Fraction(-6, 4), "-3/2"),
        (2**53 - 1, 2**53 - 1),
        (2**53, "9007199254740992"),
        (Fraction(-(2**60)), "-1152921504606846976"),
    ],
)
def test_a_number_is_written_in_one_way(value: Fraction | int, written: int | str) -> None:
    """Short whole numbers stand as such, long ones and fractions as texts in lowest terms."""
    assert number(value) == written


def test_the_form_does_not_hang_on_how_points_are_written() -> None:
    """Other names and an other title give the same form; other points another hash."""
    named = replace(HEIRS, title=replace(HEIRS.title), illustrative=not HEIRS.illustrative)
    assert hash_of(form(named)) == hash_of(form(HEIRS))
    dearer = replace(HEIRS, price=HEIRS.price * 2)
    assert hash_of(form(dearer)) != hash_of(form(HEIRS))


@settings(max_examples=12, deadline=None)
@given(disputes(packages=48) | share_disputes() | paying_disputes())
def test_the_checker_reads_every_form(dispute: Dispute) -> None:
    """What is written canonically the checker reads back, and each party's unit is the smallest."""
    found = form(dispute)
    value, _ = parse(canonical_bytes(found))
    read = Read(exact(value), MAX_STEPS)
    assert list(dispute.party_ids) == read.raw.parties
    for i, unit in enumerate(read.raw.units):
        own = [
            int(corner[i + 1])
            for issue in found["issues"]
            for option in issue["options"]
            for corner in option
        ]
        own += [int(b["points"]) for b in found["bonuses"] if b["party"] == i]
        own += [int(found["walk_away"][i])]
        assert not any(unit % p == 0 and all(v % p == 0 for v in own) for p in (2, 3, 5, 7))


def test_an_outcome_goes_there_and_back() -> None:
    """A settled package has the form that its indices have, and means the package again."""
    problem = compiled(HEIRS)
    settlement = api.settle(HEIRS)
    assert settlement.outcome is not None
    (found,) = outcome_forms(problem, settlement.outcome)
    piece, *weights = found[-1]
    corners = [corner[0] for corner in form(HEIRS)["issues"][-1]["options"][piece]]
    shares = {
        0: tuple(
            sum((Fraction(f) * w for w, f in zip(weights, own, strict=True)), Fraction(0))
            / sum(weights)
            for own in zip(*corners, strict=True)
        )
    }
    from hikiwake.solvers.solution import Taken

    taken = Taken(tuple(found[:-1]), shares)
    assert taken_outcome(problem, taken) == found
    assert problem.outcome(taken) == settlement.outcome
