"""Where commands write: refused before anything is searched, and private what holds gains."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

import pytest

from hikiwake.cli import options
from hikiwake.cli.target import write_files
from hikiwake.errors import InputError
from tests.unit.cli.cast import SAMPLE, Shell
from tests.unit.cli.test_plan import STEPS

ISLANDS = str(Path(__file__).parents[3] / "examples" / "four-islands")
PICTURES = ["frontier", "alternatives", "adjust", "robustness", "plan", "progress"]
WRITTEN = [
    *((command, "--plot") for command in PICTURES),
    ("settle", "--certificate"),
    ("settle", "--certificates"),
    ("robustness", "--certificate"),
    ("plan", "--certificate"),
    ("plan", "--calendar"),
    ("adjust", "--talks"),
]


@pytest.fixture
def nothing_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every search fail."""

    def search(*_: object, **__: object) -> None:
        raise AssertionError("searched before it was known whether the answer can be written")

    for name in ("settle", "frontier", "alternatives", "adjust", "robustness", "plan", "progress"):
        monkeypatch.setattr(f"hikiwake.api.{name}", search)


def file_for(shell: Shell, command: str) -> str:
    if command == "progress":
        return ISLANDS
    return shell.file(STEPS if command == "plan" else SAMPLE)


@pytest.mark.usefixtures("nothing_is_searched")
@pytest.mark.parametrize(("command", "option"), WRITTEN)
def test_a_place_that_cannot_be_written_to_is_refused_before_any_search(
    shell: Shell, command: str, option: str
) -> None:
    """A picture into a folder that is not there, or anything below a file, is a fault at once."""
    shell.file("a file", "taken")
    name = "out.svg" if option == "--plot" else "out.json"
    places = [shell.folder / "taken" / name]
    if option in ("--plot", "--talks"):
        places += [shell.folder / "nowhere" / name]
    for place in places:
        ran = shell.run(command, file_for(shell, command), option, str(place))
        assert (ran.code, ran.out) == (2, "")
        assert "that can be written" in " ".join(ran.err.split())


@pytest.mark.usefixtures("nothing_is_searched")
@pytest.mark.parametrize("command", PICTURES)
def test_an_ending_that_is_no_picture_is_refused_before_any_search(
    shell: Shell, command: str
) -> None:
    """PNG and SVG are what there is, and that is said at once."""
    ran = shell.run(command, file_for(shell, command), "--plot", str(shell.folder / "out.pdf"))
    assert (ran.code, ran.out) == (2, "")
    assert "One of .png and .svg" in ran.err


@pytest.mark.usefixtures("nothing_is_searched")
@pytest.mark.parametrize("option", ["--calendar", "--certificate"])
def test_a_plan_overwrites_nothing_and_says_so_before_it_searches(
    shell: Shell, option: str
) -> None:
    """What stands at the place of a calendar or a certificate stays as it was."""
    there = Path(shell.file("mine", "there.json"))
    ran = shell.run("plan", shell.file(STEPS), option, str(there))
    assert (ran.code, "there already" in ran.err) == (2, True)
    assert there.read_text("utf-8") == "mine"


@pytest.mark.parametrize("command", PICTURES)
@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_picture_is_readable_by_nobody_else(shell: Shell, command: str, ending: str) -> None:
    """Gains can be read from it: its rights are 0600, also where another picture stood before."""
    target = shell.folder / f"out.{ending}"
    target.write_text("an older one", "utf-8")
    target.chmod(0o644)
    assert shell.run(command, file_for(shell, command), "--plot", str(target)).code in (0, 1, 3)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert b"older" not in target.read_bytes()
    assert [path.name for path in shell.folder.iterdir() if path.name.startswith(".out")] == []


def test_without_a_picture_nothing_is_asked_of_the_place() -> None:
    """No --plot, no refusal."""
    assert options.require_picture(None) is None


def test_of_files_that_belong_together_none_is_left_where_one_finds_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up at the second file leaves neither, and what can be done is said."""
    first, second, written = tmp_path / "first", tmp_path / "second", Path.write_bytes

    def write(path: Path, data: bytes) -> int:
        if path == second:
            raise OSError(errno.ENOSPC, "No space left on device")
        return written(path, data)

    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(InputError, match="no space left on device"):
        write_files(tmp_path, {first: "one", second: "two"})
    assert not list(tmp_path.iterdir())
