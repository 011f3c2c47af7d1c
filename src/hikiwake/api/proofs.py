"""Certificates that may leave the mediator's hands, and what certificates show together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hikiwake.errors import Fault, InputError
from hikiwake.model import Dispute
from hikiwake.settlement import Certificate, Settlement

if TYPE_CHECKING:
    from hikiwake.proof import PrivateCertificates, Together, Verdict


def private_certificates(dispute: Dispute, settlement: Settlement) -> PrivateCertificates:
    """Return each party's certificate, the public one, and the opening of their commitment.

    Raises
    ------
    ValueError
        If the settlement has no package, or no certificate of its own.
    """
    from hikiwake.proof import private_certificates as made

    return made(dispute, settlement)


def kind_of_certificate(text: bytes) -> str | None:
    """Return what a text is: ``party``'s, ``public``, ``full``, an ``opening``, or a ``plan``'s."""
    from hikiwake.proof import is_plan, kind_of

    return "plan" if is_plan(text) else kind_of(text)


def check(certificate: Certificate | str | bytes, dispute: Dispute | None = None) -> Verdict:
    """Return what the checker says of a certificate: whether it is valid, and what that shows.

    Certificates of settlements, of how far a draw holds and of plans are told apart by what they
    are. That of a plan holds its figures itself, and takes no dispute.

    A certificate for another dispute than the given one is refused. Without one it is taken for
    the dispute that it holds itself.
    """
    from hikiwake.proof import check as checked
    from hikiwake.proof import check_plan, check_robust, is_plan, is_robust

    text = certificate.text if isinstance(certificate, Certificate) else certificate
    if is_plan(text):
        if dispute is not None:
            raise InputError(_takes_no_dispute())
        return check_plan(text)
    if is_robust(text):
        from hikiwake.options.sureness.trees.statement import robust_statement

        return check_robust(text, None if dispute is None else robust_statement(dispute))
    return checked(text, dispute)


def _takes_no_dispute() -> Fault:
    return Fault(
        "The certificate of a plan",
        "a dispute beside it",
        "No dispute: such a certificate holds the figures of its steps itself",
        "H19",
        "Leave the dispute out.",
    )


def check_together(texts: Mapping[str, bytes], dispute: Dispute | None = None) -> Together:
    """Return what certificates of one settlement show, each beside the others, and what is trusted.

    They are given by their kinds. With a dispute, the numbers must be those that it has.
    """
    from hikiwake.proof import check_together as checked

    return checked(texts, dispute)
