"""Runs a page from its first block to its last, in an empty folder of its own.

toml      ``# heirs.toml`` as its first line: the block is that file, and a dispute must load.
          ``# in heirs.toml``: its tables replace those of the same name there, or join them.
          Without either it must be TOML. Marked ``faulty``: it must not load.
          With ``obligations`` it is a plan, and must load as one.
python    With ``>>>``: each example must print what stands below it. Without: it must run, and
          print what stands in an ``output`` block below, if there is one. Names last until the
          end of the page.
console   Each command must print what stands below it; with nothing below it, it must get done.
          Marked ``setup``, and for ``make``, it is not run but looked over (``make demo`` is run).
xml       ``<!-- folder/file.xml -->`` as its first line: one file of a GENIUS folder.
json      Must be JSON.
text      Is left alone.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import re
import shutil
import tomllib
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.docs.elision import ELISION, matches
from tests.docs.pages import ROOT, Block, Page
from tests.docs.terminal import Shown, Terminal, check_setup, commands
from tests.docs.tomlfile import edited


class Mismatch(AssertionError):
    """A page shows something else than what happens."""

    def __init__(self, place: str, what: str, shown: str, found: str) -> None:
        self.shown, self.found = shown, found
        super().__init__(f"{place}: {what}\n--- the page shows\n{shown}\n--- but there is\n{found}")


class _Checker(doctest.OutputChecker):
    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return matches(want.replace("<BLANKLINE>", ""), got)


class _Runner(doctest.DocTestRunner):
    """Keeps what failed, instead of writing about it."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.failed: list[tuple[doctest.Example, str]] = []

    def report_failure(self, out: Any, test: Any, example: doctest.Example, got: str) -> None:
        self.failed.append((example, got))

    def report_unexpected_exception(
        self, out: Any, test: Any, example: doctest.Example, exc_info: Any
    ) -> None:
        last = "".join(traceback.format_exception_only(exc_info[1]))
        self.failed.append((example, f"Traceback (most recent call last):\n{last}"))


@dataclass(slots=True)
class Stage:
    """One page while it runs, with the files, names and terminal that it has so far."""

    page: Page
    terminal: Terminal = field(default_factory=Terminal)
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__page__"})
    disputes: dict[Path, int] = field(default_factory=dict[Path, int])
    printed: str = ""

    def run(self) -> None:
        """Run the whole page.

        Raises
        ------
        AssertionError
            If something else happens than the page shows.
        """
        for block in self.page.blocks():
            self.play(block)
        self.finish()

    def play(self, block: Block) -> None:
        """Run one block.

        Raises
        ------
        Mismatch
            If something else happens than the page shows.
        """
        plays = {
            "console": self._console,
            "json": lambda block: json.loads(block.text),
            "output": self._output,
            "python": self._python,
            "text": lambda block: None,
            "toml": self._toml,
            "xml": self._xml,
        }
        assert block.language in plays, (
            f"{self._place(block.line)}: a block is one of {', '.join(plays)}"
        )
        assert block.mark in _MARKS.get(block.language, ("",)), self._place(block.line)
        plays[block.language](block)

    def finish(self) -> None:
        """Check that every dispute that the page ends with can be read."""
        from hikiwake.api import load

        for path, line in self.disputes.items():
            with self._told(line):
                load(path)

    def _place(self, line: int) -> str:
        return f"{self.page.name}:{line}"

    @contextlib.contextmanager
    def _told(self, line: int) -> Iterator[None]:
        try:
            yield
        except Mismatch:
            raise
        except Exception as error:
            raise AssertionError(f"{self._place(line)}: {type(error).__name__}: {error}") from error

    def _toml(self, block: Block) -> None:
        first = block.text.splitlines()[0].removeprefix("# ").strip()
        with self._told(block.line):
            tomllib.loads(block.text)
            if not block.text.startswith("# ") or not first.endswith(".toml"):
                return
            if first.startswith("in "):
                path = _inside(first.removeprefix("in "))
                path.write_text(edited(path.read_text("utf-8"), block.text), "utf-8")
            else:
                path = _inside(first)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, "utf-8")
            self._remember(path, block)

    def _xml(self, block: Block) -> None:
        name = re.match(r"<!-- (\S+\.xml) -->\n", block.text)
        assert name, f"{self._place(block.line)}: XML begins with the name of its file"
        path = _inside(name[1])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, "utf-8")
        self.disputes[path.parent] = block.line

    def _remember(self, path: Path, block: Block) -> None:
        from hikiwake.api import load, load_plan
        from hikiwake.errors import InputError
        from hikiwake.formats.plans import is_plan

        if block.mark == "faulty":
            with contextlib.suppress(InputError):
                load(path)
                raise AssertionError("a file that is marked faulty has no fault")
        elif path.name == "dispute.toml":
            self.disputes[path.parent] = block.line
        elif is_plan(path):
            load_plan(path)
        elif _is_dispute(tomllib.loads(path.read_text("utf-8"))):
            load(path)
            self.disputes[path] = block.line

    def _python(self, block: Block) -> None:
        with self._told(block.line):
            if ">>> " not in block.text:
                code = compile("\n" * (block.line - 1) + block.text, self.page.name, "exec")
                printed = io.StringIO()
                with contextlib.redirect_stdout(printed):
                    exec(code, self.names)  # that is what a page is for
                self.printed = printed.getvalue()
                return
        for line, shown, found in self.examples(block):
            raise Mismatch(self._place(line), shown.source.rstrip(), shown.want, found)

    def _output(self, block: Block) -> None:
        if not matches(block.text, self.printed):
            raise Mismatch(self._place(block.line), "output", block.text, self.printed)

    def examples(self, block: Block) -> list[tuple[int, doctest.Example, str]]:
        """Run the examples of a block; return those that print something else, and what."""
        parsed = doctest.DocTestParser().get_doctest(
            block.text, self.names, self.page.name, self.page.name, block.line - 1
        )
        parsed.globs = self.names
        runner = _Runner(checker=_Checker(), verbose=False)
        runner.run(parsed, out=lambda _: None, clear_globs=False)
        for example in parsed.examples:
            self._says_something(block.line + example.lineno, example.want)
        return [(block.line + e.lineno, e, found) for e, found in runner.failed]

    def _says_something(self, line: int, shown: str) -> None:
        assert shown.strip() != ELISION, f"{self._place(line)}: an output that is left out whole"

    def _console(self, block: Block) -> None:
        for shown in commands(block.text, block.line):
            with self._told(shown.line):
                if block.mark == "setup":
                    check_setup(shown.command)
                    continue
                self.show(shown)

    def show(self, shown: Shown) -> None:
        """Run one command and compare.

        Raises
        ------
        Mismatch
            If it prints something else than the page shows.
        """
        found = self.terminal.run(shown.command)
        self._says_something(shown.line, shown.output)
        if shown.output.strip() and not matches(shown.output, found):
            raise Mismatch(self._place(shown.line), shown.command, shown.output, found)
        usual = (0, 1, 2, 3) if shown.output.strip() else (0, 1)
        if self.terminal.code not in usual:
            raise Mismatch(self._place(shown.line), shown.command, shown.output, found)


def _is_dispute(tree: dict[str, Any]) -> bool:
    return "hikiwake" in tree and "history" not in tree


_MARKS = {"toml": ("", "faulty"), "console": ("", "setup")}


@contextlib.contextmanager
def staged(page: Page, folder: Path) -> Iterator[Stage]:
    """Go to an empty folder, with the examples in it if the page needs them."""
    if "examples/" in page.text and (ROOT / "examples").is_dir():
        shutil.copytree(
            ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__")
        )
    with contextlib.chdir(folder):
        yield Stage(page)


def _inside(name: str) -> Path:
    path = Path(name)
    assert ".." not in path.parts, f"a file outside the page: {name}"
    assert not path.is_absolute(), f"a file outside the page: {name}"
    return path
