"""GeniusWeb profiles: what they mean, exactly, and what happens to broken ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hikiwake.errors import FormatError, InputError, Unsupported
from hikiwake.formats import read
from hikiwake.model import Amount, Choice, Curve

Change = Callable[[dict[str, Any]], object]

PROFILE: dict[str, Any] = {
    "issueUtilities": {
        "fte": {"discreteutils": {"valueUtilities": {"0.6": 0.25, "0.8": 0.5, "1.0": 0.75}}},
        "salary": {
            "numberutils": {
                "lowValue": 1000, "lowUtility": 0.4, "highValue": 3000, "highUtility": 0.9,
            }
        },
    },
    "issueWeights": {"fte": 0.6, "salary": 0.4},
    "domain": {
        "name": "jobs",
        "issuesValues": {
            "fte": {"values": ["0.6", "0.8", "1.0"]},
            "salary": {"range": {"low": 1000, "high": 3000, "step": 300}},
        },
    },
    "name": "ann",
    "reservationBid": {"issuevalues": {"fte": "0.8", "salary": 1300}},
}  # fmt: skip


def _nothing(profile: dict[str, Any]) -> None:
    pass


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of two profiles, Ann's changed; Ben has no reservation bid."""

    def write(change: Change = _nothing) -> Path:
        ann, ben = deepcopy(PROFILE), {**deepcopy(PROFILE), "reservationBid": None}
        change(ann)
        for name, profile in (("ann", ann), ("ben", ben)):
            text = json.dumps({"LinearAdditiveUtilitySpace": profile})
            (tmp_path / f"{name}.json").write_text(text, "utf-8")
        return tmp_path

    return write


Write = Callable[..., Path]


def test_the_utility_is_the_weighted_sum(write: Write) -> None:
    """fte 0.8 and salary 1600: 0.6 × 0.5 + 0.4 × (0.4 + 0.5 × 600/2000) = 0.52."""
    dispute = read(write())
    outcome = {"fte": "0_8", "salary": Fraction(1600)}
    assert dispute.utility("ann", outcome) == Fraction(52, 100)
    assert dispute.title.plain == "jobs"
    assert dispute.notes == ()


def test_values_are_options_and_ranges_are_amounts(write: Write) -> None:
    """The option 1.0 keeps its name; 1000 … 3000 by 300 ends at 2800, its line unbent."""
    dispute = read(write())
    fte, salary = dispute.issue("fte"), dispute.issue("salary")
    assert isinstance(fte, Choice)
    assert [option.name.plain for option in fte.options] == ["0.6", "0.8", "1.0"]
    assert isinstance(salary, Amount)
    assert (salary.min, salary.max, salary.step) == (1000, 2800, 300)
    curve = dispute.preferences["ann"].points["salary"]
    assert isinstance(curve, Curve)
    assert curve.corners[-1] == (2800, Fraction(4, 10) * (Fraction(4, 10) + Fraction(45, 100)))


def test_the_reservation_bid_is_the_walk_away(write: Write) -> None:
    """Ann's bid is worth 0.3 + 0.4 × 0.475 = 0.49; Ben has none: anything is better (0)."""
    dispute = read(write())
    assert (dispute.walk_away("ann"), dispute.walk_away("ben")) == (Fraction(49, 100), 0)


def test_a_partial_reservation_bid_counts_what_it_names(write: Write) -> None:
    """A bid for fte alone is worth 0.6 × 0.5; GeniusWeb gives the rest 0."""
    folder = write(lambda p: p["reservationBid"]["issuevalues"].pop("salary"))
    assert read(folder).walk_away("ann") == Fraction(3, 10)


def test_decimals_are_read_exactly(write: Write) -> None:
    """0.3031462333758278 is that decimal, not the nearest float."""
    folder = write()
    path = folder / "ann.json"
    path.write_text(path.read_text("utf-8").replace("0.75", "0.3031462333758278"), "utf-8")
    best = read(folder).utility("ann", {"fte": "1_0"})
    assert best == Fraction(6, 10) * Fraction(3031462333758278, 10**16)


def test_the_older_and_longer_names_are_read_too(write: Write) -> None:
    """``DiscreteValueSetUtilities`` and ``NumberValueSetUtilities`` mean the same."""
    usual = read(write())
    folder = write()
    for path in folder.glob("*.json"):
        text = path.read_text("utf-8").replace("discreteutils", "DiscreteValueSetUtilities")
        path.write_text(text.replace("numberutils", "NumberValueSetUtilities"), "utf-8")
    assert read(folder) == usual


def test_a_domain_file_beside_the_profiles_must_agree(write: Write) -> None:
    """A domain of its own with the same values is fine, and one with another value a fault."""
    folder, domain = write(), deepcopy(PROFILE["domain"])
    (folder / "jobs.json").write_text(json.dumps(domain), "utf-8")
    assert read(folder).party_ids == ("ann", "ben")
    domain["issuesValues"]["fte"]["values"].append("0.4")
    (folder / "jobs.json").write_text(json.dumps(domain), "utf-8")
    with pytest.raises(FormatError, match=r"ann.json: domain: .*another domain than in jobs.json"):
        read(folder)


def test_what_is_odd_but_usable_is_noted(write: Write) -> None:
    """Weights that do not sum to 1, unknown values and other files are noted, without numbers."""

    def change(profile: dict[str, Any]) -> None:
        profile["issueWeights"]["fte"] = 0.5
        profile["issueUtilities"]["fte"]["discreteutils"]["valueUtilities"]["0.1"] = 1

    folder = write(change)
    (folder / "package.json").write_text('{"name": "x", "private": true}', "utf-8")
    notes = " ".join(read(folder).notes)
    assert "package.json" in notes
    assert "the weights do not sum to 1" in notes
    assert "1 values that the domain lacks" in notes
    assert "0.5" not in notes


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda p: p["issueWeights"].pop("fte"), r"ann.json: issueWeights.fte: .*no weight"),
        (lambda p: p.pop("issueWeights"), "no `issueWeights`"),
        (lambda p: p["issueUtilities"].pop("fte"), "issueUtilities.fte: .*no utilities"),
        (lambda p: p["issueWeights"].update(fte="0.6x"), "the weight is a text that is no number"),
        (
            lambda p: p["issueUtilities"]["fte"]["discreteutils"]["valueUtilities"].pop("0.8"),
            r"no utility for '0.8'.*\(H2\)",
        ),
        (
            lambda p: p["issueUtilities"]["salary"]["numberutils"].update(highValue=4000),
            "another `lowValue` or `highValue`",
        ),
        (
            lambda p: p["reservationBid"]["issuevalues"].update(salary=1234),
            "reservationBid.salary: .*cannot have",
        ),
        (
            lambda p: p["reservationBid"]["issuevalues"].update(rent="1"),
            "an issue that the domain lacks",
        ),
        (
            lambda p: p["domain"]["issuesValues"]["salary"]["range"].update(step=0),
            "fewer than two numbers",
        ),
        (lambda p: p["domain"]["issuesValues"].update(fte={}), "no `values` and no `range`"),
        (lambda p: p["domain"].pop("issuesValues"), "no `issuesValues`"),
    ],
)
def test_a_broken_profile_says_what_and_where(write: Write, change: Change, message: str) -> None:
    """Each fault names the file, the key, and what was found."""
    with pytest.raises(FormatError, match=f"(?s){message}"):
        read(write(change))


def test_faults_never_repeat_private_numbers(write: Write) -> None:
    """A reservation bid that does not fit, and a number that is none, stand in no fault (H14)."""

    def change(profile: dict[str, Any]) -> None:
        profile["reservationBid"]["issuevalues"]["fte"] = "0.4711"
        profile["issueWeights"]["fte"] = "8e4711"

    with pytest.raises(InputError) as error:
        read(write(change))
    assert len(error.value.faults) == 2
    assert "4711" not in str(error.value)


def test_other_kinds_of_profile_are_refused(write: Write) -> None:
    """A partial ordering has no points: not covered (H18), rather than ignored."""
    folder = write()
    other = {"DefaultPartialOrdering": {"domain": PROFILE["domain"], "better": []}}
    (folder / "cas.json").write_text(json.dumps(other), "utf-8")
    with pytest.raises(Unsupported, match=r"cas.json: .*DefaultPartialOrdering"):
        read(folder)


def test_one_profile_is_no_dispute(write: Write) -> None:
    """A dispute has two parties or more."""
    folder = write()
    (folder / "ben.json").unlink()
    with pytest.raises(FormatError, match=r"1 profile. A dispute has two parties"):
        read(folder)


def test_one_profile_alone_is_refused_with_the_way_to_the_folder(write: Write) -> None:
    """Not with what our own format would miss in it."""
    with pytest.raises(FormatError, match="one file of those that another program wrote"):
        read(write() / "ann.json")
