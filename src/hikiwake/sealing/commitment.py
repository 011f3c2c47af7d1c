"""Commitments: a hash that binds to something without telling it, until it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hikiwake.sealing import shape
from hikiwake.sealing.acts import ANSWER, PREFERENCE
from hikiwake.sealing.canonical import Json, canonical, digest, exact, parse, require_libraries

CONTENT = "hikiwake content 1"
PACKAGE, CERTIFICATE, OFFER, STEP = "package", "certificate", "offer", "step"
_FORMS = {
    "by": shape.name,
    "content": shape.table,
    "form": shape.one_of(CONTENT),
    "nonce": shape.HASH,
    "rules": shape.HASH,
    "what": shape.one_of(PREFERENCE, ANSWER, PACKAGE, CERTIFICATE, OFFER, STEP),
}


@dataclass(frozen=True, slots=True)
class Content:
    """What a commitment hides: private until it is opened.

    The nonce, 256 random bits, is why nobody can find a short content by trying.
    """

    what: str
    by: str
    rules: str
    content: Json
    nonce: str

    @property
    def data(self) -> Json:
        """The content as a JSON object: private."""
        return {
            "by": self.by,
            "content": self.content,
            "form": CONTENT,
            "nonce": self.nonce,
            "rules": self.rules,
            "what": self.what,
        }

    @property
    def commitment(self) -> str:
        """The hash that may be published."""
        return digest(canonical(self.data))

    @classmethod
    def from_data(cls, data: Json, title: str) -> Content:
        """Return the content that an object is.

        Raises
        ------
        FormatError
            If it has another shape (H23).
        """
        shape.require(data, _FORMS, title)
        return cls(data["what"], data["by"], data["rules"], data["content"], data["nonce"])

    @classmethod
    def from_bytes(cls, data: bytes, title: str) -> Content:
        """Return the content that canonical bytes mean.

        Raises
        ------
        FormatError
            If they are not canonical, or have another shape (H23).
        """
        return cls.from_data(parse(data, title), title)


def hidden(what: str, by: str, rules: str, content: Any) -> Content:
    """Return something with a new nonce, ready to be committed to; its numbers become texts."""
    require_libraries()
    from nacl.utils import random

    return Content(what, by, rules, exact(content), random(32).hex())
