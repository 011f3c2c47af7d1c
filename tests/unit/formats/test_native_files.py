"""Traps of file systems and sizes: each is a fault that names the file, at once (H16, H19)."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from hikiwake.errors import Fault, FormatError, InputError, Unsupported
from hikiwake.formats import read
from tests.unit.formats.samples import SMALL, changed, faults_at, write_folder

LIMIT = 4 * 1024 * 1024
HEAD = SMALL.partition("[[issues]]")[0]


def _only(path: Path) -> Fault:
    (fault,) = faults_at(path)
    return fault


def test_missing_file_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    """A path that leads nowhere: the fault names it and suggests what stands beside it."""
    (tmp_path / "heirs.toml").write_text(SMALL, "utf-8")
    fault = _only(tmp_path / "hiers.toml")
    assert fault.found == "no such file or folder"
    assert fault.remedy == "Did you mean 'heirs.toml'?"


def test_an_ending_alone_makes_no_name_alike(tmp_path: Path) -> None:
    """Beside two.toml nothing is meant by nowhere.toml; heirs.json may be meant by heirs.toml."""
    for name in ("two.toml", "heirs.json"):
        (tmp_path / name).write_text(SMALL, "utf-8")
    assert _only(tmp_path / "nowhere.toml").remedy == "Check the path."
    assert _only(tmp_path / "heirs.toml").remedy == "Did you mean 'heirs.json'?"


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 5000])
def test_impossible_paths_are_faults(tmp_path: Path, name: str) -> None:
    """An empty folder, a path with a zero character and an endless name give faults, no crash."""
    assert faults_at(tmp_path / name)


def test_folder_without_a_dispute_says_what_it_looked_for(tmp_path: Path) -> None:
    """An empty folder is answered with the files that would make it a dispute."""
    assert "no dispute.toml" in _only(tmp_path).found


def test_folder_of_folders_names_those_that_may_be_meant(tmp_path: Path) -> None:
    """Given one folder too high, the fault names the folders in it that hold files of disputes."""
    for name, file in (("flat", "dispute.toml"), ("shop", "domain.xml"), ("notes", "a.txt")):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_text("", "utf-8")
    inner = f"{tmp_path / 'flat'}, {tmp_path / 'shop'}"
    assert _only(tmp_path).remedy == f"Perhaps one of the folders in it: {inner}."


def test_folder_with_two_disputes_is_ambiguous(tmp_path: Path) -> None:
    """dispute.toml beside dispute.json: one must go, whatever they hold."""
    write_folder(tmp_path, SMALL)
    (tmp_path / "dispute.json").write_text("{}", "utf-8")
    assert _only(tmp_path).found == "dispute.toml and dispute.json"


def test_two_files_for_one_party_are_ambiguous(tmp_path: Path) -> None:
    """ann.toml beside ann.json: one must go."""
    write_folder(tmp_path, changed("[preferences.ann]\n", ""), ann="walk_away = 1")
    (tmp_path / "preferences" / "ann.json").write_text("{}", "utf-8")
    assert _only(tmp_path).where == "preferences/ann.toml"


def test_preferences_that_are_no_folder_are_a_fault(tmp_path: Path) -> None:
    """A file named `preferences` where a folder belongs is said to be one."""
    (tmp_path / "dispute.toml").write_text(SMALL, "utf-8")
    (tmp_path / "preferences").write_text("", "utf-8")
    assert _only(tmp_path).found == "no folder"


def test_dispute_that_is_a_folder_or_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    """What is no regular file is never waited for."""
    (tmp_path / "dispute.toml").mkdir()
    assert _only(tmp_path).found == "a folder"
    os.mkfifo(tmp_path / "pipe.toml")
    assert _only(tmp_path / "pipe.toml").found == "no regular file"
    (tmp_path / "zero.toml").symlink_to("/dev/zero")
    assert _only(tmp_path / "zero.toml").found == "no regular file"


def test_links_that_lead_nowhere_or_round_are_faults(tmp_path: Path) -> None:
    """A broken link and a link to itself are faults, as files and as the files of a folder."""
    (tmp_path / "broken.toml").symlink_to(tmp_path / "nothing")
    (tmp_path / "round.toml").symlink_to(tmp_path / "round.toml")
    assert faults_at(tmp_path / "broken.toml")
    assert faults_at(tmp_path / "round.toml")
    (tmp_path / "dispute.toml").symlink_to(tmp_path / "nothing")
    assert faults_at(tmp_path)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "an empty file"),
        (b" \n\t", "an empty file"),
        (b"\xef\xbb\xbf", "an empty file"),
        (SMALL.encode("utf-16"), "a file in UTF-16"),
        (SMALL.encode("utf-16-le"), "a binary file"),
        (b"hikiwake = 1\n\0", "a binary file"),
        (b"hikiwake = 1\ntitle = '\xff'", "bytes that are not UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "bytes that are not UTF-8"),
        (b"hikiwake = 1\rtitle = 2", "a syntax fault"),
    ],
)
def test_what_is_no_utf8_text_is_refused(tmp_path: Path, data: bytes, found: str) -> None:
    """Empty, binary, or otherwise encoded files are named as what they are."""
    path = tmp_path / "d.toml"
    path.write_bytes(data)
    assert found in _only(path).found


def test_line_of_a_wrong_byte_is_named(tmp_path: Path) -> None:
    """A byte that is not UTF-8 is placed at its line."""
    path = tmp_path / "d.toml"
    path.write_bytes(b"hikiwake = 1\n\ntitle = '\xe9'\n")
    assert _only(path).where == "d.toml line 3"


def test_file_may_have_4_mib_and_no_byte_more(tmp_path: Path) -> None:
    """A file of exactly 4 MiB is read, one with a byte more is refused unparsed (H16)."""
    path = tmp_path / "d.toml"
    path.write_bytes(SMALL.encode() + b"#" * (LIMIT - len(SMALL.encode())))
    read(path)
    path.write_bytes(SMALL.encode() + b"#" * (LIMIT + 1 - len(SMALL.encode())))
    assert _only(path).convention == "H16"


def test_files_of_a_folder_share_the_bound(tmp_path: Path) -> None:
    """Many files just under the bound are too large together."""
    comment = "#" * (LIMIT // 2)
    public = changed("[preferences.ann]\n", "").replace("[preferences.ben]\n", "")
    folder = write_folder(tmp_path, public, ann=f"{comment}\n", ben=f"{comment}\n")
    assert _only(folder).where == "preferences/ben.toml"
    assert "together" in _only(folder).found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("".join(f'[[parties]]\nid = "p{n}"\n' for n in range(99)), "101 parties"),
        ("".join(f'[[issues]]\nid = "i{n}"\nkind = "share"\n' for n in range(10_001)), "10001 iss"),
        (f'[[issues]]\nid = "i"\nkind = "choice"\noptions = {["o"] * 10_001}', "10001 options"),
        (f'[[issues]]\nid = "i"\nkind = "item"\nothers = {["o"] * 10_001}', "10001 others"),
        ("[[rules]]\n" * 10_001, "10001 conditions"),
        ("[[rules]]\n" * 5_000 + "[[preferences.x.bonuses]]\n" * 5_001, "10001 conditions"),
        ("".join(f"[preferences.p{n}]\n" for n in range(101)), "101 preferences"),
    ],
)
def test_bounds_are_held_before_any_work_is_done(tmp_path: Path, lines: str, found: str) -> None:
    """One fault says which bound is passed; nothing else is looked at (H16)."""
    path = tmp_path / "d.toml"
    path.write_text(HEAD + lines, "utf-8")
    fault = _only(path)
    assert found in fault.found
    assert fault.convention == "H16"


HOSTILE = {
    "dotted key": "a" + ".a" * 2_000_000 + " = 1",
    "dotted keys": "".join(f"k{n}.a.a.a.a.a.a = 1\n" for n in range(150_000)),
    "dotted table": "[" + "a." * 2_000_000 + "a]",
    "long list": "parties = [" + "1," * 2_000_000 + "]",
    "long lists": "".join(f"k{n} = [1,1,1,1]\n" for n in range(90_000)),
    "empty lines": "\n" * 4_000_000 + "a",
    "nested lists": "a = " + "[" * 4_000_000,
    "nested tables": "a = " + "{a = " * 800_000,
    "long number": "tolerance = 0." + "1" * 4_000_000,
    "long integer": "tolerance = " + "1" * 4_000_000,
    "unknown keys": "".join(f"k{n} = 1\n" for n in range(300_000)),
    "json lists": '{"a": ' + "[" * 4_000_000,
    "json integer": '{"tolerance": ' + "1" * 4_000_000 + "}",
    "json twice": '{"a": [' + '{"b": 1, "b": 2},' * 200_000 + "1]}",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_within_seconds(tmp_path: Path, name: str) -> None:
    """Files of almost 4 MiB made to cost time end in faults, in less than twenty seconds each."""
    path = tmp_path / ("d.json" if name.startswith("json") else "d.toml")
    path.write_text(HOSTILE[name], "utf-8")
    began = time.process_time()
    assert faults_at(path)
    assert time.process_time() - began < 20


@pytest.mark.slow
def test_thousands_of_mistakes_are_counted_not_listed(tmp_path: Path) -> None:
    """Ten thousand rules that name unknown issues: 100 faults, and how many more there are."""
    path = tmp_path / "d.toml"
    rules = "".join(f'[[rules]]\nnever = {{ j{"x" * 70}{n} = "a" }}\n' for n in range(5_000))
    issues = "".join(f'[[issues]]\nid = "j{"x" * 71}{n}"\nkind = "item"\n' for n in range(5_000))
    path.write_text(f"{HEAD}{issues}{rules}[preferences.ann]\n[preferences.ben]\n", "utf-8")
    began = time.process_time()
    found = faults_at(path)
    assert time.process_time() - began < 15
    assert len(found) == 101
    assert found[-1].found == "4900 more faults"


def test_genius_folder_with_preferences_to_replace_is_refused(tmp_path: Path) -> None:
    """Replacing a preference works with this format only, and says so."""
    (tmp_path / "domain.xml").write_text("<negotiation_template/>", "utf-8")
    with pytest.raises(Unsupported):
        read(tmp_path, preferences={"ann": tmp_path / "a.toml"})


def test_folder_of_xml_goes_to_the_genius_reader(tmp_path: Path) -> None:
    """A folder with XML and no dispute of ours is read as GENIUS: here, refused in its words."""
    (tmp_path / "domain.xml").write_text("<html/>", "utf-8")
    with pytest.raises(InputError):
        read(tmp_path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read every file")
def test_file_that_may_not_be_read_is_a_fault(tmp_path: Path) -> None:
    """No permission: a fault that says so."""
    path = tmp_path / "d.toml"
    path.write_text(SMALL, "utf-8")
    path.chmod(0)
    with pytest.raises(FormatError):
        read(path)
