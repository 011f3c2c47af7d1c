"""Text on a screen of fixed width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hikiwake.explain.language.layout import clean, pad, table_lines, width_of, wrap
from hikiwake.explain.language.telling import Section, Table, Telling

WORDS = st.text("abc дёж 島々（）、。ーッ%\u00a0-", max_size=60)


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("島々", 4), ("ｶﾅ", 2), ("é", 1), ("e\u0301", 1), ("（", 2), ("", 0)],
)
def test_wide_characters_take_two_columns(text: str, width: int) -> None:
    """East Asian wide characters count two, combining marks nothing, all else one."""
    assert width_of(text) == width


def test_padding_counts_columns_not_characters() -> None:
    """A padded Japanese text is as wide as a padded English one, on either side."""
    assert pad("島", 5) == "島   "
    assert pad("島", 5, right=True) == "   島"
    assert pad("islands", 3) == "islands"


@given(WORDS, st.integers(8, 80))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    """No line is wider than asked, and only blanks go missing."""
    lines = wrap(text, width, hang="  ")
    assert all(width_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("width", range(16, 50))
def test_japanese_marks_stay_with_their_characters(width: int) -> None:
    """No line starts with a closing mark or a small kana, and none ends with an opening mark."""
    text = "この案は引き分けです（合意がない場合を基準）。「パレート」、ちょっと待って、70%。" * 3
    for line in wrap(text, width):
        assert line[0] not in "。、）」ーっょ%"
        assert line[-1] not in "（「"


def test_no_break_space_holds_a_number_together() -> None:
    """A thousands space is no place for a line to end."""
    assert wrap("всего 25\u00a0600 пакетов", 11) == ["всего", "25\u00a0600", "пакетов"]


def test_names_cannot_break_or_turn_the_line() -> None:
    """Control characters in a name become blanks; marks that turn the writing around vanish."""
    assert clean("a\x1b[31m\nb\u202ec") == "a [31m bc"


CELLS = st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=4)


@given(CELLS, st.integers(40, 90))
def test_tables_fit(rows: list[tuple[str, str, str]], width: int) -> None:
    """A table is never wider than its room, whatever its cells hold."""
    lines = table_lines(("Issue", "決定内容", "Решение"), rows, width)
    assert all(width_of(line) <= width for line in lines)


def test_columns_line_up_across_writings() -> None:
    """In a table with Japanese and Latin names the second column starts at the same place."""
    lines = table_lines(("論点", "Decided"), [("択捉島", "joint"), ("Iturup", "共同")], 40)
    assert [
        width_of(line[: line.index(word)])
        for line, word in zip(
            (lines[0], lines[2], lines[3]), ("Decided", "joint", "共同"), strict=True
        )
    ] == [8, 8, 8]


def test_columns_of_figures_are_flush_right() -> None:
    """Numbers stand under each other by their last digit."""
    lines = table_lines(("Side", "Points"), [("Ann", "7"), ("Ben", "+12.5")], 40)
    assert lines[2].endswith("     7")
    assert lines[3].endswith(" +12.5")


def test_a_telling_is_drawn_with_headings_lines_and_tables() -> None:
    """The plain text has the title, each heading underlined, items hung, and the table."""
    table = Table(("A", "B"), (("one", "two"),))
    telling = Telling(
        "en", "Title", (Section("Head", ("• " + "word " * 8,), table), Section("", ("x",)))
    )
    assert telling.text(20).splitlines() == [
        "Title",
        "═════",
        "",
        "Head",
        "────",
        "• word word word",
        "  word word word",
        "  word word",
        "",
        "A    B",
        "───  ───",
        "one  two",
        "",
        "x",
    ]
