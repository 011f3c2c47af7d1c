"""The command ``hikiwake``: finds the command that is asked for, and loads only that one."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from hikiwake.cli.guard import guarded, has_no_room, tell_unwritten

HELP = """\
Settle a dispute so that neither side is the winner or the loser.

Hikiwake ("a draw") reads a dispute from a file or a folder and looks for the package in which \
no side comes out ahead by its own measure, and nobody could be better off without someone being \
worse off. It offers; the parties decide. It is no legal advice.

Start with [bold]hikiwake new our-dispute[/bold], \
then [bold]hikiwake settle our-dispute.toml[/bold].
"""
EPILOG = (
    "Exit codes: 0 a draw, or done · 1 the answer is no · 2 the input cannot be used · "
    "3 undecided within the limits"
)
PANELS = {
    "A dispute, and what comes out": ("new", "import", "validate", "settle", "explain", "check"),
    "Talking about it": (
        "alternatives",
        "adjust",
        "frontier",
        "robustness",
        "felt",
        "progress",
    ),
    "In confidence": ("keys", "record", "seal", "open"),
    "From a package to deeds": ("statement", "plan", "export", "destroy"),
}
PANEL_OF = {name: panel for panel, names in PANELS.items() for name in names}
COMMANDS = tuple(PANEL_OF)
MODULES = {"import": "importing", "open": "opening"}  # where a name is taken

_PLAIN: dict[str, Any] = {
    "add_completion": False,
    "pretty_exceptions_enable": False,
    "rich_markup_mode": "rich",
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class LazyGroup(TyperGroup):
    """A group of commands whose modules are imported when they are asked for."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: dict[str, Any] = dict.fromkeys(COMMANDS)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, in the order of their panels."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, importing its module now."""
        if cmd_name not in COMMANDS:
            return None
        if self.commands[cmd_name] is None:
            module = import_module(f"hikiwake.cli.commands.{MODULES.get(cmd_name, cmd_name)}")
            self.commands[cmd_name] = _made(cmd_name, module)
        return self.commands[cmd_name]


def _made(name: str, module: Any) -> Any:
    """Return the command that a module holds: one, or a group of them."""
    told = {"epilog": getattr(module, "EPILOG", None), "rich_help_panel": PANEL_OF[name]}
    made = typer.Typer(name=name, **_PLAIN, no_args_is_help=hasattr(module, "SUBCOMMANDS"))
    if not hasattr(module, "SUBCOMMANDS"):
        made.command(name, **told)(guarded(module.command))
        return typer.main.get_command(made)
    made.callback(help=module.HELP, **told)(lambda: None)
    for sub, function in module.SUBCOMMANDS.items():
        made.command(sub)(guarded(function))
    return typer.main.get_command(made)


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"hikiwake {version('hikiwake')}")
        except PackageNotFoundError:
            typer.echo("hikiwake, not installed: run from its source")
        raise typer.Exit


def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            metavar="",
            help="Show the version and stop.",
        ),
    ] = False,
) -> None:
    pass


@cache
def build() -> Any:
    """Return the whole command, ready to be called with arguments, again and again."""
    app = typer.Typer(cls=LazyGroup, no_args_is_help=True, **_PLAIN)
    app.callback(help=HELP, epilog=EPILOG)(_root)
    return typer.main.get_command(app)


def run() -> None:
    """Run the command with the arguments of the process."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed before the start: nobody wants to read it
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        build()(prog_name="hikiwake")
    except OSError as error:
        if not has_no_room(error):
            raise
        raise SystemExit(tell_unwritten(error)) from None
