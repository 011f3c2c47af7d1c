"""The worker's side of a measurement: wait for a word, do the work, say how long it took.

Standard library only, because it runs in every peer's own virtual environment as well.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import Any

SHORTEST_OF_MANY = 0.02  # the same, for each of many works
SHORTEST = 0.1  # seconds: work that is quicker is repeated, and the mean of one go is told


def serve(work: Callable[[], Any], described: Callable[[Any], dict[str, Any]]) -> None:
    """Answer "go" with the seconds of one call, "tell" with what the last call found.

    Parameters
    ----------
    work
        What is timed, and nothing else. Quick work is done once before, untimed.
    described
        Turns the last call's result into plain values, outside the clock.
    """
    # Whatever a library prints must not get into the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    result: Any = None
    calls = 0
    _answer(answers, {"ready": True})
    for line in sys.stdin:
        if line.strip() == "go":
            result, seconds = _timed(work, calls or 1)
            if not calls:
                calls = 1 if seconds >= SHORTEST else round(SHORTEST / max(seconds, 1e-7))
                if calls > 1:
                    result, seconds = _timed(work, calls)
            _answer(answers, {"seconds": seconds, "calls": calls})
        elif line.strip() == "tell":
            _answer(answers, described(result))
        else:
            break


def serve_each(works: Mapping[str, Callable[[], Any]]) -> None:
    """Answer "go" with the seconds of one call of each work, and of all together."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    calls = {name: _calls(work) for name, work in works.items()}
    _answer(answers, {"ready": True})
    for line in sys.stdin:
        if line.strip() != "go":
            break
        each = {name: _timed(work, calls[name])[1] for name, work in works.items()}
        _answer(answers, {"seconds": sum(each.values()), "each": each})


def _calls(work: Callable[[], Any]) -> int:
    """Return how often a work is done within one turn, after it has been done once."""
    work()
    _, seconds = _timed(work, 1)
    return max(1, round(SHORTEST_OF_MANY / max(seconds, 1e-7)))


def _timed(work: Callable[[], Any], calls: int) -> tuple[Any, float]:
    result: Any = None
    began = perf_counter()
    for _ in range(calls):
        result = work()
    return result, (perf_counter() - began) / calls


def _answer(stream: Any, value: dict[str, Any]) -> None:
    stream.write(json.dumps(value) + "\n")
    stream.flush()


def points(names: Sequence[str], rows: Sequence[Sequence[float]]) -> dict[str, Any]:
    """Return points as plain values, with the parties in the order of their names."""
    order = sorted(range(len(names)), key=lambda i: names[i])
    return {
        "parties": [names[i] for i in order],
        "points": [[float(row[i]) for i in order] for row in rows],
    }
