"""Keys: one pair to sign with and one to be written to in secret; what is public is a card.

Both pairs are made by libsodium from the operating system's randomness: Ed25519 for signatures,
X25519 for sealed boxes. They have nothing to do with each other.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from hikiwake.sealing import shape
from hikiwake.sealing.canonical import Json, canonical, digest, read, refused, require_libraries
from hikiwake.sealing.codes import grouped

CARD = "hikiwake card 1"
KEYS = "hikiwake keys 1"
_CARD = {
    "form": shape.one_of(CARD),
    "opening": shape.KEY,
    "signature": shape.SIGNATURE,
    "signing": shape.KEY,
    "who": shape.name,
}
_KEYS = {
    "form": shape.one_of(KEYS),
    "opening": shape.KEY,
    "signing": shape.KEY,
    "who": shape.name,
}


@dataclass(frozen=True, slots=True)
class Card:
    """Who somebody is, to everybody else: a name, and two public keys."""

    who: str
    signing: str
    opening: str
    signature: str

    @property
    def data(self) -> Json:
        """The card as a JSON object."""
        return {
            "form": CARD,
            **_body(self.who, self.signing, self.opening),
            "signature": self.signature,
        }

    @property
    def fingerprint(self) -> str:
        """The card's hash in 25 letters and digits, to be compared by telephone or on paper."""
        return grouped(bytes.fromhex(digest(canonical(self.data)))[:14])

    @classmethod
    def from_data(cls, data: Json, title: str) -> Card:
        """Return the card that an object is.

        Raises
        ------
        InputError
            If it has another shape, or its own signature does not hold (H23).
        """
        shape.require(data, _CARD, title)
        card = cls(data["who"], data["signing"], data["opening"], data["signature"])
        body = _body(card.who, card.signing, card.opening)
        if not signed(card.signing, CARD, body, card.signature):
            raise refused(
                f"Card of {card.who!r}",
                "its signature does not hold",
                "A card signs itself, so that no key in it can be changed",
                f"Ask {card.who} for the card again.",
            )
        return card


@dataclass(frozen=True, slots=True)
class Keys:
    """Somebody's own secret keys. Nothing of them is ever shown: not even by ``repr``."""

    who: str
    signing: str = field(repr=False)
    opening: str = field(repr=False)

    @property
    def card(self) -> Card:
        """What others may know."""
        from nacl.public import PrivateKey
        from nacl.signing import SigningKey

        signing = bytes(SigningKey(bytes.fromhex(self.signing)).verify_key).hex()
        opening = bytes(PrivateKey(bytes.fromhex(self.opening)).public_key).hex()
        body = _body(self.who, signing, opening)
        return Card(self.who, signing, opening, self.sign(CARD, body))

    @property
    def data(self) -> Json:
        """The keys as a JSON object: secret."""
        return {"form": KEYS, **_body(self.who, self.signing, self.opening)}

    def sign(self, form: str, body: Json) -> str:
        """Return the Ed25519 signature of an object under the name of its form."""
        from nacl.signing import SigningKey

        key = SigningKey(bytes.fromhex(self.signing))
        return key.sign(_message(form, canonical(body))).signature.hex()

    @classmethod
    def from_data(cls, data: Json, title: str) -> Keys:
        """Return the keys that an object holds.

        Raises
        ------
        FormatError
            If it has another shape (H23).
        """
        shape.require(data, _KEYS, title)
        return cls(data["who"], data["signing"], data["opening"])


def new_keys(who: str) -> Keys:
    """Return new keys for somebody.

    Raises
    ------
    InputError
        If that is no usable name (H3).
    """
    require_libraries()
    from nacl.public import PrivateKey
    from nacl.signing import SigningKey

    if not shape.name(who):
        raise refused(
            f"Name {who[:80]!r}",
            "not usable for keys",
            "A party's id: 1 to 80 characters, without . / \\ and blanks at the ends",
            "Use the id that the dispute's file gives the party.",
            "H3",
        )
    return Keys(who, bytes(SigningKey.generate()).hex(), bytes(PrivateKey.generate()).hex())


def signed(key: str, form: str, body: Json, signature: str) -> bool:
    """Tell whether a signature of an object holds."""
    return _verified(key, _message(form, canonical(body)), signature)


def read_card(path: Path) -> Card:
    """Return the card in a file.

    Raises
    ------
    InputError
        If the file is no card, or its signature does not hold (H23).
    """
    return Card.from_data(read(path), path.name)


def read_keys(path: Path) -> Keys:
    """Return the keys in a file that nobody else can read.

    Raises
    ------
    InputError
        If the file holds no keys, or others may read it (H23).
    """
    data = read(path)
    if data.get("form") == CARD:
        raise refused(
            f"File {path.name!r}",
            "a card, which is for others",
            "Your own keys, which sign and open",
            "Use the file WHO.keys that was made with it.",
        )
    keys = Keys.from_data(data, path.name)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise refused(
            f"File {path.name!r}",
            "others on this computer may read it",
            "Keys that only their owner can read (mode 0600)",
            f"Run `chmod 600 {path.name}`; if somebody may have copied it, make new keys.",
        )
    return keys


def _body(who: str, signing: str, opening: str) -> Json:
    return {"opening": opening, "signing": signing, "who": who}


def _message(form: str, body: bytes) -> bytes:
    """Return what is signed: the name of the form first, so that no form passes for another."""
    return form.encode() + b"\n" + body


@lru_cache(maxsize=4096)
def _verified(key: str, message: bytes, signature: str) -> bool:
    require_libraries()
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(bytes.fromhex(key)).verify(message, bytes.fromhex(signature))
    except (BadSignatureError, ValueError):
        return False
    return True
