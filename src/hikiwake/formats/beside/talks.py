"""Talks on disk: what was put forward and told, with the budget that was fixed beforehand.

They belong to one dispute from the start: its public part stands in the file as a hash.

A JSON file that the mediator keeps: it holds what each side put forward, so it is written for
nobody else to read. No points stand in it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from hikiwake.errors import Fault, FormatError, InputError
from hikiwake.files import hindrance, replace_private
from hikiwake.findings.talks import Budget, Hiding, Talks, Told, Word
from hikiwake.formats.beside.packages import outcome_of, party_of, require_whole
from hikiwake.formats.beside.texts import text_in, text_json
from hikiwake.formats.native.files import read_text
from hikiwake.formats.native.syntax import parse
from hikiwake.formats.native.write import to_data
from hikiwake.formats.results.adjusted import grid_json
from hikiwake.formats.results.settled import VERSION, Json, outcome_json
from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.numeric import exact, fraction_text

MAX_WORDS = 1_000
MAX_STEPS = 100  # from 0 to all points together
UNCOUNTED = Fraction(1, 1_000)  # kept by default where what might be hidden is not counted


def read_talks(dispute: Dispute, path: Path) -> Talks:
    """Return the talks that a file holds.

    Raises
    ------
    FormatError, InputError
        If it is no such file, or the talks are about another dispute (H14, H19).
    """
    tree = cast("dict[str, Any]", parse(read_text(path, path.name), path.name))
    try:
        _require(tree, {"hikiwake", "talks", "dispute", "budget", "round", "put", "told", "shown"})
        if tree["dispute"] != _mark(dispute):
            raise FormatError(_another(path))
        talks = _talks(dispute, tree)
        _require_course(talks)
    except (KeyError, TypeError, AttributeError, ValueError):
        raise FormatError(_no_talks(path)) from None
    except FormatError:
        raise
    except InputError as error:
        raise FormatError(*(_in_file(path, fault) for fault in error.faults)) from None
    return talks


def write_talks(dispute: Dispute, talks: Talks, path: Path) -> None:
    """Write talks, whole or not at all, readable by nobody else.

    Raises
    ------
    FormatError
        If the file cannot be written (H19).
    """
    text = json.dumps(talks_json(dispute, talks), ensure_ascii=False, indent=1) + "\n"
    try:
        replace_private(path, text.encode())
    except OSError as error:
        why = (error.strerror or "cannot be written").lower()
        raise FormatError(_no_place(path, why)) from None


def require_place(path: Path) -> None:
    """Refuse a place where talks cannot be kept, before anything is searched.

    Raises
    ------
    FormatError
        With what to do (H19).
    """
    if (why := hindrance(path)) is not None:
        raise FormatError(_no_place(path, why))


def talks_json(dispute: Dispute, talks: Talks) -> Json:
    """Return talks as the object that is kept. For the mediator (H14)."""
    return {
        "hikiwake": VERSION,
        "talks": VERSION,
        "dispute": _mark(dispute),
        "budget": {
            "words": talks.budget.words,
            "rounds": talks.budget.rounds,
            "keep": fraction_text(talks.budget.keep),
            "hiding": grid_json(talks.budget.hiding),
        },
        "round": talks.round,
        "put": {p: [outcome_json(o) for o in outcomes] for p, outcomes in talks.put.items()},
        "told": [
            {"round": t.round, "outcome": outcome_json(t.outcome), "word": t.word.value}
            for t in talks.told
        ],
        "shown": outcome_json(talks.shown),
        "texts": [text_json(text) for text in talks.texts],
    }


def budget_of(
    words: int | None,
    rounds: int | None,
    keep: str | None,
    steps: str | None,
    counted: bool = True,
) -> Budget:
    """Return the budget that somebody fixes, the rest as it is by default.

    Parameters
    ----------
    steps
        Of which points and walk-away values are multiples in all that might be hidden: a number for
        both, or two with a comma between.
    counted
        Whether what might be hidden is counted. If not, it is so much that a smaller part is kept
        by default, and that is promised for most of it only.

    Raises
    ------
    FormatError
        With every number that cannot be meant (H1).
    """
    usual = Budget()
    part = _part(keep, usual.keep if counted else UNCOUNTED)
    hiding = _hiding(steps)
    counts = {"words": words, "rounds": rounds}
    faults = [
        _beyond(what, str(count), f"A whole number from 1 to {MAX_WORDS:,}")
        for what, count in counts.items()
        if count is not None and not 1 <= count <= MAX_WORDS
    ]
    if part is None:
        faults.append(_beyond("keep", repr(str(keep)[:40]), "A part from 0 to below 1"))
    if hiding is None:
        faults.append(_no_steps(str(steps)))
    if faults or part is None or hiding is None:
        raise FormatError(*faults)
    return Budget(words or usual.words, rounds or usual.rounds, part, hiding)


def _part(keep: str | None, by_default: Fraction) -> Fraction | None:
    """Return the part to keep; None if it cannot be meant."""
    try:
        part = by_default if keep is None else exact(keep)
    except ValueError:
        return None
    return part if 0 <= part < 1 else None


def _hiding(steps: str | None) -> Hiding | None:
    """Return the grid with these steps; None if they cannot be meant."""
    usual = Hiding()
    try:
        numbers = [] if steps is None else [exact(step.strip()) for step in steps.split(",")]
    except ValueError:
        return None
    if len(numbers) > 2 or not all(step > 0 and _divides(step, usual.total) for step in numbers):
        return None
    return replace(usual, step=numbers[0], walk_away_step=numbers[-1]) if numbers else usual


def _no_steps(found: str) -> Fault:
    total = fraction_text(Hiding().total)
    return Fault(
        "Option --steps",
        f"{found[:40]!r} found",
        f"Steps that divide {total} into at most {MAX_STEPS} parts: one for both, such as 10, or "
        "of points and of walk-away values, such as 10,5",
        "H1",
        "Change it without looking at anybody's points, or leave it out for the usual one.",
    )


def _beyond(what: str, found: str, expected: str) -> Fault:
    remedy = "Change it, or leave it out for the usual one."
    return Fault(f"The budget's `{what}`", f"{found} found", expected, "H1", remedy)


def _talks(dispute: Dispute, tree: Mapping[str, Any]) -> Talks:
    texts = tuple(text_in(dispute, text) for text in tree.get("texts", ()))
    return Talks(
        _budget(tree["budget"]),
        _whole(tree["round"]),
        FrozenMap(
            {
                party_of(dispute, party, "put"): tuple(
                    _package(dispute, table, f"put.{party}") for table in packages
                )
                for party, packages in tree["put"].items()
            }
        ),
        tuple(
            Told(
                _whole(told["round"]),
                _package(dispute, told["outcome"], f"told[{n}]"),
                Word(told["word"]),
            )
            for n, told in enumerate(tree["told"], 1)
        ),
        None if tree["shown"] is None else _package(dispute, tree["shown"], "shown"),
        texts,
    )


def _require_course(talks: Talks) -> None:
    """Refuse what no talks within their budget can have come to."""
    rounds = [told.round for told in talks.told]
    in_order = rounds == sorted(rounds) and max(rounds, default=1) <= talks.round
    within = talks.round <= talks.budget.rounds and all(
        count <= talks.budget.words for count in Counter(rounds).values()
    )
    once = len({told.outcome for told in talks.told}) == len(talks.told)
    if not (in_order and within and once):
        raise ValueError


def _budget(tree: Mapping[str, Any]) -> Budget:
    hiding = {key: exact(value) for key, value in tree["hiding"].items()}
    keep, grid = _part(tree["keep"], Fraction(0)), Hiding(**hiding)
    steps = (grid.step, grid.walk_away_step)
    if keep is None or not all(step > 0 and _divides(step, grid.total) for step in steps):
        raise ValueError
    return Budget(_whole(tree["words"]), _whole(tree["rounds"]), keep, grid)


def _divides(step: Fraction, total: Fraction) -> bool:
    """Tell whether so many steps as may be declared make the total."""
    return (total / step).denominator == 1 and 1 <= total / step <= MAX_STEPS


def _package(dispute: Dispute, table: object, where: str) -> Outcome:
    outcome = outcome_of(dispute, table, where)
    require_whole(dispute, outcome, where)
    return outcome


def _whole(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= MAX_WORDS:
        raise ValueError
    return raw


def _require(tree: Mapping[str, Any], keys: set[str]) -> None:
    if tree.keys() - {"texts"} != keys or (tree["hikiwake"], tree["talks"]) != (
        VERSION,
        VERSION,
    ):
        raise ValueError


def _mark(dispute: Dispute) -> str:
    """Return the hash of the public part of a dispute: nobody's points change it."""
    public = {key: part for key, part in to_data(dispute).items() if key != "preferences"}
    text = json.dumps(public, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _no_place(path: Path, why: str) -> Fault:
    remedy = "Choose another place."
    return Fault("The talks", why, "A file that can be written", "H19", remedy, str(path))


def _another(path: Path) -> Fault:
    return Fault(
        f"File {path.name!r}",
        "talks about another dispute, or its public part was changed since they began",
        "The dispute that they began with",
        "H14",
        "Give that dispute, or the name of a file that is not there yet to begin new talks.",
        str(path),
    )


def _in_file(path: Path, fault: Fault) -> Fault:
    return replace(fault, where=f"{path.name}: {fault.where}".rstrip(": "))


def _no_talks(path: Path) -> Fault:
    return Fault(
        f"File {path.name!r}",
        "no talks, or changed by hand",
        "What `hikiwake adjust --talks` wrote",
        "H19",
        "Give the name of a file that is not there yet to begin new talks.",
        str(path),
    )


__all__ = [
    "budget_of",
    "read_talks",
    "require_place",
    "talks_json",
    "write_talks",
]
