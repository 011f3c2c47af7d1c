"""A terminal of 80 columns without colour, for the commands that pages show.

``hikiwake`` runs in this process, through its entry point. A few commands that pages need beside
it are understood; anything else is a fault of the page.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from tests.docs.pages import ROOT

PLAIN = {"COLUMNS": "80", "LINES": "24", "NO_COLOR": "1", "TERM": "dumb", "TERMINAL_WIDTH": "80"}
DEMO = "examples/four-islands/demo.py"
SETUP = re.compile(
    r"git clone \S+( \S+)?|cd \S+|make( (?P<target>[a-z]+))?( PYTHON=\S+)?"
    r"|python3?(\.\d+)? -m venv \S+|source \S+/bin/activate|\. \S+/bin/activate"
    r"|(\S+/bin/)?pip install ['\"]?\.(\[[a-z0-9,]+\])?['\"]?( -c constraints\.txt)?"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A command as a page shows it, and the output below it."""

    line: int
    command: str
    output: str


@dataclass(slots=True)
class Terminal:
    """A terminal; ``code`` is the exit code of the last command."""

    code: int = 0
    codes: list[int] = field(default_factory=list[int])

    def run(self, command: str) -> str:
        """Run one command in the current folder and return what it prints."""
        if command == "echo $?":
            return f"{self.code}\n"
        words = shlex.split(command, comments=True)
        into = None
        if ">" in words:
            words, into = words[: words.index(">")], words[words.index(">") + 1]
        if into is None:
            return self._run(words)
        errors = io.StringIO()
        Path(into).write_text(self._run(words, errors), "utf-8")
        return errors.getvalue()

    def _run(self, words: list[str], errors: io.StringIO | None = None) -> str:
        self.code = 0
        if words[0] == "hikiwake":
            self.code, output = run_in_process(words[1:], errors)
            self.codes.append(self.code)
            return output
        if words[0] == "cat":
            return "".join(Path(name).read_text("utf-8") for name in words[1:])
        if words[0] == "ls":
            folder = Path(words[1] if len(words) > 1 else ".")
            return "".join(f"{path.name}\n" for path in sorted(folder.iterdir()))
        if words in (["make", "demo"], ["python", DEMO]):
            return run_demo()
        if words[0] == "make":
            check_setup(shlex.join(words))
            return ""
        raise AssertionError(f"a page shows a command that this terminal does not know: {words}")


def run_in_process(arguments: list[str], errors: io.StringIO | None = None) -> tuple[int, str]:
    """Return the exit code and the output, as a terminal shows both streams, unless kept apart."""
    from hikiwake.cli import main

    output = io.StringIO()
    with (
        mock.patch.dict(os.environ, PLAIN),
        mock.patch.object(sys, "argv", ["hikiwake", *arguments]),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(output if errors is None else errors),
    ):
        os.environ.pop("FORCE_COLOR", None)
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return code, output.getvalue()


def run_demo() -> str:
    """Return what `make demo` prints once it has set itself up: the Makefile runs this file."""
    assert f"bin/python {DEMO}" in (ROOT / "Makefile").read_text("utf-8")
    done = subprocess.run(
        [sys.executable, ROOT / DEMO],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **PLAIN, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def commands(text: str, first: int) -> Iterator[Shown]:
    """Yield the commands of a console block, each with the output below it.

    >>> [(c.line, c.command, c.output) for c in commands("$ ls \\\\\\n    docs\\nindex.md\\n", 5)]
    [(5, 'ls docs', 'index.md\\n')]
    """
    lines, place = text.splitlines(), 0
    assert lines[0].startswith("$ "), "a console block starts with a command"
    while place < len(lines):
        start, command = place, lines[place][2:]
        while command.endswith("\\"):
            place += 1
            command = f"{command[:-1].rstrip()} {lines[place].strip()}"
        place += 1
        below: list[str] = []
        while place < len(lines) and not lines[place].startswith("$ "):
            below.append(lines[place])
            place += 1
        yield Shown(first + start, command, "".join(f"{line}\n" for line in below))


def check_setup(command: str) -> None:
    """Check a command that sets a machine up, which tests cannot run: it is one of a few."""
    match = SETUP.fullmatch(command)
    assert match, f"not a command for setting up: {command}"
    if match["target"]:
        assert f"\n{match['target']}:" in (ROOT / "Makefile").read_text("utf-8"), command
