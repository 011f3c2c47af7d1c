"""The command as a whole: help, version, errors, and what a run imports."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import hikiwake.api
from hikiwake.cli import progress
from hikiwake.cli.app import COMMANDS, MODULES
from hikiwake.cli.screen import Screen
from tests.unit.cli.cast import SAMPLE, Shell


def test_version(shell: Shell) -> None:
    """`--version` prints the version of the installed package."""
    ran = shell.run("--version")
    assert (ran.code, ran.out) == (0, f"hikiwake {version('hikiwake')}\n")


def test_help_names_every_command_with_what_it_does(shell: Shell) -> None:
    """`--help` lists the commands, and each command's help names its argument and exit codes."""
    whole = shell.run("--help")
    assert whole.code == 0
    assert all(f"│ {name}" in whole.out for name in COMMANDS)
    assert "It is no legal advice" in " ".join(whole.out.split())
    for name in COMMANDS:
        ran = shell.run(name, "--help")
        assert ran.code == 0
        assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_a_misspelt_command_is_answered_with_the_nearest(shell: Shell) -> None:
    """`setle` is answered with `settle`, exit 2."""
    ran = shell.run("setle", "x")
    assert ran.code == 2
    assert "Did you mean 'settle'" in ran.err


def test_a_fault_of_our_own_is_told_without_values(shell: Shell) -> None:
    """An unexpected error gives exit 70 and asks for a report; its text and values stay inside."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("Ann's walk-away is 4711")

    shell.patch.setattr(hikiwake.api, "settle", fail)
    ran = shell.run("settle", shell.file(SAMPLE))
    assert (ran.code, ran.out) == (70, "")
    assert "RuntimeError at test_app.py:" in ran.err
    assert "Please report" in ran.err
    assert "4711" not in ran.err
    shell.patch.setenv("HIKIWAKE_DEBUG", "1")
    assert "4711" in shell.run("settle", shell.file(SAMPLE)).err


def test_an_interrupt_ends_quietly(shell: Shell) -> None:
    """Ctrl-C ends a run with exit 130, and without a traceback."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    shell.patch.setattr(hikiwake.api, "settle", interrupt)
    ran = shell.run("settle", shell.file(SAMPLE))
    assert (ran.code, ran.err) == (130, "")


def in_a_process(*words: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run the module in a process of its own, and let it say at the end what it has imported."""
    code = (
        "import sys, runpy, atexit\n"
        f"sys.argv = ['hikiwake', *{list(words)!r}]\n"
        "atexit.register(lambda: print('\\n'.join(sys.modules), file=sys.stderr))\n"
        f"{before}\nrunpy.run_module('hikiwake', run_name='__main__')\n"
    )
    environment = {**os.environ, "COLUMNS": "80"}
    environment.pop("FORCE_COLOR", None)
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )


def test_a_piped_run_imports_only_what_it_needs(shell: Shell) -> None:
    """`python -m hikiwake settle` into a pipe loads no Rich, no Matplotlib, no other command."""
    ran = in_a_process("settle", shell.file(SAMPLE))
    loaded = set(ran.stderr.splitlines())
    assert ran.returncode == 0
    assert "This package is a draw" in ran.stdout
    assert "hikiwake.cli.commands.settle" in loaded
    heavy = {"rich", "matplotlib", "babel", "xml.parsers.expat", "moocore", "scipy", "pandas"}
    assert not loaded & heavy
    assert not loaded & {
        f"hikiwake.cli.commands.{MODULES.get(name, name)}" for name in COMMANDS if name != "settle"
    }


def test_a_reader_who_leaves_early_sees_no_traceback(shell: Shell) -> None:
    """`hikiwake settle … | head -1` ends without a word on the error stream."""
    whole = f"{sys.executable} -m hikiwake explain {shell.file(SAMPLE)} --for mediator | head -1"
    ran = subprocess.run(whole, shell=True, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.stdout.startswith("House and savings")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize("columns", ["30", "60", "200"])
def test_a_screen_is_at_most_80_and_at_least_40_columns_wide(shell: Shell, columns: str) -> None:
    """30, 60 and 200 columns of terminal give 40, 60 and 80 of text."""
    shell.patch.setenv("COLUMNS", columns)
    assert Screen().width == {"30": 40, "60": 60, "200": 80}[columns]


def test_progress_is_shown_after_a_while_and_only_to_a_terminal(shell: Shell) -> None:
    """A step longer than the patience shows what it does, and then what else it does; a short one,
    or a pipe, shows nothing."""
    import time

    terminal = Terminal()
    shell.patch.setenv("TERM", "xterm")
    shell.patch.setattr(sys, "stderr", terminal)
    shell.patch.setattr(progress, "PATIENCE_SECONDS", 0.05)
    with progress.working("Searching"):
        pass
    assert terminal.getvalue() == ""
    with progress.working("Searching") as say:
        time.sleep(0.6)
        say("Measuring")
        time.sleep(0.6)
    assert "Searching" in terminal.getvalue()
    assert "Measuring" in terminal.getvalue()
    pipe = io.StringIO()
    shell.patch.setattr(sys, "stderr", pipe)
    with progress.working("Searching") as say:
        say("Measuring")
        time.sleep(0.2)
    assert pipe.getvalue() == ""


def test_a_terminal_that_knows_few_letters_is_no_reason_to_stop(shell: Shell) -> None:
    """With an ASCII output stream the Japanese text comes with question marks, and exit 0."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ran = subprocess.run(
        [sys.executable, "-m", "hikiwake", "explain", shell.file(SAMPLE), "--for", "ann"],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert ran.returncode == 0
    assert b"?" in ran.stdout


def test_a_file_that_is_not_there(shell: Shell) -> None:
    """A missing file is told with its path, exit 2."""
    ran = shell.run("settle", str(Path("nowhere.toml")))
    assert ran.code == 2
    assert "nowhere.toml" in ran.err


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "words", [["settle", "{file}"], ["settle", "{file}", "--json"], ["--help"], ["--version"]]
)
def test_a_full_disk_is_no_fault_of_our_own(shell: Shell, words: list[str]) -> None:
    """Output that cannot be written gives exit 74 and says so, whatever was asked for."""
    file = shell.file(SAMPLE)
    with FULL.open("w", encoding="utf-8") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "hikiwake", *(word.format(file=file) for word in words)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 74
    assert ran.stderr.splitlines() == [
        "The output could not be written: no space left on device.",
        "What stands there is not whole. Make room, or write to another place.",
    ]


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that closes an output")
def test_an_output_that_is_closed_is_not_wanted(shell: Shell) -> None:
    """With its output closed a run goes on silently and answers by its exit code."""
    whole = f"{sys.executable} -m hikiwake settle {shell.file(SAMPLE)} >&-"
    ran = subprocess.run(whole, shell=True, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_help_shows_square_brackets_as_they_are_typed(shell: Shell) -> None:
    """`felt --help` names the table `[packages.LABEL]`: brackets are no markup there."""
    assert "[packages.LABEL]" in shell.run("felt", "--help").out
