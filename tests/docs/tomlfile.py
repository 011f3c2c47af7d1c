"""Editing a TOML file the way a reader does: put a table in the place of the old one."""

from __future__ import annotations

import re

_HEADER = re.compile(r"^\[\[?[^\]]+\]\]?\s*(#.*)?$")
_ID = re.compile(r"^id\s*=\s*(\S+)")


def edited(file: str, change: str) -> str:
    """Return a file with the tables of a change in it.

    A ``[table]`` that is there already is replaced, and so is an entry of ``[[tables]]`` with the
    same id; anything else joins at the end. Keys before the first table go to the top.

    >>> edited("a = 1\\n[b]\\nc = 2\\n[d]\\n", "# in x.toml\\n[b]\\nc = 4\\n")
    'a = 1\\n[b]\\nc = 4\\n[d]\\n'
    """
    top, *tables = _sections(file)
    keys, *changes = _sections(change)
    new = [line for line in keys if "=" in line]
    names = {_key(line) for line in new}
    top = [line for line in top if "=" not in line or _key(line) not in names]
    for lines in changes:
        places = [n for n, old in enumerate(tables) if _name(old) == _name(lines) != ("", "")]
        if places:
            tables[places[0]] = lines
        else:
            tables.append(lines)
    return "".join(f"{line}\n" for lines in [[*new, *top], *tables] for line in lines)


def _key(line: str) -> str:
    return line.partition("=")[0].strip()


def _name(lines: list[str]) -> tuple[str, str]:
    """Return the header and id of a table; nothing for an entry that has no id."""
    header = lines[0].partition("#")[0].strip()
    ids = [match[1] for line in lines if (match := _ID.match(line))]
    if header.startswith("[["):
        return (header, ids[0]) if ids else ("", "")
    return header, ""


def _sections(text: str) -> list[list[str]]:
    sections: list[list[str]] = [[]]
    for line in text.splitlines():
        if _HEADER.match(line):
            sections.append([])
        sections[-1].append(line)
    return sections
