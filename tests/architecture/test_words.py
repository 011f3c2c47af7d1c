"""Words that the project does not use, and addresses that it does not name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, files

# Nobody is spoken of like this: in names, texts, translations or documents (design: Words).
ENGLISH = {"winner", "winners", "loser", "losers", "opponent", "opponents", "enemy", "enemies"}
STEMS = re.compile(r"勝者|敗者|\b(?:победител|проигравш|противник|враг)", re.IGNORECASE)

# … but for what others have named, and for the one sentence that says it all.
ALLOWED = re.compile(
    r"adjusted[ _-]?winner"
    r"|neither side is the winner or the loser"
    r"|neither side would feel like the winner or the loser"
    r"|neither the winner nor the loser"
    r"|no winner, no loser"
    r"|neither victorious nor defeated",
    re.IGNORECASE,
)
WRITTEN_FOR_PEOPLE = ("src", "docs", "examples", "README.md", "CONVENTIONS.md", "CHANGELOG.md")
TEXT = {"", ".cfg", ".json", ".md", ".po", ".py", ".pyi", ".sh", ".svg", ".toml", ".txt", ".xml"}

PLACES = re.compile(
    r"(?:pypi|pythonhosted|npmjs|anaconda)\.(?:org|com)|\b(?:deb|security)\.debian\.org|/wor[k]/"
)


def texts(*below: str) -> list[Path]:
    """Return the text files below these folders (all of them if none is given)."""
    starts = [ROOT / folder for folder in below or (".",)]
    return [
        path
        for path in files()
        if path.suffix in TEXT and any(path.is_relative_to(start) for start in starts)
    ]


def words_of(line: str) -> set[str]:
    """Split a line into words, taking snake_case and CamelCase apart."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", line)}


def unwelcome(line: str) -> set[str]:
    """Return the words of a line that the project does not use."""
    rest = ALLOWED.sub(" ", line)
    return words_of(rest) & ENGLISH | set(STEMS.findall(rest))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("def pickWinner(): ...", {"winner"}),
        ("is_loser = OPPONENT", {"loser", "opponent"}),
        ("the closer of the two", set()),
        ("rules/adjusted_winner.py, Adjusted Winner, AdjustedWinner", set()),
        ("勝者 / Победитель", {"勝者", "Победител"}),
    ],
)
def test_a_word_is_found_inside_a_name(line: str, found: set[str]) -> None:
    """Names are taken apart, so that `pickWinner` is found and `closer` is not."""
    assert unwelcome(line) == found


def test_nobody_is_called_a_name() -> None:
    """No winner, loser, opponent or enemy appears in names, screens, examples or documents."""
    found = {
        f"{path.relative_to(ROOT)}:{number}": sorted(words)
        for path in texts(*WRITTEN_FOR_PEOPLE)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (words := unwelcome(line))
    }
    assert found == {}


def test_no_file_names_a_place_that_a_newcomer_does_not_have() -> None:
    """No file holds a package registry's address, or a folder of one particular machine."""
    found = {
        f"{path.relative_to(ROOT)}: {match}"
        for path in texts()
        for match in PLACES.findall(path.read_text("utf-8"))
    }
    assert found == set()


def test_there_is_one_list_of_pinned_versions() -> None:
    """Versions are pinned in constraints.txt, without addresses or hashes, and by no other tool."""
    names = {path.name for path in files()}
    assert not names & {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock"}
    pins = (ROOT / "constraints.txt").read_text("utf-8")
    assert all(
        re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*|", line)
        for line in pins.splitlines()
    )
