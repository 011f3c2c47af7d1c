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


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
