"""What the keys of a dispute file mean once they are read (design.md, section 5)."""

from __future__ import annotations

import json
import re
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from hikiwake.formats import read
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import (
    Amount,
    Between,
    Beyond,
    Bonus,
    Choice,
    Condition,
    Curve,
    FrozenMap,
    Item,
    Linear,
    OneOf,
    Option,
    RedLine,
    Rule,
    Share,
    SharesBeyond,
    Table,
    Text,
)
from hikiwake.model.dispute import Group
from tests.unit.formats.samples import COMPLETE, SMALL, changed, with_ann, write_folder

F = Fraction


def test_complete_sample_has_the_issues_of_every_kind() -> None:
    """The sample of the contract gives an item, a share, a choice and an amount, as written."""
    dispute = dispute_from_text(COMPLETE)
    assert dispute.issues == (
        Item("house", (Option("sold"),), Text("Family house")),
        Share("savings"),
        Choice("move_out", (Option("june"), Option("december", Text("By December")))),
        Amount("rent", F(0), F(900), F(50), Text("EUR a month")),
    )


def test_complete_sample_has_its_public_part() -> None:
    """Title, tolerance, price, status quo, rule with its owner, group, names: all are kept."""
    dispute = dispute_from_text(COMPLETE)
    assert dispute.title == Text("Two heirs")
    assert (dispute.tolerance, dispute.price) == (F(1, 20), F(1, 10))
    assert dispute.status_quo == {"house": "ann"}
    never = Condition(
        FrozenMap({"house": OneOf(frozenset({"ann"})), "rent": Between(F(500), F(900))})
    )
    assert dispute.rules == (Rule(never, Text("Nobody pays rent for their own house"), "ann"),)
    assert dispute.groups == (Group("home", ("house", "move_out"), True),)
    ann = dispute.party("ann")
    assert (ann.name, ann.language) == (Text("Ann"), "en")
    assert ann.names["en"]["move_out.june"] == "before the summer"
    assert not dispute.common_scale
    assert not dispute.illustrative


def test_complete_sample_has_its_private_part() -> None:
    """Ann's points, curve, red line, bonus and walk-away are read exactly."""
    ann = dispute_from_text(COMPLETE).preferences["ann"]
    assert ann.walk_away == 20
    assert ann.points == {
        "house": Table(FrozenMap({"ann": F(55), "ben": F(5), "sold": F(20)})),
        "savings": Linear(F(30)),
        "move_out": Table(FrozenMap({"june": F(0), "december": F(15)})),
        "rent": Curve(((F(0), F(10)), (F(900), F(0)))),
    }
    line = {"house": OneOf(frozenset({"ben"})), "move_out": OneOf(frozenset({"june"}))}
    assert ann.red_lines == (RedLine(Condition(FrozenMap(line)), Text("I need the summer")),)
    when = {"house": OneOf(frozenset({"ann"})), "move_out": OneOf(frozenset({"december"}))}
    assert ann.bonuses == (Bonus(Condition(FrozenMap(when)), F(5)),)


@pytest.mark.shared
def test_sample_in_the_contract_is_the_sample_here(shared: Path) -> None:
    """The tables in design.md say what the sample here says (which adds Ben's empty preference)."""
    contract = re.search(r"```toml\n(.*?)```", (shared / "design.md").read_text("utf-8"), re.DOTALL)
    assert contract is not None
    ours = tomllib.loads(COMPLETE)
    assert ours["preferences"].pop("ben") == {}
    assert tomllib.loads(contract[1]) == ours


def test_one_number_for_an_item_is_for_having_it_oneself() -> None:
    """One number for an item: that for its own party, 0 for every other owner (H2)."""
    dispute = dispute_from_text(with_ann("points = { house = 7 }"))
    assert dispute.preferences["ann"].points["house"] == Table(
        FrozenMap({"ann": F(7), "ben": F(0)})
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", F(12)),
        ("-3", F(-3)),
        ("0.1", F(1, 10)),
        ("1_000.25", F(4001, 4)),
        ("1e-2", F(1, 100)),
        ('"1/3"', F(1, 3)),
        ('"12.50"', F(25, 2)),
        ("0xff", F(255)),
        ("1152921504606846977", F(2**60 + 1)),
        ("0.1000000000000000055511151231257827", F(1000000000000000055511151231257827, 10**34)),
    ],
)
def test_numbers_are_exactly_what_is_written(written: str, meant: Fraction) -> None:
    """A decimal, a fraction or a large integer is kept digit for digit, never as a float (H1)."""
    dispute = dispute_from_text(with_ann(f"walk_away = {written}"))
    assert dispute.preferences["ann"].walk_away == meant


@pytest.mark.parametrize(
    ("issue", "written", "meant"),
    [
        ("house", '"ann"', OneOf(frozenset({"ann"}))),
        ("colour", '["red", "blue"]', OneOf(frozenset({"red", "blue"}))),
        ("rent", "5", OneOf(frozenset({F(5)}))),
        ("rent", '[1, "2"]', OneOf(frozenset({F(1), F(2)}))),
        ("rent", "{ from = 2 }", Between(F(2), None)),
        ("rent", "{ from = 2, to = 3.0 }", Between(F(2), F(3))),
        ("hours", '{ above = "1/3" }', Beyond(F(1, 3), None)),
        ("hours", "{ above = 0.1, below = 0.2 }", Beyond(F(1, 10), F(1, 5))),
        (
            "money",
            '{ ann = { below = "1/3" } }',
            SharesBeyond(FrozenMap({"ann": Beyond(None, F(1, 3))})),
        ),
    ],
)
def test_each_kind_of_condition_is_read_by_the_kind_of_its_issue(
    issue: str, written: str, meant: object
) -> None:
    """Values, lists, and bounds become the tests that the model knows (H6)."""
    dispute = dispute_from_text(f"{SMALL}\n[[rules]]\nnever = {{ {issue} = {written} }}")
    assert dispute.rules[0].never.tests == {issue: meant}


def test_party_called_above_does_not_confuse_bounds_of_shares() -> None:
    """A share's bounds name parties, whatever these are called."""
    text = changed('id = "ben"', 'id = "above"').replace("preferences.ben", "preferences.above")
    rule = "\n[[rules]]\nnever = { money = { above = { above = 0.5 } } }"
    tests = dispute_from_text(text + rule).rules[0].never.tests
    assert tests["money"] == SharesBeyond(FrozenMap({"above": Beyond(F(1, 2), None)}))


def test_status_quo_takes_every_kind_of_value() -> None:
    """An owner, an option, a number and the parts of a share all decide their issue (H5)."""
    quo = (
        '[status_quo]\nhouse = "ben"\ncolour = "red"\nrent = 3\nhours = "1/3"\n'
        'money = { ann = "1/4", ben = 0.75 }'
    )
    status_quo = dispute_from_text(f"{SMALL}\n{quo}").status_quo
    assert status_quo == {
        "house": "ben",
        "colour": "red",
        "rent": F(3),
        "hours": F(1, 3),
        "money": FrozenMap({"ann": F(1, 4), "ben": F(3, 4)}),
    }


def test_step_of_zero_means_any_number() -> None:
    """An amount with step 0 is continuous, as one without a step."""
    text = changed("step = 1", "step = 0")
    issue = dispute_from_text(text).issue("rent")
    assert isinstance(issue, Amount)
    assert issue.step is None


def test_names_may_be_tables_by_language() -> None:
    """A name as a table of languages keeps every wording."""
    text = changed('id = "money"', 'id = "money"\nname = { en = "Money", ja = "お金" }')
    name = dispute_from_text(text).issue("money").name
    assert (name.in_language("ja"), name.in_language("ru")) == ("お金", "Money")


def test_json_says_the_same_as_toml(tmp_path: Path) -> None:
    """The same keys in JSON give an equal dispute, decimals included."""
    tree = tomllib.loads(COMPLETE)
    tree["tolerance"] = "0.05"
    path = tmp_path / "d.json"
    path.write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    assert read(path) == dispute_from_text(COMPLETE)
    path.write_text(path.read_text("utf-8").replace('"0.05"', "0.05"), "utf-8")
    assert read(path) == dispute_from_text(COMPLETE)


@pytest.mark.parametrize("name", ["dispute.json", "dispute.toml", "anything"])
def test_content_tells_the_format_whatever_the_name(tmp_path: Path, name: str) -> None:
    """TOML in a file named .json is TOML, and the other way round."""
    path = tmp_path / name
    path.write_text(SMALL, "utf-8")
    assert read(path) == dispute_from_text(SMALL)
    path.write_text(json.dumps(tomllib.loads(SMALL)), "utf-8")
    assert read(path) == dispute_from_text(SMALL)


def test_folder_says_the_same_as_one_file(tmp_path: Path) -> None:
    """A public file and a file for each party give the dispute that one file gives."""
    public, _, private = COMPLETE.partition("[preferences.ann]\n")
    ann = private.replace("preferences.ann.", "").replace("[preferences.ben]", "")
    assert read(write_folder(tmp_path, public, ann=ann, ben="# nothing matters\n")) == read_text()


def read_text() -> object:
    """Return the complete sample as a dispute."""
    return dispute_from_text(COMPLETE)


def test_folder_may_mix_toml_and_json_and_inline_preferences(tmp_path: Path) -> None:
    """Ann's file in JSON and Ben's table in the public file belong to the same dispute."""
    write_folder(tmp_path, changed("[preferences.ann]\n", ""))
    (tmp_path / "preferences" / "ann.json").write_text('{"walk_away": 0.25}', "utf-8")
    (tmp_path / "preferences" / "README.md").write_text("not read", "utf-8")
    (tmp_path / "preferences" / ".ann.toml").write_text("not read", "utf-8")
    assert read(tmp_path).preferences["ann"].walk_away == F(1, 4)


def test_preference_of_a_party_can_be_replaced_by_another_file(tmp_path: Path) -> None:
    """`preferences` replaces what stands in a file or folder, for the parties it names only."""
    other = tmp_path / "hard-line.toml"
    other.write_text("walk_away = 9", "utf-8")
    one = tmp_path / "one.toml"
    one.write_text(changed("[preferences.ben]", "[preferences.ben]\nwalk_away = 2"), "utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    public = SMALL.partition("[preferences.ann]")[0]
    write_folder(folder, public, ann="this = is not [ TOML", ben="walk_away = 2")
    for path in (one, folder):
        preferences = read(path, preferences={"ann": other}).preferences
        assert (preferences["ann"].walk_away, preferences["ben"].walk_away) == (9, 2)


def test_file_name_in_decomposed_unicode_is_its_partys(tmp_path: Path) -> None:
    """A file system that decomposes é still leads to the party whose id has it composed (H3)."""
    public = changed('id = "ann"', 'id = "andr\u00e9"').partition("[preferences.ann]")[0]
    write_folder(tmp_path, public, ben="")
    (tmp_path / "preferences" / "ben.toml").write_text("# all the same", "utf-8")
    (tmp_path / "preferences" / "andre\u0301.toml").write_text("walk_away = 1", "utf-8")
    assert read(tmp_path).preferences["andr\u00e9"].walk_away == 1


def test_byte_order_mark_is_forgiven(tmp_path: Path) -> None:
    """A UTF-8 file that begins with a byte order mark, as some editors write it, is read."""
    path = tmp_path / "d.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert read(path) == dispute_from_text(SMALL)


def test_link_to_a_file_is_followed(tmp_path: Path) -> None:
    """A link that leads to a regular file is as good as the file."""
    (tmp_path / "d.toml").write_text(SMALL, "utf-8")
    (tmp_path / "link.toml").symlink_to(tmp_path / "d.toml")
    assert read(tmp_path / "link.toml") == dispute_from_text(SMALL)
