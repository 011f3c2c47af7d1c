"""What an import costs: heavy libraries wait until they are needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.source import PACKAGE

HEAVY_STDLIB = {"asyncio", "http", "sqlite3", "tkinter", "unittest", "xml"}
SCREENS = {"click", "matplotlib", "pydantic", "rich", "typer"}
CORE = [
    "errors", "model", "numeric", "settlement", "solvers", "pareto", "rules", "properties",
]  # fmt: skip


def loaded_by(statement: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has loaded after a statement."""
    run = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in run.stdout.split()}


@pytest.fixture(scope="module")
def bare() -> set[str]:
    """Return what an interpreter loads before anybody asks."""
    return loaded_by("pass")


@pytest.fixture(scope="module")
def with_numpy() -> set[str]:
    """Return what NumPy alone loads."""
    return loaded_by("import numpy")


def third_party(loaded: set[str]) -> set[str]:
    """Return the loaded modules that are neither Python's nor ours."""
    return {m for m in loaded if m not in sys.stdlib_module_names and m != "hikiwake"}


def test_importing_the_package_loads_numpy_at_most(bare: set[str], with_numpy: set[str]) -> None:
    """`import hikiwake` loads no library but NumPy, and no heavy part of Python."""
    loaded = loaded_by("import hikiwake") - bare
    assert third_party(loaded) <= third_party(with_numpy)
    assert not loaded & HEAVY_STDLIB - with_numpy


@pytest.mark.parametrize("room", CORE)
def test_importing_a_core_room_loads_numpy_at_most(
    room: str, bare: set[str], with_numpy: set[str]
) -> None:
    """A room of the core loads no library but NumPy: the filter and the engines come when used."""
    loaded = loaded_by(f"import hikiwake.{room}") - bare
    assert third_party(loaded) <= third_party(with_numpy)


def test_importing_the_api_loads_no_screen() -> None:
    """`hikiwake.api` loads neither the command line's libraries nor the plots'."""
    assert not loaded_by("import hikiwake.api") & SCREENS


def test_importing_the_command_line_loads_no_mathematics() -> None:
    """`hikiwake --help` waits for neither NumPy nor anything that only some commands need."""
    loaded = loaded_by("import hikiwake.cli")
    assert not loaded & {"babel", "matplotlib", "moocore", "numpy", "pydantic", "xml"}


def test_every_module_can_be_imported_alone() -> None:
    """No module needs another one to have been imported before it."""
    names = sorted(
        path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
        for path in PACKAGE.rglob("*.py")
    )
    program = (
        "import importlib, sys\n"
        f"for name in {[n.removesuffix('.__init__') for n in names]!r}:\n"
        "    for loaded in [m for m in sys.modules if m.partition('.')[0] == 'hikiwake']:\n"
        "        del sys.modules[loaded]\n"
        "    importlib.import_module(name)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
