"""Dates as people of each language say them: a day, a month, or a year alone."""

from __future__ import annotations

from hikiwake.explain.language.figures import NO_BREAK

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
}
_OF_MONTHS = {
    "en": _MONTHS["en"],
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}


def spoken(date: str, language: str) -> str:
    r"""Return a date that ISO 8601 writes as a year, a month or a day, as it is said.

    Examples
    --------
    >>> spoken("1956-10-19", "en"), spoken("1956-10", "ja"), spoken("1956", "ru")
    ('19\xa0October\xa01956', '1956年10月', '1956\xa0г.')
    """
    year, *rest = (int(part) for part in date.split("-"))
    if language == "ja":
        return "".join(f"{n}{unit}" for n, unit in zip((year, *rest), "年月日", strict=False))
    parts = [str(year)]
    if rest:
        names = _OF_MONTHS if rest[1:] else _MONTHS
        parts.insert(0, names[language].split()[rest[0] - 1])
    if rest[1:]:
        parts.insert(0, str(rest[1]))
    return NO_BREAK.join([*parts, "г."] if language == "ru" else parts)
