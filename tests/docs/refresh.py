"""Write into pages what is printed now: ``python -m tests.docs.refresh [PAGE …]``.

Look the changes over before you keep them: a page may be right and the program wrong. Elisions
stay; where that cannot be done the place is named and left as it is.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.docs.elision import matches, renewed
from tests.docs.pages import ROOT, Block, Page, pages
from tests.docs.stage import Stage, staged
from tests.docs.terminal import Shown, commands

README = ROOT / "README.md"


def main(names: list[str]) -> None:
    """Renew the pages with these names, or all under docs/."""
    for page in pages():
        asked = any(name in page.name for name in names) if names else page.path != README
        if asked:
            with tempfile.TemporaryDirectory() as folder:
                _renew(page, Path(folder))


def _renew(page: Page, folder: Path) -> None:
    lines = page.text.splitlines()
    changes: list[tuple[int, int, str]] = []
    with staged(page, folder) as stage:
        for block in page.blocks():
            try:
                if block.language == "console" and block.mark != "setup":
                    for shown in commands(block.text, block.line):
                        changes += _command(stage, shown, lines)
                elif block.language == "python" and ">>> " in block.text:
                    changes += _examples(stage, block)
                else:
                    stage.play(block)
            except AssertionError as error:
                _say(f"{error}\n")
    for first, last, output in sorted(changes, reverse=True):
        lines[first:last] = output.splitlines()
        _say(f"{page.name}:{first}: renewed")
    if changes:
        page.path.write_text("\n".join(lines) + "\n", "utf-8")


def _command(stage: Stage, shown: Shown, lines: list[str]) -> list[tuple[int, int, str]]:
    found = stage.terminal.run(shown.command)
    if matches(shown.output, found):
        return []
    first = shown.line
    while lines[first - 1].endswith("\\"):
        first += 1
    return _change(first, shown.output, found)


def _examples(stage: Stage, block: Block) -> list[tuple[int, int, str]]:
    changes: list[tuple[int, int, str]] = []
    for line, example, found in stage.examples(block):
        first = line - 1 + len(example.source.splitlines())
        changes += _change(first, example.want, found)
    return changes


def _change(first: int, shown: str, found: str) -> list[tuple[int, int, str]]:
    output = renewed(shown, found)
    if output is None:
        _say(f"by hand: line {first}\n--- shown\n{shown}\n--- found\n{found}")
        return []
    return [(first, first + len(shown.splitlines()), output)]


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
