"""What can be asked beside a settlement: properties, power, parts, alternatives, adjusting."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from hikiwake.api.settling import settle
from hikiwake.errors import TooLarge, Unsupported
from hikiwake.model import Dispute, Outcome
from hikiwake.settlement import Partial, Power, Settlement, Status

if TYPE_CHECKING:
    from hikiwake.findings.history import History, Progress
    from hikiwake.findings.honesty import Honesty
    from hikiwake.findings.offers import Alternatives, Remedies
    from hikiwake.findings.sureness import Robustness
    from hikiwake.options.adjusting.by_hand import Adjusting
    from hikiwake.properties import Property, Verdict


def properties_of(dispute: Dispute, settlement: Settlement) -> dict[str, Verdict]:
    """Return, for each property, whether the settled package has it, else a witness."""
    from hikiwake.properties import PROPERTIES

    cut_short = settlement.status is Status.UNDECIDED and not settlement.direct
    if settlement.outcome is None or cut_short:
        return {}
    return {
        name: _examined(test, name, dispute, settlement.outcome)
        for name, test in PROPERTIES.items()
    }


def _examined(test: Property, name: str, dispute: Dispute, outcome: Outcome) -> Verdict:
    from hikiwake.properties import Verdict

    try:
        return test(dispute, outcome)
    except Unsupported:
        return Verdict(name, None, why="not_covered")


def power(dispute: Dispute, settlement: Settlement) -> Power | None:
    """Return where the power lies in a settlement, for the mediator only (H14); None: no package.

    The settled package is measured again: towards ideals taken before private red lines, and from
    equal walk-away values. Then every option that nobody uses is dropped in turn, and the dispute
    settled again by the same rule. To have it told, put it into the settlement's ``power``.

    Notes
    -----
    The cost is that of settling once for every such option: see :mod:`hikiwake.options.power`.
    """
    from hikiwake.options.power import power as find

    return find(dispute, settlement)


def robustness(
    dispute: Dispute,
    settlement: Settlement,
    error: Fraction | None = None,
    seed: int = 0,
    *,
    certificate: bool = False,
    time_limit: float | None = None,
) -> Robustness | None:
    """Return how far a settled package holds if the answers are guesses (H28); None: no package.

    Parameters
    ----------
    error
        By how much each answer without a range may be off, in parts of its side's own range.
        Default: 0 if any answer has a range, else 1/20.
    seed
        Of the random answers for which it is looked at.
    certificate
        Also make a certificate of what is proved. It is there only if the checker accepted it;
        else ``certificate_reason`` says why there is none.
    time_limit
        Seconds after which what is not known yet is left a bound, or untold: then it is
        ``cut_short``, and what it tells holds all the same. A certificate has limits of its own.

    Raises
    ------
    Unsupported, TooLarge
        If the packages cannot be listed, or a side has nothing to gain (H18).
    """
    from hikiwake.options.sureness.robustness import robustness as find
    from hikiwake.solvers.deadline import Deadline

    found = find(dispute, settlement, error, seed=seed, deadline=Deadline(time_limit))
    return _proven(dispute, settlement, found) if found and certificate else found


def _proven(dispute: Dispute, settlement: Settlement, found: Robustness) -> Robustness:
    """Return how far a package holds with a certificate, or with the reason why there is none."""
    from hikiwake.options.sureness.certificate import robust_certificate
    from hikiwake.options.sureness.trees.cases import Unproved
    from hikiwake.proof import robust_issued

    try:
        made = robust_certificate(dispute, settlement, found)
    except TooLarge:
        return replace(found, certificate_reason="answers are linked in too many ways for one")
    except Unproved as unproved:
        return replace(found, certificate_reason=str(unproved))
    if made is None:
        return replace(found, certificate_reason="no draw is proved for any such answers")
    issued = robust_issued(made)
    reason = "" if issued else "the checker did not accept it"
    return replace(found, certificate=issued, certificate_reason=reason)


def honesty(dispute: Dispute, settlement: Settlement, seed: int = 0) -> Honesty | None:
    """Return what misstating could gain each side, and what it would risk; None: no package.

    Whose is whose is for the mediator only, and only where the parties agreed to that (H14). The
    settlement has to be one by ``draw``. Nothing here is strategy-proof.

    Parameters
    ----------
    seed
        Of the reports, and of the other sides, that are drawn at random.

    Notes
    -----
    Seconds for some hundred packages: see :mod:`hikiwake.options.misstating.honesty`.
    """
    from hikiwake.options.misstating.honesty import honesty as find

    return find(dispute, settlement, seed)


def partial(dispute: Dispute, rule: str = "draw") -> Partial:
    """Return the largest sets of issues that settle as a draw with the rest left as it is today.

    The open issues stay at the status quo, without prejudice. If the whole dispute is a draw, that
    is the answer, and nothing is left open.

    Raises
    ------
    Unsupported
        If there is no status quo (H5), or the rule or the engines do not cover the dispute (H18).

    Notes
    -----
    The cost is that of settling many times: see :mod:`hikiwake.options.partial`.
    """
    from hikiwake.options.partial import partial as find

    return find(dispute, rule)


def alternatives(
    dispute: Dispute,
    count: int = 5,
    *,
    within: Fraction = Fraction(0),
    agreed: Outcome | None = None,
) -> Alternatives:
    """Return several good packages, as different from one another as possible.

    The first is the one that ``draw`` shows. The others are draws too, or as close to one as there
    is, and Pareto-optimal; those worth the same to everybody come first. With ``agreed``, a package
    that is agreed already, only packages come back in which every party gets more.

    Raises
    ------
    InputError
        If ``count`` is not from 1 to 20, or ``within`` (how far short of a draw a package may be
        and still count as one) not from 0 to 1.
    Unsupported
        If the engines do not cover the dispute, or reach a limit (H18).
    """
    from hikiwake.options.alternatives import alternatives as find

    return find(dispute, count, within, agreed)


def remedies(dispute: Dispute, settlement: Settlement) -> Remedies | None:
    """Return what would make an uneven dispute even; None where there is nothing to remedy.

    The settlement has to be one by ``draw``, else Unsupported is raised. To have remedies told,
    give them to :func:`hikiwake.explain.tell`. The cost is that of settling many times: see
    :mod:`hikiwake.options.remedies`.
    """
    from hikiwake.options.remedies import remedies as find

    return find(dispute, settlement)


def adjust(dispute: Dispute, *, repairs: bool = True, own: bool = False) -> Adjusting:
    """Return a dispute that is ready to be asked how any package stands, as often as one likes.

    What serves all questions is searched here, once. Where none will be about repairs, that can be
    said: then what only they need is not looked for yet. ``own``: one party will look at its own
    side alone. Then nothing is looked for that hangs on the others, so that neither how long it
    takes nor a limit tells of them (H14).

    Raises
    ------
    Unsupported
        If the engines do not cover the dispute, or reached a limit (H18).
    """
    from hikiwake.options.adjusting.by_hand import Adjusting

    adjusting = Adjusting(dispute)
    if not own:
        adjusting.prepare(repairs)
    return adjusting


def progress(dispute: Dispute, history: History) -> Progress:
    """Return how close the sides were at every date of a history, for the mediator only (H14).

    Offers are measured from the draw as well, where the dispute has one.

    Raises
    ------
    Unsupported
        If the dispute has no agreement to measure by, if no side could gain anything, or if the
        engines do not cover it (H18).
    """
    from hikiwake.progress import progress as measure

    settlement = settle(dispute)
    draw = settlement.outcome if settlement.status is Status.DRAW else None
    return measure(dispute, history, draw)
