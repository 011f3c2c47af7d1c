"""The shape of a file: known keys only, each of its kind, within the bounds of H16."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, cast

from hikiwake.errors import Fault, did_you_mean
from hikiwake.formats.native.findings import Findings, Place, owner, path_text, private
from hikiwake.formats.native.numbers import kind
from hikiwake.formats.native.syntax import Tree

MAX_PARTIES = 100
MAX_ISSUES = 10_000
MAX_OPTIONS = 10_000
MAX_CONDITIONS = 10_000
MAX_TRANSLATED = 200

_VALIDATOR = Path(__file__).parent.parent / "schema" / "validator.json"
_KINDS = "choice, item, share, amount, money"
_EXPECTED = {
    "string_type": "A text, in quotes",
    "string_unicode": "A text that can be written as UTF-8",
    "bool_type": "true or false, without quotes",
    "list_type": "A list",
    "dict_type": "A table",
    "model_attributes_type": "A table",
}
_CONDITIONS = ("red_lines", "bonuses", "ranks", "constraints")
_SURELY_MEANT = 0.8
_AMONG_POINTS = "Issues stand one level deeper: under `points`, `values` or `curves`."
_HINTS = {
    "hikiwake": "Add `hikiwake = 1` as the first line.",
    "parties": "Add a [[parties]] table for each side.",
    "issues": "Add an [[issues]] table for each thing to decide.",
    "options": 'List them: options = ["june", "december"].',
    "never": 'Add it: never = { issue = "option" }.',
    "when": 'Add it: when = { issue = "option" }.',
    "terms": "Add it: terms = { house = 1, savings = -2 }.",
    "kind": "Add it.",
    "limit": "Add the most that a party may pay: limit = 500.",
}


def bounded(tree: Tree, findings: Findings) -> bool:
    """Tell whether a tree is small enough to be worked on; else add why not (H16)."""
    found = list(_too_many(tree))
    for fault in found:
        findings.add(fault)
    return not found


def _too_many(tree: Tree) -> Iterator[Fault]:
    conditions = _length(tree.get("rules"))
    for preference in _values(tree.get("preferences")):
        if isinstance(preference, dict):
            lines = cast(Tree, preference)
            conditions += sum(_length(lines.get(key)) for key in _CONDITIONS)
    counts = [
        ("parties", _length(tree.get("parties")), MAX_PARTIES),
        ("preferences", len(_values(tree.get("preferences"))), MAX_PARTIES),
        ("issues", _length(tree.get("issues")), MAX_ISSUES),
        ("conditions", conditions, MAX_CONDITIONS),
    ]
    for place, issue in enumerate(_list(tree.get("issues"))[:MAX_ISSUES], start=1):
        if isinstance(issue, dict):
            for key in ("options", "others"):
                number = _length(cast(Tree, issue).get(key))
                counts.append((f"issues[{place}].{key}", number, MAX_OPTIONS))
    for where, number, most in counts:
        if number > most:
            yield Fault(
                "The dispute",
                f"{number} {where.split('.')[-1]}",
                f"At most {most}",
                "H16",
                "Divide the dispute into smaller ones.",
                "" if where == "conditions" else where,
            )


def _list(raw: object) -> list[object]:
    return cast("list[object]", raw) if isinstance(raw, list) else []


def _length(raw: object) -> int:
    return len(_list(raw))


def _values(raw: object) -> list[object]:
    return list(cast(Tree, raw).values()) if isinstance(raw, dict) else []


@cache
def stored_validator() -> tuple[Any, Mapping[str, Any]]:
    """Return the validator and its schema: from data, or from the models for another Pydantic."""
    import pydantic_core

    stored = json.loads(_VALIDATOR.read_text(encoding="utf-8"))
    if stored["core"] == pydantic_core.__version__:
        return pydantic_core.SchemaValidator(stored["schema"]), stored["schema"]
    from pydantic import TypeAdapter

    from hikiwake.formats.native.models import DisputeFile

    adapter = TypeAdapter(DisputeFile)
    return adapter.validator, cast("Mapping[str, Any]", adapter.core_schema)


def check_shape(tree: Tree, findings: Findings) -> None:
    """Add a fault for everything that is missing, unknown or of a wrong kind."""
    from pydantic_core import ValidationError

    validator, schema = stored_validator()
    try:
        validator.validate_python(tree, strict=True)
    except ValidationError as error:
        errors = cast(
            "list[dict[str, Any]]", error.errors(include_url=False, include_context=False)
        )
        _translate(errors, schema, tree, findings)


def _translate(
    errors: list[dict[str, Any]], schema: Mapping[str, Any], tree: Tree, findings: Findings
) -> None:
    misspelt: set[Place] = set()
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]
    for *around, key in unknown[:MAX_TRANSLATED]:
        known = _known_keys(schema, tuple(around))
        near = did_you_mean(str(key), known)
        misspelt.update((*_place(tuple(around)), k) for k in known if repr(k) in near)
    for error in errors:
        place = _place(error["loc"])
        if error["type"] != "extra_forbidden":
            findings.spoil(place)
        if findings.full:
            findings.more += 1
        elif not (error["type"] == "missing" and place in misspelt):
            findings.add(_fault(error, place, schema, tree))


def _place(loc: Place) -> Place:
    """Return the place in the file: Pydantic's, less the kind that it names within an issue."""
    return (*loc[:2], *loc[3:]) if loc[:1] == ("issues",) else tuple(loc)


def _known_keys(schema: Mapping[str, Any], loc: Place) -> list[str]:
    node: Any = schema
    for part in loc:
        if node["type"] == "typed-dict":
            node = node["fields"][part]["schema"]
        elif node["type"] == "tagged-union":
            node = node["choices"][part]
        else:
            node = node["items_schema" if node["type"] == "list" else "values_schema"]
    return list(node["fields"])


def _fault(error: dict[str, Any], place: Place, schema: Mapping[str, Any], tree: Tree) -> Fault:
    sort, key = error["type"], str(place[-1]) if place else ""
    if sort == "missing":
        return Fault(
            owner(place[:-1], tree),
            f"no `{key}`",
            f"`{key}` is needed here",
            "H19",
            _HINTS.get(key, "Add it."),
            path_text(place),
        )
    if sort == "extra_forbidden":
        return _unknown_key(error, place, schema, tree)
    if sort.startswith("union_tag"):
        return Fault(
            owner(place, tree),
            "no `kind`" if sort == "union_tag_not_found" else "a `kind` that does not exist",
            f"One of {_KINDS}",
            "H19",
            _near_kind(error["input"]) or "Say which kind of issue it is.",
            f"{path_text(place)}.kind",
        )
    expected = _EXPECTED.get(sort, "Something else")
    if place[:1] == ("preferences",) and "curves" in place[2:3] and len(place) > 3:
        expected = "Corners: [[x, points], [x, points], …]"
    return Fault(
        owner(place, tree),
        f"{kind(error['input'])} under `{key}`"
        if place and isinstance(place[-1], str)
        else _entry(error),
        expected,
        "H19",
        "Change it.",
        path_text(place),
    )


def _entry(error: dict[str, Any]) -> str:
    return f"{kind(error['input'])} in a list"


def _near_kind(raw: object) -> str:
    found = cast(Tree, raw).get("kind") if isinstance(raw, dict) else None
    return did_you_mean(found, _KINDS.split(", ")) if isinstance(found, str) else ""


def _unknown_key(
    error: dict[str, Any], place: Place, schema: Mapping[str, Any], tree: Tree
) -> Fault:
    known, key = _known_keys(schema, error["loc"][:-1]), str(place[-1])
    near = did_you_mean(key, known)
    hidden = private(place) and not get_close_matches(key[:80], known, 1, _SURELY_MEANT)
    near = "" if hidden else near
    return Fault(
        owner(place[:-1], tree),
        "an unknown key" if hidden else f"unknown key {key[:80]!r}",
        f"Known here: {', '.join(known)}",
        "H19",
        near or (_AMONG_POINTS if hidden and len(place) == 3 else "Remove it."),
        path_text(place[:-1] if hidden else place),
    )
