"""What writers for other programs share: a dispute as plain points for single issues (H20)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from hikiwake.errors import Fault, Unsupported
from hikiwake.formats.decimals import is_short, odd_part
from hikiwake.formats.foreign import MAX_LISTED, straightened
from hikiwake.formats.native.findings import tidy
from hikiwake.formats.native.numbers import number_data
from hikiwake.model import Amount, Choice, Curve, Dispute, Issue, Item, Money, Share, Table, Text
from hikiwake.model.preference import Points
from hikiwake.numeric import DEFAULT_PRICE, DEFAULT_TOLERANCE

_UNUSABLE = re.compile(r'[/\\:*?"<>|]')
_NOTHING = Fraction(0)
_ROUND = "Move them to finite decimals in a copy, and write that."
_REMEDY = "Settle it here, or take this out of a copy and write that."


@dataclass(frozen=True, slots=True)
class Listed:
    """An issue with a list of values, and each party's points for them in this order."""

    label: str
    values: tuple[str, ...]
    points: Mapping[str, tuple[Fraction, ...]]


@dataclass(frozen=True, slots=True)
class Spanned:
    """An issue with numbers from ``low`` to ``high``; each party's points at these two ends."""

    label: str
    low: Fraction
    high: Fraction
    step: Fraction
    points: Mapping[str, tuple[Fraction, ...]]


@dataclass(frozen=True, slots=True)
class Curved:
    """An issue with any number from ``low`` to ``high``, and each party's points at its corners.

    ``points`` are straight between the ``places`` of a party, which begin and end with the range.
    """

    label: str
    low: Fraction
    high: Fraction
    places: Mapping[str, tuple[Fraction, ...]]
    points: Mapping[str, tuple[Fraction, ...]]


Subject = Listed | Spanned | Curved


@dataclass(slots=True)
class Plain:
    """A dispute that is nothing but points for single issues, under the names people read."""

    title: str
    parties: dict[str, str]
    subjects: list[Subject]
    walk_away: dict[str, Fraction]
    common_scale: bool
    notes: list[str] = field(default_factory=list[str])

    def points(self, party: str) -> list[tuple[Fraction, ...]]:
        """Return one party's points for each issue."""
        return [subject.points[party] for subject in self.subjects]


@dataclass(frozen=True, slots=True)
class Exported:
    """Files for another program by their names; one named "" is the target itself."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()


def plain(
    dispute: Dispute, program: str, spans: Callable[[Amount], bool], curves: bool = False
) -> Plain:
    """Return a dispute as points for single issues.

    Parameters
    ----------
    dispute
        What is written. Its walk-away values are those that hold (H4), declared or not.
    program
        What the other program is called in faults and notes.
    spans
        Tells whether the program holds an amount as a range, if everybody's points lie on straight
        lines over it. Its steps are listed otherwise.
    curves
        Whether the program knows amounts without steps.

    Raises
    ------
    Unsupported
        With everything that the program cannot hold and that would change the settlement.
    """
    if faults := list(_cannot_hold(dispute, program, curves)):
        raise Unsupported(*map(tidy, faults[:100]))
    parties = labels([(party.id, party.name) for party in dispute.parties])
    names = labels([(issue.id, issue.name) for issue in dispute.issues])
    found = Plain(
        shown(dispute.title),
        parties,
        [],
        {party: dispute.walk_away(party) for party in parties},
        dispute.common_scale,
    )
    listed: list[str] = []
    for issue in dispute.issues:
        label = names[issue.id]
        if isinstance(issue, Amount) and spans(issue) and _straight(dispute, issue):
            found.subjects.append(_spanned(dispute, issue, label))
            continue
        if isinstance(issue, Amount) and issue.step is None:
            found.subjects.append(_curved(dispute, issue, label))
            continue
        if isinstance(issue, Amount):
            _require_few(issue)
            listed.append(label)
        found.subjects.append(_listed(dispute, issue, label, parties))
    found.notes.extend(_notes(dispute, program, listed))
    return found


def _cannot_hold(dispute: Dispute, program: str, curves: bool) -> Iterator[Fault]:
    only = f"Only points for single issues, and a walk-away value, have a place in {program}"

    def fault(thing: str, found: str, expected: str = only, remedy: str = _REMEDY) -> Fault:
        return Fault(thing, found, expected, "H20", remedy)

    if dispute.rules:
        yield fault("The dispute", "public rules")
    for group in dispute.groups:
        if group.not_for_trade:
            yield fault(f"Group {group.id!r}", "not for trade")
    for party, preference in dispute.preferences.items():
        if preference.red_lines:
            yield fault(f"Party {party!r}", "red lines")
        if preference.bonuses:
            yield fault(f"Party {party!r}", "bonuses for combinations")
    for issue in dispute.issues:
        label = f"Issue {issue.id!r}"
        if isinstance(issue, Share):
            what = "numbers" if curves else "numbers in steps"
            expected = f"Only lists of values, and {what}, have a place in {program}"
            yield fault(label, "divided in any parts", expected, "Offer some divisions instead.")
        elif isinstance(issue, Money):
            yield fault(label, "payments between the parties")
        elif isinstance(issue, Amount) and issue.step is None and not curves:
            expected = f"In {program} numbers stand in lists or come in steps"
            yield fault(label, "any number in a range", expected, "Give it a step.")
        elif isinstance(issue, Amount) and issue.step is None and not _is_written(dispute, issue):
            expected = f"In {program} numbers are finite decimals"
            yield fault(label, "a range that ends or bends at others", expected, _ROUND)


def _is_written(dispute: Dispute, issue: Amount) -> bool:
    """Tell whether the ends of an amount, and wherever somebody's points bend, are decimals."""
    own = (preference.points.get(issue.id) for preference in dispute.preferences.values())
    places = (x for points in own if isinstance(points, Curve) for x, _ in points.corners)
    return all(map(is_short, (issue.min, issue.max, *places)))


def _straight(dispute: Dispute, issue: Amount) -> bool:
    """Tell whether everybody's points for an amount lie on one straight line."""
    for preference in dispute.preferences.values():
        points = preference.points.get(issue.id)
        if isinstance(points, Curve):
            (x0, y0), (x1, y1) = points.corners[0], points.corners[-1]
            if any((y - y0) * (x1 - x0) != (y1 - y0) * (x - x0) for x, y in points.corners):
                return False
    return True


def _spanned(dispute: Dispute, issue: Amount, label: str) -> Spanned:
    ends = {
        party: tuple(_worth(p.points.get(issue.id), party, end) for end in (issue.min, issue.max))
        for party, p in dispute.preferences.items()
    }
    return Spanned(label, issue.min, issue.max, issue.step or Fraction(1), ends)


def _curved(dispute: Dispute, issue: Amount, label: str) -> Curved:
    corners: dict[str, Sequence[tuple[Fraction, Fraction]]] = {}
    for party, preference in dispute.preferences.items():
        points = preference.points.get(issue.id)
        own = [x for x, _ in points.corners] if isinstance(points, Curve) else []
        places = [issue.min, *(x for x in own if issue.min < x < issue.max), issue.max]
        corners[party] = straightened([(x, _worth(points, party, x)) for x in places])
    return Curved(
        label,
        issue.min,
        issue.max,
        {party: tuple(x for x, _ in own) for party, own in corners.items()},
        {party: tuple(y for _, y in own) for party, own in corners.items()},
    )


def _listed(dispute: Dispute, issue: Issue, label: str, parties: Mapping[str, str]) -> Listed:
    if isinstance(issue, Amount):
        values = list(issue.values())
        called = [str(number_data(value)) for value in values]
    else:
        assert isinstance(issue, Choice | Item)
        own = issue.options if isinstance(issue, Choice) else issue.others
        owners = [] if isinstance(issue, Choice) else [*parties.items()]
        names = labels(
            [
                *((party, Text.of(name)) for party, name in owners),
                *((option.id, option.name) for option in own),
            ]
        )
        values, called = list(names), list(names.values())
    points = {
        party: tuple(_worth(p.points.get(issue.id), party, value) for value in values)
        for party, p in dispute.preferences.items()
    }
    return Listed(label, tuple(called), points)


def _require_few(issue: Amount) -> None:
    if (issue.steps or 0) > MAX_LISTED:
        found, expected = "too many steps to list", f"At most {MAX_LISTED}"
        thing, remedy = f"Issue {issue.id!r}", "Give it larger steps."
        raise Unsupported(tidy(Fault(thing, found, expected, "H20", remedy)))


def _worth(points: Points | None, party: str, value: str | Fraction) -> Fraction:
    return points.value(party, value) if isinstance(points, Table | Curve) else _NOTHING


def _notes(dispute: Dispute, program: str, listed: Sequence[str]) -> Iterator[str]:
    if any(isinstance(issue, Item) for issue in dispute.issues):
        yield "Items are written as lists of who may get them."
    if listed:
        names = ", ".join(name[:80] for name in listed[:10]) + (" …" if len(listed) > 10 else "")
        yield f"Numbers in steps are written as lists of values: {names}."
    usual = (dispute.tolerance, dispute.price) == (DEFAULT_TOLERANCE, DEFAULT_PRICE)
    parts = (
        ("the tolerance and the price of evenness", not usual),
        ("the status quo (what it is worth counts as walk-away value)", dispute.status_quo),
        ("groups of issues", dispute.groups),
        ("that points mean the same to everyone", dispute.common_scale),
        ("that the numbers are invented", dispute.illustrative),
        ("that chance is allowed", dispute.chance),
        ("that sides may be named where misstating is told of", dispute.name_sides),
        ("entitlements", any(party.entitlement != 1 for party in dispute.parties)),
        (
            "each side's own words and languages",
            any(p.names or p.language for p in dispute.parties),
        ),
        ("units", any(isinstance(issue, Amount) and issue.unit for issue in dispute.issues)),
        ("names in other languages", any(len(text.by_language) > 1 for text in _texts(dispute))),
    )
    if left := [name for name, there in parts if there]:
        yield f"Left out, as there is no place for it in {program}: {'; '.join(left)}."


def _texts(dispute: Dispute) -> Iterator[Text]:
    yield dispute.title
    yield from (party.name for party in dispute.parties)
    for issue in dispute.issues:
        yield issue.name
        if isinstance(issue, Choice | Item):
            own = issue.options if isinstance(issue, Choice) else issue.others
            yield from (option.name for option in own)


def labels(things: Iterable[tuple[str, Text]]) -> dict[str, str]:
    """Return what each of some things is called: its name, or its id where names come twice.

    Examples
    --------
    >>> labels([("a", Text.of("Ann")), ("b", Text.of("Ann")), ("c", Text.of("C"))])
    {'a': 'a', 'b': 'b', 'c': 'C'}
    """
    wanted = {made: shown(name) or shown(Text.of(made)) or made for made, name in things}
    unique = {name for name, times in Counter(wanted.values()).items() if times == 1}
    found: dict[str, str] = {}
    taken = set(unique)
    for made, name in wanted.items():
        label = name
        if name not in unique:
            label = plainly = shown(Text.of(made)) or made
            times = 1
            while label in taken:
                times += 1
                label = f"{plainly} ({times})"
            taken.add(label)
        found[made] = label
    return found


def shown(text: Text) -> str:
    """Return a name on one line, without what files of other programs cannot hold."""
    whole = unicodedata.normalize("NFC", text.plain)
    kept = (" " if c.isspace() else c for c in whole if c.isspace() or _is_writable(c))
    return " ".join("".join(kept).split())


def _is_writable(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs") and ord(letter) & 0xFFFE != 0xFFFE


def stems(parties: Mapping[str, str], reserved: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Return what each party's file is called, and a note where that is not its name."""
    taken = {name.casefold() for name in reserved}
    found: dict[str, str] = {}
    other: list[str] = []
    for party, label in parties.items():
        plain_text = _UNUSABLE.sub("_", label).lstrip("._~ ")[:60].rstrip(". ")
        stem = plainly = plain_text or "party"
        times = 1
        while stem.casefold() in taken:
            times += 1
            stem = f"{plainly} ({times})"
        taken.add(stem.casefold())
        found[party] = stem
        if stem != label:
            other.append(f"{label[:80]} ({stem})")
    names = ", ".join(other[:10]) + (" …" if len(other) > 10 else "")
    return found, [f"Parties whose name cannot be that of a file: {names}."] if other else []


def multiplied(
    found: Plain, numbers: Callable[[str], Iterable[Fraction]]
) -> tuple[dict[str, int], list[str]]:
    """Return what each party's points are multiplied by to be finite decimals, and a note.

    Where points mean the same to everyone, everybody's are multiplied by the same.
    """
    times = {party: odd_part(numbers(party)) for party in found.parties}
    if found.common_scale:
        times = dict.fromkeys(times, lcm(*times.values()))
    names = [found.parties[party][:80] for party, factor in times.items() if factor > 1]
    if not names:
        return times, []
    who = ", ".join(names[:10]) + (" …" if len(names) > 10 else "")
    note = (
        "All points of one party are multiplied by the same whole number, as some are fractions "
        f"that have no finite decimals; gains stay as they are: {who}."
    )
    return times, [note]


class Bare(str):
    """A number, or another word, that stands without quotes."""

    __slots__ = ()


def quoted(text: str) -> str:
    """Return a text in quotes, as JSON and YAML both read it."""
    whole = json.dumps(text, ensure_ascii=False)
    return re.sub(
        r"[\x7f-\x9f\u2028\u2029\ufeff\ue000-\uf8ff]", lambda m: f"\\u{ord(m[0]):04x}", whole
    )
