"""A text that people read: one for all, or one for each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hikiwake.model.frozen import FrozenMap


@dataclass(frozen=True, slots=True)
class Text:
    """A text with an optional wording for each language.

    Examples
    --------
    >>> Text.of({"en": "House", "ja": "家"}).in_language("ja")
    '家'
    """

    plain: str = ""
    by_language: FrozenMap[str, str] = field(default_factory=FrozenMap[str, str])

    @classmethod
    def of(cls, value: str | Mapping[str, str] | None) -> Text:
        """Return the text that a file means by a string, a table of languages, or nothing."""
        if value is None:
            return cls()
        if isinstance(value, str):
            return cls(value)
        return cls(value.get("en") or next(iter(value.values()), ""), FrozenMap(value))

    def in_language(self, language: str | None) -> str:
        """Return the wording in a language, else the plain one."""
        return self.by_language.get(language, self.plain) if language else self.plain

    def __bool__(self) -> bool:
        return bool(self.plain or self.by_language)


NO_TEXT = Text()
