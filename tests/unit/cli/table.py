"""A table with a dispute on it, and what people do at it first."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.cast import HEADER, Ran, Shell

ISSUE = '[[issues]]\nid = "deal"\nkind = "choice"\noptions = ["a", "b"]\n'
PUBLIC = HEADER.format(title="One choice") + ISSUE
ANN = 'values.deal = { a = "11771177", b = "88228822" }\nwalk_away = "0.12345678"\n'
BEN = 'values.deal = { a = "77667766", b = "0.99009900" }\n[[red_lines]]\nnever = { deal = "b" }\n\
why = "CANARY-BEN"\n'
KEEPER = ("--keys", "mediator.keys")
OPENING = ("--opening", "table/private/5.settle.opening")
CANARIES = ("11771177", "88228822", "12345678", "77667766", "990099", "CANARY-BEN")


def begin(shell: Shell, table: str, *more: str) -> Ran:
    """Lay a table."""
    cards = ("--card", "ann.card", "--card", "ben.card")
    return shell.run("record", "begin", "dispute.toml", table, *KEEPER, *cards, *more)


def seal(shell: Shell, who: str, *more: str) -> Ran:
    """Seal somebody's preference."""
    return shell.run("seal", "table", f"{who}.toml", "--keys", f"{who}.keys", *more)


def opened(shell: Shell) -> Shell:
    """Return the shell after both have sealed and all was opened."""
    assert seal(shell, "ann").code == seal(shell, "ben").code == 0
    assert shell.run("open", "table", *KEEPER).code == 0
    return shell


def settled(shell: Shell) -> None:
    """Settle on a package."""
    Path("package.json").write_text("{}")
    signed = ("sign", "table", "settle", "--file", "package.json")
    assert shell.run("record", *signed, *KEEPER).code == 0


def public_files(table: Path) -> bytes:
    """Return everything that a party's copy of the table has."""
    files = [p for p in table.rglob("*") if p.is_file() and "private" not in p.parts]
    return b"".join(file.read_bytes() for file in files)
