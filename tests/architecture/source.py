"""The project's own files, parsed: what the architecture tests look at."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "hikiwake"
MADE = {"build", "dist", "node_modules"}

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its path below the repository, with forward slashes."""
        return self.path.relative_to(ROOT).as_posix()

    def definitions(self) -> Iterator[tuple[str, Definition]]:
        """Yield every function and class, however deep, with its name in full."""
        yield from _definitions(self.tree, f"{self.name}::")


def _definitions(node: ast.AST, prefix: str) -> Iterator[tuple[str, Definition]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition):
            yield prefix + child.name, child
            yield from _definitions(child, f"{prefix}{child.name}.")
        elif not isinstance(child, ast.expr):  # nothing is defined within an expression
            yield from _definitions(child, prefix)


@cache
def files() -> tuple[Path, ...]:
    """Return every file of the project, leaving out what was made by tools."""
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(f for f in folders if _is_ours(f))
        found += [
            Path(folder, name)
            for name in sorted(names)
            if name != ".git" and not name.endswith((".pyc", ".new"))
        ]
    return tuple(found)


def _is_ours(folder: str) -> bool:
    hidden = folder.startswith(".") and folder != ".ci"
    return not (hidden or folder in MADE or folder == "__pycache__" or folder.endswith(".egg-info"))


@cache
def modules(*below: str) -> tuple[Module, ...]:
    """Return the parsed Python files below these folders, e.g. ``modules("src", "tests")``."""
    starts = [ROOT / folder for folder in below]
    paths = [
        path
        for path in files()
        if path.suffix == ".py" and any(path.is_relative_to(start) for start in starts)
    ]
    return tuple(map(_module, paths))


@cache
def _module(path: Path) -> Module:
    text = path.read_text("utf-8")
    return Module(path, text, ast.parse(text, str(path)))


def is_public(name: str) -> bool:
    """Tell whether no part of a dotted name begins with an underscore."""
    return not any(part.startswith("_") for part in name.rpartition("::")[2].split("."))
