"""Acts: what somebody did, signed with their key, with what they had seen of the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hikiwake.sealing import clock, shape
from hikiwake.sealing.canonical import Json, malformed, refused
from hikiwake.sealing.ground import GroundRules
from hikiwake.sealing.keys import Keys, signed

ACT = "hikiwake act 1"
PREFERENCE, ANSWER = "preference", "answer"

_ABOUT: Mapping[str, tuple[Mapping[str, shape.Form], ...]] = MappingProxyType(
    {
        "begin": ({},),
        "agree": ({},),
        "seal": (
            {"box": shape.HASH, "commitment": shape.HASH, "what": shape.one_of(PREFERENCE)},
            {
                "box": shape.HASH,
                "commitment": shape.HASH,
                "to": shape.HASH,
                "what": shape.one_of(ANSWER),
            },
        ),
        "open": ({"parties": shape.list_of(shape.name)},),
        "settle": (
            {"package": shape.HASH},
            {"certificate": shape.HASH, "package": shape.HASH},
        ),
        "offer": ({"commitment": shape.HASH},),
        "accept": ({"by_all": shape.one_of(True, False), "package": shape.HASH},),
        "step": ({"commitment": shape.HASH, "step": shape.name},),
        "destroy": ({},),
    }
)
KINDS = tuple(_ABOUT)
OF_THE_KEEPER = frozenset({"begin", "open", "settle", "accept"})
OF_A_PARTY = frozenset({"agree", "seal", "offer"})

_FORMS = {
    "about": shape.table,
    "act": shape.one_of(*KINDS),
    "by": shape.name,
    "form": shape.one_of(ACT),
    "rules": shape.HASH,
    "seen": shape.table,
    "signature": shape.SIGNATURE,
    "time": shape.TIME,
}
_SEEN = {"entries": shape.number, "head": shape.HASH}


@dataclass(frozen=True, slots=True)
class Seen:
    """How far somebody had read the record: so many entries, and the hash of the last."""

    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done, and the signature of who did it."""

    kind: str
    by: str
    rules: str
    about: Json
    seen: Seen
    time: str
    signature: str

    @property
    def data(self) -> Json:
        """The act as a JSON object: public."""
        return {**self._body(), "form": ACT, "signature": self.signature}

    def _body(self) -> Json:
        return {
            "about": self.about,
            "act": self.kind,
            "by": self.by,
            "rules": self.rules,
            "seen": {"entries": self.seen.entries, "head": self.seen.head},
            "time": self.time,
        }

    @classmethod
    def from_data(cls, data: Json, title: str) -> Act:
        """Return the act that an object is; whether it holds, :meth:`check` tells.

        Raises
        ------
        FormatError
            If it has another shape (H24).
        """
        shape.require(data, _FORMS, title)
        if not shape.fits(data["seen"], _SEEN):
            raise malformed(title, "`seen` in another form")
        if not any(shape.fits(data["about"], forms) for forms in _ABOUT[data["act"]]):
            raise malformed(title, f"`about` in another form than `{data['act']}` has")
        if not clock.is_time(data["time"]):
            raise malformed(title, "`time` is no day of the calendar")
        seen = Seen(data["seen"]["entries"], data["seen"]["head"])
        return cls(
            data["act"],
            data["by"],
            data["rules"],
            data["about"],
            seen,
            data["time"],
            data["signature"],
        )

    def check(self, rules: GroundRules) -> None:
        """Refuse an act that does not belong here, or that its author did not sign.

        Raises
        ------
        InputError
            That names whose act it is (H24).
        """
        thing = f"The act `{self.kind}` of {self.by!r}"
        if self.by not in rules.cards:
            raise refused(
                thing,
                "no card of that name in the ground rules",
                f"Known: {', '.join(rules.cards)}",
                _LEAVE,
                "H24",
            )
        if self.rules != rules.hash:
            raise refused(
                thing,
                "signed under other ground rules",
                "The hash of these ground rules",
                _AGAIN,
                "H24",
            )
        if not signed(rules.cards[self.by].signing, ACT, self._body(), self.signature):
            raise refused(
                thing,
                "its signature does not hold",
                f"The signature of {self.by}'s key",
                _AGAIN,
                "H24",
            )
        keeper = self.by == rules.keeper.who
        if (self.kind in OF_THE_KEEPER and not keeper) or (self.kind in OF_A_PARTY and keeper):
            whose = "who keeps the record" if self.kind in OF_THE_KEEPER else "a party"
            remedy = "Leave it to them."
            raise refused(thing, "not theirs to do", f"An act of {whose}", remedy, "H24")


def new_act(
    keys: Keys,
    rules: GroundRules,
    kind: str,
    about: Json,
    seen: Seen,
    time: str | None = None,
) -> Act:
    """Return an act, signed with somebody's keys.

    Raises
    ------
    InputError
        If these keys are not the ones that the ground rules name, or the act is not theirs (H24).
    """
    unsigned = Act(kind, keys.who, rules.hash, about, seen, time or clock.now(), "")
    signature = keys.sign(ACT, unsigned._body())
    act = Act.from_data({**unsigned.data, "signature": signature}, f"the act `{kind}`")
    act.check(rules)
    return act


_LEAVE = "Leave it out, and ask who sent it."
_AGAIN = "Ask for it again, from its author."
