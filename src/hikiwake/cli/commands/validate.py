"""``hikiwake validate``: everything that is wrong with a dispute's files, at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hikiwake.cli import options
from hikiwake.errors import Fault, InputError

if TYPE_CHECKING:
    from hikiwake.cli.screen import Screen
    from hikiwake.explain.language.voice import Voice

EPILOG = "Exit codes: 0 it can be used · 2 it cannot"


def command(
    path: options.Dispute,
    preferences: options.Preferences = None,
    language: options.Said = None,
) -> int:
    """Check a dispute's files: every fault with its place, what was expected, and what to do."""
    from hikiwake.api import load
    from hikiwake.cli.screen import Screen
    from hikiwake.explain.notices.table import voice_for

    voice = voice_for(language, None)
    screen = Screen()
    try:
        dispute = load(path, preferences=options.preference_files(preferences))
    except InputError as error:
        _print_faults(screen, error.faults)
        return 2
    _print_sound(screen, voice, dispute)
    return 0


def _print_faults(screen: Screen, faults: tuple[Fault, ...]) -> None:
    from hikiwake.cli.faults import fault_lines

    for fault in faults:
        for role, line in fault_lines(fault, screen.width):
            screen.line(line, role)
        screen.line()
    screen.line("1 fault." if len(faults) == 1 else f"{len(faults)} faults.", "bad")


def _print_sound(screen: Screen, voice: Voice, dispute: Any) -> None:
    from hikiwake.explain.notices.disputes import noted, size, sound

    screen.line(sound(voice), "good")
    screen.line(size(voice, len(dispute.parties), len(dispute.issues)))
    for line in noted((*dispute.notes, *_warnings(voice, dispute)), screen.width):
        screen.line(line)


def _warnings(voice: Voice, dispute: Any) -> Iterator[str]:
    """Yield what is worth knowing before anything is settled (H8, H18)."""
    from hikiwake.api import frontier
    from hikiwake.cli.progress import working
    from hikiwake.explain.notices.disputes import not_yet_settled, only_today, perhaps_only_today

    kept = [group for group in dispute.groups if group.not_for_trade]
    if not kept or not dispute.status_quo:
        return
    try:
        with working("Searching all packages"):
            found = frontier(dispute, time_limit=options.SECONDS)
    except InputError as error:
        yield not_yet_settled(voice, str(error.faults[0]))
        return
    for group in kept:
        results = {tuple(outcome.get(i) for i in group.issues) for outcome in found.outcomes}
        today = tuple(dispute.status_quo.get(issue) for issue in group.issues)
        if not results <= {today} or any(ties != 1 for ties in found.ties):
            continue
        if found.exactness.value != "exact":
            yield perhaps_only_today(voice, group.id)
        elif results:
            yield only_today(voice, group.id)
