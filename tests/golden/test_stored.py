"""Golden files are compared, and only written where that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import stored


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(stored, "HERE", tmp_path)
    monkeypatch.delenv(stored.UPDATE, raising=False)
    return tmp_path


def test_a_mismatch_fails_and_leaves_what_came_out_beside_the_golden_file(folder: Path) -> None:
    """The golden file stays as it is; the new text lies beside it until they agree again."""
    (folder / "a.txt").write_text("old\n", "utf-8")
    with pytest.raises(AssertionError, match=r"a\.txt\.new"):
        stored.compare("a.txt", "new\n")
    assert (folder / "a.txt").read_text("utf-8") == "old\n"
    assert (folder / "a.txt.new").read_text("utf-8") == "new\n"
    stored.compare("a.txt", "old\n")
    assert not (folder / "a.txt.new").exists()


def test_a_missing_golden_file_is_a_mismatch(folder: Path) -> None:
    """Nothing passes only because nobody has stored anything yet."""
    with pytest.raises(AssertionError):
        stored.compare("texts/b.txt", "new\n")
    assert (folder / "texts" / "b.txt.new").exists()


def test_golden_files_are_written_where_that_is_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the variable set to 1 the text becomes the golden file."""
    monkeypatch.setenv(stored.UPDATE, "1")
    stored.compare("texts/c.txt", "new\n")
    monkeypatch.delenv(stored.UPDATE)
    stored.compare("texts/c.txt", "new\n")
