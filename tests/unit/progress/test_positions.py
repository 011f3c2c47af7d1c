"""What positions mean that say several things, or speak of what has no end of values."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from hikiwake.api import load, progress
from hikiwake.formats.beside.history import read_history, read_tree
from tests.unit.cli.cast import Shell
from tests.unit.progress.test_progress import HEAD, JULY, JUNE, RENT, entry, exactly

F = Fraction

BOAT = """hikiwake = 1
parties = [{{ id = "{0}" }}, {{ id = "{1}" }}]
[[issues]]
id = "boat"
kind = "item"
[[issues]]
id = "month"
kind = "choice"
options = ["june", "july"]
[preferences.ann]
points = {{ boat = 50 }}
values.month = {{ june = 50, july = 0 }}
[preferences.ben]
points = {{ boat = 70 }}
values.month = {{ june = 0, july = 30 }}
"""


@pytest.mark.parametrize("first", [("ann", "ben"), ("ben", "ann")])
@pytest.mark.parametrize("boat", ['["ann", "ben"]', '["ben", "ann"]'])
def test_the_same_values_are_the_same_in_any_order(
    tmp_path: Path, first: tuple[str, str], boat: str
) -> None:
    """Naming both owners of a boat is no step from naming none, nor apart from who names none,
    whichever owner comes first in the position or in the file; what all accept is told alike."""
    (tmp_path / "dispute.toml").write_text(BOAT.format(*first), "utf-8")
    entries = (
        entry("2001", ann=f"{{ {JUNE} }}", ben=f"{{ {JULY}, boat = {boat} }}"),
        entry("2002", ann=f"{{ {JUNE}, boat = {boat} }}"),
        entry("2003", ann='{ boat = ["ann", "ben"] }', ben='{ boat = ["ben", "ann"] }'),
    )
    path = tmp_path / "history.toml"
    path.write_text(HEAD + "".join(entries), "utf-8")
    dispute = load(tmp_path / "dispute.toml")
    found = progress(dispute, read_history(dispute, read_tree(path), path.name))
    for moment in found.moments:
        own = {standing.party: standing for standing in moment.standings}
        assert {p: s.apart for p, s in own.items()} == {
            "ann": exactly(F(1, 2)),
            "ben": exactly(F(3, 10)),
        }
        assert [s.moved for s in own.values()] == [exactly(0)] * 2
        assert [s.moved_for for s in own.values()] == [exactly(0)] * 2
    assert [shared.value for shared in found.moments[-1].shared] == list(first)


@pytest.mark.parametrize(
    ("step", "apart"), [("step = 1", "80 %"), ("", "40 %")], ids=["steps", "any-number"]
)
def test_a_number_without_steps_may_be_met_between_positions(
    shell: Shell, step: str, apart: str
) -> None:
    """Rents of 0 and 10: in steps one of the two is taken, for 80 of 100; else they meet at 5 for
    40, and the text says that they may."""
    shell.file(RENT.replace("step = 1", step), "dispute.toml")
    offers = {"ann": f"{{rent = 0, {JUNE}}}", "ben": f"{{rent = 10, {JUNE}}}"}
    text = shell.run("progress", shell.file(HEAD + entry("2001", **offers), "history.toml")).out
    assert f"at least {apart} of what it can gain" in " ".join(text.split())
    assert ("on a number without steps" in " ".join(text.split())) is (not step)
