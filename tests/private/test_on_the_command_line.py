"""Commands as people run them: what they print, refuse, draw and write holds no secret (H14)."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from hikiwake.api import settle
from hikiwake.formats.native.write import write
from hikiwake.model import Dispute, FrozenMap, Value
from tests.private.veils import (
    CANARY,
    EXAMPLES,
    NAMES,
    TEMPLATE_NAMES,
    example,
    package_of,
    settings_of,
    strange,
    template,
    veiled,
)
from tests.unit.cli.cast import Ran, Shell

HEIRS, FOUNDERS, ISLANDS = "two-heirs", "co-founders", "four-islands"
LANGUAGES = ("en", "ja", "ru")
PLAIN_CHUNKS = {b"IHDR", b"pHYs", b"IDAT", b"IEND"}

# Each is refused, with a party or all together as the reader.
REFUSED = (
    ("adjust", "--set", "house=nobody"),
    ("adjust", "--put"),
    ("adjust", "--next-round", "--talks", "none.json"),
    ("adjust", "--shown-text", "settlement", "--talks", "none.json"),
    ("adjust", "--set", "savings=ann:2/3,ben:2/3"),
    ("alternatives", "--plot", "all.svg"),
    ("alternatives", "--count", "99"),
    ("alternatives", "--from", "nowhere.json"),
    ("robustness", "--plot", "tornado.svg"),
    ("robustness", "--certificate", "all.json"),
    ("robustness", "--error", "9"),
    ("robustness", "--honesty", "--name-sides"),
    ("robustness", "--honesty", "--error", "1/20"),
    ("settle", "--remedies", "--rule", "nash"),
    ("settle", "--remedies", "--partial"),
    ("settle", "--power"),
)


def ran(shell: Shell, dispute: Dispute, words: Sequence[str]) -> Ran:
    command, *rest = words
    return shell.run(command, shell.file(write(dispute)), *rest)


def chunks(png: bytes) -> Iterator[bytes]:
    """Yield the kinds of the chunks of a PNG picture."""
    place = 8
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        yield kind
        place += length + 12


@pytest.mark.parametrize("words", REFUSED)
def test_no_refusal_holds_a_secret_of_others(shell: Shell, words: tuple[str, ...]) -> None:
    """Whatever the others keep to themselves, a side is refused in the same words, and nothing is
    written: of what is for the mediator, of what is wrong, and of what is not covered."""
    dispute = example(HEIRS)
    for reader in ("ann", "ben", *(["joint"] if words[0] != "adjust" else [])):
        asked = (*words, "--audience", reader)
        given, behind = (ran(shell, one, asked) for one in (dispute, veiled(dispute, reader)))
        assert given == behind
        assert (given.code, given.out) == (2, "")
        assert CANARY not in given.err
    assert [path.name for path in shell.folder.iterdir()] == ["dispute.toml"]


@pytest.mark.parametrize("name", [*(n for n in NAMES if n != HEIRS), *TEMPLATE_NAMES])
def test_no_dispute_is_refused_with_a_secret_of_others(shell: Shell, name: str) -> None:
    """So it is of every example and every template, for robustness and for misstating: all that is
    refused is refused in the same words."""
    dispute = template(name) if name in TEMPLATE_NAMES else example(name)
    reader = dispute.party_ids[-1]
    for words in (own for own in REFUSED if own[0] == "robustness"):
        asked = (*words, "--audience", reader)
        given, behind = (ran(shell, one, asked) for one in (dispute, veiled(dispute, reader)))
        assert given == behind
        assert (given.code, given.out) == (2, "")
        assert CANARY not in given.err
    assert [path.name for path in shell.folder.iterdir()] == ["dispute.toml"]


@pytest.mark.parametrize(("ending", "language"), [*(("svg", n) for n in LANGUAGES), ("png", "ja")])
@pytest.mark.parametrize("name", [HEIRS, ISLANDS])
def test_a_side_s_picture_is_the_same_byte_by_byte(
    shell: Shell, name: str, ending: str, language: str
) -> None:
    """Its own picture, what a program notes in the file included, is the same if the others want
    nothing; a PNG has pixels and nothing else."""
    dispute, picture = example(name), f"own.{ending}"
    reader = dispute.party_ids[-1]
    words = ["adjust", "--audience", reader, "--plot", picture, "--language", language]
    words += settings_of(package_of(dispute))
    drawn = [
        (ran(shell, one, words), (shell.folder / picture).read_bytes())
        for one in (dispute, strange(dispute, reader))
    ]
    assert drawn[0] == drawn[1]
    if ending == "png":
        assert set(chunks(drawn[0][1])) <= PLAIN_CHUNKS


@pytest.mark.slow
@pytest.mark.parametrize("name", ["jolis-whole", "alice-bob-wiki-whole", "bob-carol-5-whole"])
def test_the_mediator_s_pictures_hold_no_points_and_no_reasons(shell: Shell, name: str) -> None:
    """The frontier with packages in it, and which answers matter most: drawn from gains, they are
    the same on other scales; no reason of a red line and no path stands in them."""
    dispute, first = example(f"published/{name}.toml"), name == "jolis-whole"
    for command in ("alternatives", "adjust", "robustness") if first else ("robustness",):
        for ending in ("svg", "png"):
            seen: list[bytes] = []
            for one in (dispute, veiled(dispute, None, 0 * dispute.price)):
                assert ran(shell, one, (command, "--plot", f"all.{ending}")).code in (0, 1, 3)
                seen.append((shell.folder / f"all.{ending}").read_bytes())
            assert seen[0] == seen[1]
            assert CANARY.encode() not in seen[1]
            assert str(shell.folder).encode() not in seen[1]
            if ending == "png":
                assert set(chunks(seen[1])) <= PLAIN_CHUNKS


def test_talks_show_a_side_words_and_nothing_of_the_meter(shell: Shell) -> None:
    """With a word told, a side's text and JSON are the same whatever scale the other counts on;
    neither they nor the file of the talks has a figure of what was disclosed, as the mediator's."""
    dispute = example(FOUNDERS)
    outcome = settle(dispute).outcome
    assert outcome is not None
    setting, reader = settings_of(outcome), dispute.party_ids[0]
    seen: list[tuple[Ran, ...]] = []
    for one in (dispute, veiled(dispute, reader)):
        talks = shell.folder / "talks.json"
        talks.unlink(missing_ok=True)
        said = ran(shell, one, ("adjust", "--talks", "talks.json", "--keep", "0", "--json"))
        assert "exposures" in said.json
        for party in dispute.party_ids:
            put = ("adjust", "--talks", "talks.json", "--put", "--audience", party, *setting)
            assert ran(shell, one, put).code == 0
        asked = ("adjust", "--talks", "talks.json", "--audience", reader, *setting)
        forms = (("--json",), *(("--language", language) for language in LANGUAGES))
        seen.append(tuple(ran(shell, one, (*asked, *form)) for form in forms))
        assert [entry["word"] for entry in seen[-1][0].json["told"]] == ["even"]
        assert not {"exposures", "least_left", "keep", "refused"} & set(seen[-1][0].json)
        assert "exposures" not in talks.read_text("utf-8")
    assert seen[0] == seen[1]


@pytest.mark.parametrize("form", [("--json",), ("--language", "ja")])
def test_progress_holds_no_points_and_no_reasons(shell: Shell, form: tuple[str, ...]) -> None:
    """How close the sides were is told in parts of what each can gain: on other scales, with other
    red lines, the mediator's text, JSON and picture are the same."""
    dispute = example(ISLANDS)
    history = (EXAMPLES / ISLANDS / "history.toml").read_text("utf-8")
    path = shell.file(f'dispute = "dispute.toml"\n{history}', "history.toml")
    seen: list[tuple[Ran, bytes]] = []
    for one in (dispute, veiled(dispute, None)):
        shell.file(write(one))
        said = shell.run("progress", path, *form, "--plot", "past.svg")
        assert said.out
        seen.append((said, (shell.folder / "past.svg").read_bytes()))
    assert seen[0] == seen[1]
    assert CANARY not in seen[1][0].out + seen[1][1].decode()


def test_what_research_gets_of_felt_draws_holds_no_secret(shell: Shell) -> None:
    """The export is the same on other scales: no name, no issue, no points, no label, no reason."""
    dispute = example(FOUNDERS)
    outcome = settle(dispute).outcome
    assert outcome is not None
    lines = "".join(
        f"{json.dumps(issue)} = {json.dumps(value) if isinstance(value, str) else inline(value)}\n"
        for issue, value in outcome.items()
    )
    packages = shell.file(f"[packages.LABEL]\n{lines}", "packages.toml")
    exported: list[str] = []
    for place, one in enumerate((dispute, veiled(dispute, None))):
        files: list[str] = []
        for party in dispute.party_ids:
            name = f"{party}{place}.json"
            answer = ("--as", party, "--say", "LABEL=neither", "--consent", "--answers", name)
            assert ran(shell, one, ("felt", "--packages", packages, *answer)).code == 0
            files += ["--answers", name]
        to = f"research{place}.json"
        ran(shell, one, ("felt", "--packages", packages, *files, "--export", to))
        exported.append((shell.folder / to).read_text("utf-8"))
    assert exported[0] == exported[1]
    kept = json.loads(exported[0])
    assert {key for package in kept["packages"] for key in package} == {
        "draw",
        "felt_draw",
        "sides",
    }
    words = ("LABEL", CANARY, *dispute.party_ids, *(issue.id for issue in dispute.issues))
    assert not [word for word in words if word in exported[0]]


def test_even_where_sides_may_be_named_no_side_reads_a_name(shell: Shell) -> None:
    """Agreed beforehand or not, what a side reads of misstating is the same, and names nobody."""
    dispute = example("published/alice-bob-wiki-whole.toml")
    agreed = replace(dispute, name_sides=True)
    for reader in (*dispute.party_ids, "joint"):
        for form in (("--json",), ("--language", "en")):
            asked = ("robustness", "--honesty", "--audience", reader, *form)
            told = [ran(shell, one, asked) for one in (dispute, agreed)]
            assert told[0] == told[1]
            body = told[0].out.split("═")[-1] if form[0] == "--language" else ""
            assert not [p for p in dispute.parties if p.name.plain and p.name.plain in body]


def inline(value: Value) -> str:
    """Return a number, or the parts of a share, as TOML."""
    if isinstance(value, FrozenMap):
        parts = ", ".join(f'{party} = "{part}"' for party, part in value.items())
        return f"{{ {parts} }}"
    return f'"{value}"'
