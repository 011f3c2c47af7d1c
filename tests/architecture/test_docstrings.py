"""What says what it is: every test, and everything public."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Function, Module, is_public, modules

pytestmark = pytest.mark.xdist_group("sources")  # they are parsed once, in one process

ONLY_WITH_ITS_FIRST = {"overload", "setter", "deleter", "override"}


def faults_of(docstring: str | None) -> list[str]:
    """Say what keeps a docstring from being one sentence."""
    if not docstring:
        return ["no docstring"]
    faults: list[str] = []
    if "\n\n" in docstring:
        faults.append("more than one paragraph")
    if not docstring.endswith((".", "?")):
        faults.append("no full stop")
    return faults


def is_decorated(definition: ast.AST, names: set[str]) -> bool:
    """Tell whether one of the decorators has one of these last names."""
    decorators = getattr(definition, "decorator_list", [])
    return any(ast.unparse(d).rpartition(".")[2] in names for d in decorators)


def untold(module: Module) -> Iterator[str]:
    """Yield the public parts of a module that have no docstring."""
    if ast.get_docstring(module.tree) is None:
        yield module.name
    functions = {name for name, found in module.definitions() if isinstance(found, Function)}
    for name, definition in module.definitions():
        inside_a_function = name.rpartition(".")[0] in functions
        if (
            inside_a_function
            or not is_public(name)
            or is_decorated(definition, ONLY_WITH_ITS_FIRST)
        ):
            continue
        if ast.get_docstring(definition) is None:
            yield name


def test_every_test_says_what_it_expects() -> None:
    """Every test function has a docstring of one sentence."""
    found = {
        name: faults
        for module in modules("tests")
        for name, definition in module.definitions()
        if isinstance(definition, Function) and definition.name.startswith("test_")
        if (faults := faults_of(ast.get_docstring(definition)))
    }
    assert found == {}


def test_everything_public_says_what_it_is() -> None:
    """Every module, and every public class, function and method of the package, has a docstring."""
    assert [name for module in modules("src") for name in untold(module)] == []
