"""A voice: one language, its catalog of whole messages, and its way of writing numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path

from hikiwake.errors import Fault, UnknownName, did_you_mean
from hikiwake.explain.language import figures
from hikiwake.numeric import percent
from hikiwake.settlement import AtLeast

LANGUAGES = ("en", "ja", "ru")
DOMAIN = "hikiwake"
LOCALE = Path(__file__).parent.parent / "locale"

POINTS = {"points": "{points} points", "amount": "{amount} points"}
ONE = ("1", "+1", f"{figures.MINUS}1")

ROUND = 100  # "n or more" is followed by the words that follow this number


class Voice:
    """Says messages in one language. English is the language of the messages themselves.

    Raises
    ------
    UnknownName
        If there is no catalog for the language.
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise UnknownName(_no_language(language))
        self.language = language
        self._catalog = _catalog(language)

    def say(self, message: str, /, **values: str) -> str:
        """Return a message in the language, its named places filled.

        Examples
        --------
        >>> Voice("en").say("{points} points more", points="1")
        '1 point more'
        """
        said = self._catalog.gettext(message)
        if self.language == "en" and POINTS.keys() & values:
            said = _in_the_singular(said, values)
        return said.format(**values)

    def count(self, one: str, many: str, n: int, /, **values: str) -> str:
        """Return the message for a number of things; ``{n}`` in it is the number."""
        number, spoken = figures.whole(n, self.language), int(n)
        if isinstance(n, AtLeast):
            number, spoken = self.say("{number} or more", number=number), ROUND
        return self._catalog.ngettext(one, many, spoken).format(n=number, **values)

    def listing(self, things: Iterable[str]) -> str:
        """Return names one after another, as the language sets them apart."""
        # NOTE: what stands between the members of a list, blank included
        return self.say(", ").join(things)

    def whole(self, number: int) -> str:
        """Return a whole number."""
        return figures.whole(number, self.language)

    def date(self, date: str) -> str:
        """Return a year, a month or a day that ISO 8601 writes."""
        from hikiwake.explain.language.dates import spoken

        return spoken(date, self.language)

    def points(self, number: Fraction) -> str:
        """Return points, and whether they had to be rounded."""
        return self._about(figures.points(number, self.language))

    def amount(self, number: Fraction) -> str:
        """Return an amount, without its unit."""
        return self._about(figures.amount(number, self.language))

    def signed(self, number: Fraction) -> str:
        """Return a change in points."""
        return self._about(figures.signed(number, self.language))

    def percent(self, number: Fraction, places: int = 0) -> str:
        """Return a part in hundredths, rounded, with the sign."""
        # NOTE: a percentage; keep the no-break space if the language has one there
        return self.say("{number}\u00a0%", number=figures.hundredths(number, self.language, places))

    def part(self, number: Fraction, in_full: bool = False) -> str:
        """Return a part as people read it: ``20/21 (about 95 %)``.

        What would be too long as a fraction is rounded, unless it is asked for ``in_full``.
        """
        if number.denominator == 1:
            return self.percent(number)
        if figures.is_long(number, in_full):
            return self._about(figures.ABOUT + self.percent(number, 2))
        values = {"fraction": figures.fraction(number), "percent": self.percent(number)}
        if figures.whole_percent(number):
            return self.say("{fraction} ({percent})", **values)
        if number > 0 and percent(number) == 0:
            values["percent"] = self.percent(Fraction(1, 100))
            return self.say("{fraction} (less than {percent})", **values)
        if number < 1 and percent(number) == 100:
            values["percent"] = self.percent(Fraction(99, 100))
            return self.say("{fraction} (more than {percent})", **values)
        return self.say("{fraction} (about {percent})", **values)

    def exact_part(self, number: Fraction) -> str:
        r"""Return a part in hundredths where two decimals say it all, else as a fraction.

        Examples
        --------
        >>> Voice("ru").exact_part(Fraction(1, 8)), Voice("ru").exact_part(Fraction(2, 11))
        ('12,5\xa0%', '2/11')
        """
        rounded = self.percent(number, 2)
        if (number * 10_000).denominator == 1:
            return rounded
        if figures.is_long(number):
            return self._about(figures.ABOUT + rounded)
        return figures.fraction(number)

    def exactly(self, number: Fraction) -> str:
        """Return a number as a fraction, empty where it stands in decimals in full or is too long.

        Examples
        --------
        >>> Voice("en").exactly(Fraction(2000, 21)), Voice("en").exactly(Fraction(1, 8))
        ('2000/21', '')
        """
        if figures.is_finite(number) or figures.is_long(number):
            return ""
        return figures.fraction(number)

    def _about(self, figure: str) -> str:
        if figure.startswith(figures.ABOUT):
            # NOTE: a number that had to be rounded
            return self.say("≈{number}", number=figure.removeprefix(figures.ABOUT))
        return figure


def speakable(language: str | None) -> str | None:
    """Return the language of the catalogs that a language tag such as ``ja-JP`` means, if any.

    Examples
    --------
    >>> speakable("ja-JP"), speakable("RU"), speakable("fr"), speakable(None)
    ('ja', 'ru', None, None)
    """
    base = (language or "").replace("_", "-").split("-")[0].lower()
    return base if base in LANGUAGES else None


def _in_the_singular(message: str, values: Mapping[str, str]) -> str:
    """Return an English message that speaks of one point, where it is one.

    Points are no counts: most are fractions, and no other language here needs another form.
    """
    for name, plural in POINTS.items():
        if values.get(name) in ONE:
            message = message.replace(plural, plural.removesuffix("s"))
    return message


@lru_cache(maxsize=len(LANGUAGES))
def _catalog(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    return translation(DOMAIN, LOCALE, [language])


def _no_language(language: str) -> Fault:
    return Fault(
        f"Language {language[:80]!r}",
        "no texts in it",
        f"Known: {', '.join(LANGUAGES)}",
        "H3",
        did_you_mean(language, LANGUAGES) or "Use one of these.",
    )
