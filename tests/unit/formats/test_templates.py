"""Templates for `hikiwake new`: valid as they stand, settled by a draw, private in folders."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from hikiwake.api import settle
from hikiwake.errors import UnknownName
from hikiwake.formats import read
from hikiwake.formats.templates import template_files, templates
from hikiwake.model import Dispute, Item, Linear, Table
from hikiwake.settlement import Status


def _written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def read_template(name: str) -> Dispute:
    """Return the dispute that a template is."""
    with TemporaryDirectory() as folder:
        return read(_written(Path(folder), dict(template_files(name))) / f"{name}.toml")


def test_the_templates_that_the_contract_names_exist() -> None:
    """Heirs, founders, a couple, a team and neighbours have a template each."""
    assert set(templates()) == {"boundary", "co-founders", "couple", "two-heirs", "workplace"}


def test_between_them_the_templates_show_every_kind_of_issue_and_limit() -> None:
    """All kinds of issue, groups, one side's line, red lines, bonuses and points below 0 occur."""
    disputes = [read_template(name) for name in templates()]
    kinds = {issue.kind for dispute in disputes for issue in dispute.issues}
    assert kinds == {"choice", "item", "share", "amount"}
    assert all(len({issue.kind for issue in dispute.issues}) >= 3 for dispute in disputes)
    assert any(rule.by for dispute in disputes for rule in dispute.rules)
    preferences = [p for dispute in disputes for p in dispute.preferences.values()]
    assert any(p.red_lines for p in preferences)
    assert any(p.bonuses for p in preferences)
    assert any(
        isinstance(q, Linear) and q.whole < 0 for p in preferences for q in p.points.values()
    )


def test_a_boundary_is_land_against_land() -> None:
    """The strip is not for trade and comes out even within itself, though one side has it today."""
    dispute = read_template("boundary")
    (group,) = dispute.groups
    assert group.not_for_trade
    assert dispute.status_quo is not None
    assert {dispute.status_quo[issue] for issue in group.issues} == {"hill"}
    settlement = settle(dispute)
    assert [group.even for group in settlement.groups] == [True]
    assert settlement.outcome is not None
    assert {settlement.outcome[issue] for issue in group.issues} == {"hill", "vale"}


def test_a_workplace_has_three_sides_and_duties_that_cost_points() -> None:
    """Three parties settle at once, and each would rather not have some duty."""
    dispute = read_template("workplace")
    assert len(dispute.parties) == 3
    for party in dispute.party_ids:
        points = dispute.preferences[party].points
        assert any(p.value(party, party) < 0 for p in points.values() if isinstance(p, Table))


def test_a_couple_divides_savings_and_a_loan() -> None:
    """The couple's template has a list of items, savings to share, and a loan nobody wants."""
    dispute = read_template("couple")
    assert sum(isinstance(issue, Item) for issue in dispute.issues) >= 5
    loans = [dispute.preferences[party].points["loan"] for party in dispute.party_ids]
    assert all(isinstance(points, Linear) and points.whole < 0 for points in loans)


@pytest.mark.parametrize("name", templates())
def test_folder_and_file_are_the_same_dispute_and_end_in_a_draw(name: str, tmp_path: Path) -> None:
    """Both forms of a template read equal, and the default rule finds a draw."""
    folder = _written(tmp_path / "folder", dict(template_files(name, folder=True)))
    _written(tmp_path, dict(template_files(name)))
    dispute = read(tmp_path / f"{name}.toml")
    assert read(folder) == dispute
    assert settle(dispute).status is Status.DRAW


@pytest.mark.parametrize("name", templates())
def test_each_partys_points_stand_in_its_own_file_only(name: str) -> None:
    """In a folder the public file has no preference, and there is one file for each party."""
    files = template_files(name, folder=True)
    assert "[preferences" not in files["dispute.toml"]
    parties = read_template(name).party_ids
    private = [path for path in files if path.startswith("preferences/")]
    assert private == sorted(f"preferences/{party}.toml" for party in parties)


@pytest.mark.parametrize("name", templates())
def test_templates_are_commented_and_fit_a_screen(name: str) -> None:
    """Every file begins with what it is for, and no line is wider than 100 columns."""
    for text in (*template_files(name).values(), *template_files(name, folder=True).values()):
        assert text.startswith("# ")
        assert max(map(len, text.splitlines())) <= 100


def test_unknown_template_is_answered_with_the_known_ones() -> None:
    """A misspelt template: the error names the nearest."""
    with pytest.raises(UnknownName, match="Did you mean 'two-heirs'"):
        template_files("two-heir")
