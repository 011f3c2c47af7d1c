"""Codes that people read to each other: letters and digits in groups, with a check at the end.

The alphabet is Crockford's: no I, L, O or U. The two last signs are a check: the whole number is a
multiple of 1021, a prime, so that any one wrong sign and any two neighbours exchanged are noticed.
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 5
_PRIME, _ROOM = 1021, 1024
_READ_AS = str.maketrans("ILO", "110", " -–\n\t")


def grouped(data: bytes) -> str:
    """Return bytes as a code in groups of five signs, the last two of them a check.

    Examples
    --------
    >>> grouped(b"draw")
    '1J74-RBQ1Z'
    """
    number = int.from_bytes(data, "big") * _ROOM
    number += -number % _PRIME
    length = -(-len(data) * 8 // 5) + 2
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))
    first = length % GROUP
    groups = [signs[:first]] if first else []
    groups += [signs[place : place + GROUP] for place in range(first, length, GROUP)]
    return "-".join(groups)


def ungrouped(code: str, size: int) -> bytes | None:
    """Return the bytes of a code, or None if it is not one, or was misread.

    Blanks, dashes and small letters do not matter; I and L are read as 1, O as 0.

    Examples
    --------
    >>> ungrouped("ij74 rbqlz", 4), ungrouped("1j74 rbq12", 4)
    (b'draw', None)
    """
    signs = code.upper().translate(_READ_AS)
    if len(signs) != -(-size * 8 // 5) + 2 or not set(signs) <= set(ALPHABET):
        return None
    number = 0
    for sign in signs:
        number = number << 5 | ALPHABET.index(sign)
    whole, check = divmod(number, _ROOM)
    if number % _PRIME or check >= _PRIME or whole >> 8 * size:
        return None
    return whole.to_bytes(size, "big")
