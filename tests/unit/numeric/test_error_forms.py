"""Errors say which object, what was found and expected, which convention, and what to do."""

from __future__ import annotations

from time import perf_counter

import pytest

from hikiwake import errors
from hikiwake.errors import (
    Fault,
    FormatError,
    HikiwakeError,
    InputError,
    InvalidDispute,
    TooLarge,
    UnknownName,
    Unsupported,
    did_you_mean,
)

MOVE_OUT = Fault(
    "Party 'ann', issue 'move_out'",
    "no points for 'december' (1 of 2 given)",
    "Every option needs some",
    "H2",
    "Add them, or leave the whole issue out if it does not matter to Ann.",
    "preferences.ann.values.move_out",
)
SENTENCE = (
    "Party 'ann', issue 'move_out': no points for 'december' (1 of 2 given). Every option needs "
    "some (H2). Add them, or leave the whole issue out if it does not matter to Ann."
)


def test_a_fault_reads_as_the_design_words_it() -> None:
    """Object: found. Expected (convention). Remedy, exactly as in the design's example."""
    assert str(MOVE_OUT) == SENTENCE


def test_an_error_lists_every_fault_with_its_place() -> None:
    """Each fault has a line of its own, which begins with its place where it has one."""
    other = Fault("The dispute", "0 issues", "At least 1 needed", "H3", "Add one.")
    error = InvalidDispute(MOVE_OUT, other)
    assert error.faults == (MOVE_OUT, other)
    assert str(error).splitlines() == [
        f"preferences.ann.values.move_out: {SENTENCE}",
        "The dispute: 0 issues. At least 1 needed (H3). Add one.",
    ]


@pytest.mark.parametrize("kind", [FormatError, InvalidDispute, UnknownName, Unsupported, TooLarge])
def test_every_input_error_leaves_with_code_2(kind: type[InputError]) -> None:
    """Whatever keeps the input from being used is an InputError and ends with exit code 2."""
    error = kind(MOVE_OUT)
    assert isinstance(error, InputError)
    assert isinstance(error, HikiwakeError)
    assert error.exit_code == 2


def test_too_large_is_a_way_of_being_unsupported() -> None:
    """Who catches what is not covered catches what is too large as well, and nothing else."""
    assert issubclass(TooLarge, Unsupported)
    assert not issubclass(Unsupported, InvalidDispute)
    assert not issubclass(InvalidDispute, Unsupported)


def test_every_error_stands_in_the_tree() -> None:
    """The tree that the module draws names every class of error that it has."""
    kinds = [
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, HikiwakeError)
    ]
    assert len(kinds) == 7
    assert errors.__doc__ is not None
    assert all(name in errors.__doc__ for name in kinds)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("hous", "Did you mean 'house'?"),
        ("savigns", "Did you mean 'savings'?"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_a_misspelt_name_is_asked_back(name: str, question: str) -> None:
    """The nearest known name is suggested, and nothing where none is near."""
    assert did_you_mean(name, ["house", "savings", "move_out"]) == question


def test_several_near_names_are_all_offered() -> None:
    """Where several names are near, up to three are offered, the nearest first."""
    question = did_you_mean("isle1", ["isle2", "isle3", "isle4", "isle5", "isle11"])
    assert question.startswith("Did you mean 'isle11' or ")
    assert question.count(" or ") == 2


def test_suggestions_among_very_many_names_stay_quick() -> None:
    """Ten thousand long names are not all compared: an answer comes within a second."""
    names = [f"{'option' * 12}{n}" for n in range(10_000)]
    began = perf_counter()
    did_you_mean("option" * 13, names)
    did_you_mean("x" * 100_000, names)
    assert perf_counter() - began < 1
