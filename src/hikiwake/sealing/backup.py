"""Keys kept under a passphrase: Argon2id makes a key of it, a secret box holds the rest."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from hikiwake.sealing import shape
from hikiwake.sealing.canonical import Json, canonical, malformed, parse, refused
from hikiwake.sealing.canonical import require_libraries as _require
from hikiwake.sealing.keys import Keys

BACKUP = "hikiwake backup 1"
LEAST_LETTERS = 12
_BACKUP = {
    "box": shape.BASE64,
    "form": shape.one_of(BACKUP),
    "salt": lambda value: isinstance(value, str) and len(value) == 32 and shape.HASH(value * 2),
    "who": shape.name,
}


def locked(keys: Keys, passphrase: str) -> Json:
    """Return keys as a backup that only the passphrase opens.

    Raises
    ------
    InputError
        If the passphrase is too short (H23).
    """
    _require()
    from nacl.pwhash import argon2id
    from nacl.utils import random

    if len(passphrase) < LEAST_LETTERS:
        raise refused(
            "The passphrase",
            "too short",
            f"At least {LEAST_LETTERS} letters",
            "Four or five words that have nothing to do with each other do well.",
        )
    salt = random(argon2id.SALTBYTES)
    box = bytes(_box(passphrase, salt).encrypt(canonical(keys.data)))
    return {
        "box": b64encode(box).decode(),
        "form": BACKUP,
        "salt": salt.hex(),
        "who": keys.who,
    }


def unlocked(backup: Json, passphrase: str, title: str) -> Keys:
    """Return the keys in a backup.

    Raises
    ------
    InputError
        If it is no backup, or another passphrase locked it (H23).
    """
    _require()
    from nacl.exceptions import CryptoError

    shape.require(backup, _BACKUP, title)
    try:
        box = b64decode(backup["box"], validate=True)
        plain = _box(passphrase, bytes.fromhex(backup["salt"])).decrypt(box)
    except ValueError:
        raise malformed(title, "`box` in another form") from None
    except CryptoError:
        raise refused(
            f"Backup {title!r}",
            "it does not open",
            "The passphrase that it was locked with, and the file unchanged",
            "Try the passphrase again; without it nobody can open the backup.",
        ) from None
    keys = Keys.from_data(parse(plain, title), title)
    if keys.who != backup["who"]:
        raise malformed(title, "another name outside than inside")
    return keys


def _box(passphrase: str, salt: bytes) -> Any:
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox

    key = argon2id.kdf(
        SecretBox.KEY_SIZE,
        passphrase.encode(),
        salt,
        opslimit=argon2id.OPSLIMIT_MODERATE,
        memlimit=argon2id.MEMLIMIT_MODERATE,
    )
    return SecretBox(key)
