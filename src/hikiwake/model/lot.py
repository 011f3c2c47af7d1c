"""Lots: what nobody could foresee, and what favours no place in a file or in the alphabet (H11)."""

from __future__ import annotations


def lot_of(*texts: str) -> bytes:
    """Return by what things are put in order that are no outcomes: a lot.

    The SHA-256 of the texts, as a list in JSON.
    """
    from hashlib import sha256
    from json import dumps

    return sha256(dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()).digest()


__all__ = ["lot_of"]
