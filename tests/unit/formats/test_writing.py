"""What is written for other programs: the files themselves, what is noted, what is refused."""

from __future__ import annotations

import os
import stat
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hikiwake.cli import main
from hikiwake.errors import Unsupported
from hikiwake.formats import read
from hikiwake.formats.convert import FORMS, exported
from hikiwake.formats.foreign_writing import Exported, labels, stems
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Dispute, Text

WAGES = """
hikiwake = 1
title = "Wages"
parties = [{ id = "union" }, { id = "firm" }]
[[issues]]
id = "wage"
kind = "choice"
options = [{ id = "low", name = "low & sure" }, "high"]
[[issues]]
id = "days"
kind = "amount"
min = 20
max = 27
step = 1
[preferences.union]
walk_away = 20
values.wage = { low = 0, high = 40 }
curves.days = [[20, 0], [27, 42]]
[preferences.firm]
walk_away = 12
values.wage = { low = 60, high = 10 }
curves.days = [[20, "49/3"], [27, 0]]
"""
TIED = """
hikiwake = 1
tolerance = "1/7"
illustrative = true
parties = [{ id = "a" }, { id = "b" }]
rules = [{ never = { land = "a", money = { a = { above = "1/2" } } } }]
[[issues]]
id = "land"
kind = "item"
[[issues]]
id = "money"
kind = "share"
[[issues]]
id = "rent"
kind = "amount"
min = 0
max = 1
[[groups]]
id = "home"
issues = ["land"]
not_for_trade = true
[preferences.a]
points.land = 77177
red_lines = [{ never = { land = "b" } }]
bonuses = [{ when = { land = "a" }, points = 55155 }]
[preferences.b]
"""


def wages(old: str = "", new: str = "") -> Dispute:
    """Return the sample, with one place of it changed."""
    assert old in WAGES
    return dispute_from_text(WAGES.replace(old, new, 1) if old else WAGES)


def text(files: Exported, name: str) -> str:
    """Return one of the files."""
    return files.files[name].decode()


def run(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run the command; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["hikiwake", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    return int(stopped.value.code or 0)


def test_a_genius_profile_is_written_as_genius_reads_it() -> None:
    """Slope 1/8 is the nearest decimal for 7 steps; 40 + 48 points stand for 0.4 and 0.48."""
    assert text(exported(wages(), "genius"), "union.xml") == (
        '<utility_space number_of_issues="2">\n'
        ' <objective index="0" name="Wages" type="objective" etype="objective">\n'
        '  <issue index="1" name="wage" type="discrete" etype="discrete" vtype="discrete">\n'
        '   <item index="1" value="low &amp; sure" evaluation="0"/>\n'
        '   <item index="2" value="high" evaluation="1"/>\n'
        "  </issue>\n"
        '  <issue index="2" name="days" type="integer" etype="integer" vtype="integer" '
        'lowerbound="20" upperbound="27">\n'
        '   <evaluator ftype="linear" slope="0.125" offset="0"/>\n'
        "  </issue>\n"
        '  <weight index="1" value="0.4"/>\n'
        '  <weight index="2" value="0.48"/>\n'
        " </objective>\n"
        ' <reservation value="0.2"/>\n'
        "</utility_space>\n"
    )


def test_a_negmas_function_is_written_with_the_points_themselves() -> None:
    """42 points over 7 steps from 20: 6 × value − 120."""
    assert text(exported(wages(), "negmas"), "union.yml") == (
        'type: LinearAdditiveUtilityFunction\nname: "union"\nreserved_value: 20\n'
        "weights:\n- 1\n- 1\nvalues:\n- type: TableFun\n  mapping:\n"
        '    "low & sure": 0\n    "high": 40\n- type: AffineFun\n  slope: 6\n  bias: -120\n'
    )


def test_fractions_without_decimals_are_multiplied_and_that_is_told() -> None:
    """7/3 a step: the firm's points become three times as large, its walk-away too; no others."""
    files = exported(wages(), "csv")
    assert "\r\nThreshold,,36\r\n" in text(files, "firm.csv")
    assert "\r\nThreshold,,20\r\n" in text(files, "union.csv")
    assert next(note for note in files.notes if "multiplied" in note).endswith(": firm.")
    common = exported(wages('title = "Wages"', "common_scale = true"), "csv")
    assert "\r\nThreshold,,60\r\n" in text(common, "union.csv")


@pytest.mark.parametrize("form", FORMS)
def test_what_cannot_be_held_is_refused_all_at_once_without_a_number(form: str) -> None:
    """Rules, groups, red lines, bonuses, shares and endless amounts are each named (H14, H20)."""
    pytest.importorskip("openpyxl")
    with pytest.raises(Unsupported) as caught:
        exported(dispute_from_text(TIED), form)
    named = [f"{fault.object}: {fault.found}" for fault in caught.value.faults]
    without_steps = ["Issue 'rent': any number in a range"]
    assert named == [
        "The dispute: public rules",
        "Group 'home': not for trade",
        "Party 'a': red lines",
        "Party 'a': bonuses for combinations",
        "Issue 'money': divided in any parts",
        *([] if form in ("genius", "negmas") else without_steps),
    ]
    assert "77177" not in str(caught.value)
    assert "55155" not in str(caught.value)


def test_what_is_harmless_is_left_out_and_told() -> None:
    """The tolerance, the status quo, units, languages and the like are named in one note."""
    extra = (
        'tolerance = "1/7"\nillustrative = true\nstatus_quo = { wage = "low" }\n'
        'groups = [{ id = "all", issues = ["wage"] }]\ntitle = { en = "Wages", ja = "賃金" }'
    )
    files = exported(wages('title = "Wages"', extra), "negmas")
    assert files.notes[0] == (
        "Left out, as there is no place for it in NegMAS: the tolerance and the price of evenness; "
        "the status quo (what it is worth counts as walk-away value); groups of issues; that the "
        "numbers are invented; names in other languages."
    )


def test_a_walk_away_below_every_package_is_refused_where_it_has_no_place() -> None:
    """GENIUS counts the least utility, 10 for the firm, instead; NegMAS and sheets hold a 9."""
    dispute = wages("walk_away = 12", "walk_away = 9")
    with pytest.raises(Unsupported, match="Party 'firm': a walk-away value below everything"):
        exported(dispute, "genius")
    assert "reserved_value: 27\n" in text(exported(dispute, "negmas"), "firm.yml")
    assert exported(wages("walk_away = 12", "walk_away = 10"), "genius").files


def test_a_walk_away_beyond_every_bid_is_refused_by_geniusweb_only() -> None:
    """The union can get 82 at most, so no bid is worth 83; the other formats hold the number."""
    pytest.importorskip("openpyxl")
    dispute = wages("walk_away = 20", "walk_away = 83")
    with pytest.raises(Unsupported, match="Party 'union': a walk-away value that no bid is worth"):
        exported(dispute, "geniusweb")
    assert all(exported(dispute, form).files for form in FORMS if form != "geniusweb")


def test_steps_that_do_not_lie_on_a_line_are_listed_and_too_many_refused() -> None:
    """A bent curve makes a list of 8 numbers; of 20,001 it is refused, straight it is not."""
    bent = wages("[[20, 0], [27, 42]]", "[[20, 0], [21, 42], [27, 42]]")
    files = exported(bent, "genius")
    assert 'value="27"' in text(files, "domain.xml")
    assert "Numbers in steps are written as lists of values: days." in files.notes
    long = WAGES.replace("max = 27", "max = 20020").replace("[27,", "[20020,")
    straight, crooked = (
        dispute_from_text(t) for t in (long, long.replace("[[20, 0],", "[[20, 0], [21, 5],"))
    )
    assert 'upperbound="20020"' in text(exported(straight, "genius"), "domain.xml")
    for dispute, form in ((crooked, "genius"), (straight, "csv")):
        with pytest.raises(Unsupported, match="Issue 'days': too many steps to list"):
            exported(dispute, form)


@pytest.mark.parametrize("form", FORMS)
def test_parties_are_told_apart_whatever_they_are_called(tmp_path: Path, form: str) -> None:
    """Names that are no file names, or the same but for capitals, still give a party each."""
    for library in ("openpyxl", "yaml"):
        pytest.importorskip(library)
    names = ("a/b", "A_b", "domain", "_x", "Ann", "ann", "History", "x" * 70)
    source = (
        "hikiwake = 1\nissues = [{ id = 'i', kind = 'choice', options = ['y', 'z'] }]\n"
        + "".join(f"[[parties]]\nid = 'p{n}'\nname = '{name}'\n" for n, name in enumerate(names))
        + "".join(f"[preferences.p{n}]\nvalues.i = {{ y = 0, z = {n} }}\n" for n in range(8))
    )
    dispute = dispute_from_text(source)
    files = exported(dispute, form)
    if form == "xlsx":
        path = tmp_path / "all.xlsx"
        path.write_bytes(files.files[""])
    else:
        path = tmp_path / "made"
        path.mkdir()
        for name, data in files.files.items():
            (path / name).write_bytes(data)
        assert len({name.casefold() for name in files.files}) == len(files.files)
    found = read(path)
    assert len(found.parties) == 8
    if form in ("csv", "xlsx"):
        assert sorted(p.name.plain or p.id for p in found.parties) == sorted(names)
    else:
        assert any("a/b (a_b)" in note for note in files.notes)
    worths = {found.utility(p, {"i": "z"}) for p in found.party_ids}
    assert len(worths) == {"genius": 5, "geniusweb": 2}.get(form, 8)


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers(tmp_path: Path) -> None:
    """An option that begins with = is no formula; what a cell would round is written as text."""
    openpyxl: Any = pytest.importorskip("openpyxl")
    big = 2**60 + 1
    source = WAGES.replace('"high"', '"=1+1"').replace("high =", '"=1+1" =')
    dispute = dispute_from_text(source.replace("= 40", f"= {big}"))
    (tmp_path / "x.xlsx").write_bytes(exported(dispute, "xlsx").files[""])
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    rows = list(book["union"].iter_rows())
    assert [(cell.value, cell.data_type) for cell in rows[2]] == [
        ("wage", "s"), ("=1+1", "s"), (str(big), "s"),
    ]  # fmt: skip
    assert (rows[3][2].value, rows[3][2].data_type) == (0, "n")
    found = read(tmp_path / "x.xlsx")
    assert found.utility("union", {"wage": "=1+1"}) == Fraction(big)


def test_names_and_file_names() -> None:
    """Names are kept on one line; ids stand in where two are the same, or nothing is left."""
    things = [("a", Text.of("Sea\nside")), ("b", Text.of("b")), ("c", Text.of("b")), ("d", Text())]
    assert labels(things) == {"a": "Sea side", "b": "b", "c": "c", "d": "d"}
    assert labels([("x", Text.of("y")), ("y", Text()), ("z", Text.of("y (2)"))]) == {
        "x": "x", "y": "y", "z": "y (2)",
    }  # fmt: skip
    assert stems({"a": "CON:1", "b": "con_1", "c": "..."}, [])[0] == {
        "a": "CON_1", "b": "con_1 (2)", "c": "party",
    }  # fmt: skip


def test_decimals_of_more_digits_than_a_cell_keeps_are_written_as_text(tmp_path: Path) -> None:
    """17 digits survive a workbook exactly, as text; 15 as a number (H1)."""
    openpyxl: Any = pytest.importorskip("openpyxl")
    long, short = "0.12345678901234567", "-98765.4321098765"
    source = WAGES.replace("low = 0, high = 40", f'low = "{long}", high = "{short}"')
    (tmp_path / "x.xlsx").write_bytes(exported(dispute_from_text(source), "xlsx").files[""])
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["union"]
    assert (sheet["C2"].value, sheet["C3"].value) == (long, float(short))
    found = read(tmp_path / "x.xlsx")
    assert found.utility("union", {"wage": "high"}) == Fraction(short)
    assert {found.utility("union", {"wage": o}) for o in ("low & sure", "high")} == {
        Fraction(long), Fraction(short),
    }  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to be in, with the sample in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wages.toml").write_text(WAGES, "utf-8")
    return tmp_path


def test_the_name_of_the_target_decides_or_the_option(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``.csv`` and ``.xlsx`` tell the format; a folder needs --to, and the fault says so."""
    pytest.importorskip("openpyxl")
    assert run("export", "wages.toml", "one.csv", monkeypatch=monkeypatch) == 0
    assert (home / "one.csv").read_text("utf-8").startswith("Party,Issue,Option,Points\n")
    assert run("export", "one.csv", "two.xlsx", monkeypatch=monkeypatch) == 0
    assert run("export", "two.xlsx", "three", "--to", "xlsx", monkeypatch=monkeypatch) == 0
    assert read("one.csv").preferences == read("three.xlsx").preferences
    assert run("export", "wages.toml", "sheets", "--to", "csv", monkeypatch=monkeypatch) == 0
    assert sorted(path.name for path in (home / "sheets").iterdir()) == ["firm.csv", "union.csv"]
    assert "Everybody's points are in there" in capsys.readouterr().out
    assert run("export", "wages.toml", "folder", monkeypatch=monkeypatch) == 2
    assert "--to genius" in capsys.readouterr().err
    assert run("export", "wages.toml", "x", "--to", "geniuswep", monkeypatch=monkeypatch) == 2
    assert "Did you mean 'geniusweb'" in capsys.readouterr().err
    assert run("export", "wages.toml", "one.csv", monkeypatch=monkeypatch) == 2
    assert "there already" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
@pytest.mark.parametrize("form", FORMS)
def test_exported_files_are_readable_by_nobody_else(
    home: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Every file that is written has mode 0600, as it may hold points."""
    pytest.importorskip("openpyxl")
    assert run("export", "wages.toml", "made", "--to", form, monkeypatch=monkeypatch) == 0
    found = [path for path in home.rglob("*") if path.is_file() and path.name != "wages.toml"]
    assert found
    assert {stat.S_IMODE(path.stat().st_mode) for path in found} == {0o600}
