"""The catalogs are complete, current, and keep every named place."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from hikiwake.explain.language.voice import LANGUAGES, Voice
from tools import catalogs


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the Russian catalog that a test may break."""
    copy = tmp_path / "hikiwake.po"
    copy.write_bytes(catalogs.po_file("ru").read_bytes())
    copy.with_suffix(".mo").write_bytes(catalogs.po_file("ru").with_suffix(".mo").read_bytes())
    monkeypatch.setattr(catalogs, "po_file", lambda language: copy)
    return copy


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_every_message_is_translated_and_compiled(language: str) -> None:
    """Nothing is missing, fuzzy, left over, without its places, or newer than the .mo file."""
    assert list(catalogs.faults(language)) == []


def test_no_two_messages_begin_alike() -> None:
    """A catalog knows a plural by its singular, so that singular belongs to one message only."""
    assert list(catalogs.clashes()) == []


def test_every_language_but_english_has_a_catalog() -> None:
    """The languages that can be asked for are English and those of the catalogs."""
    assert set(LANGUAGES) == {"en", *catalogs.LANGUAGES}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('msgstr "Итог"', 'msgstr ""', "not translated"),
        ('msgstr "Общее правило: {rule}"', 'msgstr "Общее правило"', "has the places []"),
        ('msgstr "Общее правило: {rule}"', 'msgstr "{Rule}"', "has the places ['Rule']"),
        ('msgid "Result"', '#, fuzzy\nmsgid "Result"', "fuzzy"),
        ('msgid "Result"', 'msgid "Outcome"', "not in the catalog"),
        ('msgid "Result"', 'msgid "Outcome"', "nobody says this any more"),
        ('msgstr "Итог"', 'msgstr "Результат"', "compile it"),
        ("nplurals=3; plural=(n%10==1", "nplurals=2; plural=(n%10==1", "2 plural forms"),
    ],
)
def test_a_broken_catalog_is_noticed(broken: Path, old: str, new: str, fault: str) -> None:
    """Each way in which a catalog can go wrong is told."""
    text = broken.read_text("utf-8")
    assert old in text
    broken.write_text(text.replace(old, new), "utf-8")
    assert any(fault in found for found in catalogs.faults("ru"))


@pytest.mark.parametrize(
    ("n", "shown"),
    [
        (1, "{n} сторона"),
        (2, "{n} стороны"),
        (5, "{n} сторон:"),
        (11, "{n} сторон:"),
        (21, "{n} сторона"),
    ],
)
def test_russian_counts_in_three_forms(n: int, shown: str) -> None:
    """1 and 21, 2, 5 and 11 take the forms that Russian gives them."""
    one = "{n} side is left out of the comparison: it can neither gain nor lose from what it has without an agreement. What it has is respected all the same."  # noqa: E501
    assert shown.format(n=n) in Voice("ru").count(one, one, n)


def test_headers_have_no_date() -> None:
    """A catalog changes only when its messages do: no date, no line numbers."""
    for language in catalogs.LANGUAGES:
        text = catalogs.po_file(language).read_text("utf-8")
        assert "-Date:" not in text  # POT-Creation-Date, PO-Revision-Date
        with catalogs.po_file(language).open("rb") as file:
            assert all(not line for m in read_po(file) for _, line in m.locations)
