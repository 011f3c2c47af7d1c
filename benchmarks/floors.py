"""Rows of the table that have a time to keep to: division by rules, and issues tied together."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from disputes import worths
from workers import Worker
from works import Row

SEED = 1956
KINDS = ("", "Discounted", "DiscountedwithRV", "withRV")
FRONTIERS = {10: 0.5, 30: 5.0, 50: 20.0}  # issues → seconds for the whole frontier
NOBODY = "–"


def floor_rows(peers: str, shared: Path | None, scratch: Path) -> Iterator[Row]:
    """Yield the rows; without the shared folder only those that need none of it."""
    yield from _whole_items(peers, scratch)
    yield _shares(peers, scratch)
    if shared is not None:
        yield from _tied(shared / "scenarios" / "genius" / "y2014")


def _whole_items(peers: str, scratch: Path) -> Iterator[Row]:
    path = _points(8, 10, scratch)
    others = ("maximally_proportional", "qp_max_min")
    for rule, words, methods in (
        ("egalitarian", "best minimum", ("santa_claus", *others)),
        ("leximin", "leximin", others),
    ):
        for method in methods:
            yield Row(
                f"whole items, 8 parties × 10: {words}",
                f"fairpyx {method}",
                lambda rule=rule: Worker(sys.executable, "rules.py", "items", path, rule),
                lambda method=method: Worker(peers, "fairpyx_peer.py", method, path),
                within=1.0,
                beside=least_beside,
                about="8^10 packages",
            )


def _shares(peers: str, scratch: Path) -> Row:
    path = _points(5, 15, scratch)
    return Row(
        "shares, 5 parties × 15: leximin",
        "fairpyx fractional_egalitarian_utilitarian (first level, floats)",
        lambda: Worker(sys.executable, "rules.py", "shares", path, "leximin"),
        lambda: Worker(peers, "fairpyx_peer.py", "fractional", path),
        within=0.2,
        beside=least_beside,
    )


def _tied(folder: Path) -> Iterator[Row]:
    for size, seconds in FRONTIERS.items():
        for kind in KINDS:
            name = f"{size}issues{kind}"
            path = str(folder / name)
            yield Row(
                f"y2014/{name}: Kalai–Smorodinsky",
                NOBODY,
                lambda path=path: Worker(
                    sys.executable, "rules.py", "settle", path, "kalai_smorodinsky"
                ),
                within=1.0,
                beside=alone,
            )
            for answer, words in (("points", ", points only"), ("frontier", "")):
                yield Row(
                    f"y2014/{name}: whole frontier{words}",
                    NOBODY,
                    lambda path=path, answer=answer: Worker(
                        sys.executable, "rules.py", answer, path
                    ),
                    within=seconds,
                    beside=alone,
                )


def _points(parties: int, things: int, scratch: Path) -> str:
    path = scratch / f"worths-{parties}-{things}.json"
    path.write_text(json.dumps(worths(parties, things, SEED)), "utf-8")
    return str(path)


def least_beside(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    """Say what the party with the fewest points has, on both sides."""
    return f"least {ours['least']} ({ours['told']}); the peer's {theirs['least']}"


def alone(ours: dict[str, Any], _: dict[str, Any]) -> str:
    """Say what ours tells of itself."""
    return str(ours["told"])
