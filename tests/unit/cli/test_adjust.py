"""``hikiwake adjust`` as people run it: what each reader is shown, and what is refused."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hikiwake.cli import progress
from tests.unit.cli.cast import HEADER, NONE, SAMPLE, Shell

# Ben's numbers and words are canaries: none may be read by Ann.
CANARIES = (
    HEADER.format(title="A canary")
    + """
[status_quo]
house = "ann"
boat = "ann"
[[issues]]
id = "house"
kind = "item"
[[issues]]
id = "boat"
kind = "item"
[preferences.ann]
walk_away = 10
points = { house = 60, boat = 40 }
[preferences.ben]
walk_away = "9.4017"
points = { house = "51.9377", boat = "48.0623" }
[[preferences.ben.red_lines]]
never = { house = "ann", boat = "ann" }
why = "CANARY-BEN"
"""
)
SECRETS = ("9.40", "51.93", "51.94", "48.06", "CANARY", "CANARY-BEN", "red_line")


def test_the_mediator_reads_everything(shell: Shell) -> None:
    """What is broken, both gains, and the least to decide otherwise are told; it is no draw."""
    ran = shell.run("adjust", shell.file(CANARIES), "--set", "boat=ann", "--set", "house=ann")
    assert ran.code == 1
    for text in ("This package is not possible", "CANARY-BEN", "To be possible, 1 issue", "9.4"):
        assert text in ran.words


@pytest.mark.parametrize("how", [(), ("--json",), ("--language", "ja"), ("--language", "ru")])
@pytest.mark.parametrize("house", ["ann", "ben"])
def test_a_party_reads_nothing_of_the_others(
    shell: Shell, how: tuple[str, ...], house: str
) -> None:
    """Of Ben's points, red line and walk-away value nothing stands in what Ann reads."""
    file = shell.file(CANARIES)
    ran = shell.run("adjust", file, "--audience", "ann", "--set", f"house={house}", *how)
    assert ran.code == 0
    plain = ran.out.replace(",", ".")
    assert [secret for secret in SECRETS if secret in plain] == []
    assert "CANARY" in shell.run("adjust", file, "--set", "house=ann", "--set", "boat=ann").out


def test_a_party_needs_its_own_file_alone(shell: Shell) -> None:
    """With nobody else's preference at hand, in its place or anywhere, a party reads the same as
    from the whole dispute; without its own it is refused."""
    words = ("--set", "boat=ben", "--for", "ann")
    whole = shell.run("adjust", shell.file(CANARIES, "whole.toml"), *words)
    assert whole.code == 0
    public, private = CANARIES.split("[preferences.ann]")
    own = private.split("[preferences.ben]")[0]
    folder = str(Path(shell.file(public, "mine/dispute.toml")).parent)
    assert shell.run("adjust", folder, *words).code == 2
    elsewhere = shell.file(own, "elsewhere.toml")
    for given in (folder, f"{folder}/dispute.toml"):
        named = shell.run("adjust", given, *words, "--preferences", f"ann={elsewhere}")
        assert (named.code, named.out) == (0, whole.out)
    shell.file(own, "mine/preferences/ann.toml")
    assert shell.run("adjust", folder, *words).out == whole.out
    assert shell.run("adjust", folder, *words[:2]).code == 2  # the mediator needs all of them


def test_talks_are_kept_private_and_within_their_budget(shell: Shell) -> None:
    """A word comes when both have put a package forward; the second is over the budget of one, so
    nobody can put another forward."""
    file, talks = shell.file(CANARIES), str(shell.folder / "talks.json")
    assert shell.run("adjust", file, "--talks", talks, "--words", "1", "--keep", "0").code in (0, 1)
    assert stat.S_IMODE(Path(talks).stat().st_mode) == 0o600
    put = ("adjust", file, "--talks", talks, "--put", "--set")
    first = shell.run(*put, "house=ben", "--audience", "ann", "--language", "en")
    assert "nothing has been told" in first.words
    told = shell.run(*put, "house=ben", "--audience", "ben", "--json").json
    assert [entry["word"] for entry in told["told"]] == ["not_even"]
    assert told["words_left"] == 0
    for party in ("ann", "ben"):
        refused = shell.run(*put, "boat=ben", "--audience", party)
        assert refused.code == 2
        assert "all 1 words of this round told" in " ".join(refused.err.split())
    kept = json.loads(Path(talks).read_text("utf-8"))
    assert [secret for secret in SECRETS if secret in json.dumps(kept)] == []
    mediator = shell.run("adjust", file, "--talks", talks, "--next-round", "--json").json
    assert (mediator["round"], mediator["words_left"]) == (2, 1)
    assert {e["party"] for e in mediator["exposures"]} == {"ann", "ben"}


@pytest.mark.parametrize(
    ("keep", "told", "kept"),
    [
        ((), "at least 0.1 % of it is left, for all but 0.3 % of", "1/1000"),
        (("--keep", "0"), "what limits the words is their number alone", "0"),
        (("--keep", "1/10"), "That is more than 20 %, so the word is refused", "1/10"),
    ],
)
def test_beyond_what_can_be_counted_a_part_is_kept_for_most(
    shell: Shell, keep: tuple[str, ...], told: str, kept: str
) -> None:
    """In a dispute too large to be counted it is told for how much of what might be hidden less
    than the part to keep could be left, and refused where that is more than a fifth; the meter
    says what is left of possibilities drawn at random."""
    heirs = str(Path(__file__).parents[3] / "examples" / "two-heirs")
    talks = str(shell.folder / "talks.json")
    ran = shell.run("adjust", heirs, "--talks", talks, *keep)
    assert told in ran.words
    assert "of 200 possibilities drawn at random, 200 would have told Ben the same" in ran.words
    assert json.loads(Path(talks).read_text("utf-8"))["budget"]["keep"] == kept


@pytest.mark.parametrize(
    ("language", "signs"),
    [
        ("en", ["What has been disclosed", "Measuring what has been disclosed, view 1 of 2",
                "Measuring what has been disclosed, view 2 of 2"]),
        ("ru", ["Что раскрыто", "Измеряется, что раскрыто: взгляд 1 из 2",
                "Измеряется, что раскрыто: взгляд 2 из 2"]),
    ],
)  # fmt: skip
def test_a_terminal_shows_how_far_the_measuring_is(
    shell: Shell, language: str, signs: list[str]
) -> None:
    """While it is measured what was disclosed the sign says which view it is of how many, and
    nothing else, in the mediator's language."""
    said: list[str] = []

    @contextmanager
    def working(what: str) -> Iterator[Callable[[str], None]]:
        said.append(what)
        yield said.append

    shell.patch.setattr(progress, "working", working)
    talks = str(shell.folder / "talks.json")
    shell.run("adjust", shell.file(CANARIES), "--talks", talks, "--language", language)
    assert said == ["Searching all packages", *signs]


WORKSHOP = """hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "bench", kind = "item" }, { id = "lathe", kind = "item" }]
[preferences.ann]
walk_away = 20
points = { bench = 60, lathe = 40 }
[preferences.ben]
walk_away = 20
points = { bench = 40, lathe = 60 }
"""


def test_texts_that_were_read_are_kept_and_metered(shell: Shell) -> None:
    """What all read is noted in the file beside what was noted before, shows the settled package,
    and leaves less to the sides; a party reads of it exactly what it read before: nothing."""
    file, talks = shell.file(WORKSHOP), str(shell.folder / "talks.json")
    adjust = ("adjust", file, "--talks", talks)
    before = shell.run(*adjust, "--json").json["exposures"]
    own = [shell.run(*adjust, "--audience", "ann", *how) for how in ((), ("--json",))]
    asked = ("--shown-text", "settlement", "--shown-text", "alternatives=2,1/4")
    after = shell.run(*adjust, *asked, "--json").json
    assert all(b["left"] > a["left"] > 0 for b, a in zip(before, after["exposures"], strict=True))
    assert after["refused"]
    shell.run(*adjust, "--shown-text", "alternatives", "--shown-text", "settlement")
    kept = json.loads(Path(talks).read_text("utf-8"))
    assert kept["shown"] == {"bench": "ann", "lathe": "ben"}
    each = {"joint": False, "as_json": False}
    assert kept["texts"] == [
        {"text": "settlement", "rule": "draw", "fewest_shares": False} | each,
        {"text": "alternatives", "count": 2, "within": "1/4"} | each,
        {"text": "alternatives", "count": 5, "within": "0"} | each,
    ]
    assert own == [shell.run(*adjust, "--audience", "ann", *how) for how in ((), ("--json",))]


@pytest.mark.parametrize(
    ("steps", "grid", "before"),
    [
        ((), ("20", "20"), 20 * 6),
        (("--steps", "50"), ("50", "50"), 8 * 3),
        (("--steps", "25, 100/3"), ("25", "100/3"), 16 * 4),
    ],
)
def test_the_grid_of_what_might_be_hidden_is_fixed_when_talks_begin(
    shell: Shell, steps: tuple[str, ...], grid: tuple[str, str], before: int
) -> None:
    """The steps that were asked for stand in the file and in JSON for each reader, the meter counts
    just the possibilities of that grid in all later runs, and for talks that are under way no steps
    can be asked for, neither others nor the same."""
    file, talks = shell.file(WORKSHOP), str(shell.folder / "talks.json")
    step, walk_away_step = grid
    declared = {"total": "100", "step": step, "walk_away_step": walk_away_step}
    begun = shell.run("adjust", file, "--talks", talks, *steps)
    assert begun.code == 0
    assert json.loads(Path(talks).read_text("utf-8"))["budget"]["hiding"] == declared
    later = shell.run("adjust", file, "--talks", talks, "--json").json
    assert later["grid"] == declared
    assert [one["before"] for one in later["exposures"]] == [before, before]
    whole = ("--set", "bench=ann", "--set", "lathe=ben", "--audience", "ann", "--json")
    assert shell.run("adjust", file, "--talks", talks, *whole).json["grid"] == declared
    assert shell.run("adjust", file, "--talks", talks).out == begun.out
    for again in ("10", step):
        refused = shell.run("adjust", file, "--talks", talks, "--steps", again)
        assert (refused.code, refused.out) == (2, "")
        assert "fixed before anything is told" in " ".join(refused.err.split())


@pytest.mark.parametrize(
    "texts",
    [
        None,
        [],
        [{"text": "settlement"}],
        [{"text": "frontier"}],
        [{"text": "settlement", "count": 3}],
        [{"text": "settlement", "joint": 1}],
        [{"text": "improvements"}],
        [{"text": "robustness", "seed": True}],
        [{"text": "robustness", "error": 0.05}],
        [{"text": "alternatives", "count": 21}],
        [{"text": "alternatives", "count": 2, "within": "2"}],
        ["settlement"],
        3,
    ],
)
@pytest.mark.parametrize("shown", [True, False])
def test_texts_in_a_file_are_read_with_care(shell: Shell, texts: object, shown: bool) -> None:
    """Talks from before texts were noted are read, and so are texts of which a command makes one;
    others are refused."""
    file, place = shell.file(WORKSHOP), shell.folder / "talks.json"
    how = ("--shown",) if shown else ()
    assert shell.run("adjust", file, "--talks", str(place), *how).code == 0
    kept = json.loads(place.read_text("utf-8"))
    del kept["texts"]
    place.write_text(json.dumps(kept if texts is None else kept | {"texts": texts}), "utf-8")
    ran = shell.run("adjust", file, "--talks", str(place))
    good = texts in (None, [], [{"text": "settlement"}])
    assert ran.code == (0 if good else 2)
    assert ("no talks, or changed by hand" in " ".join(ran.err.split())) is not good


def test_talks_belong_to_their_dispute_from_the_start(shell: Shell) -> None:
    """Talks in which nothing was put forward yet are refused with a dispute whose public part is
    another; what a side wants may change, for it is no part of what was fixed."""
    begun = shell.file(CANARIES)
    talks = str(shell.folder / "talks.json")
    assert shell.run("adjust", begun, "--talks", talks).code in (0, 1)
    other = shell.file(CANARIES.replace("A canary", "Another"), "other.toml")
    for how in ((), ("--audience", "ann", "--put")):
        ran = shell.run("adjust", other, "--talks", talks, *how)
        assert (ran.code, ran.out) == (2, "")
        assert "talks about another dispute" in " ".join(ran.err.split())
    changed = shell.file(CANARIES.replace("51.9377", "40"), "changed.toml")
    assert shell.run("adjust", changed, "--talks", talks).code in (0, 1)


def test_without_an_agreement_it_still_answers(shell: Shell) -> None:
    """Where nothing is acceptable to everybody, that is told, and no gain is made up."""
    ran = shell.run("adjust", shell.file(NONE), "--set", "deal=a")
    assert ran.code == 1
    assert "There is no package that keeps every limit" in ran.words
    assert shell.run("adjust", shell.file(NONE), "--set", "deal=a", "--audience", "ann").code == 0


def test_that_there_is_no_agreement_can_be_noted_as_read(shell: Shell) -> None:
    """Without an agreement nobody was shown a settled package, also where today stands; that all
    read so is noted, is counted, and the talks are read again."""
    today = NONE.replace("[[parties]]", '[status_quo]\ndeal = "a"\n[[parties]]', 1)
    adjust = ("adjust", shell.file(today), "--talks", "talks.json")
    refused = shell.run(*adjust, "--shown")
    assert (refused.code, refused.out) == (2, "")
    assert not (shell.folder / "talks.json").exists()
    assert "no package that is settled" in " ".join(refused.err.split())
    noted = shell.run(*adjust, "--shown-text", "settlement", "--json").json
    assert noted["refused"]
    kept = json.loads((shell.folder / "talks.json").read_text("utf-8"))
    assert (kept["shown"], len(kept["texts"])) == (None, 1)
    assert shell.run(*adjust, "--json").json["exposures"] == noted["exposures"]
    assert all(0 < seen["left"] < seen["before"] for seen in noted["exposures"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--set", "hous=ben"), "Did you mean 'house'?"),
        (("--set", "house=tim"), "no owner"),
        (("--set", "house"), "An issue and its value, such as house=ben"),
        (("--set", "savings=1/2"), "Each party's part, such as ann:1/2,ben:1/2"),
        (("--set", "savings=ann:2/3,ben:2/3"), "savings"),
        (("--set", "savings=ann:1/2,ann:1/2"), "a party whose part is given twice"),
        (("--audience", "tim"), "nobody in this dispute"),
        (("--audience", "joint"), "The mediator, or a party"),
        (("--audience", "ann"), "nothing said of 'house', 'savings'"),
        (("--put",), "without a party"),
        (("--put", "--audience", "ann"), "Option --put: without --talks"),
        (("--next-round",), "Option --next-round: without --talks"),
        (("--next-round", "--talks", "none.json"), "a file that is not there"),
        (("--shown", "--talks", "none.json", "--audience", "ann"), "Option --shown: asked for"),
        (("--shown-text", "settlement"), "Option --shown-text: without --talks"),
        (
            ("--shown-text", "settlement", "--talks", "none.json", "--audience", "ann"),
            "Option --shown-text: asked for",
        ),
        (("--shown-text", "frontier", "--talks", "none.json"), "One of: partial=RULE; settlement="),
        (("--shown-text", "remedies=3", "--talks", "none.json"), "'remedies=3' found"),
        (("--shown-text", "remedies.both", "--talks", "none.json"), "with .joint or .json after"),
        (("--shown-text", "alternatives=21", "--talks", "none.json"), "'alternatives=21' found"),
        (("--shown-text", "alternatives=2,9", "--talks", "none.json"), "as alternatives=3,1/10"),
        (("--shown-text", "alternatives=2,0,3", "--talks", "none.json"), "COUNT,WITHIN; improve"),
        (("--shown-text", "improvements", "--talks", "none.json"), "improvements=FILE,COUNT"),
        (
            ("--shown-text", "improvements=no.json", "--talks", "none.json"),
            "no.json The file: no such file",
        ),
        (("--shown-text", "robustness=2", "--talks", "none.json"), "robustness=ERROR,SEED"),
        (("--shown-text", "honesty=x", "--talks", "none.json"), "honesty=SEED"),
        (("--shown-text", "settlement=draw,all", "--talks", "none.json"), "RULE,fewest-shares"),
        (("--shown-text", "settlement=nahs", "--talks", "none.json"), "Did you mean 'nash'?"),
        (("--shown-text", "partial", "--talks", "none.json"), "status quo"),
        (("--words", "2", "--talks", "none.json", "--audience", "ann"), "ask as the mediator"),
        (("--set", "boat=ann", "--set", "boat=ben"), "Issue 'boat': decided twice"),
        (("--words", "2"), "--talks FILE"),
        (("--talks", "none.json", "--words", "0"), "`words`: 0 found. A whole number from 1"),
        (("--talks", "none.json", "--rounds", "-3"), "`rounds`: -3 found. A whole number from 1"),
        (("--talks", "none.json", "--keep", "2"), "`keep`: '2' found. A part from 0 to below 1"),
        (("--talks", "none.json", "--steps", "30"), "--steps: '30' found. Steps that divide 100"),
        (("--talks", "none.json", "--steps", "10,0"), "of walk-away values, such as 10,5"),
        (("--talks", "none.json", "--steps", "10,5,5"), "without looking at anybody's points"),
        (("--talks", "none.json", "--steps", "1/2"), "into at most 100 parts"),
        (("--talks", "none.json", "--steps", ""), "--steps: '' found"),
        (("--steps", "10"), "--talks FILE"),
        (("--steps", "10", "--talks", "none.json", "--audience", "ann"), "ask as the mediator"),
        (("--talks", "none.json", "--audience", "ann"), "Talks that are begun"),
    ],
)
def test_what_cannot_be_used_is_refused(
    shell: Shell, words: tuple[str, ...], expected: str
) -> None:
    """Each fault says what was found, what was expected, and what to do; nothing is printed."""
    ran = shell.run("adjust", shell.file(SAMPLE), *words)
    assert (ran.code, ran.out) == (2, "")
    assert expected in " ".join(ran.err.split())


@pytest.mark.parametrize("text", ["{}", "[1]", '{"hikiwake": 1, "talks": 1}', "x = 1", "no"])
def test_a_file_that_holds_no_talks_is_refused(shell: Shell, text: str) -> None:
    """Whatever stands in the file, the answer is a fault and never a trace."""
    talks = shell.file(text, "talks.json")
    ran = shell.run("adjust", shell.file(SAMPLE), "--talks", talks)
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err


def test_talks_that_are_refused_are_not_begun(shell: Shell) -> None:
    """A wrong name with --next-round, or a wrong number, leaves no file of new talks behind."""
    path = shell.file(SAMPLE)
    for more in (["--next-round"], ["--words", "0"], ["--keep", "x"], ["--steps", "x"]):
        assert shell.run("adjust", path, "--talks", "typo.json", *more).code == 2
    assert not Path("typo.json").exists()
