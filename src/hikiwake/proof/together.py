"""Checking what one side, everybody and the mediator hold of a settlement, beside each other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from hikiwake.model import Dispute
from hikiwake.pareto import compiled
from hikiwake.proof import checker, party_checker
from hikiwake.proof.canonical import canonical_bytes, canonical_dispute
from hikiwake.proof.party_checker import FULL, OPENING, PARTY, PUBLIC
from hikiwake.proof.private import declared

DECLARED = {
    "parties": "the parties differ",
    "issues": "the issues, or the party's points for them, differ",
    "rules": "the public rules differ",
    "red_lines": "the party's red lines differ",
    "bonuses": "the party's bonuses differ",
    "walk_away": "what the party has without an agreement differs",
}


@dataclass(frozen=True, slots=True)
class Together:
    """What texts that belong together show: claims in words, or what failed.

    ``trust`` holds what must be taken on trust. ``cases`` counts those of the full certificate,
    0 where it is not there; ``code`` names a failure of it.
    """

    claims: tuple[str, ...] = ()
    trust: tuple[str, ...] = ()
    cases: int = 0
    failure: str | None = None
    code: str | None = None

    @property
    def valid(self) -> bool:
        """Whether everything holds."""
        return self.failure is None


def kind_of(text: bytes) -> str | None:
    """Return what a text is: a ``party``'s certificate, ``public``, ``full``, or an ``opening``."""
    return party_checker.kind_of(text)


def check_together(texts: Mapping[str, bytes], dispute: Dispute | None = None) -> Together:
    """Return what certificates of one settlement show together.

    Parameters
    ----------
    texts
        A party's certificate, the public one, the full one, its opening: those that are at hand, by
        the kinds that :func:`kind_of` tells; the first or second among them.
    dispute
        What the numbers shall be those of. Beside a party's certificate alone, the other parties'
        preferences are not looked at.
    """
    own, public, full, opening = (texts.get(kind) for kind in (PARTY, PUBLIC, FULL, OPENING))
    found = party_checker.check(own, public, full, opening)
    if found.failure is not None:
        return Together(failure=found.failure)
    claims, trust, cases = list(found.claims), dict(found.trust), 0
    if own is not None and dispute is not None:
        said = json.loads(own)
        other = _differing(said, dispute)
        if other is not None:
            return Together(failure=f"It is not of this dispute: {other}.")
        claims.append(f"Its numbers are those that {said['party']!r} declared in this dispute.")
        del trust["own"]
    if full is not None:
        bound = None if dispute is None else canonical_bytes(canonical_dispute(compiled(dispute)))
        verdict = checker.check(full, bound)
        if not verdict.valid:
            words = f"The full certificate does not hold: {verdict.failure.words}."
            return Together(failure=words, code=verdict.failure.code)
        claims += [claim for claim in verdict.claims if claim not in claims]
        cases = verdict.cases
        del trust["full"]
        if dispute is not None:
            del trust["declared"]
    return Together(tuple(claims), tuple(trust.values()), cases)


def _differing(said: Mapping[str, object], dispute: Dispute) -> str | None:
    """Return in words what a party's certificate holds otherwise than its dispute, if anything."""
    if said["party"] not in dispute.party_ids:
        return DECLARED["parties"]
    own = declared(dispute, str(said["party"]))
    return next((words for key, words in DECLARED.items() if said[key] != own[key]), None)


__all__ = ["Together", "check_together", "kind_of"]
