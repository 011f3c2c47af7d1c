"""The Merkle tree of RFC 6962 (and RFC 9162) over the entries of a record.

A few lines over :mod:`hashlib`, held to the published roots, instead of a library: the one that is
well kept, pymerkle, is under the GPL, and would bring those terms to whoever keeps a record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf(data: bytes) -> bytes:
    """Return the hash of one entry."""
    return hashlib.sha256(b"\0" + data).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over the hashes of entries.

    Examples
    --------
    >>> root([]).hex()[:8], root([leaf(b""), leaf(bytes(1))]).hex()[:8]
    ('e3b0c442', 'fac54203')
    """
    if not leaves:
        return EMPTY
    level = list(leaves)
    while len(level) > 1:
        pairs = range(0, len(level) - 1, 2)
        odd = level[-1:] if len(level) % 2 else []
        level = [_node(level[place], level[place + 1]) for place in pairs] + odd
    return level[0]


def path(leaves: Sequence[bytes], place: int) -> tuple[bytes, ...]:
    """Return the hashes that lead from one entry to the root, nearest first."""
    found: list[bytes] = []
    level = list(leaves)
    while len(level) > 1:
        beside = place ^ 1
        if beside < len(level):
            found.append(level[beside])
        pairs = range(0, len(level) - 1, 2)
        odd = level[-1:] if len(level) % 2 else []
        level = [_node(level[at], level[at + 1]) for at in pairs] + odd
        place //= 2
    return tuple(found)


def led_to(start: bytes, place: int, size: int, steps: Sequence[bytes]) -> bytes | None:
    """Return the root that a path leads to from an entry, or None if it has another length."""
    if not 0 <= place < size:
        return None
    at, last, left = start, size - 1, list(steps)
    while last:
        if place % 2 or place < last:
            if not left:
                return None
            beside = left.pop(0)
            at = _node(beside, at) if place % 2 else _node(at, beside)
        place, last = place // 2, last // 2
    return None if left else at


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
