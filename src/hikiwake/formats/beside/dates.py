"""Dates as files and options write them: a year, a month or a day."""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def why_no_date(text: str) -> str | None:
    """Return why a text is no year, month or day; None if it is one.

    Examples
    --------
    >>> why_no_date("1956-10"), why_no_date("soon"), why_no_date("2001-13")
    (None, 'no date', 'a date that does not exist')
    """
    if not _DATE.fullmatch(text):
        return "no date"
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return "a date that does not exist"
    return None
