"""What is measured: each row's work, by whom, and how good it was hoped to be."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workers import HERE, Process, Worker, said

ROOT = Path(__file__).resolve().parent.parent
GOOD = (0, 1)  # exit codes of a settlement: a draw, or a clear no

Side = Callable[[], Worker | Process]


@dataclass(frozen=True)
class Row:
    """One line of the table.

    ``hoped`` is the peer's time over ours that is hoped for (where ``slower``: the most that ours
    may take over the peer's), ``within`` the seconds that ours may take; None: nothing was
    promised. ``beside`` says in words what both found. No ``theirs``: nobody else does this work.
    ``about`` is what was done, in numbers.
    """

    work: str
    peer: str
    ours: Side
    theirs: Side | None = None
    hoped: float | None = None
    slower: bool = False
    same_points: bool = False
    within: float | None = None
    beside: Callable[[dict[str, Any], dict[str, Any]], str] | None = None
    about: str = ""
    many: bool = False  # whether it is many works, each with a ratio of its own
    every: float | None = None  # of many works, the ratio that none is to fall short of


@dataclass(frozen=True)
class Scenario:
    """A GENIUS folder, with what is hoped for against enumeration and against MOBANOS."""

    folder: str
    about: str
    enumeration: float | None = None
    mobanos: float | None = None


SCENARIOS = (
    Scenario("y2011/Energy", "2 parties, 390,625 packages", 2_000, 50),
    Scenario("y2015/group9-killer_robot", "5 parties, 240,000 packages", 200),
    Scenario("y2015/group2-politics", "3 parties, 23,040 packages"),
    Scenario("y2010/Travel", "2 parties, 188,160 packages, over 64 bits"),
)


def rows(peers: str, shared: Path | None, scratch: Path) -> Iterator[Row]:
    """Yield every row; without the shared folder only those that need none of it."""
    if shared is not None:
        for scenario in SCENARIOS:
            yield from _frontiers(peers, shared / "scenarios" / "genius", scenario, scratch)
        for words, kind in (
            ("a package a point, both from tables of numbers", "each_from_numbers"),
            ("points only, ours from the dispute", "each"),
            ("points only, ours from a dispute seen for the first time", "each_first"),
        ):
            yield _all_of_two(peers, shared / "scenarios" / "genius", scratch, (words, kind))
        yield _from_nothing(peers, shared / "scenarios" / "genius" / "y2011" / "Energy")
    yield _cold_start(scratch)


def _frontiers(peers: str, genius: Path, scenario: Scenario, scratch: Path) -> Iterator[Row]:
    folder, two = str(genius / scenario.folder), scenario.about.startswith("2 ")
    against = [("NegMAS pareto_frontier", "enumeration", scenario.enumeration)]
    if two:
        against.append(("NegMAS MOBANOS", "mobanos", scenario.mobanos))
    for words, kind in (
        ("frontier", "answered"),
        ("frontier, all written out", "written"),
        ("frontier, points only", "points"),
    ):
        for peer, method, figure in against:
            hoped = None if kind == "written" else figure  # no peer answers so much
            yield Row(
                f"{scenario.folder}: {words}",
                peer,
                lambda kind=kind: Worker(sys.executable, "ours.py", kind, folder),
                lambda method=method: Worker(
                    peers, "negmas_peer.py", method, str(tables(folder, scratch))
                ),
                hoped,
                same_points=True,
                about=scenario.about,
            )


def _all_of_two(peers: str, genius: Path, scratch: Path, way: tuple[str, str]) -> Row:
    words, kind = way
    return Row(
        f"every scenario of tables between two parties, one by one: {words}",
        "NegMAS MOBANOS",
        lambda: Worker(sys.executable, "ours.py", kind, str(genius)),
        lambda: Worker(peers, "negmas_peer.py", "mobanos_each", str(all_tables(genius, scratch))),
        many=True,
        every=1 if kind == "each_from_numbers" else None,
        about="all shared GENIUS scenarios of tables between 2 parties",
    )


def _from_nothing(peers: str, folder: Path) -> Row:
    script = str(HERE / "negmas_peer.py")
    return Row(
        "y2011/Energy: whole process, from files to the list of points",
        "NegMAS pareto_frontier",
        lambda: Process([*hikiwake(), "frontier", str(folder), "--json"]),
        lambda: Process([peers, script, "once", str(folder)]),
        about="2 parties, 390,625 packages",
    )


def _cold_start(scratch: Path) -> Row:
    example = ROOT / "examples" / "four-islands"

    def ours() -> Process:
        path = example if example.exists() else _template(scratch)
        return Process([*hikiwake(), "settle", str(path)], GOOD)

    name = "examples/four-islands" if example.exists() else "the template two-heirs"
    return Row(
        f"hikiwake settle {name}: whole process",
        'python -c "import numpy"',
        ours,
        lambda: Process([sys.executable, "-c", "import numpy"]),
        3,
        slower=True,
    )


def tables(folder: str, scratch: Path) -> Path:
    """Return a file with everybody's points, for the peer."""
    path = scratch / f"{Path(folder).name}.json"
    if not path.exists():
        path.write_text(said([sys.executable, str(HERE / "ours.py"), "tables", folder]), "utf-8")
    return path


def all_tables(genius: Path, scratch: Path) -> Path:
    """Return a folder with the points of every two-party scenario, for the peer."""
    folder = scratch / "two-party"
    if not folder.exists():
        folder.mkdir()
        said([sys.executable, str(HERE / "ours.py"), "all_tables", str(genius), str(folder)])
    return folder


def _template(scratch: Path) -> Path:
    path = scratch / "two-heirs.toml"
    if not path.exists():
        said([*hikiwake(), "new", "two-heirs", str(scratch)])
    return path


def hikiwake() -> Sequence[str]:
    """Return the command as a person types it, if it is installed beside this Python."""
    script = Path(sys.executable).with_name("hikiwake")
    return [str(script)] if script.exists() else [sys.executable, "-m", "hikiwake"]
