"""Who imports whom (the table is in pyproject.toml, under tool.importlinter)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from grimp import ImportGraph

from tests.architecture.rooms import RoomsContract
from tests.architecture.source import ROOT, modules

pytestmark = pytest.mark.xdist_group("sources")  # they are parsed once, in one process
DOORS = ["p: api", "low:", "high: low", "api: low high"]


def test_import_linter_finds_every_wall_standing() -> None:
    """Every contract of Import Linter is kept."""
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [linter, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_module_imports_the_package_root() -> None:
    """No module of the package imports `hikiwake` itself, nor anything relatively."""
    found = [
        f"{module.name}: {ast.unparse(node)}"
        for module in modules("src")
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.ImportFrom) and (node.level or node.module == "hikiwake"))
        or (isinstance(node, ast.Import) and any(n.name == "hikiwake" for n in node.names))
    ]
    assert found == []


@pytest.mark.parametrize(("solver", "door"), [("CpSolver", "watched"), ("Highs", "highs")])
def test_every_search_goes_through_one_door(solver: str, door: str) -> None:
    """One file names each solver: so each search is watched (H18), and shares its process."""
    doors = {
        module.name
        for module in modules("src")
        for node in ast.walk(module.tree)
        if solver in (getattr(node, "id", ""), getattr(node, "attr", ""))
        or (isinstance(node, ast.alias) and node.name in (solver, "*"))
    }
    assert doors == {f"src/hikiwake/solvers/{door}.py"}


@pytest.mark.parametrize(
    ("importer", "imported", "fault"),
    [
        ("p.high.a", "p.low.b", None),
        ("p.high.a", "p.high._b", None),
        ("p.high.a", "p.errors", None),
        ("p", "p.api", None),
        ("p.low.b", "p.high.a", "p.low.b imports p.high.a: low has no door to high"),
        ("p.high.a", "p.low._c", "p.high.a imports p.low._c, a private module of low"),
        ("p.high.a", "p", "p.high.a imports the package root"),
        ("p", "p.low.b", "p imports p.low.b: p has no door to low"),
        ("p.new.a", "p.low.b", "new is a room without a line of its own in `doors`"),
    ],
)
def test_the_rooms_contract_sees_a_hole_in_a_wall(
    importer: str, imported: str, fault: str | None
) -> None:
    """An import passes if and only if there is a door, and the fault is said in one line."""
    contract = RoomsContract(
        "rooms",
        {"root_packages": ["p"]},
        {"open_to_all": ["errors"], "doors": ["errors:", *DOORS]},
    )
    graph = ImportGraph()
    for module in {"p", "p.errors", "p.low", "p.high", "p.api", importer, imported}:
        for parent in (module, module.rpartition(".")[0]):
            if parent:
                graph.add_module(parent)
    graph.add_import(importer=importer, imported=imported)
    faults = contract.check(graph, verbose=False).metadata["faults"]
    assert fault in faults if fault else faults == []
