"""What is shipped: the built wheel, looked at with the sources out of reach."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

import pytest

import hikiwake
from tests.architecture.source import PACKAGE, ROOT

LEFT_BEHIND = ("*.egg-info", "__pycache__")
BUILD = ["--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--quiet"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel that was built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "copy"  # building leaves files behind, which would get into the next wheel
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns(*LEFT_BEHIND))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *BUILD, "--wheel-dir", str(folder), str(copy)],
        check=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    """Templates, translations and schemas are shipped along with the modules."""
    ours = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    shipped = {name for name in ZipFile(wheel).namelist() if name.startswith("hikiwake/")}
    assert shipped == ours


@pytest.mark.slow
def test_the_wheel_works_without_the_sources(wheel: Path, tmp_path: Path) -> None:
    """The package can be imported from the wheel alone."""
    ZipFile(wheel).extractall(tmp_path)
    program = "import hikiwake; print(hikiwake.__file__)"
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {program}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert Path(run.stdout.strip()).is_relative_to(tmp_path)


def test_the_version_stands_in_one_place() -> None:
    """What is installed has the version that the package root says (else: touch pyproject.toml)."""
    assert version("hikiwake") == hikiwake.__version__


def test_the_changelog_begins_with_what_comes_next() -> None:
    """The first heading of the changelog is the unreleased part, or the version at hand."""
    lines = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
    first = next(line for line in lines if line.startswith("## "))
    assert "Unreleased" in first or hikiwake.__version__ in first
