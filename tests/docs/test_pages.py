"""Everything that a page shows, happens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, Page, pages
from tests.docs.stage import Mismatch, staged
from tests.docs.terminal import PLAIN, run_in_process

UNEVEN = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "dog", kind = "item" }]
preferences = { ann = { points = { dog = 1 } }, ben = { points = { dog = 1 } } }
"""


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_page_shows_what_happens(page: Page, tmp_path: Path) -> None:
    """Every command, file and piece of Python on a page runs, and prints what the page shows."""
    with staged(page, tmp_path) as stage:
        stage.run()


def test_the_terminal_of_the_pages_is_a_real_one(tmp_path: Path) -> None:
    """A command prints the same, with the same exit code, here and in a process of its own."""
    file = tmp_path / "menu.toml"
    file.write_text(UNEVEN, "utf-8")
    arguments = ["settle", str(file)]
    done = subprocess.run(
        [sys.executable, "-m", "hikiwake", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, **PLAIN, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert run_in_process(arguments) == (done.returncode, done.stdout)
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("```console\n$ hikiwake --version\nhikiwake 99\n```\n", Mismatch),
        ("```console\n$ hikiwake settle missing.toml\n```\n", Mismatch),
        ("```console\n$ hikiwake settle missing.toml\n…\n```\n", AssertionError),
        ("```python\nprint(1)\n```\n```output\n2\n```\n", Mismatch),
        ("```console\n$ rm -r .\n```\n", AssertionError),
        ("```console setup\n$ make tea\n```\n", AssertionError),
        ("```python\n>>> 1 + 1\n3\n```\n", AssertionError),
        ("```python\n1 / 0\n```\n", AssertionError),
        ("```toml\n# x.toml\nhikiwake = 1\nparties = []\n```\n", AssertionError),
        ("```toml\nkey = \n```\n", AssertionError),
        ("```bash\nhikiwake --version\n```\n", AssertionError),
        ("```\nhikiwake --version\n```\n", AssertionError),
    ],
)
def test_a_page_that_shows_something_else_fails(
    page: str, fault: type[Exception], tmp_path: Path
) -> None:
    """A wrong output, a file with faults, an unknown command and an unknown language are found."""
    with staged(_Written(DOCS / "none.md", page), tmp_path) as stage, pytest.raises(fault):
        stage.run()


class _Written(Page):
    """A page that stands nowhere."""

    __slots__ = ("_written",)

    def __init__(self, path: Path, text: str) -> None:
        super().__init__(path)
        object.__setattr__(self, "_written", text)

    @property
    def text(self) -> str:
        return self._written
