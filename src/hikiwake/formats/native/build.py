"""From the tree of a file to a checked dispute, or to one error that holds every fault."""

from __future__ import annotations

from hikiwake.errors import Fault, InvalidDispute
from hikiwake.formats.native.findings import Findings
from hikiwake.formats.native.known import Known
from hikiwake.formats.native.leaves import read_number, read_text_at
from hikiwake.formats.native.numbers import is_number, kind
from hikiwake.formats.native.private import read_preferences
from hikiwake.formats.native.public import (
    read_groups,
    read_known,
    read_rules,
    read_status_quo,
)
from hikiwake.formats.native.shape import bounded, check_shape
from hikiwake.formats.native.syntax import Tree
from hikiwake.model import Dispute
from hikiwake.numeric import DEFAULT_PRICE, DEFAULT_TOLERANCE

FORMAT = 1


def build(tree: Tree | None, findings: Findings) -> Dispute:
    """Return the dispute that a tree means.

    What has a fault of its own is left out of what is checked further, with all that refers to
    it, so that one mistake gives one fault.

    Raises
    ------
    InputError
        With the faults that were found while the files were gathered, and all those found here.
    """
    if tree is None or not bounded(tree, findings):
        raise findings.error() or InvalidDispute()
    check_shape(tree, findings)
    _version(tree, findings)
    known = read_known(tree, findings)
    dispute = _dispute(tree, known)
    if error := findings.error():
        raise error
    if dispute is None:
        raise InvalidDispute()
    return dispute


def _version(tree: Tree, findings: Findings) -> None:
    if "hikiwake" not in tree:
        return
    version = tree["hikiwake"]
    if isinstance(version, int) and not isinstance(version, bool) and version == FORMAT:
        return
    later = is_number(version)
    findings.add(
        Fault(
            "The dispute",
            "another version of the format" if later else f"{kind(version)} under `hikiwake`",
            f"This program reads version {FORMAT}",
            "H19",
            f"Write `hikiwake = {FORMAT}`." if not later else "Use the program that wrote it.",
            "hikiwake",
        )
    )


def _dispute(tree: Tree, known: Known) -> Dispute | None:
    """Return the dispute, or None after adding the faults that the model finds."""
    findings = known.findings
    given = tree.get("tolerance", DEFAULT_TOLERANCE), tree.get("price", DEFAULT_PRICE)
    tolerance = read_number(tree, ("tolerance",), given[0], findings)
    price = read_number(tree, ("price",), given[1], findings)
    title = read_text_at(tree, ("title",), tree.get("title"), findings)
    rules, groups = read_rules(tree, known), read_groups(tree, known)
    status_quo, preferences = read_status_quo(tree, known), read_preferences(tree, known)
    if not known.complete:
        return None
    try:
        return Dispute(
            parties=tuple(known.parties),
            issues=tuple(known.issues),
            preferences=preferences,
            rules=rules,
            groups=groups,
            status_quo=status_quo,
            title=title,
            tolerance=DEFAULT_TOLERANCE if tolerance is None else tolerance,
            price=DEFAULT_PRICE if price is None else price,
            common_scale=tree.get("common_scale") is True,
            illustrative=tree.get("illustrative") is True,
            chance=tree.get("chance") is True,
            name_sides=tree.get("name_sides") is True,
        )
    except InvalidDispute as error:
        for fault in error.faults:
            if not known.mutes(fault.where):
                findings.add(fault)
        return None
