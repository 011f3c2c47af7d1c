"""What the rest of a file may refer to: the parties and issues that could be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from hikiwake.errors import Fault
from hikiwake.formats.native.findings import Findings
from hikiwake.model import Choice, Issue, Item, Party
from hikiwake.model.checks.ids import unknown


@dataclass(slots=True)
class Known:
    """The parties and issues of a dispute while it is read.

    ``broken`` holds the ids of issues that have faults of their own: whatever refers to them is
    left out without another fault. ``complete`` is False where an id itself could not be read:
    then no name can be called unknown. ``muted`` holds the places where a placeholder stands.
    """

    findings: Findings
    parties: list[Party] = field(default_factory=list[Party])
    issues: list[Issue] = field(default_factory=list[Issue])
    by_id: dict[str, Issue] = field(default_factory=dict[str, Issue])
    broken: set[str] = field(default_factory=set[str])
    muted: set[str] = field(default_factory=set[str])
    complete: bool = True

    def issue(self, issue_id: str, thing: str, where: str, shown: bool = True) -> Issue | None:
        """Return an issue; None, with a fault if it is really unknown, where there is none."""
        if issue_id in self.broken:
            return None
        found = self.by_id.get(issue_id)
        if found is None and self.findings.full:
            self.findings.more += 1
        elif found is None and self.complete:
            fault = unknown(thing, "issue", issue_id, self.by_id, where)
            self.findings.add(fault if shown else _hidden(fault))
        return found

    def values_of(self, issue: Choice | Item) -> list[str]:
        """Return what an issue may be decided as."""
        if isinstance(issue, Choice):
            return [option.id for option in issue.options]
        return [*(party.id for party in self.parties), *(option.id for option in issue.others)]

    def mutes(self, where: str) -> bool:
        """Tell whether a fault stands at a placeholder, or within one."""
        return any(where == m or where.startswith((f"{m}.", f"{m}[")) for m in self.muted)


def _hidden(fault: Fault) -> Fault:
    return Fault(
        fault.object,
        "an issue that does not exist",
        fault.expected,
        fault.convention,
        "Look for a misspelt id.",
        fault.where,
    )
