"""Writing GENIUS folders: a domain, and a profile for each party on GENIUS's scale from 0 to 1.

Gains stay exactly as they are. Points do where they fit that scale; otherwise each party's own are
raised so that none is negative, and divided by one number, both chosen so that every number in the
file is a finite decimal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape

from hikiwake.errors import Fault, Unsupported
from hikiwake.formats.decimals import decimal, is_round, is_short, odd_part, ten_from
from hikiwake.formats.foreign_writing import (
    Curved,
    Exported,
    Listed,
    Plain,
    Spanned,
    Subject,
    plain,
    stems,
)
from hikiwake.formats.genius_evaluators import Evaluated, evaluated
from hikiwake.formats.native.findings import tidy
from hikiwake.model import Amount, Dispute

_ROUNDING = Fraction(1, 10**6)
_NOTHING, _ALL = Fraction(0), Fraction(1)
_LARGEST = 10**9
_KINDS = {Listed: "discrete", Spanned: "integer", Curved: "real"}
_PARAMETERS = ("parameter0", "parameter1", "parameter2")


def write_genius(dispute: Dispute) -> Exported:
    """Return the XML files of a GENIUS folder.

    Evaluations have 1 as their largest where all are finite decimals then, otherwise they are whole
    numbers. Amounts in steps of 1 become integer issues where everybody's points lie on straight
    lines, amounts without steps real issues.

    Raises
    ------
    Unsupported
        If GENIUS cannot hold the dispute: see :func:`hikiwake.formats.foreign_writing.plain`; if
        points for an amount without steps bend as none of its evaluators does; or if a walk-away
        value lies below the party's least utility, which GENIUS would count instead.
    """
    found = plain(dispute, "GENIUS", _is_integer, curves=True)
    names, notes = stems(found.parties, ["domain"])
    faults: list[Fault] = []
    files = {"domain.xml": _domain(found)}
    brought: list[str] = []
    for party, stem in names.items():
        weighed: list[Evaluated] = []
        for subject in found.subjects:
            own = evaluated(subject, party)
            if own is None:
                faults.append(_bent(party, subject.label))
            else:
                weighed.append(own)
        if len(weighed) < len(found.subjects):
            continue
        walk_away = found.walk_away[party] - sum((w.least for w in weighed), start=_NOTHING)
        levels = (min(s.points[party]) - w.least for w, s in _pairs(weighed, found))
        lowest = sum(levels, start=_NOTHING)
        if walk_away < lowest:
            faults.append(_below(party))
            continue
        if walk_away == lowest:  # as GENIUS counts a smaller one, even where this is no decimal
            walk_away = _NOTHING
        divisor = _divisor([w.weight for w in weighed], walk_away)
        if divisor != 1 or any(w.least for w in weighed):
            brought.append(found.parties[party][:80])
        files[f"{stem}.xml"] = _profile(found, weighed, walk_away / divisor, divisor)
    if faults:
        raise Unsupported(*map(tidy, faults))
    if brought:
        who = ", ".join(brought[:10]) + (" …" if len(brought) > 10 else "")
        notes.append(
            f"Points are brought to GENIUS's scale from 0 to 1, each party's own on its own; gains "
            f"stay as they are: {who}."
        )
    coded = {name: text.encode() for name, text in files.items()}
    return Exported(coded, (*found.notes, *notes))


def _pairs(weighed: Sequence[Evaluated], found: Plain) -> Iterator[tuple[Evaluated, Subject]]:
    return zip(weighed, found.subjects, strict=True)


def _is_integer(amount: Amount) -> bool:
    whole = all(end.denominator == 1 and abs(end) < _LARGEST for end in (amount.min, amount.max))
    return whole and amount.step == 1


def _divisor(weights: Sequence[Fraction], walk_away: Fraction) -> Fraction:
    """Return what brings weights and walk-away to finite decimals that sum to at most 1."""
    total = sum(weights, start=_NOTHING)
    highest = max(total, walk_away)
    numbers = [*weights, walk_away]
    if total <= 1 + _ROUNDING and walk_away <= 1 and all(map(is_short, numbers)):
        return _ALL
    times = odd_part(numbers)
    if total == highest and total and is_round(total * times):
        return total
    return ten_from(highest * times) / times


def _below(party: str) -> Fault:
    return Fault(
        f"Party {party!r}",
        "a walk-away value below everything it could agree to",
        "In GENIUS nobody has less without an agreement than by the worst one",
        "H20",
        "Write NegMAS files or score sheets, which hold it; or set it to the least utility in a "
        "copy, which changes the gains.",
    )


def _bent(party: str, label: str) -> Fault:
    return Fault(
        f"Party {party!r}",
        f"points for {label[:80]!r} that no evaluator of GENIUS gives in finite decimals",
        "A straight line, one that is flat at its ends, or one that rises to a point and falls",
        "H20",
        "Write NegMAS files, which hold it; or give the amount a step in a copy.",
    )


def _domain(found: Plain) -> str:
    lines = ["<negotiation_template>", f' <utility_space number_of_issues="{len(found.subjects)}">']
    lines.append(f"  {_objective(found.title)}")
    for index, subject in enumerate(found.subjects, start=1):
        lines.append(f"   {_issue(index, subject)}")
        if isinstance(subject, Listed):
            values = enumerate(subject.values, start=1)
            lines.extend(f"    <item{_with(index=n, value=value)}/>" for n, value in values)
        lines.append("   </issue>")
    lines += ["  </objective>", " </utility_space>", "</negotiation_template>", ""]
    return "\n".join(lines)


def _profile(
    found: Plain, weighed: Sequence[Evaluated], walk_away: Fraction, divisor: Fraction
) -> str:
    lines = [f'<utility_space number_of_issues="{len(found.subjects)}">']
    lines.append(f" {_objective(found.title)}")
    for index, (own, subject) in enumerate(_pairs(weighed, found), start=1):
        lines.append(f"  {_issue(index, subject)}")
        texts = [decimal(number) for number in own.evaluations]
        if isinstance(subject, Listed):
            for place, (value, text) in enumerate(zip(subject.values, texts, strict=True), start=1):
                lines.append(f"   <item{_with(index=place, value=value, evaluation=text)}/>")
        else:
            given = dict(zip(_PARAMETERS, texts, strict=False))
            if isinstance(subject, Spanned):
                given = {"slope": texts[1], "offset": texts[0]}
            kind = "linear" if len(texts) == 2 else "triangular"
            lines.append(f"   <evaluator{_with(ftype=kind, **given)}/>")
        lines.append("  </issue>")
    for index, own in enumerate(weighed, start=1):
        lines.append(f"  <weight{_with(index=index, value=decimal(own.weight / divisor))}/>")
    lines += [" </objective>", f" <reservation{_with(value=decimal(walk_away))}/>"]
    return "\n".join([*lines, "</utility_space>", ""])


def _objective(title: str) -> str:
    same = {"type": "objective", "etype": "objective"}
    return f"<objective{_with(index=0, name=title or 'root', **same)}>"


def _issue(index: int, subject: Subject) -> str:
    kind = _KINDS[type(subject)]
    kinds = {"type": kind, "etype": kind, "vtype": kind}
    ends: dict[str, object] = {}
    if not isinstance(subject, Listed):
        ends = {"lowerbound": decimal(subject.low), "upperbound": decimal(subject.high)}
    return f"<issue{_with(index=index, name=subject.label, **kinds, **ends)}>"


def _with(**attributes: object) -> str:
    return "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items())
