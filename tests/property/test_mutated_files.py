"""Ten thousand spoilt files: each ends in a settlement or in an InputError, soon, and legibly.

Bounds that are held meanwhile: 5 seconds a file, 300 seconds in all (of processor time).
"""

from __future__ import annotations

import copy
import json
import pickle
import random
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hikiwake import api
from hikiwake.errors import InputError
from hikiwake.formats.native import dispute_from_text
from hikiwake.formats.templates import template_files, templates
from hikiwake.model import Dispute
from hikiwake.settlement import Settlement
from tests.unit.formats.samples import COMPLETE, PAYING, SMALL

PARTS = 4  # each for a process of its own
FILES = 10_000 // PARTS
SECONDS_EACH = 5
SECONDS_IN_ALL = 300 // PARTS

THREE = """
hikiwake = 1
common_scale = true
[status_quo]
a = "x"
[[parties]]
id = "ann"
[[parties]]
id = "ben"
[[parties]]
id = "cem"
[[issues]]
id = "a"
kind = "choice"
options = ["x", "y", "z"]
[[issues]]
id = "b"
kind = "item"
others = ["none"]
[[rules]]
never = { a = "z", b = ["ann", "ben"] }
[[groups]]
id = "g"
issues = ["b"]
not_for_trade = true
[preferences.ann]
values = { a = { x = 3, y = 1, z = 0 } }
points = { b = 2 }
[preferences.ben]
values = { a = { x = 0, y = "1/3", z = 2.5 } }
points = { b = { ann = 0, ben = 4, cem = 1, none = 2 } }
bonuses = [{ when = { a = "z" }, points = -1 }]
[preferences.cem]
walk_away = 0.5
values = { a = { x = 1, y = 2, z = 1 } }
red_lines = [{ never = { b = "none" }, why = "no" }]
"""

SEEDS = (
    COMPLETE,
    SMALL,
    PAYING,
    THREE,
    THREE,
    *(template_files(name)[f"{name}.toml"] for name in templates()),
)


class Raw(str):
    """A piece of JSON as it is to be written, right or wrong."""

    __slots__ = ()


TAME: list[Any] = [
    0,
    1,
    2,
    7,
    100,
    "1/2",
    "x",
    "ann",
    "ben",
    "house",
    "june",
    "share",
    "item",
    True,
]
ABSURD: list[Any] = [
    None, False, [], {}, "", " ", "é", "e\u0301", "家", "😀", "\u202e", "\u200b", "a.b", "\n",
    "\x1b[2J", "\ud800", "'; --", "../../etc/passwd", "%s%n", "{0}", "\0", "x" * 5_000, [[]],
    [1, 2], {"": {}}, {"from": 1}, {"above": 0}, {"ann": {"below": "1/3"}}, [["ann"]],
    ["ann", 1, None, {}], -1, 2**63, 2**64 + 1, 10**59, 10**60, "1/0", "0/1", "-1/3", "1/3/3",
    "0x10", "１", "½", "١", "1e3", "1e61", "-0", "nan", "inf", Raw("1e999999999"),
    Raw("-1e-999999999"), Raw("1e60"), Raw("1E-60"), Raw("NaN"), Raw("Infinity"),
    Raw("-Infinity"), Raw("0." + "1" * 59), Raw("0." + "1" * 61), Raw("1" * 5_000), Raw("-0.0"),
    Raw("0.1e-59"), Raw("[" * 300 + "]" * 300), Raw("[" * 2_000), Raw("{}}"), Raw("01"),
    Raw("+1"), Raw(".5"), Raw("'x'"), Raw("null"), Raw("undefined"), Raw(""),
]  # fmt: skip
TOKENS = [
    "1e999999999", "-1e-999999999", "nan", "inf", "-inf", "0x" + "f" * 500, "9" * 5_000, "0o17",
    "0b1", "01", "1_000", "1__0", "+5", "1e60", "1e61", "0.1e-60", "1979-05-27", "07:32:00",
    "1979-99-99", "true", "TRUE", "'''a'''", '"""b\n"""', '"\\uD800"', '"\\u0000"', '"\\x"',
    "[" * 400, "[" * 400 + "]" * 400, "{", "{}", "[]", "{ a = 1, a = 2 }", "{ from = 1, to = 2 }",
    "[1, 2]", '"1/3"', '"1/0"', '""', "#", "=", "家", "😀",
]  # fmt: skip
ODD: list[Any] = [
    0, 1, 1, 2, 3, -1, -7, 2**60, 2**60 + 1, -(2**63), 10**59, "1/3", "-2/7", "1e-60", "1e60",
    "0.1e-59", f"1/{10**59 + 1}", f"{10**59 - 3}/{10**58 + 7}", "123456789.987654321",
    Raw("1e30"), Raw("-0.0"),
]  # fmt: skip
PIECES = [
    "",
    "\0",
    "\ufeff",
    "\r",
    "\x1b",
    "\u2028",
    '"',
    "'",
    '"""',
    "[",
    "]",
    "{",
    "}",
    "=",
    ".",
    "\\",
    "#",
]


def _places(node: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [at] if at else []
    if isinstance(node, dict):
        for key, inner in node.items():
            found += _places(inner, (*at, key))
    elif isinstance(node, list):
        for number, inner in enumerate(node):
            found += _places(inner, (*at, number))
    return found


def _change_tree(tree: Any, rng: random.Random) -> None:
    places = _places(tree)
    if not places:
        return
    *around, last = rng.choice(places)
    node = tree
    for key in around:
        node = node[key]
    change = rng.randrange(8)
    if change == 0:
        del node[last]
    elif change == 1 and isinstance(node, dict):
        node[rng.choice([*TAME[5:13], *ABSURD[4:20], last + "x"])] = node.pop(last)
    elif change == 2 and isinstance(node, list):
        node.insert(rng.randrange(len(node) + 1), copy.deepcopy(rng.choice(node)))
    elif change == 3:
        node[last] = rng.choice(([node[last]], {"id": node[last]}, [node[last]] * 50))
    elif change == 4:
        other: Any = tree
        for key in rng.choice(places):
            other = other[key]
        node[last] = copy.deepcopy(other)
    elif change == 5:
        node[last] = rng.choice(ABSURD)
    else:
        node[last] = rng.choice(TAME)


def _json(node: Any) -> str:
    if isinstance(node, Raw):
        return str(node)
    if isinstance(node, dict):
        return "{" + ", ".join(f"{json.dumps(str(k))}: {_json(v)}" for k, v in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(map(_json, node)) + "]"
    return json.dumps(node)


@cache
def _read(seed: str, kind: type[str]) -> bytes:
    """Return a seed's tree, read once, as bytes from which a copy of it is made quickly."""
    return pickle.dumps(tomllib.loads(seed, parse_float=kind))


def _spoilt_tree(rng: random.Random) -> bytes:
    tree = pickle.loads(_read(rng.choice(SEEDS), Raw))
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        _change_tree(tree, rng)
    return _json(tree).encode("utf-8", "surrogatepass")


def _odd_numbers(rng: random.Random) -> bytes:
    """Change numbers only, to such as are odd but right: most of these files can be settled."""
    tree = pickle.loads(_read(rng.choice(SEEDS[3:]), str))
    tables: list[dict[str, Any]] = []
    for preference in tree["preferences"].values():
        inner = [table for table in preference.values() if isinstance(table, dict)]
        deeper = [table for each in inner for table in each.values() if isinstance(table, dict)]
        tables += [preference, *inner, *deeper]
    places = [(t, key) for t in tables for key in t if isinstance(t[key], int | str)]
    for node, key in rng.sample(places, rng.randint(1, len(places))):
        node[key] = rng.choice(ODD)
    tree["tolerance"] = rng.choice(("1/20", 0, 1, "1e-60", "0.999999999999999999999999"))
    tree["price"] = rng.choice(("1/10", 0, 1))
    return _json(tree).encode()


def _spoilt_lines(rng: random.Random) -> bytes:
    lines = rng.choice(SEEDS).splitlines()
    for _ in range(rng.choice((1, 1, 2, 4))):
        place = rng.randrange(len(lines))
        key, equals, _ = lines[place].partition(" = ")
        change = rng.randrange(6)
        if change == 0:
            del lines[place]
        elif change == 1:
            lines.insert(rng.randrange(len(lines)), lines[place])
        elif change == 2:
            lines[place] = lines[place].replace("ann", rng.choice(("ben", "an", "家"))) + "#"
        elif equals:
            lines[place] = f"{key} = {rng.choice([*TOKENS, *map(_toml_token, TAME)])}"
        lines = lines or [""]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _toml_token(value: Any) -> str:
    return json.dumps(value)


def _spoilt_bytes(rng: random.Random) -> bytes:
    text = rng.choice(SEEDS)
    place = rng.randrange(len(text))
    change = rng.randrange(4)
    if change == 0:
        text = text[:place]
    elif change == 1:
        text = text[:place] + rng.choice(PIECES) + text[place + rng.randrange(3) :]
    elif change == 2:
        other = rng.choice(SEEDS)
        text = text[:place] + other[rng.randrange(len(other)) :]
    data = bytearray(text.encode())
    if change == 3:
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


MAKERS: tuple[Callable[[random.Random], bytes], ...] = (
    _spoilt_tree,
    _spoilt_tree,
    _odd_numbers,
    _spoilt_lines,
    _spoilt_bytes,
)


def _outcome_of(path: Path, settled: dict[Dispute, Settlement]) -> Settlement | InputError:
    """Return how a file ends. Some hundred say what another said: that is settled once."""
    try:
        dispute = api.load(path)
        if dispute not in settled:
            settled[dispute] = api.settle(dispute)
        return settled[dispute]
    except InputError as error:
        return error


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_spoilt_file_gives_a_settlement_or_an_input_error(tmp_path: Path, part: int) -> None:
    """Each of 10,000 files is settled or refused, within seconds, in words that can be printed."""
    path = tmp_path / "spoilt"
    seen: Counter[str] = Counter()
    settled: dict[Dispute, Settlement] = {}
    slowest, began = 0.0, time.process_time()
    for seed in range(part * FILES, (part + 1) * FILES):
        rng = random.Random(seed)
        path.write_bytes(rng.choice(MAKERS)(rng))
        start = time.process_time()
        try:
            found = _outcome_of(path, settled)
        except BaseException as error:
            raise AssertionError(f"seed {seed}: {type(error).__name__}: {error}") from error
        slowest = max(slowest, time.process_time() - start)
        assert slowest < SECONDS_EACH, seed
        seen[type(found).__name__] += 1
        if isinstance(found, InputError):
            assert found.faults, seed
            assert all(f.object and f.found and f.expected and f.remedy for f in found.faults), seed
            str(found).encode("utf-8")
            assert all(line.isprintable() for line in str(found).split("\n")), seed
    assert sum(seen.values()) == FILES
    assert time.process_time() - began < SECONDS_IN_ALL
    assert seen["Settlement"] > FILES / 6, seen
    assert seen["InvalidDispute"] > FILES / 5, seen
    assert seen["FormatError"] > FILES / 20, seen


def test_unspoilt_seeds_are_disputes() -> None:
    """The files that are spoilt above are disputes to begin with."""
    assert all(dispute_from_text(seed) for seed in SEEDS)
