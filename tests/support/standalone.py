"""Programs that are one file and run alone: what they import, and what they say elsewhere."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path


def imported(file: Path) -> set[str]:
    """Return the modules that a file imports; its grammar must be that of Python 3.9."""
    tree = ast.parse(file.read_text("utf-8"), feature_version=(3, 9))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    return names | {str(n.module) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}


def floats(file: Path) -> list[float]:
    """Return the floats that stand in a file."""
    constants = (n for n in ast.walk(ast.parse(file.read_text("utf-8"))) if type(n) is ast.Constant)
    return [n.value for n in constants if type(n.value) is float]


def run_alone(file: Path, folder: Path, *words: Path | str) -> subprocess.CompletedProcess[str]:
    """Copy a program into a folder, and run it there without the project or any other package."""
    alone = folder / file.name
    alone.write_bytes(file.read_bytes())
    return subprocess.run(
        [sys.executable, "-I", "-S", str(alone), *map(str, words)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )
