"""The documents are complete: what the program has, they describe."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import hikiwake as hw
from hikiwake import errors
from hikiwake.cli.app import COMMANDS, PANELS, build
from hikiwake.formats.results import adjusted, honesty, offered, progressed, remedied, sureness
from hikiwake.formats.results import settled as results
from hikiwake.pareto.result import Frontier
from hikiwake.properties import PROPERTIES
from hikiwake.properties.verdict import Verdict, Witness
from hikiwake.settlement import Settlement
from tests.docs.pages import DOCS, ROOT, Page, pages

SOURCE = ROOT / "src" / "hikiwake"
CONVENTIONS = re.findall(r"\*\*(H\d+) ", (ROOT / "CONVENTIONS.md").read_text("utf-8"))
TEXTBOOK = ("Who proposed it", "What it promises", "When it disappoints")
OF_A_RULE = ("A small example", *TEXTBOOK, "Ties and twins")
OF_A_PROPERTY = ("A small example", *TEXTBOOK)


def page(name: str) -> Page:
    """Return a page under docs/."""
    return Page(DOCS / name)


def named(name: str) -> set[str]:
    """Return everything that stands in code quotes on a page."""
    return set(re.findall(r"`([^`\n]+)`", page(name).prose()))


def errors_of(root: type[Exception]) -> list[type[Exception]]:
    """Return a class of errors with everything below it."""
    return [root, *(e for below in root.__subclasses__() for e in errors_of(below))]


def bounds() -> list[tuple[str, str, str]]:
    """Return every public constant MAX_… of the package: file, name, value."""
    found: list[tuple[str, str, str]] = []
    for path in sorted(SOURCE.rglob("*.py")):
        inside, text = path.relative_to(SOURCE), path.read_text("utf-8")
        for statement in ast.parse(text).body if "MAX_" in text else ():
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                name = statement.targets[0].id
                if name.startswith("MAX_"):
                    found.append((inside.as_posix(), name, _value(inside, name)))
    return found


def parameters(command: str) -> list[Any]:
    """Return the arguments and options of a command; for a group, those of all in it."""
    found = build().get_command(None, command)
    return [p for one in (found, *getattr(found, "commands", {}).values()) for p in one.params]


def _value(inside: Path, name: str) -> str:
    parts = [part for part in inside.with_suffix("").parts if part != "__init__"]
    value = getattr(importlib.import_module(".".join(("hikiwake", *parts))), name)
    return f"{value:,}" if isinstance(value, int) else str(value)


def test_help_and_the_how_to_pages_have_one_order() -> None:
    """`hikiwake --help` and the index of how-to pages group the commands alike."""
    index = page("how-to/index.md")
    linked = {
        heading: tuple(
            re.findall(r"^\| \[[^]]+\]\((\w+)\.md\)", index.section(heading), re.MULTILINE)
        )
        for heading in index.headings()[1:]
    }
    assert linked == PANELS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_how_to(command: str) -> None:
    """A command has a how-to, with command line and Python side by side, linked from the list."""
    how_to = page(f"how-to/{command}.md")
    languages = [block.language for block in how_to.blocks()]
    assert languages.count("console") >= 2
    assert "python" in languages
    assert f"$ hikiwake {command}" in how_to.text
    assert f"]({command}.md)" in page("how-to/index.md").text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_in_the_reference(command: str) -> None:
    """Each option of a command stands in its section of the reference."""
    told = page("reference/cli.md").section(f"`hikiwake {command}`")
    options = [max(p.opts, key=len) for p in parameters(command) if p.opts[0].startswith("-")]
    assert [o for o in options if o != "--help" and f"`{o}" not in told] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_no_option_is_made_up(command: str) -> None:
    """Each option that the reference gives a command, it has."""
    told = page("reference/cli.md").section(f"`hikiwake {command}`")
    has = {o for p in parameters(command) for o in p.opts}
    assert set(re.findall(r"^\| `(--[a-z-]+)", told, re.MULTILINE)) <= has


def test_no_page_speaks_of_a_command_or_option_that_is_not_there() -> None:
    """Every command and option in code quotes on a page under docs/ exists."""
    group = build()
    options = {o for c in COMMANDS for p in parameters(c) for o in p.opts}
    options |= {"--help", *(o for p in group.params for o in p.opts)}
    found: set[str] = set()
    for one in pages():
        for code in named(one.name.removeprefix("docs/")) if one.path.is_relative_to(DOCS) else ():
            unknown = set(re.findall(r"(?<!\S)--[a-z-]+", code)) - options
            command = re.match(r"hikiwake ([a-z]+)", code)
            unknown |= {command[1]} - {*COMMANDS} if command else set()
            found |= {f"{one.name}: {name}" for name in unknown}
    assert found == set()


@pytest.mark.parametrize("rule", hw.RULES)
def test_every_rule_has_its_page(rule: str) -> None:
    """A rule has a textbook page: definition, example, source, promises, where it disappoints."""
    _is_in_the_textbook(f"rules/{rule}.md", rule, OF_A_RULE)


@pytest.mark.parametrize("name", PROPERTIES)
def test_every_property_has_its_page(name: str) -> None:
    """A property has a textbook page: definition, example, source, promises, disappointment."""
    _is_in_the_textbook(f"properties/{name}.md", name, OF_A_PROPERTY)


def _is_in_the_textbook(name: str, subject: str, headings: tuple[str, ...]) -> None:
    found = page(f"textbook/{name}")
    assert f"(`{subject}`)" in found.headings()[0]
    assert [heading for heading in headings if heading not in found.headings()] == []
    assert "What it says" in found.headings()
    assert f"]({name})" in page("textbook/index.md").text
    runs = ("```python", "```console")
    assert any(block in found.section("A small example") for block in runs)
    assert any(block in found.section("When it disappoints") for block in runs)


@pytest.mark.parametrize("name", hw.__all__)
def test_every_public_name_has_its_section(name: str) -> None:
    """A public name has a section of its own in the reference for Python."""
    assert f"`{name}`" in page("reference/python.md").headings()


@pytest.mark.parametrize("name", [n for n in hw.__all__ if inspect.isfunction(getattr(hw, n))])
def test_every_function_is_called_as_the_reference_says(name: str) -> None:
    """The section of a public function shows its parameters, in order, with their defaults."""
    signature = inspect.signature(getattr(hw, name))
    plain = [p.replace(annotation=inspect.Parameter.empty) for p in signature.parameters.values()]
    call = signature.replace(parameters=plain, return_annotation=inspect.Signature.empty)
    shown = f"{name}{call}".replace("'", '"')
    assert f"`{shown}`" in page("reference/python.md").section(f"`{name}`")


@pytest.mark.parametrize("engine", hw.ENGINES)
def test_every_engine_is_described(engine: str) -> None:
    """An engine stands in the reference."""
    assert engine in named("reference/engines.md")


@pytest.mark.parametrize("error", errors_of(errors.HikiwakeError), ids=lambda e: e.__name__)
def test_every_error_has_its_section(error: type[Exception]) -> None:
    """A class of errors has a section of its own."""
    assert f"`{error.__name__}`" in page("reference/errors.md").headings()


def test_the_tree_of_errors_is_the_drawn_one() -> None:
    """The tree that the reference draws is the one that the module draws."""
    drawn = inspect.getdoc(errors) or ""
    tree = drawn[drawn.index("HikiwakeError") : drawn.index("\n\nNo agreement")]
    assert tree in page("reference/errors.md").text


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (Settlement, "`Settlement`"),
        (hw.Dispute, "`Dispute`"),
        (Frontier((), "", 0, None), "The frontier"),
        (Verdict, "Verdict"),
        (Witness, "Verdict"),
    ],
)
def test_every_field_is_described(value: Any, where: str) -> None:
    """Each field of a value that comes back is named in its section."""
    told = page("reference/python.md").section(where)
    public = {name for name in dir(value) if not name.startswith("_")}
    missing = sorted(n for n in public if not re.search(rf"`(dispute\.)?{n}\b", told))
    assert missing == []


def test_every_reason_of_a_verdict_is_described() -> None:
    """Each code that a verdict may give as its reason stands in the reference."""
    codes = {
        code
        for path in (SOURCE / "properties").glob("*.py")
        for code in re.findall(r'why="(\w+)"', path.read_text("utf-8"))
    }
    assert codes
    assert codes <= named("reference/python.md")


@pytest.mark.parametrize("number", CONVENTIONS)
def test_every_convention_has_its_row(number: str) -> None:
    """A convention stands in the reference, with a link to where more is written."""
    row = re.compile(rf"^\| {number} \| .+ \| \[.+\]\(.+\).* \|$", re.MULTILINE)
    assert row.search(page("reference/conventions.md").text)


def test_no_convention_is_made_up() -> None:
    """Every number that a page or the source cites is a convention."""
    texts = [p.text for p in pages()] + [p.read_text("utf-8") for p in SOURCE.rglob("*.py")]
    assert {n for text in texts for n in re.findall(r"\bH\d+\b", text)} <= set(CONVENTIONS)


def test_every_bound_stands_in_the_reference_with_its_value() -> None:
    """Each MAX_… constant has one row with its file and its value, and no row is left over."""
    told = page("reference/bounds.md").text
    rows = re.findall(r"^\| `([\w/.]+)` `(MAX_\w+)` \| ([\d,/]+) \|", told, re.MULTILINE)
    assert len(rows) == len(set(rows))
    assert set(rows) == {(file, name, value) for file, name, value in bounds()}


def test_every_key_of_a_file_is_described() -> None:
    """Each key that the schema of a dispute has stands in the reference of the format."""
    schema = json.loads((SOURCE / "formats/schema/dispute.schema.json").read_text("utf-8"))
    tables = [schema, *schema["$defs"].values()]
    keys = {key for table in tables for key in table.get("properties", {})}
    assert sorted(keys - named("reference/file-format.md")) == []


@pytest.mark.parametrize(
    "key", ["from", "to", "above", "below", "choice", "item", "share", "amount"]
)
def test_every_bound_and_kind_is_described(key: str) -> None:
    """Each kind of issue, and each word for a bound, stands in the reference of the format."""
    assert any(key in words for words in named("reference/file-format.md"))


def test_every_key_of_the_output_is_described() -> None:
    """Each key that is written as JSON, of a settlement and of all beside it, stands in its
    reference."""
    written = {
        str(key.value)
        for module in (adjusted, honesty, offered, progressed, remedied, results, sureness)
        for table in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(table, ast.Dict)
        for key in table.keys
        if isinstance(key, ast.Constant)
    }
    limits = {"kind", "party", "place", "limits", "smallest"}
    assert sorted(written - limits - named("reference/json.md")) == []
    assert limits <= named("reference/json.md")


def test_every_room_of_the_house_is_described() -> None:
    """Each folder and file right under src/hikiwake stands in the reference; each folder also where
    those who want to change it begin.
    """
    rooms = {
        f"{path.name}/" if path.is_dir() else path.name
        for path in SOURCE.iterdir()
        if path.suffix == ".py" or (path.is_dir() and path.name != "__pycache__")
    }
    assert sorted(rooms - named("reference/house.md")) == []
    first_told = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Where things are")[1]
    assert [room for room in rooms if room.endswith("/") and f"`{room}`" not in first_told] == []


def test_the_doors_of_the_house_are_the_real_ones() -> None:
    """What the reference says that a room may import is what the contract of imports allows."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = (c for c in settings["tool"]["importlinter"]["contracts"] if c["id"] == "rooms")
    real = {room.strip(): set(to.split()) for room, to in (d.split(":") for d in contract["doors"])}
    told: dict[str, set[str]] = {}
    row = re.compile(r"^\| `(\w+)(?:/|\.py)` \| .* \| (.*) \|$", re.MULTILINE)
    for room, doors in row.findall(page("reference/house.md").text):
        told["hikiwake" if room == "__init__" else room] = set(re.findall(r"`(\w+)`", doors))
    everything = real["api"]
    told["api"] = told["api"] or everything
    assert told == real


def test_the_status_and_exactness_are_all_described() -> None:
    """Each status and exactness stands in the reference for Python and for JSON."""
    members = [*hw.Status, *hw.Exactness]
    assert [m.name for m in members if m.name not in named("reference/python.md")] == []
    assert [m.value for m in members if f'"{m.value}"' not in named("reference/json.md")] == []


CERTIFIED = {
    "docs/how-to/plan.md",
    "docs/how-to/robustness.md",
    "docs/reference/plan.md",
    "docs/textbook/trust.md",
}


def test_nothing_is_called_more_than_it_is() -> None:
    """Where no certificates exist no page says that something was proven or provably so (H17)."""
    claims = re.compile(r"\bproven\b|\bprovabl[ey]\b|\bguarantee", re.IGNORECASE)
    found = {
        f"{p.name}: {line}"
        for p in pages()
        if p.path.is_relative_to(DOCS) and p.name not in CERTIFIED
        for line in p.prose().splitlines()
        if claims.search(line)
    }
    assert found == set()
