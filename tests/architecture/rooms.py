"""A contract for Import Linter: who may import whom, as one short table in pyproject.toml.

A closed world: a room (a folder or file right under src/hikiwake) that the table does not name
breaks the contract, and so does an import from the package root, which has a line under its own
name, or from another room's private module. The tool's own contract types list what is forbidden
instead, so that a new room would stand open until somebody thinks of it.
"""

from __future__ import annotations

from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class RoomsContract(Contract):
    """Each room imports only the rooms behind its doors."""

    open_to_all = fields.SetField(subfield=fields.StringField())
    doors = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every direct import between two modules of the package."""
        root = str(self.session_options["root_packages"][0])
        allowed = self._table()
        faults = {
            f"{room} is a room without a line of its own in `doors`"
            for room in (module.removeprefix(f"{root}.") for module in graph.find_children(root))
            if room not in allowed
        }
        inside = [m for m in graph.modules if m == root or m.startswith(f"{root}.")]
        for importer in inside:
            for imported in graph.find_modules_directly_imported_by(importer):
                if fault := _fault(root, importer, imported, allowed):
                    faults.add(fault)
        return ContractCheck(kept=not faults, metadata={"faults": sorted(faults)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each import that goes through a wall."""
        for fault in cast("list[str]", check.metadata["faults"]):
            output.print_error(fault)
        output.new_line()

    def _table(self) -> dict[str, set[str]]:
        everywhere = cast("set[str]", self.open_to_all)
        lines = [line.partition(":") for line in cast("list[str]", self.doors)]
        return {room: {room, *behind.split(), *everywhere} for room, _, behind in lines}


def _fault(root: str, importer: str, imported: str, allowed: dict[str, set[str]]) -> str | None:
    if imported == root:
        return f"{importer} imports the package root"
    if not imported.startswith(f"{root}."):
        return None
    here = importer.removeprefix(f"{root}.").split(".")[0]
    there, *inner = imported.removeprefix(f"{root}.").split(".")
    if there not in allowed.get(here, set()):
        return f"{importer} imports {imported}: {here} has no door to {there}"
    if here != there and any(part.startswith("_") for part in inner):
        return f"{importer} imports {imported}, a private module of {there}"
    return None
