"""What others wrote is told by its content, read where it stands, and written in our own format."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hikiwake.api import settle
from hikiwake.cli import main
from hikiwake.errors import FormatError, Unsupported
from hikiwake.formats import read
from hikiwake.formats.convert import files_of
from hikiwake.model import Choice, Dispute, FrozenMap, Option, Party, Preference

SHEET = "Issue,Option,Points\nPrice,2.5 %,{0}\n,low,{1}\nDate,May,{2}\n,June,{3}\nThreshold,,{4}\n"
DOMAIN = """type: DiscreteCartesianOutcomeSpace
name: shop
issues:
- {name: Price, type: CategoricalIssue, values: [2.5 %, low]}
- {name: Count, type: ContiguousIssue, values: [1, 4]}
"""
UFUN = """type: LinearAdditiveUtilityFunction
reserved_value: {0}
weights: [{1}, {2}]
values:
- {{type: TableFun, mapping: {{2.5 %: {3}, low: 0.1}}}}
- {{type: AffineFun, slope: {4}, bias: 1}}
"""
PROFILE = """{{"LinearAdditiveUtilitySpace": {{"name": "x", "reservationBid": null,
 "domain": {{"name": "jobs", "issuesValues": {{"fte": {{"values": ["0.6", "1.0"]}},
  "salary": {{"range": {{"low": 10, "high": 30, "step": 7}}}}}}}},
 "issueWeights": {{"fte": {0}, "salary": {1}}},
 "issueUtilities": {{"fte": {{"discreteutils": {{"valueUtilities": {{"0.6": {2}, "1.0": 1}}}}}},
  "salary": {{"numberutils": {{"lowValue": 10, "highValue": 30, "lowUtility": {3},
   "highUtility": {4}}}}}}}}}}}
"""


def sheets(folder: Path) -> None:
    """Write two score sheets."""
    (folder / "ann.csv").write_text(SHEET.format(40, 0, "1/3", 10, 10), "utf-8")
    (folder / "ben.csv").write_text(SHEET.format(0, 30.25, 12, 0, 5), "utf-8")


def negmas(folder: Path) -> None:
    """Write a NegMAS scenario of two parties."""
    pytest.importorskip("yaml")
    (folder / "shop.yml").write_text(DOMAIN, "utf-8")
    (folder / "buyer.yml").write_text(UFUN.format(0.2, 0.6, 0.4, 0.9, -0.25), "utf-8")
    (folder / "seller.yml").write_text(UFUN.format("-.inf", 0.3, 0.7, 0, 0.3), "utf-8")


def geniusweb(folder: Path) -> None:
    """Write two GeniusWeb profiles."""
    (folder / "cas.json").write_text(PROFILE.format(0.6, 0.4, 0.25, 0, 1), "utf-8")
    (folder / "dee.json").write_text(PROFILE.format(0.3, 0.7, 0.5, 1, "0.1"), "utf-8")


Writer = Callable[[Path], None]
WRITERS = pytest.mark.parametrize("writer", [sheets, negmas, geniusweb])


def run(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run the command; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["hikiwake", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    return int(stopped.value.code or 0)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder to be in, with an empty folder ``source`` inside."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "source").mkdir()
    return tmp_path


@WRITERS
@pytest.mark.parametrize("folder", [False, True])
def test_the_settlement_of_an_import_is_that_of_its_source(
    home: Path, monkeypatch: pytest.MonkeyPatch, writer: Writer, folder: bool
) -> None:
    """Written as one file or as a folder, the dispute is the same, number for number."""
    writer(home / "source")
    more = ["--folder"] if folder else []
    target = "ours" if folder else "ours.toml"
    assert run("import", "source", "ours", *more, monkeypatch=monkeypatch) == 0
    source, ours = read("source"), read(target)
    assert {p: ours.preferences[p] for p in ours.party_ids} == dict(source.preferences)
    assert ours.issues == source.issues
    one, two = settle(source), settle(ours)
    assert (one.outcome, one.gains, one.status) == (two.outcome, two.gains, two.status)
    assert one.outcome is not None


@WRITERS
def test_names_survive(home: Path, monkeypatch: pytest.MonkeyPatch, writer: Writer) -> None:
    """An option whose name cannot be an id keeps the name that people read."""
    writer(home / "source")
    run("import", "source", "ours.toml", monkeypatch=monkeypatch)
    options = [o for i in read("ours.toml").issues if isinstance(i, Choice) for o in i.options]
    assert {("2_5 %", "2.5 %"), ("0_6", "0.6")} & {(o.id, o.name.plain) for o in options}


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
@pytest.mark.parametrize("folder", [False, True])
def test_whatever_holds_points_is_readable_by_nobody_else(
    home: Path, monkeypatch: pytest.MonkeyPatch, folder: bool
) -> None:
    """The one file, and each party's own, have mode 0600; the public file holds no points."""
    sheets(home / "source")
    more = ["--folder"] if folder else []
    run("import", "source", "ours", *more, monkeypatch=monkeypatch)
    private = sorted((home / "ours/preferences").iterdir()) if folder else [home / "ours.toml"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in private] == [0o600] * len(private)
    if folder:
        assert "preferences" not in (home / "ours/dispute.toml").read_text("utf-8")
        assert "30.25" not in private[0].read_text("utf-8")


@pytest.mark.parametrize("folder", [False, True])
def test_nothing_is_overwritten(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: bool,
) -> None:
    """A target that is there already stays as it is, and the command ends with 2."""
    sheets(home / "source")
    (home / "ours.toml").write_text("mine", "utf-8")
    (home / "ours").mkdir()
    more = ["--folder"] if folder else []
    assert run("import", "source", "ours", *more, monkeypatch=monkeypatch) == 2
    assert "there already" in capsys.readouterr().err
    assert (home / "ours.toml").read_text("utf-8") == "mine"
    assert list((home / "ours").iterdir()) == []


def test_what_was_noted_is_told_and_a_broken_source_writes_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Notes stand on the screen; with a fault there is exit code 2 and no target."""
    sheets(home / "source")
    path = home / "source/ann.csv"
    path.write_text(path.read_text("utf-8").replace("Threshold,,10\n", ""), "utf-8")
    assert run("import", "source", "ours", monkeypatch=monkeypatch) == 0
    told = capsys.readouterr().out
    assert "Written: ours.toml\n2 parties, 2 issues.\n• ann.csv: declares no threshold" in told
    path.write_text(path.read_text("utf-8").replace("40", "4O"), "utf-8")
    assert run("import", "source", "theirs", monkeypatch=monkeypatch) == 2
    assert "ann.csv line 2" in capsys.readouterr().err
    assert not (home / "theirs.toml").exists()


def test_a_party_that_cannot_be_a_file_is_refused_for_folders_only(home: Path) -> None:
    """``a/b`` is a fine id and no name of a file: one file works, a folder would go astray."""
    parties = ("a/b", "c")
    dispute = Dispute(
        tuple(Party(p) for p in parties),
        (Choice("x", (Option("y"),)),),
        FrozenMap({p: Preference(p) for p in parties}),
    )
    assert list(files_of(dispute)) == ["dispute.toml"]
    with pytest.raises(Unsupported, match="'a/b': an id that cannot be the name of a file"):
        files_of(dispute, folder=True)


@WRITERS
def test_replacing_a_preference_is_refused_in_words(home: Path, writer: Writer) -> None:
    """Preferences are replaced in our own format only: the fault says what to do (H20)."""
    writer(home / "source")
    with pytest.raises(Unsupported, match="hikiwake import"):
        read("source", preferences={"ann": "elsewhere.toml"})


def test_our_own_format_comes_first(home: Path) -> None:
    """A folder with dispute.toml is ours, whatever else lies in it."""
    sheets(home / "source")
    (home / "source/dispute.toml").write_text("hikiwake = 1\n", "utf-8")
    with pytest.raises(Exception, match="no `parties`"):
        read("source")


def test_a_folder_of_nothing_known_says_what_is_known(home: Path) -> None:
    """JSON and YAML that no program of the field wrote are no dispute."""
    (home / "source/package.json").write_text('{"name": "x"}', "utf-8")
    (home / "source/settings.yml").write_text("a: 1\n", "utf-8")
    with pytest.raises(FormatError, match="GeniusWeb, a NegMAS scenario, or score sheets"):
        read("source")


def test_reading_our_own_format_loads_no_reader_of_others(home: Path) -> None:
    """A TOML file is read without PyYAML, openpyxl or the csv module."""
    (home / "one.toml").write_text(files_of(_small())["dispute.toml"], "utf-8")
    code = (
        "import sys; from hikiwake.formats import read; read('one.toml');"
        "print([m for m in ('yaml', 'openpyxl', 'csv') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"


def _small() -> Dispute:
    return Dispute(
        (Party("ann"), Party("ben")),
        (Choice("x", (Option("y"),)),),
        FrozenMap({"ann": Preference("ann"), "ben": Preference("ben")}),
    )
