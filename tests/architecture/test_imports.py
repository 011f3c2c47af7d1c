"""What an import costs: heavy libraries wait until they are needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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


# Python imports a module's parents first. So a process that has imported these and nothing else is
# just as far as one that is asked for the module alone, and a fork of it goes on from there.
EACH_ALONE = """
import contextlib, dataclasses, functools, gc, importlib.machinery, os, pathlib, pkgutil, sys
import traceback

gc.disable()  # a fork that looks for rings copies all that it looks at

# Each module, and each method that a dataclass writes, is compiled once, not in each fork.
loader = importlib.machinery.SourceFileLoader
loader.get_code = functools.cache(loader.get_code)
compiled = functools.cache(compile)
dataclasses.exec = lambda text, *spaces: exec(compiled(text, "<dataclass>", "exec"), *spaces)

def import_libraries(name):
    "Leave nothing of the package behind, but the libraries that it takes long to import."
    for module in pkgutil.walk_packages(importlib.import_module(name).__path__, name + "."):
        with contextlib.suppress(Exception):
            importlib.import_module(module.name)
    for loaded in [m for m in sys.modules if m.partition(".")[0] == name]:
        del sys.modules[loaded]

def apart(work, *arguments):
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    try:
        os._exit(0 if work(*arguments) else 1)
    except BaseException:
        traceback.print_exc()
        os._exit(1)

def import_all(name, folder):
    importlib.import_module(name)
    fine = True
    for path in sorted(folder.iterdir()):
        child = f"{name}.{path.stem}"
        if (path / "__init__.py").exists():
            fine &= apart(import_all, child, path)
        elif path.suffix == ".py" and path.stem != "__init__" and child not in sys.modules:
            fine &= apart(importlib.import_module, child)
    return fine

import_libraries(sys.argv[1])
sys.exit(0 if import_all(sys.argv[1], pathlib.Path(sys.argv[2])) else 1)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_every_module_can_be_imported_alone() -> None:
    """No module needs another one to have been imported before it."""
    run = subprocess.run(
        [sys.executable, "-c", EACH_ALONE, "hikiwake", str(PACKAGE)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_module_that_needs_another_one_first_is_found(tmp_path: Path) -> None:
    """The one module that fails alone is named, though it does not where its neighbour is there."""
    folder = tmp_path / "house"
    (folder / "room").mkdir(parents=True)
    texts = {
        "__init__": "",
        "lean": "import sys\nassert 'house.room.needed' in sys.modules\n",
        "fine": "from house.room import needed\nfrom house import lean\n",
        "room/__init__": "",
        "room/needed": "",
    }
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text, "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", EACH_ALONE, "house", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert run.returncode == 1
    assert run.stderr.count("Traceback") == 1
    assert "lean.py" in run.stderr
