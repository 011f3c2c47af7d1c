"""Plan files: read exactly, refused with every fault, and nothing private in any of them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from hikiwake.api import load, load_plan
from hikiwake.errors import InputError
from hikiwake.formats.plans import is_plan
from hikiwake.model import Joined, Stake

EXAMPLES = Path(__file__).parents[3] / "examples"
PUBLIC = """hikiwake = 1
title = "A fence"
parties = [{ id = "ann", name = "Ann" }, { id = "ben" }]
[[obligations]]
id = "posts"
by = "ann"
for = ["ben"]
name = { en = "the posts", ja = "支柱" }
parts = 2
latest = 2027-05-31
checked = "both look"
[[obligations]]
id = "wire"
by = ["ben", "ann"]
after = "posts"
earliest = "2027-06-01"
undo = true
[obligations.words]
ben = "my wire"
"""
PRIVATE = """range = "7/2"
walk_away = 1.5
trust = 0.5
points = { posts = -2, wire = 4 }
kept = { wire = 1 }
bonuses = [{ when = ["posts", "wire"], points = 3 }]
stakes = [{ points = 2, until = "wire" }]
"""


def plan_at(folder: Path, public: str, **private: str) -> Path:
    """Write a plan with its private files, and return its path."""
    path = folder / "plan.toml"
    path.write_text(public, "utf-8")
    (folder / "plan").mkdir()
    for party, text in private.items():
        (folder / "plan" / f"{party}.toml").write_text(text, "utf-8")
    return path


def faults(path: Path) -> str:
    """Return everything that is said about a plan that cannot be used."""
    with pytest.raises(InputError) as error:
        load_plan(path)
    return str(error.value)


def test_a_plan_is_read_as_written(tmp_path: Path) -> None:
    """Every key means what the reference says, and numbers stay exact."""
    agreement = load_plan(plan_at(tmp_path, PUBLIC, ann=PRIVATE))
    posts, wire = agreement.obligations
    assert (posts.by, posts.to, posts.parts) == (("ann",), ("ben",), 2)
    assert posts.name.in_language("ja") == "支柱"
    assert (posts.latest, wire.earliest) == (date(2027, 5, 31), date(2027, 6, 1))
    assert (posts.undo, wire.undo) == (None, ())
    assert wire.words["ben"].plain == "my wire"
    assert set(agreement.precedence()) == {("posts", "wire")}
    account = agreement.account("ann")
    assert (account.range, account.walk_away) == (Fraction(7, 2), Fraction(3, 2))
    assert account.bonuses == (Joined(("posts", "wire"), Fraction(3)),)
    assert account.stakes == (Stake(Fraction(2), ("wire",)),)


def test_private_tables_may_stand_in_one_file(tmp_path: Path) -> None:
    """A plan that one person writes alone has everybody's tables under `private`."""
    tables = PRIVATE.replace("range", "[private.ann]\nrange", 1)
    apart = load_plan(plan_at(tmp_path, PUBLIC, ann=PRIVATE))
    whole = tmp_path / "whole.toml"
    whole.write_text(PUBLIC + tables, "utf-8")
    assert load_plan(whole) == apart
    assert is_plan(whole)
    assert not is_plan(EXAMPLES / "two-heirs" / "dispute.toml")


def test_an_example_is_read_with_its_dispute() -> None:
    """The parties are the dispute's, and so is the title."""
    dispute = load(EXAMPLES / "two-heirs")
    agreement = load_plan(EXAMPLES / "two-heirs" / "plan.toml", dispute)
    assert agreement.parties == dispute.parties
    assert agreement.title == dispute.title


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hikiwake = 1", "hikiwake = 2", "another version of the format"),
        ('by = "ann"', 'by = "anne"', "Did you mean 'ann'?"),
        ('by = "ann"', "", "nobody who does it"),
        ('after = "posts"', 'after = "post"', "Did you mean 'posts'?"),
        ('after = "posts"', 'after = "wire"', "itself under `after`"),
        ("parts = 2", "parts = 99", "1 to 12 pieces"),
        ("parts = 2", 'parts = "two"', "A whole number"),
        ("parts = 2", "part = 2", "Did you mean 'parts'"),
        ("2027-05-31", '"soon"', "no date"),
        ("2027-05-31", "2027-05-31T10:00:00", "a date or time"),
        ("2027-05-31", '"2027-02-30"', "a date that does not exist"),
        ('id = "wire"', 'id = "posts"', "given 2 times"),
        ('id = "posts"', "", "no `id`"),
        ("undo = true", "latest = 2027-05-01", "a latest date before the earliest"),
        ('after = "posts"', 'carries = { house = "3/2" }', "a part outside 0 to 1"),
        ("parties =", "party =", "unknown key 'party'"),
    ],
)
def test_a_fault_says_what_and_where(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Each mistake is named, with what was expected."""
    text = faults(plan_at(tmp_path, PUBLIC.replace(old, new, 1)))
    assert said in text


def test_a_circle_is_named(tmp_path: Path) -> None:
    """What comes first by words and by dates may leave no order: then the circle is told."""
    public = PUBLIC.replace('for = ["ben"]', 'after = ["wire"]').replace('after = "posts"', "")
    assert "no order is possible: 'posts' → 'wire' → 'posts'" in faults(plan_at(tmp_path, public))


def test_together_takes_whole_obligations(tmp_path: Path) -> None:
    """What is done in parts cannot be done at one moment with something else."""
    public = PUBLIC + '[[together]]\nobligations = ["posts", "wire"]\n'
    assert "an obligation that can be done in parts" in faults(plan_at(tmp_path, public))


CANARIES = ("70717", "CANARY", "8.831")


@pytest.mark.parametrize(
    "private",
    [
        "points = { CANARY = 70717 }",
        "points = { posts = 'CANARY' }",
        "stakes = [{ points = -70717 }]",
        "bonuses = [{ when = ['CANARY'], points = 70717 }]",
        "bonuses = [{ when = [], points = 70717 }]",
        "trust = 70717",
        "trust = 8.831",
        "range = -70717",
        "CANARY = 70717",
        "kept = { posts = 70717 }",
        "points = 'CANARY'",
        "points = { posts = 70717",
        "range = 'CANARY'",
        "stakes = ['CANARY']",
        "stakes = 70717",
        "points = { posts = [70717] }",
    ],
)
def test_no_fault_repeats_what_is_private(tmp_path: Path, private: str) -> None:
    """Whatever is wrong in a private file, its numbers and names stay in it."""
    text = faults(plan_at(tmp_path, PUBLIC, ann=private))
    assert [canary for canary in CANARIES if canary in text] == []
    assert "ann" in text


def test_a_second_table_of_a_party_is_refused(tmp_path: Path) -> None:
    """A party's table stands in one place."""
    path = plan_at(tmp_path, PUBLIC + "[private.ann]\nrange = 1\n", ann=PRIVATE)
    assert "a second table of this party" in faults(path)


def test_a_stake_and_a_bonus_need_points(tmp_path: Path) -> None:
    """A stake of which nobody says how much is a mistake, not nothing."""
    text = faults(plan_at(tmp_path, PUBLIC, ann="stakes = [{}]\nbonuses = [{ when = 'wire' }]"))
    assert text.count("no `points`") == 2
