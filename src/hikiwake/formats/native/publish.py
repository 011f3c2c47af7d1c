"""Write the schema files from the models: ``python -m hikiwake.formats.native.publish``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pydantic_core
from pydantic import TypeAdapter

from hikiwake.formats.native.models import DisputeFile, PreferenceFile

SCHEMA = Path(__file__).parent.parent / "schema"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NOT_DATA = ("metadata", "cls", "computed_fields", "from_attributes")


def published() -> Mapping[str, str]:
    """Return the text of every schema file, by its name."""
    whole, one = TypeAdapter(DisputeFile), TypeAdapter(PreferenceFile)
    validator = {
        "core": pydantic_core.__version__,
        "schema": _as_data(whole.core_schema, {}),
    }
    return {
        "dispute.schema.json": _text(_published(whole, "A dispute (Hikiwake, format 1)")),
        "preference.schema.json": _text(_published(one, "One party's preference (Hikiwake)")),
        "validator.json": json.dumps(validator, ensure_ascii=False, separators=(",", ":")) + "\n",
    }


def _published(adapter: Any, title: str) -> dict[str, Any]:
    schema = _without_titles(adapter.json_schema(ref_template="#/$defs/{model}"))
    return {"$schema": _DIALECT, "title": title, **schema}


def _without_titles(node: Any) -> Any:
    """Drop the titles that only repeat a key."""
    if isinstance(node, list):
        return [_without_titles(item) for item in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    items = cast("dict[str, Any]", node).items()
    return {k: _without_titles(v) for k, v in items if not (k == "title" and isinstance(v, str))}


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _as_data(node: Any, refs: dict[str, str]) -> Any:
    """Return a core schema without classes and functions, its references renamed to stay stable."""
    if isinstance(node, list):
        return [_as_data(item, refs) for item in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    data: dict[str, Any] = {}
    for key, value in cast("dict[str, Any]", node).items():
        if key in ("ref", "schema_ref") and isinstance(value, str):
            data[key] = refs.setdefault(value, f"r{len(refs)}")
        elif key not in _NOT_DATA:
            data[key] = _as_data(value, refs)
    return data


if __name__ == "__main__":
    for name, text in published().items():
        (SCHEMA / name).write_text(text, encoding="utf-8")
