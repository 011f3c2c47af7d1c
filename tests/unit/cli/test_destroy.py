"""``hikiwake destroy``: what is private goes, and the record says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from hikiwake.cli.commands import destroy
from hikiwake.sealing.table import read_table
from tests.unit.cli.cast import Shell
from tests.unit.cli.table import KEEPER, opened


def test_destroying_needs_a_yes_and_leaves_the_record(laid: Shell) -> None:
    """Without --yes nothing is touched; with it the private files go and the record holds."""
    opened(laid)
    code = laid.run("record", "checkpoint", "table").out.split("entries")[1].split("As of")[0]
    assert laid.run("destroy", "table", *KEEPER).code == 2
    assert Path("table/private/opened/preferences/ann.json").exists()
    ran = laid.run("destroy", "table", *KEEPER, "--yes", "--also", "mediator.keys")
    assert ran.code == 0
    assert sorted(p.name for p in Path("table").iterdir()) == [
        "dispute.toml",
        "ground-rules.json",
        "record.jsonl",
    ]
    assert not Path("mediator.keys").exists()
    assert laid.run("record", "verify", "table", "--checkpoint", code).code == 0


@pytest.mark.parametrize("who", ["mediator", "ann"])
def test_destroying_that_is_interrupted_stands_in_the_record(
    laid: Shell, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """What was begun is entered, or signed, before a file goes; the same command goes on."""
    opened(laid)
    words = ("destroy", "table", "--keys", f"{who}.keys", "--yes")
    before = {path for path in Path("table").rglob("*") if path.is_file()}
    gone = destroy._destroy
    told = iter(range(100))

    def interrupted(path: Path) -> None:
        if next(told):
            raise KeyboardInterrupt
        gone(path)

    with monkeypatch.context() as patch:
        patch.setattr(destroy, "_destroy", interrupted)
        assert laid.run(*words).code == 130
    assert len(before - {path for path in Path("table").rglob("*") if path.is_file()}) == 1
    entries = read_table(Path("table")).record.entries
    assert [entry.act.kind for entry in entries].count("destroy") == (who == "mediator")
    acts = [*Path().glob("*.destroy.act")]
    assert len(acts) == (who == "ann")
    assert laid.run(*words).code == 0
    assert not Path("table/private").exists()
    assert acts == [*Path().glob("*.destroy.act")]
    for act in acts:
        assert laid.run("record", "enter", "table", str(act), *KEEPER).code == 0
    assert laid.run("record", "verify", "table").code == 0
