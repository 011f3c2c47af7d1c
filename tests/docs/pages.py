"""The pages that people read, taken apart into blocks of code, headings and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<language>[\w-]*) *(?P<mark>.*)$")
_HEADING = re.compile(r"^(#{1,6}) +(.*?) *#*$")
_LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\((?P<target>[^)\s]+)(?: \"[^\"]*\")?\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: where its first line stands (from 1), its language, mark and text."""

    line: int
    language: str
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of Markdown."""

    path: Path

    @property
    def name(self) -> str:
        """The path from the root of the project."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def text(self) -> str:
        """The whole text."""
        return self.path.read_text("utf-8")

    def blocks(self) -> list[Block]:
        """Return the blocks of code, in order."""
        return [found for found in _parts(self.text) if isinstance(found, Block)]

    def prose(self) -> str:
        """Return the text without its blocks of code."""
        return "\n".join(found for found in _parts(self.text) if isinstance(found, str))

    def headings(self) -> list[str]:
        """Return the headings, without their signs."""
        lines = self.prose().splitlines()
        return [match[2] for line in lines if (match := _HEADING.match(line))]

    def section(self, heading: str) -> str:
        """Return what stands below a heading, up to the next one of its level or a higher one."""
        below: list[str] | None = None
        level, fenced = 0, False
        for line in self.text.splitlines():
            match = None if fenced else _HEADING.match(line)
            fenced ^= line.startswith("```")
            if match and below is not None and len(match[1]) <= level:
                break
            if below is not None:
                below.append(line)
            elif match and match[2] == heading:
                below, level = [], len(match[1])
        if below is None:
            raise KeyError(f"{self.name} has no section {heading!r}")
        return "\n".join(below)

    def anchors(self) -> set[str]:
        """Return the names by which links reach the headings."""
        return {anchor(heading) for heading in self.headings()}

    def links(self) -> list[str]:
        """Return the targets of all links."""
        plain = re.sub(r"`[^`\n]*`", "``", self.prose())
        return [match["target"] for match in _LINK.finditer(plain)]


def anchor(heading: str) -> str:
    """Return the name by which a link reaches a heading, as Git hosts and MyST make it.

    >>> anchor("`hikiwake settle`: what it prints")
    'hikiwake-settle-what-it-prints'
    """
    plain = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return plain.strip().replace(" ", "-")


def pages() -> list[Page]:
    """Return the README, if there is one yet, and every page under docs/."""
    first = [ROOT / "README.md"]
    return [Page(path) for path in first + sorted(DOCS.rglob("*.md")) if path.is_file()]


def _parts(text: str) -> Iterator[Block | str]:
    """Yield blocks, and the lines between them."""
    open_at, fence = 0, None
    inside: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if fence is None:
            fence = _FENCE.match(line)
            open_at, inside = number + 1, []
            if fence is None:
                yield line
        elif line.rstrip() == fence["fence"]:
            body = "\n".join(inside) + "\n"
            yield Block(open_at, fence["language"], fence["mark"].strip(), body)
            fence = None
        else:
            inside.append(line)
    if fence is not None:
        raise ValueError(f"the block that starts at line {open_at - 1} has no end")
