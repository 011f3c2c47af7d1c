"""The published schema is what the models say, and accepts what the reader accepts."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pydantic_core
import pytest
from jsonschema import Draft202012Validator

from hikiwake.formats.native import publish, shape
from hikiwake.formats.templates import template_files, templates
from tests.unit.formats.samples import COMPLETE, PAYING, SMALL, changed, faults_of


def schema(name: str) -> dict[str, Any]:
    """Return a published schema."""
    return json.loads((publish.SCHEMA / name).read_text("utf-8"))


@pytest.mark.parametrize("name", ["dispute.schema.json", "preference.schema.json"])
def test_published_schema_is_current(name: str) -> None:
    """The files are what `python -m hikiwake.formats.native.publish` would write today."""
    Draft202012Validator.check_schema(schema(name))
    assert (publish.SCHEMA / name).read_text("utf-8") == publish.published()[name]


def test_stored_validator_is_current() -> None:
    """The models as data are current, where the Pydantic at hand is the one that wrote them."""
    stored = schema("validator.json")
    if stored["core"] != pydantic_core.__version__:
        pytest.skip("another Pydantic: the models themselves are used instead")
    assert stored == json.loads(publish.published()["validator.json"])


def test_another_pydantic_falls_back_to_the_models(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With data of another version the models are built instead, and find the same faults."""
    bad = changed('kind = "item"', 'kind = "item"\nstep = 1').replace("max = 10", "mx = 10")
    expected = faults_of(bad)
    path = tmp_path / "validator.json"
    path.write_text(json.dumps({"core": "0", "schema": {}}), "utf-8")
    monkeypatch.setattr(shape, "_VALIDATOR", path)
    shape.stored_validator.cache_clear()
    try:
        assert faults_of(bad) == expected
        assert not faults_of(COMPLETE)
    finally:
        shape.stored_validator.cache_clear()


@pytest.mark.parametrize(
    "text",
    [
        COMPLETE,
        SMALL,
        PAYING,
        *(text for name in templates() for text in template_files(name).values()),
    ],
)
def test_examples_satisfy_the_published_schema(text: str) -> None:
    """The samples and the templates validate against the JSON Schema that others will use."""
    tree = tomllib.loads(text)
    Draft202012Validator(schema("dispute.schema.json")).validate(tree)
    for preference in tree["preferences"].values():
        Draft202012Validator(schema("preference.schema.json")).validate(preference)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "item"', 'kind = "itm"'),
        ('kind = "item"', 'kind = "item"\nstep = 1'),
        ("max = 10", ""),
        ("max = 10", "max = []"),
        ("hikiwake = 1", "hikiwake = 2"),
        ("hikiwake = 1", "hikiwake = 1\ntitel = 'x'"),
        ('["red", "blue"]', "[1]"),
        ("[preferences.ann]", "[preferences.ann]\nwalk_away = true"),
        ("[preferences.ann]", "[preferences.ann]\n[[preferences.ann.red_lines]]"),
    ],
)
def test_schema_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    """Mistakes of shape are found by the published schema as they are by the program."""
    bad = changed(old, new)
    assert faults_of(bad)
    assert not Draft202012Validator(schema("dispute.schema.json")).is_valid(tomllib.loads(bad))


def test_every_key_of_the_schema_is_explained_or_plain() -> None:
    """Every table of the schema says what it is."""
    tables = schema("dispute.schema.json")["$defs"]
    assert all(table["description"] for table in tables.values())
