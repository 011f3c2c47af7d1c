"""Renewing what a page shows: what it elides stays elided, and nothing that it shows is lost."""

from __future__ import annotations

import pytest

from tests.docs.elision import lines_of, matches, renewed

FOUND = "Title\n─────\n\nResult\nAnn gains 7 of 9\nBen  7\n\nTable\nlong\nlonger\nlongest\n\nEnd"


@pytest.mark.parametrize(
    ("shown", "new"),
    [
        (
            "Title\n─────\n…\nAnn gains 5 of 9\nBen  5\n…\nEnd",
            "Title\n─────\n…\nAnn gains 7 of 9\nBen  7\n…\nEnd",
        ),
        ("Title\n…\n\nTable\n…", "Title\n…\n\nTable\n…"),
        ("Titel\n…\n\nTabel\nlong\n…", "Title\n…\n\nTable\nlong\n…"),
        (
            "Title\n…\nAnn gains 5 of 9\n\nTable\n…\nEnd",
            "Title\n…\nAnn gains 7 of 9\nBen  7\n\nTable\n…\nEnd",
        ),
        ("…\nlonger\nshort\n\nEnd", "…\nlonger\nlongest\n\nEnd"),
        ("…\nBen  5\n\nTable\n…\nEnd", "…\nBen  7\n\nTable\n…\nEnd"),
    ],
)
def test_a_page_is_renewed_where_it_shows_something_else(shown: str, new: str) -> None:
    """Changed lines are renewed, also at the edge of an elision, and new ones between are added."""
    assert renewed(shown, FOUND) == new
    assert matches(new, FOUND)


@pytest.mark.parametrize("cut", range(1, 12))
def test_no_page_gets_shorter_because_a_line_beside_an_elision_changed(cut: int) -> None:
    """Whichever line before or after an elision changes, as many lines are shown as before."""
    lines = lines_of(FOUND)
    for change in (cut - 1, cut + 1):
        shown = [*lines[:cut], "…", *lines[cut + 1 :]]
        shown[change] = f"{shown[change]} before"
        new = renewed("\n".join(shown), FOUND)
        assert new is not None
        assert len(lines_of(new)) == len(shown)


def test_what_takes_a_person_is_left() -> None:
    """Where all between two elisions is gone, nobody can say what should stand there now."""
    assert renewed("Title\n…\nGone\n…", "Title") is None
