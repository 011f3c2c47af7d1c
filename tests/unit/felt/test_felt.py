"""Do draws feel like draws: sealed answers, opened together, kept apart from what packages are."""

from __future__ import annotations

import json
import re
import stat
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest

from hikiwake.api import adjust, load
from hikiwake.errors import InputError
from hikiwake.felt import felt, require_sealed, research, seal_of
from hikiwake.findings.talks import Answers, Feeling, Felt, FeltPackage, Look
from hikiwake.model import Dispute, FrozenMap
from tests.unit.cli.cast import Shell
from tests.unit.cli.test_adjust import CANARIES, SECRETS

A, N, B = Feeling.AHEAD, Feeling.NEITHER, Feeling.BEHIND
PACKAGES = '[packages.A]\nhouse = "ann"\nboat = "ben"\n[packages.B]\nhouse = "ben"\nboat = "ann"\n'


@pytest.fixture
def looked(tmp_path: Path) -> tuple[Dispute, dict[str, Look]]:
    """Return a dispute with its draw A, 1 and about 91 %, tolerance 1/5, and B, which is none."""
    (tmp_path / "dispute.toml").write_text(
        CANARIES.replace('title = "A canary"', 'title = "A canary"\ntolerance = "1/5"'), "utf-8"
    )
    dispute = load(tmp_path / "dispute.toml")
    adjusting = adjust(dispute)
    outcomes = {"A": {"house": "ann", "boat": "ben"}, "B": {"house": "ben", "boat": "ann"}}
    looks = {label: adjusting.look(FrozenMap(outcome)) for label, outcome in outcomes.items()}
    assert [look.draw for look in looks.values()] == [True, False]
    return dispute, looks


def said(party: str, a: Feeling, b: Feeling, consent: bool = False) -> Answers:
    return Answers(party, FrozenMap({"A": a, "B": b}), "salt", consent)


def test_nobody_s_answer_is_read_before_all_have_answered(
    looked: tuple[Dispute, dict[str, Look]],
) -> None:
    """With one side's answers alone there is no feeling and no felt draw, only who is missing."""
    dispute, looks = looked
    found = felt(dispute, looks, [said("ann", B, A)])
    assert found.waiting == ("ben",)
    assert [(dict(p.feelings), p.felt_draw, p.mismatch) for p in found.packages] == [
        ({}, None, False),
        ({}, None, False),
    ]


@pytest.mark.parametrize(
    ("ann", "ben", "felt_draw"), [(N, N, True), (N, B, False), (A, A, False), (A, N, False)]
)
def test_a_felt_draw_is_when_nobody_feels_ahead_or_behind(
    looked: tuple[Dispute, dict[str, Look]], ann: Feeling, ben: Feeling, felt_draw: bool
) -> None:
    """It is kept apart from the draw; where they differ the questions are open again."""
    dispute, looks = looked
    found = felt(dispute, looks, [said("ann", ann, ann), said("ben", ben, ben)])
    draw, none = found.packages
    assert (draw.look.draw, draw.felt_draw, draw.mismatch) == (True, felt_draw, not felt_draw)
    assert (none.look.draw, none.felt_draw, none.mismatch) == (False, felt_draw, felt_draw)
    assert found.reopens == (none if felt_draw else draw,)


def test_a_seal_binds_and_says_nothing(looked: tuple[Dispute, dict[str, Look]]) -> None:
    """Another answer, consent or salt has another seal; what fits no seal is refused."""
    own = said("ann", N, A)
    others = [said("ann", N, B), said("ann", N, A, True), said("ben", N, A)]
    others.append(Answers("ann", own.feelings, "pepper"))
    assert len({seal_of(one) for one in (own, *others)}) == 5
    require_sealed(own, ["x", seal_of(own)])
    with pytest.raises(InputError, match="not what was sealed"):
        require_sealed(others[0], [seal_of(own)])


def test_an_export_needs_everybody_and_tells_nobody(
    looked: tuple[Dispute, dict[str, Look]],
) -> None:
    """Without one consent there is none; with all, no name, id, outcome or number of the file."""
    dispute, looks = looked
    with pytest.raises(InputError, match="not every side has consented"):
        research(felt(dispute, looks, [said("ann", N, A, True), said("ben", N, B)]))
    answered = [said("ann", N, A, True), said("ben", N, B, True)]
    texts = {json.dumps(research(felt(dispute, looks, order))) for order in permutations(answered)}
    (text,) = texts
    rows = json.loads(text)["packages"]
    assert sorted((row["draw"], row["felt_draw"]) for row in rows) == [(False, False), (True, True)]
    hidden = ("ann", "ben", "Ann", "Ben", "house", "boat", "canary", "salt", *SECRETS, "0.91")
    assert [
        word for word in hidden if word in text.replace("ahead", "").replace("behind", "")
    ] == []


@pytest.mark.parametrize(
    ("gains", "told"),
    [(("1/2", "7/20"), ["7/20", "1/2"]), (("-1/10", "1", "-1/2"), ["-1/2", "-1/10", "1"])],
)
def test_an_export_has_the_sides_in_the_order_of_their_gains(
    looked: tuple[Dispute, dict[str, Look]], gains: tuple[str, ...], told: list[str]
) -> None:
    """By what they are worth as numbers, whoever has them; who can gain nothing comes last."""
    look = looked[1]["A"]
    for order in permutations((*gains, None)):
        own = FrozenMap(
            {f"p{n}": None if gain is None else Fraction(gain) for n, gain in enumerate(order)}
        )
        package = replace(look, package=replace(look.package, gains=own))
        feelings = FrozenMap(dict.fromkeys(own, N))
        found = Felt((FeltPackage("A", package, feelings, True),), (), True)
        sides = research(found)["packages"][0]["sides"]
        assert [side["gain"] for side in sides] == [*told, None]


def test_answers_twice_or_about_other_packages_are_refused(
    looked: tuple[Dispute, dict[str, Look]],
) -> None:
    """One file a side, about exactly these packages."""
    dispute, looks = looked
    with pytest.raises(InputError, match="given twice"):
        felt(dispute, looks, [said("ann", N, N), said("ann", N, N)])
    with pytest.raises(InputError, match="about other packages"):
        felt(dispute, looks, [Answers("ann", FrozenMap({"A": N}), "salt")])


def test_answers_hold_for_the_packages_that_were_asked_about(shell: Shell) -> None:
    """With the two packages exchanged, each label still there, the same answers are refused, and
    no word of them is repeated; the seal is another one, too."""
    file, packages = shell.file(CANARIES), shell.file(PACKAGES, "packages.toml")
    other = PACKAGES.replace("packages.A", "packages.X").replace("packages.B", "packages.A")
    exchanged = shell.file(other.replace("packages.X", "packages.B"), "exchanged.toml")
    say = ("--as", "ann", "--say", "A=neither", "--say", "B=ahead", "--answers", "ann.json")
    assert shell.run("felt", file, "--packages", packages, *say).code == 0
    assert shell.run("felt", file, "--packages", packages, "--answers", "ann.json").code == 3
    ran = shell.run("felt", file, "--packages", exchanged, "--answers", "ann.json")
    assert (ran.code, ran.out) == (2, "")
    assert "these were changed since it answered" in " ".join(ran.err.split())
    assert not any(word in ran.err for word in ("ahead", "neither"))
    own = said("ann", N, A)
    assert seal_of(own) != seal_of(replace(own, about="others"))


def test_a_side_answers_with_the_public_part_alone(shell: Shell) -> None:
    """Where nobody's points are at hand a side answers all the same, and its answers hold beside
    the whole dispute; opened are answers beside the whole dispute only."""
    whole, packages = shell.file(CANARIES), shell.file(PACKAGES, "packages.toml")
    public = shell.file(CANARIES.split("[preferences.ann]")[0], "public/dispute.toml")
    ann = str(shell.folder / "ann.json")
    say = ("--as", "ann", "--say", "A=neither", "--say", "B=ahead", "--answers", ann)
    for place in (public, str(Path(public).parent)):
        Path(ann).unlink(missing_ok=True)
        assert shell.run("felt", place, "--packages", packages, *say).code == 0
        assert shell.run("felt", place, "--packages", packages, "--answers", ann).code == 2
        assert shell.run("felt", whole, "--packages", packages, "--answers", ann).code == 3


@pytest.mark.parametrize(("key", "value"), [("note", "x"), ("hikiwake", 2), ("salt", None)])
def test_what_no_side_wrote_is_no_answer(shell: Shell, key: str, value: object) -> None:
    """Answers with a key more or less, or of another version, are refused, none of them told."""
    file, packages = shell.file(CANARIES), shell.file(PACKAGES, "packages.toml")
    ann = shell.folder / "ann.json"
    say = ("--as", "ann", "--say", "A=neither", "--say", "B=ahead", "--answers", str(ann))
    assert shell.run("felt", file, "--packages", packages, *say).code == 0
    kept = json.loads(ann.read_text("utf-8")) | {key: value}
    ann.write_text(json.dumps({k: v for k, v in kept.items() if v is not None}), "utf-8")
    ran = shell.run("felt", file, "--packages", packages, "--answers", str(ann))
    assert (ran.code, ran.out) == (2, "")
    assert "What `hikiwake felt --say` wrote" in " ".join(ran.err.split())
    assert not any(word in ran.err for word in ("ahead", "neither"))


@pytest.mark.parametrize("language", ["en", "ja", "ru"])
def test_the_command_seals_waits_and_tells(shell: Shell, language: str) -> None:
    """Answers are written for their side alone; the mediator waits, then reads both together."""
    file, packages = shell.file(CANARIES), shell.file(PACKAGES, "packages.toml")
    felt_ = ("felt", file, "--packages", packages)
    ann, ben = (str(shell.folder / f"{party}.json") for party in ("ann", "ben"))
    ran = shell.run(
        *felt_, "--as", "ann", "--say", "A=neither", "--say", "B=ahead", "--answers", ann
    )
    assert ran.code == 0
    *_, seal = re.findall(r"\b[0-9a-f]{64}\b", ran.out)
    assert stat.S_IMODE(Path(ann).stat().st_mode) == 0o600
    waiting = shell.run(*felt_, "--answers", ann, "--language", language)
    assert waiting.code == 3
    assert not any(word in waiting.out for word in ("ahead", "впереди"))
    shell.run(*felt_, "--as", "ben", "--say", "A=neither", "--say", "B=behind", "--answers", ben)
    both = ("--answers", ann, "--answers", ben)
    told = shell.run(*felt_, *both, "--language", language)
    assert told.code == 1
    opened = shell.run(*felt_, *both, "--json").json
    assert [p["felt_draw"] for p in opened["packages"]] == [True, False]
    assert shell.run(*felt_, *both, "--seal", seal).code == 2
    assert shell.run(*felt_, *both, "--export", str(shell.folder / "r.json")).code == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--say", "A=neither"), "--as PARTY"),
        (("--as", "ann", "--say", "A=good", "--answers", "x"), "ahead, neither, behind"),
        (("--as", "ann", "--say", "A=ahead", "--answers", "x"), "nothing said of B"),
        (("--as", "ann", "--say", "C=ahead", "--answers", "x"), "no package 'C'"),
        (("--as", "ann", "--say", "A=ahead", "--say", "A=behind", "--answers", "x"), "'A' twice"),
        (("--as", "tim", "--say", "A=ahead", "--say", "B=ahead", "--answers", "x"), "Party 'tim'"),
        (("--answers", "packages.toml"), "The answers: another file"),
        (("--consent",), "Option --consent: given without --as"),
        (("--as", "ann", "--answers", "x", "--export", "y"), "Option --export: given to answer"),
        (("--as", "ann", "--answers", "x", "--seal", "y"), "Option --seal: given to answer"),
        (("--seal", "abc"), "Seal 'abc': no seal. 64 digits"),
    ],
)
def test_what_cannot_be_used_is_refused(
    shell: Shell, words: tuple[str, ...], expected: str
) -> None:
    """Each fault says what was expected."""
    file, packages = shell.file(CANARIES), shell.file(PACKAGES, "packages.toml")
    ran = shell.run("felt", file, "--packages", packages, *words)
    assert (ran.code, ran.out) == (2, "")
    assert expected in " ".join(ran.err.split())
