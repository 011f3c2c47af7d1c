"""Templates for `hikiwake new`: valid as they stand, settled by a draw, private in folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from hikiwake.api import settle
from hikiwake.errors import UnknownName
from hikiwake.formats import read
from hikiwake.formats.templates import template_files, templates
from hikiwake.settlement import Status


def _written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_there_are_two_heirs_and_two_founders() -> None:
    """The templates that the contract names exist."""
    assert {"two-heirs", "co-founders"} <= set(templates())


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
    assert sum(path.startswith("preferences/") for path in files) == 2


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
