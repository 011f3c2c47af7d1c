"""How large things may be. An exception needs a reason, and goes when it is no longer needed."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import Definition, Function, Module, is_public, modules

pytestmark = pytest.mark.xdist_group("sources")  # they are parsed once, in one process

MODULE_LINES = 400
FUNCTION_LINES = 60
PARAMETERS = 7
PUBLIC_METHODS = 20

# "tests/unit/test_x.py" or "src/hikiwake/x.py::Class.method" → why it may be larger
EXCEPTIONS: dict[str, str] = {
    "src/hikiwake/proof/checker.py": "it is one file, so that it can be mailed and run alone",
    "src/hikiwake/proof/robust_checker.py": "it is one file, so that it can run alone",
    "tests/support/forgeries.py": "a table: one entry for each refusal of the checker",
    "src/hikiwake/cli/commands/alternatives.py::command": "each option is a parameter of its own",
    "src/hikiwake/cli/commands/adjust.py::command": "each option is a parameter of its own",
    "src/hikiwake/cli/commands/explain.py::command": "each option is a parameter of its own",
    "src/hikiwake/cli/commands/felt.py::command": "each option is a parameter of its own",
    "src/hikiwake/cli/commands/robustness.py::command": "each option is a parameter of its own",
    "src/hikiwake/cli/commands/plan.py::command": "each option is a parameter of its own",
    "src/hikiwake/cli/commands/record.py::begin": "each option is a parameter of its own",
    "src/hikiwake/cli/commands/record.py::sign": "each option is a parameter of its own",
    "src/hikiwake/cli/commands/settle.py::command": "each option is a parameter of its own",
    "src/hikiwake/cli/commands/statement.py::command": "each option is a parameter of its own",
}


def lines_of(function: Function) -> int:
    """Count the lines of a function, leaving out its decorators and its docstring."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return whole
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1)


def parameters_of(function: Function) -> int:
    """Count the parameters of a function, leaving out self and cls."""
    arguments = function.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    starred = [a for a in (arguments.vararg, arguments.kwarg) if a]
    return len(names) + len(starred) - (names[:1] in (["self"], ["cls"]))


def methods_of(definition: ast.ClassDef) -> int:
    """Count the public methods of a class."""
    return sum(isinstance(m, Function) and is_public(m.name) for m in definition.body)


def too_large() -> dict[str, str]:
    """Return everything that is larger than it may be, and how large it is."""
    found: dict[str, str] = {}
    for module in modules("src", "tests", "tools", "benchmarks", "examples"):
        found |= _too_long(module)
    for module in modules("src", "tools", "benchmarks", "examples"):
        for name, definition in module.definitions():
            if faults := _faults(definition):
                found[name] = ", ".join(faults)
    return found


def _too_long(module: Module) -> dict[str, str]:
    lines = module.text.count("\n")
    return {module.name: f"{lines} lines (at most {MODULE_LINES})"} if lines > MODULE_LINES else {}


def _faults(definition: Definition) -> list[str]:
    if isinstance(definition, ast.ClassDef):
        counts = [(methods_of(definition), PUBLIC_METHODS, "public methods")]
    else:
        counts = [
            (lines_of(definition), FUNCTION_LINES, "lines"),
            (parameters_of(definition), PARAMETERS, "parameters"),
        ]
    return [f"{count} {what} (at most {most})" for count, most, what in counts if count > most]


def test_nothing_is_larger_than_it_may_be() -> None:
    """Modules, functions, parameter lists and classes stay small enough to be read at once."""
    assert {name: why for name, why in too_large().items() if name not in EXCEPTIONS} == {}


def test_every_exception_is_needed_and_has_its_reason() -> None:
    """An exception names something that is still too large, and says why in a sentence."""
    assert set(EXCEPTIONS) <= set(too_large())
    assert all(len(reason.split()) >= 4 for reason in EXCEPTIONS.values())
