"""Write docs/reference/sealing-vectors.json: what another program must accept, and what refuse.

    python tools/sealing_vectors.py

Keys, nonces and times are fixed; boxes are not, as each is made with a key of its own. So the
file is written anew only when the format changes.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from nacl.bindings import sodium_pad
from nacl.public import PublicKey, SealedBox

from hikiwake.sealing import merkle
from hikiwake.sealing.acts import ACT, Act, new_act
from hikiwake.sealing.canonical import as_file, canonical, digest, exact
from hikiwake.sealing.codes import grouped
from hikiwake.sealing.commitment import PREFERENCE, Content
from hikiwake.sealing.ground import GroundRules
from hikiwake.sealing.keys import Keys
from hikiwake.sealing.record import ENTRY, Record, enter
from hikiwake.sealing.seals import BLOCK, SEAL, Seal

TARGET = Path(__file__).resolve().parent.parent / "docs" / "reference" / "sealing-vectors.json"
TIME = "2026-01-02T03:04:{:02d}Z"
JsonValue = dict[str, Any]


def keys_of(who: str, number: int) -> Keys:
    """Return keys that everybody knows: for vectors only."""
    return Keys(who, digest(b"sign%d" % number), digest(b"open%d" % number))


ANN, BEN, MEDIATOR = (keys_of(who, n) for n, who in enumerate(("ann", "ben", "mediator")))
DISPUTE = {"hikiwake": 1, "parties": [{"id": "ann"}, {"id": "ben"}], "tolerance": "1/20"}
RULES = GroundRules(digest(canonical(exact(DISPUTE))), (ANN.card, BEN.card), MEDIATOR.card)
OTHER = replace(RULES, dispute=digest(b"another dispute"))
PREFERENCES = {
    "ann": {"points": {"house": "55", "savings": "45"}, "walk_away": "0"},
    "ben": {"points": {"house": "40", "savings": "60"}, "walk_away": "0"},
}


def content_of(keys: Keys, **changed: Any) -> JsonValue:
    """Return what a party seals, with some of it changed."""
    nonce = digest(f"nonce of {keys.who}".encode())
    plain = Content(PREFERENCE, keys.who, RULES.hash, PREFERENCES[keys.who], nonce)
    return {**plain.data, **changed}


def seal_of(record: Record, plain: bytes, keys: Keys = ANN, **about: Any) -> Seal:
    """Return a seal with any bytes in its box, correctly signed."""
    key = PublicKey(bytes.fromhex(about.pop("key", MEDIATOR.card.opening)))
    box = SealedBox(key).encrypt(sodium_pad(plain, BLOCK))
    signed = {"box": digest(box), "commitment": digest(plain), "what": "preference", **about}
    return Seal(new_act(keys, RULES, "seal", signed, record.seen, TIME.format(1)), box)


def begun() -> Record:
    """Return a record with its first entry."""
    record = Record(RULES)
    act = new_act(MEDIATOR, RULES, "begin", {}, record.seen, TIME.format(0))
    enter(record, act, MEDIATOR, TIME.format(0))
    return record


def signed_anew(act: Act, keys: Keys, /, **changed: Any) -> JsonValue:
    """Return an act that was changed and signed again, whatever it says now."""
    data = {**act.data, **changed}
    body = {key: value for key, value in data.items() if key not in ("form", "signature")}
    return {**data, "signature": keys.sign(ACT, body)}


def seals(record: Record) -> Iterator[JsonValue]:
    """Yield seal files: the good one, and one of every class that must be refused."""
    good = seal_of(record, canonical(content_of(ANN)))
    data, text = good.data, as_file(good.data)
    yield case("good", text)
    yield from broken_files(data, text)
    yield from broken_acts(good)
    box = bytearray(good.box)
    box[40] ^= 1
    yield case("another box", as_file({**data, "box": b64encode(box).decode()}), "ann")
    yield case("box no base64", as_file({**data, "box": data["box"][:-1] + "*"}), "")
    yield case("box cut short", as_file({**data, "box": data["box"][:-4]}), "ann")
    yield from broken_contents(record)


def broken_files(data: JsonValue, text: bytes) -> Iterator[JsonValue]:
    """Yield what is no file in the right form, whatever it says."""
    spaced = json.dumps(data, sort_keys=True).encode() + b"\n"
    turned = json.dumps(dict(reversed(data.items())), separators=(",", ":")).encode() + b"\n"
    twice = text.replace(b'{"act"', b'{"form":"hikiwake seal 1","act"', 1)
    yield case("empty", b"", "")
    yield case("no UTF-8", b"\xff" + text, "")
    yield case("no JSON", text[:-3] + b"\n", "")
    yield case("a list", b"[" + text[:-1] + b"]\n", "")
    yield case("no line end", text[:-1], "")
    yield case("two line ends", text + b"\n", "")
    yield case("a byte-order mark", b"\xef\xbb\xbf" + text, "")
    yield case("blanks", spaced, "")
    yield case("keys in another order", turned, "")
    yield case("a key twice", twice, "")
    yield case("a letter escaped", text.replace(b'"ann"', b'"\\u0061nn"', 1), "")
    yield case("a key too many", as_file({**data, "note": ""}), "")
    yield case("a key missing", as_file({k: v for k, v in data.items() if k != "box"}), "")
    yield case("another form", as_file({**data, "form": "hikiwake seal 2"}), "")
    yield case("a number for a text", as_file({**data, "box": 7}), "")


def broken_acts(good: Seal) -> Iterator[JsonValue]:
    """Yield seals whose act does not hold."""

    def with_act(act: JsonValue) -> bytes:
        return as_file({**good.data, "act": act})

    act, signature = good.act, good.act.signature
    upper = {**act.about, "commitment": act.about["commitment"].upper()}
    flipped = f"{int(signature[0], 16) ^ 1:x}{signature[1:]}"
    yield case("another signature", with_act({**act.data, "signature": flipped}), "ann")
    yield case("another time, not signed", with_act({**act.data, "time": TIME.format(9)}), "ann")
    yield case("signed by another key", with_act(signed_anew(act, BEN)), "ann")
    yield case("another's name", with_act({**act.data, "by": "ben"}), "ben")
    yield case("a stranger", with_act(signed_anew(act, ANN, by="eve")), "eve")
    yield case("other ground rules", with_act(signed_anew(act, ANN, rules=OTHER.hash)), "ann")
    yield case("not theirs to do", with_act(signed_anew(act, MEDIATOR, by="mediator")), "mediator")
    yield case("no day", with_act(signed_anew(act, ANN, time="2026-02-30T00:00:00Z")), "")
    yield case("a time zone", with_act(signed_anew(act, ANN, time="2026-01-02T03:04:01+09:00")), "")
    yield case("capitals in a hash", with_act(signed_anew(act, ANN, about=upper)), "")
    yield case("no seal", with_act(signed_anew(act, ANN, act="agree", about={})), "")
    seen = {"entries": True, "head": act.seen.head}
    yield case("no number", with_act(signed_anew(act, ANN, seen=seen)), "")


def broken_contents(record: Record) -> Iterator[JsonValue]:
    """Yield seals that are signed well and hold something else than they say."""
    plain = canonical(content_of(ANN))
    answer = {"answer": "perhaps", "to": digest(b"package")}
    to: JsonValue = {"what": "answer", "to": digest(b"package")}
    for name, seal in (
        ("box for another key", seal_of(record, plain, key=BEN.card.opening)),
        ("another commitment", seal_of(record, plain, commitment=digest(b"else"))),
        ("content not canonical", seal_of(record, plain.replace(b",", b", ", 1))),
        ("content of another party", seal_of(record, canonical(content_of(BEN)))),
        ("content for other rules", seal_of(record, canonical(content_of(ANN, rules=OTHER.hash)))),
        ("content for another purpose", seal_of(record, canonical(content_of(ANN, what="offer")))),
        ("a nonce too short", seal_of(record, canonical(content_of(ANN, nonce="00")))),
        (
            "neither yes nor no",
            seal_of(record, canonical(content_of(ANN, what="answer", content=answer)), **to),
        ),
    ):
        yield {**case(name, as_file(seal.data), "ann"), "refused_on": "opening"}


def case(name: str, file: bytes, whose: str | None = None) -> JsonValue:
    """Return one case; ``whose`` is the party that the refusal names, None if it holds."""
    held = {"name": name, "file": b64encode(file).decode(), "holds": whose is None}
    return held if whose is None else {**held, "refused_on": "reading", "names": whose}


def records() -> Iterator[JsonValue]:
    """Yield records: the good one, and one of every change, with the entries that are named."""
    record = begun()
    for second, keys in enumerate((ANN, BEN), start=1):
        enter(record, seal_of(record, canonical(content_of(keys)), keys).act, MEDIATOR,
              TIME.format(second))  # fmt: skip
    about = {"parties": ["ann", "ben"]}
    for second, (keys, kind, what) in enumerate(
        [
            (MEDIATOR, "open", about),
            (MEDIATOR, "settle", {"package": digest(b"package")}),
            (ANN, "step", {"commitment": digest(b"proof"), "step": "keys"}),
            (MEDIATOR, "step", {"commitment": digest(b"other proof"), "step": "deed"}),
        ],
        start=3,
    ):
        act = new_act(keys, RULES, kind, what, record.seen, TIME.format(second))
        enter(record, act, MEDIATOR, TIME.format(second))
    lines = [entry.line for entry in record.entries]
    kept = record.checkpoint.code
    seen, other = record.entries[4].act.seen, {"package": digest(b"no")}
    late = new_act(MEDIATOR, RULES, "settle", other, seen, TIME.format(4))
    anew = resigned(replace(record.entries[4], act=late))
    early = resigned(replace(record.entries[4], time=TIME.format(1)))
    rewritten = Record(RULES)
    for line, entry in zip(lines[:4], record.entries, strict=False):
        rewritten.append(line[:-1], entry)
    enter(rewritten, late, MEDIATOR, TIME.format(4))
    cut = [*lines[:4], rewritten.entries[4].line]
    again = replace(record.entries[5], previous=rewritten.head)
    for name, changed, codes, found in (
        ("good", lines, [kept], None),
        ("altered", [*lines[:2], lines[2].replace(b"ben", b"bem", 1), *lines[3:]], [], (3, 3)),
        ("dropped", [*lines[:3], *lines[4:]], [], (4, 4)),
        ("dropped at the end", lines[:-1], [kept], (7, 7)),
        ("reordered", [lines[0], lines[2], lines[1], *lines[3:]], [], (2, 2)),
        ("repeated", [*lines[:3], lines[1], *lines[3:]], [], (4, 4)),
        ("backdated", [*lines[:4], early, *lines[5:]], [], (5, 5)),
        ("entry signed anew", [*lines[:4], anew, *lines[5:]], [], (3, 5)),
        ("written anew from 5 on", [*cut, lines[5]], [], (3, 5)),
        ("written anew to the end", [*cut, resigned(again)], [], (3, 5)),
        ("written anew, and a checkpoint", cut, [at(record, 5), at(record, 3)], (4, 5)),
    ):
        file = b64encode(b"".join(changed)).decode()
        yield {"name": name, "file": file, "checkpoints": codes, "changed": found}


def resigned(entry: Any) -> bytes:
    """Return an entry's line, signed by who keeps the record as it is now."""
    return replace(entry, signature=MEDIATOR.sign(ENTRY, entry.body())).line


def at(record: Record, count: int) -> str:
    """Return the checkpoint that the record had after so many entries."""
    from hikiwake.sealing.checkpoint import Checkpoint

    return Checkpoint.of(record.hashes[:count]).code


def vectors() -> JsonValue:
    """Return everything."""
    values = [{"b": "1/3", "a": ["ü", True, None]}, {"€": "\n", "\r": "1", "1": '\\"', "😀": ""}]
    data = [b"", b"\x10", b" 1", bytes(range(3))]
    leaves = [merkle.leaf(one) for one in (b"", b"\0", b"\x10", b" !", b"01", b"@ABC", b"PQRSTUVW")]
    plain = content_of(ANN)
    return {
        "form": "hikiwake sealing vectors 1",
        "canonical": [
            {"value": v, "bytes": canonical(v).decode(), "sha256": digest(canonical(v))}
            for v in values
        ],
        "codes": [{"bytes": one.hex(), "code": grouped(one)} for one in data if one],
        "merkle": [
            {"leaves": [one.hex() for one in leaves[:n]], "root": merkle.root(leaves[:n]).hex()}
            for n in range(len(leaves) + 1)
        ],
        "keys": {keys.who: keys.data for keys in (ANN, BEN, MEDIATOR)},
        "cards": {keys.who: keys.card.data for keys in (ANN, BEN, MEDIATOR)},
        "fingerprints": {keys.who: keys.card.fingerprint for keys in (ANN, BEN, MEDIATOR)},
        "dispute": {"public": DISPUTE, "hash": RULES.dispute},
        "ground_rules": {"value": RULES.data, "hash": RULES.hash},
        "content": {"value": plain, "commitment": digest(canonical(plain))},
        "seals": list(seals(begun())),
        "records": list(records()),
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"Written: {TARGET}; seals: form {SEAL!r}")
