"""A table with two or three sides and somebody who keeps the record: keys, rules, seals."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from hikiwake.sealing.acts import new_act
from hikiwake.sealing.canonical import Json, digest
from hikiwake.sealing.ground import GroundRules
from hikiwake.sealing.keys import Keys
from hikiwake.sealing.record import ENTRY, Entry, Record, enter
from hikiwake.sealing.seals import Seal, seal_preference

PREFERENCES: dict[str, Json] = {
    "ann": {"points": {"house": "CANARY-55501"}},
    "ben": {"points": {"house": "CANARY-66602"}},
    "cyd": {"points": {"house": "CANARY-77703"}},
}
CANARIES = ("55501", "66602", "77703")


def at(second: int) -> str:
    """Return a time, so many seconds after the table was laid."""
    return f"2026-01-02T{3 + second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}Z"


@lru_cache(maxsize=8)
def keys_of(who: str) -> Keys:
    """Return somebody's keys: the same in every test."""
    return Keys(who, digest(f"sign {who}".encode()), digest(f"open {who}".encode()))


MEDIATOR = keys_of("mediator")
PARTIES = tuple(keys_of(who) for who in PREFERENCES)
RULES = GroundRules("d" * 64, tuple(keys.card for keys in PARTIES), MEDIATOR.card)
TWO = replace(RULES, parties=RULES.parties[:2])


def begun(rules: GroundRules = RULES) -> Record:
    """Return a record with its first entry."""
    record = Record(rules)
    enter(record, new_act(MEDIATOR, rules, "begin", {}, record.seen, at(0)), MEDIATOR, at(0))
    return record


def sealed(record: Record) -> dict[str, Seal]:
    """Return everybody's seal, not entered yet."""
    return {
        who: seal_preference(keys_of(who), record.rules, PREFERENCES[who], record.seen, at(1))
        for who in record.rules.party_ids
    }


def does(record: Record, keys: Keys, kind: str, second: int, **about: object) -> Entry:
    """Enter something that somebody does."""
    act = new_act(keys, record.rules, kind, dict(about), record.seen, at(second))
    return enter(record, act, MEDIATOR, at(second))


def signed_anew(entry: Entry) -> Entry:
    """Return an entry that who keeps the record changed and signed again."""
    return replace(entry, signature=MEDIATOR.sign(ENTRY, entry.body()))


def step(record: Record, number: int, by: Keys) -> Entry:
    """Enter a step of a plan that was done."""
    proof = digest(str(number).encode())
    return does(record, by, "step", 10 + number, commitment=proof, step=f"s{number}")
