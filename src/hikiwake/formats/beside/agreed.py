"""A package that is agreed already, from a file: an outcome, or what ``settle --json`` printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hikiwake.errors import Fault, InvalidDispute
from hikiwake.formats.native.files import read_text
from hikiwake.formats.native.findings import Findings
from hikiwake.formats.native.known import Known
from hikiwake.formats.native.public import read_status_quo
from hikiwake.formats.native.syntax import Tree, parse
from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.model.checks.issues import value_fault
from hikiwake.numeric import MAX_DIGITS_DECIDED

TODAY = "The status quo"
AGREED = "The agreed package"


def read_agreed(dispute: Dispute, path: Path) -> Outcome:
    """Return the complete package that a TOML or JSON file holds, alone or under ``outcome``.

    Values are written as in the status quo. It may break rules and red lines (H5).

    Raises
    ------
    FormatError
        If the file cannot be read (H16, H19).
    InvalidDispute
        With every fault: issues that are unknown or missing, values that they cannot have (H5).
    """
    tree = parse(read_text(path, path.name), path.name)
    if "issues" in tree and "parties" in tree:
        raise InvalidDispute(_a_dispute(path.name))
    inner = tree.get("outcome")
    inside: Tree = {"status_quo": inner if isinstance(inner, dict) else tree}
    findings = Findings(main=path.name)
    issues = list(dispute.issues)
    by_id = {issue.id: issue for issue in issues}
    known = Known(findings, list(dispute.parties), issues, by_id)
    read = read_status_quo(inside, known, MAX_DIGITS_DECIDED) or FrozenMap()
    for issue in issues:
        if issue.id in read and (f := value_fault(dispute, issue, read[issue.id], issue.id)):
            findings.add(f)
    refused = {fault.where for fault in findings.faults}
    for issue in issues:
        if issue.id not in read and not any(issue.id in where for where in refused):
            findings.add(_missing(issue.id))
    if findings.faults:
        raise InvalidDispute(*map(_reworded, findings.faults))
    return FrozenMap({issue.id: read[issue.id] for issue in issues})


def _a_dispute(where: str) -> Fault:
    expected = "An outcome, issue by issue, or what `hikiwake settle --json` printed"
    return Fault(AGREED, "a dispute", expected, "H5", "Give the file of the package.", where)


def _missing(issue: str) -> Fault:
    return Fault(
        AGREED,
        f"nothing about issue {issue!r}",
        "A decision on every issue",
        "H5",
        "Add it, as it is agreed or as it is today.",
        issue,
    )


def _reworded(fault: Fault) -> Fault:
    return replace(
        fault,
        object=fault.object.replace(TODAY, AGREED),
        where=fault.where.replace("status_quo.", "").replace("status_quo", ""),
    )
