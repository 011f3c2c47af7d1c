"""Making the certificate of a settlement: witnesses by the engines, trees by search, then a check.

Nothing is issued that the project's own checker has not accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, pairwise
from math import isfinite
from time import process_time
from typing import Any

from hikiwake.pareto import Bargain, Compiled, LexicographicMinimum, LimitReached, Region
from hikiwake.pareto.fronts.points import Points
from hikiwake.proof import checker
from hikiwake.proof.borders import borders
from hikiwake.proof.canonical import (
    Json,
    canonical_bytes,
    canonical_dispute,
    hash_of,
    number,
    taken_outcome,
)
from hikiwake.proof.cells import TooManyPieces
from hikiwake.proof.claims import claims_of, walk_away_of
from hikiwake.proof.conflicts import named_conflicts
from hikiwake.proof.trees.bettering import Bettering
from hikiwake.proof.trees.choosing import Chooser, OutOfReach, Pool
from hikiwake.proof.trees.growing import AS_MUCH_AS_IT_TAKES, Ground, grow
from hikiwake.proof.trees.joining import Plan, plans
from hikiwake.proof.trees.opening import Row, read
from hikiwake.proof.trees.replacing import Replacements
from hikiwake.proof.witnesses import Covering, witnesses
from hikiwake.settlement import Certificate, Settlement, Status
from hikiwake.solvers import needs_hulls
from hikiwake.solvers.deadline import Deadline

MAX_INTEGERS = 20_000
QUICK = 80_000  # steps of checking that take a fiftieth of a second or so
STEPS_A_CASE = 400
SECONDS = 60.0  # where nobody says otherwise
SECONDS_TO_SHORTEN = 1.5  # of the processor, for further proofs, once there is one

PROVABLE = (
    "draw",
    "kalai_smorodinsky",
    "nash",
    "egalitarian",
    "leximin",
    "utilitarian",
    "adjusted_winner",
)

# What stands in the way where two divide something; and what no certificate can claim: that there
# is no draw, where there is only no best one (H10).
OPEN = "the frontier comes as close as one likes to points that are not on it"
APPROACHED = "draws come as close as one likes to a package that is none"


class NoCertificate(Exception):
    """There is none, and why: the end of a sentence."""


class NotFound(NoCertificate):
    """No proof was found within the limits of the search."""

    def __init__(self) -> None:
        super().__init__("no proof was found within the limits of the search")


def certify(
    compiled: Compiled, bargain: Bargain | None, settlement: Settlement, deadline: Deadline
) -> Certificate:
    """Return the certificate of a settlement.

    Raises
    ------
    NoCertificate
        If the format does not cover what is claimed, or the search reached its limits.
    """
    if settlement.status is Status.UNDECIDED:
        raise NoCertificate("the question is open")
    if settlement.rule not in PROVABLE:
        raise NoCertificate("the rule makes its package itself")
    try:
        if bargain is None:
            return _no_agreement(compiled, settlement, deadline)
        if settlement.rule != "draw":
            return _settled(bargain, settlement, deadline)
        return _draw(bargain, settlement, deadline)
    except LimitReached:
        raise NoCertificate("time was up before all witnesses were found") from None
    except TooManyPieces:
        raise NoCertificate("conditions cut a share into too many pieces for the format") from None


def certify_frontier(bargain: Bargain, deadline: Deadline) -> Certificate:
    """Return the certificate of the whole frontier of two parties.

    Raises
    ------
    NoCertificate
        If the format does not cover it, or the search reached its limits.
    """
    compiled = bargain.compiled
    if compiled.problem.parties != 2 or needs_hulls(compiled.problem):
        raise NoCertificate("the format covers the frontiers of two parties, and no amounts")
    if not bargain.even_groups:
        raise NoCertificate("what is not for trade is not even on it")
    if not all(edge.first_closed and edge.second_closed for edge in bargain.frontier.edges):
        raise NoCertificate("it comes as close as one likes to points that are not on it")
    try:
        corners = sorted(bargain.frontier.corners())
        taken = [next(bargain.frontier.packages(point)) for point in corners]
    except LimitReached:
        raise NoCertificate("time was up before all of it was found") from None
    along = [(corners[0], taken_outcome(compiled, taken[0]))]
    for (p, q), both in zip(pairwise(corners), pairwise(taken), strict=True):
        for t, form in borders(compiled, *both):
            along.append((tuple(a + t * (b - a) for a, b in zip(p, q, strict=True)), form))
        along.append((q, taken_outcome(compiled, both[1])))
    along = [one for n, one in enumerate(along) if one not in along[:n]]
    claimed = [[number(compiled.points(i, u)) for i, u in enumerate(point)] for point, _ in along]
    frame = {"rule": "frontier", "status": "complete", "claims": {"points": claimed}}
    named: dict[str, Json] = {"outcomes": [form for _, form in along]}
    return _Making(canonical_dispute(compiled), frame, lambda: named, deadline).smallest()


def _no_agreement(compiled: Compiled, settlement: Settlement, deadline: Deadline) -> Certificate:
    frame = _frame(settlement) | {"claims": {"walk_away": walk_away_of(compiled)}}
    named = named_conflicts(compiled, settlement.conflicts, deadline)
    return _Making(canonical_dispute(compiled), frame, lambda: named, deadline).smallest()


def _draw(bargain: Bargain, settlement: Settlement, deadline: Deadline) -> Certificate:
    """Return the certificate by the rule ``draw``; if there is none, say why in the end."""
    compared = len(bargain.gains.parties)
    last: NoCertificate = NotFound()
    divided = compared > 1 and not isinstance(bargain.frontier, Points)
    for twins in (False,) if compared == 2 else (False, True):
        for bettering in (False, True) if divided else (False,):
            try:
                return _settled(bargain, settlement, deadline, twins, bettering)
            except NoCertificate as none:
                last = none
    if isinstance(last, NotFound) and not deadline.passed:
        if divided and _approached(bargain):
            last = NoCertificate(APPROACHED)
        elif divided and compared == 2:
            last = NoCertificate(OPEN)
    raise last


def _approached(bargain: Bargain) -> bool:
    """Tell whether there are draws, and none of them is the best."""
    for reference in bargain.kalai_smorodinsky():
        floors = tuple(gain - bargain.dispute.price for gain in bargain.gains.values(reference))
        region = Region(bargain.dispute.tolerance, floors)
        if bargain.frontier.best(LexicographicMinimum(), bargain.gains, region).approached:
            return True
    return False


def _settled(
    bargain: Bargain,
    settlement: Settlement,
    deadline: Deadline,
    twins: bool = False,
    bettering: bool = False,
) -> Certificate:
    found = witnesses(bargain, settlement, twins, run=not bettering)
    frame = _frame(settlement) | {"claims": claims_of(bargain, settlement)}
    dispute = canonical_dispute(bargain.compiled)
    covering = Replacements(bargain, found, deadline) if bettering else Covering(bargain, found)
    return _Making(dispute, frame, found.named, deadline, covering).smallest()


def _frame(settlement: Settlement) -> dict[str, Json]:
    return {"rule": settlement.rule, "status": settlement.status.value}


@dataclass(frozen=True, slots=True)
class _Grown:
    """A whole proof, and what it costs to hold it and to check it."""

    proof: dict[str, Json]
    size: int
    work: int

    @property
    def rank(self) -> tuple[int, int]:
        """What makes a proof better than another: quickly checked, then short."""
        return (0, self.size) if self.work <= QUICK else (self.work, self.size)


class _Making:
    """Tries the plans for joining issues, and keeps the shortest proof."""

    def __init__(
        self,
        dispute: Json,
        frame: dict[str, Json],
        named: Callable[[], dict[str, Json]],
        deadline: Deadline,
        covering: Covering | Replacements | None = None,
    ) -> None:
        self._dispute = dispute
        self._frame = frame
        self._named = named
        self._deadline = deadline if isfinite(deadline.left) else Deadline(SECONDS)
        self._covering = covering

    def smallest(self) -> Certificate:
        """Return the certificate with the shortest proof that was found."""
        best: _Grown | None = None
        began = process_time()
        for plan in plans(self._dispute):
            if best is not None and process_time() - began > SECONDS_TO_SHORTEN:
                break
            try:
                grown = self._grown(plan, best)
            except (OutOfReach, checker.Refused):
                continue
            if best is None or grown.rank < best.rank:
                best = grown
        if best is None:
            raise NotFound
        return issued(self._dispute, self._frame | {"proof": best.proof})

    def _grown(self, plan: Plan, best: _Grown | None) -> _Grown:
        """Return a proof by a plan; anew, where it turned out that more outcomes must be named."""
        while True:
            before = self._covering and self._covering.added
            proof = self._once(plan, best)
            if self._covering is None or self._covering.added == before:
                work = _work(self._dispute, self._frame | {"proof": proof})
                return _Grown(proof, len(canonical_bytes(proof)), work)

    def _once(self, plan: Plan, best: _Grown | None) -> dict[str, Json]:
        proof = self._named() | {"trees": []}
        if plan:
            proof["merge"] = [list(part) for part in plan]
        pool, trees = Pool(), list[list[int]]()
        left = MAX_INTEGERS if best is None or best.work > QUICK else best.size // 2
        grounds: dict[tuple[int, int], Ground] = {}
        at_work = owing(self._dispute, self._frame | {"proof": proof})
        settled = at_work.outcomes[0].u
        for goal in at_work.goals:
            key = id(goal.space), id(goal.measure)
            ground = grounds.get(key) or Ground(goal.space, goal.measure, settled)
            grounds[key] = ground
            trees.append(self._tree(at_work, goal, ground, pool, left))
            left -= len(trees[-1])
        proof["trees"] = trees
        if isinstance(self._covering, Replacements) and self._covering.written:
            proof["replacements"] = self._covering.written
        if pool.rows:
            proof["multipliers"] = [_written(row) for row in pool.rows]
        return proof

    def _tree(self, at_work: Any, goal: Any, ground: Ground, pool: Pool, left: int) -> list[int]:
        dominators = None if self._covering is None else self._covering.over(at_work)
        replacements = dominators if isinstance(dominators, Replacements) else None
        if goal.lines.even or (replacements and goal.lines.pairs):
            bettering = Bettering(goal, ground, pool, replacements, self._deadline)
            bettering.grow(left)
            return bettering.tree
        chooser = Chooser(pool, left, self._deadline)
        grow(goal, ground, chooser, dominators if isinstance(dominators, Covering) else None)
        return chooser.tree


def _written(row: Row) -> list[Json]:
    """Return a row as it is written: multipliers of parties, then clauses with theirs."""
    multipliers, clauses = read(row)
    return [number(one) for one in (*multipliers, *chain.from_iterable(clauses))]


def _checking(dispute: Json, certificate: dict[str, Json]) -> Any:
    """Return the checker at work on a certificate, with as many steps as it takes."""
    own = checker.Dispute(checker.exact(dispute), AS_MUCH_AS_IT_TAKES)
    at_work = checker.Check(checker.exact(certificate), own)
    at_work.state(certificate["claims"])
    return at_work


def owing(dispute: Json, certificate: dict[str, Json]) -> Any:
    """Return the checker as it stands before the trees: ``goals`` holds what they must prove.

    Raises
    ------
    NoCertificate
        If something that the certificate says cannot be.
    """
    try:
        return _checking(dispute, certificate)
    except checker.Refused as refused:
        raise NoCertificate(f"the format cannot say it ({refused.args[1]})") from None


def _work(dispute: Json, certificate: dict[str, Json]) -> int:
    """Return how much work it is to check a certificate."""
    at_work = _checking(dispute, certificate)
    cases = at_work.prove()
    return AS_MUCH_AS_IT_TAKES - at_work.dispute.steps + STEPS_A_CASE * cases


def issued(dispute: Json, certificate: dict[str, Json]) -> Certificate:
    """Return a certificate that the checker has accepted.

    Raises
    ------
    NoCertificate
        If it does not.
    """
    whole = {
        "hikiwake_certificate": 1,
        "dispute_hash": hash_of(dispute),
        "dispute": dispute,
        **certificate,
    }
    text = canonical_bytes(whole).decode() + "\n"
    verdict = checker.check(text)
    if not verdict.valid:
        raise NoCertificate(f"the checker refused what was found ({verdict.failure.words})")
    return Certificate(text, verdict.cases)
