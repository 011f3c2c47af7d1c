"""Sealed answers, opened together: nobody's answer can follow another's."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from hikiwake.errors import Fault, InputError
from hikiwake.findings.talks import Answers, Feeling, Felt, FeltPackage, Look
from hikiwake.model import Dispute, FrozenMap


def seal_of(answers: Answers) -> str:
    """Return what may be shown of answers before they are opened: it says nothing, yet binds.

    The SHA-256 of the answers with a salt that only their side knows.
    """
    plain = {
        "party": answers.party,
        "feelings": {label: feeling.value for label, feeling in answers.feelings.items()},
        "salt": answers.salt,
        "consent": answers.consent,
        "about": answers.about,
    }
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def require_seals(seals: Sequence[str]) -> None:
    """Refuse what cannot be a seal, before it is compared with answers.

    Raises
    ------
    InputError
        If one is no SHA-256 in hexadecimal digits (H14).
    """
    for seal in seals:
        if not re.fullmatch("[0-9a-f]{64}", seal):
            raise InputError(
                Fault(
                    f"Seal {seal[:80]!r}",
                    "no seal",
                    "64 digits from 0 to 9 and a to f, as `hikiwake felt --say` printed them",
                    "H14",
                    "Copy it anew.",
                )
            )


def require_sealed(answers: Answers, seals: Sequence[str]) -> None:
    """Refuse answers that are none of those that were sealed.

    Raises
    ------
    InputError
        If no seal fits (H14).
    """
    if seal_of(answers) not in seals:
        raise InputError(
            Fault(
                f"The answers of party {answers.party!r}",
                "not what was sealed",
                "The file as it was when its seal was shown",
                "H14",
                "Ask for that file, or let every side answer anew.",
            )
        )


def felt(dispute: Dispute, looks: Mapping[str, Look], answered: Sequence[Answers]) -> Felt:
    """Return what was felt of some packages beside what they are; answers only once all are in.

    Raises
    ------
    InputError
        If a side answered twice, or of packages that are not these.
    """
    by_party: dict[str, Answers] = {}
    for answers in answered:
        if answers.party in by_party or set(answers.feelings) != set(looks):
            raise InputError(_unfit(answers.party, answers.party in by_party))
        by_party[answers.party] = answers
    waiting = tuple(party for party in dispute.party_ids if party not in by_party)
    packages = tuple(
        _package(label, look, {} if waiting else by_party) for label, look in looks.items()
    )
    consent = not waiting and all(answers.consent for answers in by_party.values())
    return Felt(packages, waiting, consent, dispute.illustrative)


def _package(label: str, look: Look, by_party: Mapping[str, Answers]) -> FeltPackage:
    feelings = FrozenMap({party: own.feelings[label] for party, own in by_party.items()})
    even = all(feeling is Feeling.NEITHER for feeling in feelings.values())
    return FeltPackage(label, look, feelings, even if feelings else None)


def _unfit(party: str, twice: bool) -> Fault:
    return Fault(
        f"The answers of party {party!r}",
        "given twice" if twice else "about other packages",
        "One file a side, with an answer for each of these packages",
        "H19",
        "Give each side's last file, with the packages that it was asked about.",
    )
