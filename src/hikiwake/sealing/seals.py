"""Seals: a signed commitment, and the content in a box that only who keeps the record can open."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass

from hikiwake.errors import Fault, FormatError, InputError
from hikiwake.sealing import shape
from hikiwake.sealing.acts import ANSWER, PREFERENCE, Act, Seen, new_act
from hikiwake.sealing.canonical import Json, canonical, digest, malformed, refused
from hikiwake.sealing.commitment import Content, hidden
from hikiwake.sealing.ground import GroundRules
from hikiwake.sealing.keys import Keys

SEAL = "hikiwake seal 1"
BLOCK = 4096  # boxes are filled up to a multiple, so that their size tells little
MAX_CONTENT = 4 * 1024 * 1024
_FORMS = {"act": shape.table, "box": shape.BASE64, "form": shape.one_of(SEAL)}
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a party hands over: its signed act, and the box."""

    act: Act
    box: bytes

    @property
    def data(self) -> Json:
        """The seal as a JSON object: it may lie open, only the keeper's key opens the box."""
        return {"act": self.act.data, "box": b64encode(self.box).decode(), "form": SEAL}

    @classmethod
    def from_data(cls, data: Json, rules: GroundRules, title: str) -> Seal:
        """Return the seal that an object is, its signature and box checked.

        Raises
        ------
        InputError
            If it has another shape, its signature does not hold, or the box is another (H23).
        """
        shape.require(data, _FORMS, title)
        act = Act.from_data(data["act"], title)
        act.check(rules)
        if act.kind != "seal":
            raise malformed(title, f"an act `{act.kind}`, no seal")
        try:
            box = b64decode(data["box"], validate=True)
        except ValueError:
            raise malformed(title, "`box` in another form") from None
        if digest(box) != act.about["box"] or b64encode(box).decode() != data["box"]:
            raise refused(
                whose(act),
                "another box than the one that was signed",
                "The box whose hash the signed act names",
                f"Ask {act.by} for the seal again.",
            )
        return cls(act, box)


def seal_preference(
    keys: Keys, rules: GroundRules, preference: Json, seen: Seen, time: str | None = None
) -> Seal:
    """Return a party's preference, sealed for who keeps the record.

    Parameters
    ----------
    preference
        The tables of its preference file. Whether they fit the dispute is checked before, and
        again when it is opened.

    Raises
    ------
    InputError
        If the keys are not those of a party, or the preference is too large (H23).
    """
    content = hidden(PREFERENCE, keys.who, rules.hash, preference)
    return _sealed(keys, rules, content, seen, time)


def seal_answer(
    keys: Keys, rules: GroundRules, package: str, yes: bool, seen: Seen, time: str | None = None
) -> Seal:
    """Return a party's yes or no to a package, sealed. Both have a box of the same size.

    Parameters
    ----------
    package
        The commitment to the package, as the record has it.
    """
    answer = {"answer": YES if yes else NO, "to": package}
    content = hidden(ANSWER, keys.who, rules.hash, answer)
    return _sealed(keys, rules, content, seen, time)


def opened(seal: Seal, keeper: Keys, rules: GroundRules) -> Content:
    """Return what a seal holds.

    Raises
    ------
    InputError
        If the box does not open, or holds something else than was committed to. It names whose seal
        it is, and repeats nothing of the content (H14, H23).
    """
    from nacl.bindings import sodium_unpad
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey, SealedBox

    act = seal.act
    try:
        padded = SealedBox(PrivateKey(bytes.fromhex(keeper.opening))).decrypt(seal.box)
        plain = sodium_unpad(padded, BLOCK)
    except (CryptoError, ValueError, TypeError):
        raise _not_as_committed(act, "the box does not open with the keeper's key") from None
    if digest(plain) != act.about["commitment"]:
        raise _not_as_committed(act, "its content does not match its commitment")
    try:
        content = Content.from_bytes(plain, "")
    except FormatError:
        raise _not_as_committed(act, "its content is in another form than contents have") from None
    named = (content.what, content.by, content.rules)
    if named != (act.about["what"], act.by, rules.hash):
        raise _not_as_committed(act, "its content names another party, dispute or purpose")
    if content.what == ANSWER and content.content not in [
        {"answer": answer, "to": act.about["to"]} for answer in (YES, NO)
    ]:
        raise _not_as_committed(act, "its content is no answer to that package")
    return content


def whose(act: Act) -> str:
    """Return how faults speak of a seal."""
    return f"The sealed {act.about['what']} of {act.by!r}"


def _sealed(keys: Keys, rules: GroundRules, content: Content, seen: Seen, time: str | None) -> Seal:
    from nacl.bindings import sodium_pad
    from nacl.public import PublicKey, SealedBox

    plain = canonical(content.data)
    if len(plain) > MAX_CONTENT:
        fault = Fault(
            f"The {content.what} of {keys.who!r}",
            "too large to be sealed",
            "At most 4 MiB",
            "H16",
            "Leave out what does not matter.",
        )
        raise InputError(fault)
    key = PublicKey(bytes.fromhex(rules.keeper.opening))
    box = SealedBox(key).encrypt(sodium_pad(plain, BLOCK))
    about: Json = {"box": digest(box), "commitment": content.commitment, "what": content.what}
    if content.what == ANSWER:
        about["to"] = content.content["to"]
    return Seal(new_act(keys, rules, "seal", about, seen, time), box)


def _not_as_committed(act: Act, found: str) -> InputError:
    return refused(
        whose(act),
        found,
        "Exactly what its commitment stands for",
        f"Nothing was opened. Ask {act.by} to seal again.",
    )
