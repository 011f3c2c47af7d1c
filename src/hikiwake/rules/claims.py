"""What the rules for claims have in common: more is claimed of a share than there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from hikiwake.errors import Fault, Unsupported
from hikiwake.model import Dispute, FrozenMap, Outcome, Share
from hikiwake.rules.direct import conditions_in, fault, other_kinds

Awards = Callable[[Fraction, Sequence[Fraction]], Sequence[Fraction]]


def require_claims(dispute: Dispute, rule: str) -> None:
    """Shares with claims that sum to no less than there is, no conditions (else H18)."""
    faults = tuple(_misfits(dispute, rule))
    if faults:
        raise Unsupported(*faults)


def divided(dispute: Dispute, awards: Awards) -> tuple[Outcome, ...]:
    """Return the one division: of each share, what a rule awards, as parts of the total."""
    values: dict[str, FrozenMap[str, Fraction]] = {}
    for issue in dispute.issues:
        if isinstance(issue, Share) and issue.total is not None:
            claims = [issue.claims[party] for party in dispute.party_ids]
            each = zip(dispute.party_ids, awards(issue.total, claims), strict=True)
            values[issue.id] = FrozenMap({party: award / issue.total for party, award in each})
    return (FrozenMap(values),)


def _misfits(dispute: Dispute, rule: str) -> Iterator[Fault]:
    yield from other_kinds(dispute, rule, (Share,), "Shares with claims only")
    yield from conditions_in(dispute, rule)
    for issue in dispute.issues:
        if not isinstance(issue, Share):
            continue
        if issue.total is None or not issue.claims:
            found = f"nobody claims anything of issue {issue.id!r}"
            remedy = "Add `total` and `claims`, or use `draw`."
            yield fault(rule, found, "A total and every party's claim", remedy)
        elif (claimed := sum(issue.claims.values())) < issue.total:
            yield fault(
                rule,
                f"the claims on issue {issue.id!r} sum to {claimed}, less than its {issue.total}",
                "Claims that sum to at least what there is: else all can be met, and these rules "
                "do not say whose the rest is",
                "Give everybody its claim, and settle the rest by itself, with `draw`.",
            )
