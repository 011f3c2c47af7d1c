"""NegoLog's profiles: what they mean, exactly, and what happens to broken ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hikiwake.errors import FormatError
from hikiwake.formats import read

F = Fraction
Change = Callable[[dict[str, Any]], object]

A: dict[str, Any] = {
    "reservationValue": 0.2,
    "issueWeights": {"room": 0.4, "day": 0.6},
    "issues": {"day": {"mon": 1.0, "tue": 0.3}, "room": {"big": 0.1, "small": 1}},
}
B: dict[str, Any] = {
    "reservationValue": 0,
    "issueWeights": {"room": 0.7, "day": 0.3},
    "issues": {"room": {"small": 0.25, "big": 1}, "day": {"tue": 1, "mon": 0}},
}


def folder_of(folder: Path, **files: object) -> Path:
    """Write JSON files, and return their folder."""
    folder.mkdir(exist_ok=True)
    for name, tree in files.items():
        (folder / f"{name}.json").write_text(json.dumps(tree), "utf-8")
    return folder


def test_a_folder_of_profiles_is_a_dispute(tmp_path: Path) -> None:
    """Weight times utility counts, exactly; the reservation is kept; `specs.json` is the title."""
    specs = {"Name": "Two rooms", "Nash Product": 0.99, "NashBid": {"room": "big"}}
    found = read(folder_of(tmp_path / "rooms", profileA=A, profileB=B, specs=specs))
    assert found.party_ids == ("profileA", "profileB")
    assert [issue.id for issue in found.issues] == ["room", "day"]
    assert found.title.plain == "Two rooms"
    assert found.walk_away("profileA") == F(1, 5)
    assert found.walk_away("profileB") == 0
    outcome = {"room": "small", "day": "tue"}
    assert found.utility("profileA", outcome) == F(4, 10) + F(18, 100)
    assert found.utility("profileB", outcome) == F(7, 40) + F(3, 10)
    assert found.notes == ()


def test_weights_that_are_no_parts_of_one_are_noted(tmp_path: Path) -> None:
    """They are taken as they stand, and no number is repeated."""
    heavy = A | {"issueWeights": {"room": 0.41, "day": 0.6}}
    found = read(folder_of(tmp_path / "rooms", a=heavy, b=B, other={"x": 1}))
    assert found.utility("a", {"room": "small", "day": "mon"}) == F(101, 100)
    assert sorted(found.notes) == [
        "No profile, ignored: other.json.",
        "a.json: the weights do not sum to 1; taken as given.",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda b: b["issueWeights"].pop("day"), "other issues than in the first profile"),
        (lambda b: b["issues"]["day"].pop("tue"), "other values than in the first profile"),
        (lambda b: b["issues"]["day"].update(wed=77), "other values than in the first profile"),
        (lambda b: b["issues"]["day"].update(tue="canary77"), "a utility is a text"),
        (lambda b: b["issueWeights"].update(day=None), "the weight is"),
        (lambda b: b.update(reservationValue="canary77"), "it is a text"),
        (lambda b: b.update(issueWeights=77), "no entries"),
    ],
)
def test_a_broken_profile_is_refused_with_its_place(
    tmp_path: Path, change: Change, told: str
) -> None:
    """File and key are named, and nothing of what the profile says of worth (H14)."""
    broken = deepcopy(B)
    change(broken)
    with pytest.raises(FormatError) as refused:
        read(folder_of(tmp_path / "rooms", profileA=A, profileB=broken))
    (fault,) = refused.value.faults
    assert told in fault.found
    assert (fault.where or "").startswith("profileB.json")
    assert "77" not in str(fault)


def test_one_profile_is_no_dispute(tmp_path: Path) -> None:
    """A folder with one, and the file alone, are refused with what is missing."""
    folder = folder_of(tmp_path / "rooms", profileA=A)
    with pytest.raises(FormatError, match="1 profile"):
        read(folder)
    with pytest.raises(FormatError, match="Give the path of the folder"):
        read(folder / "profileA.json")
