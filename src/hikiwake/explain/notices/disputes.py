"""What is said of a dispute's files: written, sound, and what to do with them next.

Every function returns lines, ready to be shown. Faults, and the notes that readers and writers of
formats make, are in English and stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from shlex import join

from hikiwake.explain.language.layout import clean, wrap
from hikiwake.explain.language.voice import Voice


def written(voice: Voice, paths: Iterable[object]) -> list[str]:
    """Return which files were written."""
    return [voice.say("Written: {path}", path=str(path)) for path in paths]


def size(voice: Voice, parties: int, issues: int) -> str:
    """Return how many sides and issues a dispute has."""
    # NOTE: how many sides a dispute has; after it how many issues
    sides = voice.count("{n} party", "{n} parties", parties)
    return voice.count("{sides}, {n} issue.", "{sides}, {n} issues.", issues, sides=sides)


def sound(voice: Voice) -> str:
    """Return that nothing is wrong with a dispute's files."""
    return voice.say("No faults.")


def noted(notes: Iterable[str], width: int) -> list[str]:
    """Return notes, each as a point in lines that fit."""
    return [line for note in notes for line in wrap(f"• {clean(note)}", width, hang="  ")]


def only_today(voice: Voice, group: str) -> str:
    """Return the warning that nothing but the status quo can come of a group (H8)."""
    return voice.say(
        "Group '{group}' is not for trade, and only the status quo can result in it.", group=group
    )


def perhaps_only_today(voice: Voice, group: str) -> str:
    """Return that it is not known whether anything else can come of a group (H8, H18)."""
    return voice.say(
        "Group '{group}': if only the status quo can result in it is not known.", group=group
    )


def not_yet_settled(voice: Voice, why: str) -> str:
    """Return why a dispute whose files are sound cannot be settled yet."""
    return voice.say("It cannot be settled yet: {why}", why=why)


def to_fill_in(voice: Voice, target: object) -> list[str]:
    """Return what to do with a template."""
    return [voice.say("Fill it in, then:"), *_commands(target)]


def to_look_over(voice: Voice, target: object) -> list[str]:
    """Return what to do with a dispute that another program wrote."""
    return [voice.say("Look it over, then:"), *_commands(target)]


def to_hand_out(voice: Voice, width: int) -> list[str]:
    """Return that the files for another program are not for every eye."""
    return wrap(voice.say("Everybody's points are in there: give each side its own only."), width)


def _commands(target: object) -> list[str]:
    """Return commands that a shell takes as they stand, also where a path has blanks."""
    return [f"  {join(['hikiwake', command, str(target)])}" for command in ("validate", "settle")]
