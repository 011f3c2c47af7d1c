"""Certificates that may leave the mediator's hands, and what certificates show together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hikiwake.model import Dispute
from hikiwake.settlement import Settlement

if TYPE_CHECKING:
    from hikiwake.proof import PrivateCertificates, Together


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
    """Return what a text is: a ``party``'s certificate, ``public``, ``full``, or an ``opening``."""
    from hikiwake.proof import kind_of

    return kind_of(text)


def check_together(texts: Mapping[str, bytes], dispute: Dispute | None = None) -> Together:
    """Return what certificates of one settlement show, each beside the others, and what is trusted.

    They are given by their kinds. With a dispute, the numbers must be those that it has.
    """
    from hikiwake.proof import check_together as checked

    return checked(texts, dispute)
