"""Writing GeniusWeb profiles: a JSON file for each party, and one with the domain alone."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from hikiwake.errors import Fault, Unsupported
from hikiwake.formats.decimals import decimal, is_decimal
from hikiwake.formats.foreign_writing import (
    Bare,
    Exported,
    Listed,
    Plain,
    Spanned,
    Subject,
    plain,
    quoted,
    stems,
)
from hikiwake.formats.geniusweb.scale import Scaled, scaled
from hikiwake.formats.native.findings import tidy
from hikiwake.model import Amount, Dispute

Tree = Mapping[str, object]


def write_geniusweb(dispute: Dispute) -> Exported:
    """Return the JSON files of GeniusWeb profiles.

    Gains stay exactly as they are; points do where GeniusWeb can hold them with finite decimals.

    Raises
    ------
    Unsupported
        If GeniusWeb cannot hold the dispute: see :func:`hikiwake.formats.foreign_writing.plain`; or
        if no bid is worth a party's walk-away value, which GeniusWeb knows as a bid only.
    """
    found = plain(dispute, "GeniusWeb", _is_range)
    names, notes = stems(found.parties, ["domain"])
    domain: Tree = {
        "name": found.title or "domain",
        "issuesValues": {subject.label: _values(subject) for subject in found.subjects},
    }
    trees: dict[str, Tree] = {"domain": domain}
    faults: list[Fault] = []
    brought: list[str] = []
    for party, stem in names.items():
        own = scaled(found.points(party), found.walk_away[party])
        if own is None:
            faults.append(_no_bid(party))
            continue
        if not own.same:
            brought.append(found.parties[party][:80])
        trees[stem] = {"LinearAdditiveUtilitySpace": _profile(found, own, stem, domain)}
    if faults:
        raise Unsupported(*map(tidy, faults))
    if brought:
        who = ", ".join(brought[:10]) + (" …" if len(brought) > 10 else "")
        notes.append(
            "Points are brought to GeniusWeb's scale from 0 to 1, each party's own on its own, and "
            f"weights say nothing by themselves; gains stay as they are: {who}."
        )
    files = {f"{name}.json": f"{_json(tree)}\n".encode() for name, tree in trees.items()}
    return Exported(files, (*found.notes, *notes))


def _is_range(amount: Amount) -> bool:
    return amount.step is not None and all(map(is_decimal, (amount.min, amount.max, amount.step)))


def _values(subject: Subject) -> Tree:
    if isinstance(subject, Listed):
        return {"values": list(subject.values)}
    assert isinstance(subject, Spanned)
    ends = {"low": subject.low, "high": subject.high, "step": subject.step}
    return {"range": {name: _number(end) for name, end in ends.items()}}


def _profile(found: Plain, own: Scaled, name: str, domain: Tree) -> Tree:
    labels = [subject.label for subject in found.subjects]
    utilities = zip(found.subjects, own.utilities, strict=True)
    tree: dict[str, object] = {
        "name": name,
        "domain": domain,
        "issueWeights": dict(zip(labels, map(_number, own.weights), strict=True)),
        "issueUtilities": {subject.label: _utilities(subject, row) for subject, row in utilities},
    }
    if own.bid is not None:
        values = {labels[n]: _value(found.subjects[n], v) for n, v in own.bid.items()}
        tree["reservationBid"] = {"issuevalues": values}
    return tree


def _utilities(subject: Subject, row: tuple[Fraction, ...]) -> Tree:
    if isinstance(subject, Listed):
        table = dict(zip(subject.values, map(_number, row), strict=True))
        return {"discreteutils": {"valueUtilities": table}}
    ends = {"lowValue": subject.low, "highValue": subject.high}
    ends |= {"lowUtility": row[0], "highUtility": row[1]}
    return {"numberutils": {name: _number(end) for name, end in ends.items()}}


def _value(subject: Subject, place: int) -> str:
    if isinstance(subject, Listed):
        return subject.values[place]
    return _number((subject.low, subject.high)[place])


def _number(number: Fraction) -> Bare:
    return Bare(decimal(number))


def _no_bid(party: str) -> Fault:
    return Fault(
        f"Party {party!r}",
        "a walk-away value that no bid is worth",
        "GeniusWeb knows it only as what a bid is worth",
        "H20",
        "Write NegMAS files or score sheets, which hold it as a number.",
    )


def _json(value: object, indent: str = "") -> str:
    """Return JSON whose numbers are the decimals themselves, never floats."""
    if isinstance(value, Bare):
        return str(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(_json(entry) for entry in value)}]"
    if isinstance(value, Mapping):
        inner = f"{indent} "
        lines = [f"{inner}{quoted(str(k))}: {_json(v, inner)}" for k, v in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    raise TypeError(type(value).__name__)
