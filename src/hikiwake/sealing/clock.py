"""Times in the one form that acts and entries have: UTC, to the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_FORM = "%Y-%m-%dT%H:%M:%SZ"


def now() -> str:
    """Return the time by this computer's clock."""
    return datetime.now(UTC).strftime(_FORM)


def is_time(text: str) -> bool:
    """Tell whether a text in the form of a time is a day that the calendar has."""
    try:
        datetime.strptime(text, _FORM).replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


def later(time: str, seconds: int) -> str:
    """Return a time so much later.

    Examples
    --------
    >>> later("2026-12-31T23:59:00Z", 90)
    '2027-01-01T00:00:30Z'
    """
    moved = datetime.strptime(time, _FORM).replace(tzinfo=UTC) + timedelta(seconds=seconds)
    return moved.strftime(_FORM)
