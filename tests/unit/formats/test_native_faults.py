"""What is wrong with a dispute is said at once, each fault once, at its place, in our words."""

from __future__ import annotations

from pathlib import Path

import pytest

from hikiwake.errors import FormatError, InvalidDispute
from hikiwake.formats.native import dispute_from_text
from tests.unit.formats.samples import (
    COMPLETE,
    SMALL,
    changed,
    faults_at,
    faults_of,
    with_ann,
    write_folder,
)

PUBLIC = [
    ("hikiwake = 1", "hikiwake = 2", "hikiwake", "another version"),
    ("hikiwake = 1", 'hikiwake = "1"', "hikiwake", "a text under `hikiwake`"),
    ("hikiwake = 1", "hikiwake = true", "hikiwake", "true or false under `hikiwake`"),
    ("hikiwake = 1", "", "hikiwake", "no `hikiwake`"),
    ("hikiwake = 1", "hikiwake = 1\ntitel = 1", "titel", "unknown key 'titel'"),
    ("hikiwake = 1", "hikiwake = 1\ntitle = 1.5", "title", "a number where a text is needed"),
    ("hikiwake = 1", "hikiwake = 1\ntitle = 2020-01-01", "title", "a date or time where"),
    ("hikiwake = 1", 'hikiwake = 1\ntitle = "\\u001b[2J"', "title", "control characters"),
    ("hikiwake = 1", "hikiwake = 1\ntitle = { english = 1 }", "title.english", "a number where"),
    ("hikiwake = 1", 'hikiwake = 1\ntitle = { "../x" = "a" }', "title.../x", "no language code"),
    ("hikiwake = 1", 'hikiwake = 1\ntolerance = "5 %"', "tolerance", "a text that is no number"),
    ("hikiwake = 1", "hikiwake = 1\ntolerance = nan", "tolerance", "not a finite number"),
    ("hikiwake = 1", "hikiwake = 1\nprice = 1e999999999", "price", "an exponent beyond"),
    ("hikiwake = 1", "hikiwake = 1\nprice = 2", "price", "2 found"),
    ("hikiwake = 1", "hikiwake = 1\ncommon_scale = 1", "common_scale", "a number under"),
    ('id = "ben"', 'id = "ben"\nlanguage = "../../x"', "parties[2].language", "no language code"),
    ('id = "ben"', 'id = "ben"\nnames = { en = { hous = "x" } }', "parties[2].names.en", "'hous'"),
    (
        'id = "ben"',
        'id = "ben"\nnames = { en = { "colour.rd" = "x" } }',
        "parties[2].names.en",
        "no value has the id 'rd'",
    ),
    ('id = "house"', 'id = "hou.se"', "issues[1].id", "not usable as an id"),
    ('kind = "item"', 'kind = "itm"', "issues[1].kind", "does not exist"),
    ('kind = "item"', "", "issues[1].kind", "no `kind`"),
    ('kind = "item"', 'kind = "item"\nstep = 1', "issues[1].step", "unknown key 'step'"),
    ('kind = "item"', "kind = [1]", "issues[1].kind", "does not exist"),
    ('["red", "blue"]', '"red"', "issues[2].options", "a text under `options`"),
    ('["red", "blue"]', '["red", 2]', "issues[2].options[2]", "a number in `options`"),
    ('["red", "blue"]', '["red", {nam = "x"}]', "issues[2].options[2]", "unknown key 'nam'"),
    ('["red", "blue"]', '["red", {name = "x"}]', "issues[2].options[2]", "no `id`"),
    ('["red", "blue"]', '["red", "red"]', "issues[2].options", "given 2 times"),
    ('["red", "blue"]', "[]", "issues[2].options", "no options"),
    ("max = 10", "", "issues[4].max", "no `max`"),
    ("max = 10", "max = []", "issues[4].max", "a list where a number is needed"),
    ("step = 1", "step = 3", "issues[4].step", "step 3"),
]

RULES = [
    ("house = 1", "rules[1].never.house", "a number where an owner's id is needed"),
    ("colour = true", "rules[1].never.colour", "true or false where an option's id"),
    ('hous = "ann"', "rules[1].never", "no issue has the id 'hous'"),
    ('house = "an"', "rules[1].never.house", "no value has the id 'an'"),
    ('rent = "x"', "rules[1].never.rent", "a text that is no number"),
    ("rent = { from = 1, below = 2 }", "rules[1].never.rent", "together with"),
    ("rent = { above = 1 }", "rules[1].never.rent", "does not fit its issue"),
    ("rent = { form = 1 }", "rules[1].never.rent", "unknown keys"),
    ("rent = {}", "rules[1].never.rent", "an empty table"),
    ("rent = 11", "rules[1].never.rent", "off its range"),
    ("hours = { from = 0 }", "rules[1].never.hours", "does not fit its issue"),
    ("money = 1", "rules[1].never.money", "a number where a share's bounds"),
    ("money = { above = 1 }", "rules[1].never.money", "bounds that name no party"),
    ("money = { ann = { from = 1 } }", "rules[1].never.money", "`from` or `to` on a share"),
    ("money = { an = { above = 0.1 } }", "rules[1].never.money", "'an'"),
    ("house = []", "rules[1].never.house", "does not fit its issue"),
    ("", "rules[1].never", "an empty combination"),
]

PRIVATE = [
    ("walkaway = 3", "walkaway", "unknown key 'walkaway'"),
    ("house = 3", "", "an unknown key"),
    ("walk_away = [2, 1]", "walk_away", "a range without two ends in order"),
    ("points = { house = [1] }", "points.house", "a range without two ends in order"),
    ("points = { house = [1, 2, 3] }", "points.house", "a range without two ends in order"),
    ("points = { house = [1, 'x'] }", "points.house", "a text that is no number"),
    ("curves = { rent = [[[0, 1], 1], [10, 2]] }", "curves.rent[1]", "a list"),
    ("constraints = 3", "constraints", "a number under `constraints`"),
    ("points = { hous = 3 }", "points.hous", "no issue has the id 'hous'"),
    ("points = { colour = 3 }", "points.colour", "points for a choice under `points`"),
    ("points = { rent = 3 }", "points.rent", "points for an amount under `points`"),
    ("values = { house = { ann = 1 } }", "values.house", "points for an item under `values`"),
    ("points = { money = { ann = 1 } }", "points.money", "a table of points for a share"),
    ("points = { house = { ann = 1 } }", "points.house", "no points for 'ben' (1 of 2 given)"),
    ("values = { colour = 3 }", "values.colour", "a number under `colour`"),
    ("values = { colour = { red = 3 } }", "values.colour", "no points for 'blue'"),
    ("values = { colour = { red = 3, blue = 1e61 } }", "values.colour.blue", "an exponent"),
    ("curves = { rent = [[0, 1], [10]] }", "curves.rent[2]", "a corner of another length"),
    ("curves = { rent = [[0, 1], 10] }", "curves.rent[2]", "a number in a list"),
    ("curves = { rent = [[0, 1], [9, 2]] }", "curves.rent", "from min to max"),
    ("[[preferences.ann.red_lines]]\nwhy = 'x'", "red_lines[1].never", "no `never`"),
    ("[[preferences.ann.red_lines]]\nnever = { hous = 'ann' }", "red_lines[1].never", "not exist"),
    (
        "[[preferences.ann.red_lines]]\nnever = { house = 1 }",
        "red_lines[1].never",
        "a number where",
    ),
    (
        "[[preferences.ann.bonuses]]\nwhen = { money = { ann = { above = 0.1 } } }\npoints = 1",
        "bonuses[1].when",
        "depends on a share",
    ),
    (
        "[[preferences.ann.bonuses]]\nwhen = { house = 'ann' }\npoints = 'x'",
        "bonuses[1].points",
        "a text that is no number",
    ),
]


def _only(text: str, where: str, found: str) -> None:
    (fault,) = faults_of(text)
    assert fault.where == where
    assert found in fault.found
    assert all((fault.object, fault.expected, fault.convention, fault.remedy))


@pytest.mark.parametrize(("old", "new", "where", "found"), PUBLIC)
def test_each_public_mistake_gives_one_fault_at_its_key(
    old: str, new: str, where: str, found: str
) -> None:
    """One mistake in the public part gives one fault, with its key path and what was found."""
    _only(changed(old, new), where, found)


@pytest.mark.parametrize(("never", "where", "found"), RULES)
def test_each_mistake_in_a_rule_gives_one_fault(never: str, where: str, found: str) -> None:
    """One mistake in a rule gives one fault that names the rule and the issue (H6)."""
    _only(f"{SMALL}\n[[rules]]\nnever = {{ {never} }}", where, found)


@pytest.mark.parametrize(("lines", "where", "found"), PRIVATE)
def test_each_private_mistake_gives_one_fault(lines: str, where: str, found: str) -> None:
    """One mistake in a preference gives one fault, placed within that preference."""
    _only(with_ann(lines), f"preferences.ann.{where}".removesuffix("."), found)


def test_fault_reads_as_the_contract_words_it() -> None:
    """The example of design.md section 5, word for word."""
    text = changed("december = 15\n", "", COMPLETE)
    (fault,) = faults_of(text)
    assert str(fault) == (
        "Party 'ann', issue 'move_out': no points for 'december' (1 of 2 given). Every option "
        "needs some (H2). Add them, or leave the whole issue out if it does not matter to Ann."
    )
    assert fault.where == "preferences.ann.values.move_out"


def test_misspelt_words_bring_the_nearest_known_ones() -> None:
    """Unknown keys, kinds and ids are answered with "Did you mean …?"."""
    for old, new, near in (
        ("hikiwake = 1", "hikiwake = 1\ntolerence = 1", "'tolerance'"),
        ('kind = "share"', 'kind = "shares"', "'share'"),
        ('options = ["red', 'optoins = ["red', "'options'"),
        ("[preferences.ann]", "[preferences.anne]", "'ann'"),
    ):
        remedies = [fault.remedy for fault in faults_of(changed(old, new))]
        assert any(r.startswith("Did you mean") and near in r for r in remedies)


def test_all_faults_are_found_at_once() -> None:
    """Faults of shape, of numbers and of the dispute as a whole come in one error."""
    text = changed('id = "ben"', 'id = "ben"\nnam = "Ben"')
    text = changed("max = 10", 'max = "ten"', text)
    text = changed(
        "[preferences.ben]", "[preferences.ben]\nvalues = { colour = { red = 1 } }", text
    )
    text += '\n[[rules]]\nnever = { colour = "green" }\n[[rules]]\nnever = { house = 1 }'
    assert {fault.where for fault in faults_of(text)} == {
        "parties[2].nam",
        "issues[4].max",
        "preferences.ben.values.colour",
        "rules[1].never.colour",
        "rules[2].never.house",
    }


def test_what_refers_to_a_broken_issue_is_not_blamed() -> None:
    """An issue with a fault of its own gives that fault only, however often it is named."""
    text = changed('kind = "item"', 'kind = "itme"')
    text = changed("[preferences.ann]", "[preferences.ann]\npoints = { house = 3 }", text)
    text += '\n[status_quo]\nhouse = "ann"\n[[rules]]\nnever = { house = "ann" }'
    text += '\n[[groups]]\nid = "g"\nissues = ["house", "colour"]\nnot_for_trade = true'
    _only(text, "issues[1].kind", "does not exist")


def test_unreadable_id_hides_no_other_fault_of_its_own() -> None:
    """Where an id is missing no name is called unknown, but other faults are still said."""
    text = changed('id = "house"', "").replace("max = 10", "max = []")
    text += '\n[[rules]]\nnever = { house = "ann" }'
    assert [fault.where for fault in faults_of(text)] == ["issues[1].id", "issues[4].max"]


def test_places_count_as_in_the_file_though_an_entry_before_is_broken() -> None:
    """The third rule is called the third, whatever is wrong with the first."""
    rules = ["nevr = {}", 'never = { house = "ann" }', 'never = { house = "anne" }']
    text = SMALL + "".join(f"\n[[rules]]\n{rule}" for rule in rules)
    assert [f.where for f in faults_of(text)] == ["rules[1].nevr", "rules[3].never.house"]


def test_folder_faults_name_their_file(tmp_path: Path) -> None:
    """In a folder, faults stand at `preferences/ann.toml: values.colour`, syntax at a line."""
    public = changed("step = 1", "step = 3").partition("[preferences.ann]")[0]
    folder = write_folder(
        tmp_path, public, ann="values = { colour = { red = 1 } }", ben="points = {\n"
    )
    assert sorted(fault.where for fault in faults_at(folder)) == [
        "dispute.toml: issues[4].step",
        "preferences/ann.toml: values.colour",
        "preferences/ben.toml line 1",
    ]


def test_replaced_preferences_are_named_as_they_were_given(tmp_path: Path) -> None:
    """A fault in a file that replaces a preference names that file."""
    other = tmp_path / "hard-line.toml"
    other.write_text("walk_away = 'x'", "utf-8")
    (tmp_path / "d.toml").write_text(SMALL, "utf-8")
    (fault,) = faults_at(tmp_path / "d.toml", {"ann": other})
    assert fault.where == f"{other}: walk_away"
    (tmp_path / "empty.json").write_text("{}", "utf-8")
    (unknown,) = faults_at(tmp_path / "d.toml", {"anne": tmp_path / "empty.json"})
    assert unknown.where == f"{tmp_path / 'empty.json'}"
    assert unknown.remedy == "Did you mean 'ann'?"


def test_preference_file_with_the_headings_of_one_file_is_told_so(tmp_path: Path) -> None:
    """`[preferences.ann]` inside Ann's own file: one fault that says to leave the heading out."""
    public = changed("[preferences.ann]\n", "")
    folder = write_folder(tmp_path, public, ann="[preferences.ann]\nwalk_away = 1")
    (fault,) = faults_at(folder)
    assert fault.where == "preferences/ann.toml"
    assert "without that heading" in fault.expected


def test_preference_in_two_places_is_refused(tmp_path: Path) -> None:
    """A party with a table in the public file and a file of its own has one too many."""
    (fault,) = faults_at(write_folder(tmp_path, SMALL, ann="walk_away = 1"))
    assert "too" in fault.found


def test_error_class_says_what_sort_of_trouble_it_is() -> None:
    """Syntax: FormatError. Anything else that is wrong: InvalidDispute."""
    with pytest.raises(FormatError):
        dispute_from_text("= 1")
    with pytest.raises(InvalidDispute):
        dispute_from_text(with_ann("points = { x = 1 }"))


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        (changed("max = 10", "max = "), "dispute line 21", "a syntax fault"),
        (changed("max = 10", "max 10"), "dispute line 21", "no '=' after a key"),
        (changed("max = 10", "max = 10\n[[rules]"), "dispute line 22", "no ']' or ']]'"),
        (changed("max = 10", "max = 1/3"), "dispute line 21", "a syntax fault"),
        (changed("max = 10", "max = 10\nmax = 10"), "dispute line 22", "given twice"),
        (changed("max = 10", f"max = {'9' * 5000}"), "dispute line 21", "cannot be read"),
        (changed("max = 10", f"max = {'[' * 5000}"), "dispute", "nested too deeply"),
        (changed("max = 10", f"max = 1\n{'a.' * 40}a = 1"), "dispute line 22", "a key of more"),
        ('{"hikiwake": 1,\n "title": }', "dispute line 2", "a syntax fault"),
        ('{"hikiwake": 1, "title": "a", "title": "b"}', "dispute", "'title' given twice"),
        ('{"a": ' * 5000, "dispute", "nested too deeply"),
        ("<utility_space/>", "dispute", "XML"),
    ],
)
def test_syntax_faults_name_the_line(text: str, where: str, found: str) -> None:
    """What is no TOML or JSON is answered with the line where reading stopped."""
    _only(text, where, found)


def test_json_words_for_no_number_are_refused_at_their_key() -> None:
    """NaN and Infinity, which Python would take, are no numbers here."""
    text = '{"hikiwake": 1, "tolerance": NaN, "price": -Infinity, "parties": [], "issues": []}'
    wheres = [fault.where for fault in faults_of(text) if "finite" in fault.found]
    assert wheres == ["tolerance", "price"]


def test_lone_halves_of_characters_are_refused_and_can_be_printed() -> None:
    """JSON may hold half a character; no text with one goes any further, nor breaks a terminal."""
    text = (
        '{"hikiwake": 1, "title": "\\ud800", "\\udfff": 1, '
        '"parties": [{"id": "\\ud800"}], "issues": []}'
    )
    found = faults_of(text)
    assert len(found) >= 3
    "\n".join(map(str, found)).encode("utf-8")
