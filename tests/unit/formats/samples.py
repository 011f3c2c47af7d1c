"""Disputes as texts, and ways to change them: the sample of design.md, and a small one."""

from __future__ import annotations

from pathlib import Path

from hikiwake.errors import Fault, InputError
from hikiwake.formats import read
from hikiwake.formats.native import dispute_from_text

COMPLETE = """
hikiwake = 1
title = "Two heirs"                      # a text, or a table of texts by language
tolerance = "1/20"
price = "1/10"
common_scale = false                     # true: points mean the same to everyone (money, say)
illustrative = false                     # true: every output says that the numbers are invented
[status_quo]                             # the package that stands today; may be partial
house = "ann"

[[parties]]
id = "ann"
name = "Ann"
language = "en"
[parties.names.en]                       # her own words, by language; `issue` or `issue.option`
house = "the old place"
"move_out.june" = "before the summer"    # fallback: her language, then the public name, then the id
[[parties]]
id = "ben"
name = "Ben"

[[issues]]
id = "house"
kind = "item"                            # who gets it: a party id, or one of `others`
others = ["sold"]
name = "Family house"
[[issues]]
id = "savings"
kind = "share"                           # divided: fractions ≥ 0 that sum to 1
[[issues]]
id = "move_out"
kind = "choice"
options = ["june", { id = "december", name = "By December" }]
[[issues]]
id = "rent"
kind = "amount"
min = 0
max = 900
step = 50                                # divides max − min; absent or 0: continuous
unit = "EUR a month"

[[rules]]                                # public: these together are not allowed
never = { house = "ann", rent = { from = 500, to = 900 } }
why = "Nobody pays rent for their own house"
by = "ann"                               # optional: whose public line it is; absent: everybody's

[[groups]]
id = "home"
issues = ["house", "move_out"]
not_for_trade = true

[preferences.ann]
walk_away = 20                           # default: her points for the status quo
[preferences.ann.points]                 # share: points for all of it, linear. item: for having it
house = { ann = 55, ben = 5, sold = 20 } #   herself, 0 otherwise, or a table that lists every owner
savings = 30
[preferences.ann.values.move_out]        # choice: points for every option
june = 0
december = 15
[preferences.ann.curves]                 # amount: piecewise linear, x strictly rising, min … max
rent = [[0, 10], [900, 0]]
[[preferences.ann.red_lines]]
never = { house = "ben", move_out = "june" }
why = "I need the summer"
[[preferences.ann.bonuses]]              # issues that hang together
when = { house = "ann", move_out = "december" }
points = 5
[preferences.ben]
"""

SMALL = """
hikiwake = 1
[[parties]]
id = "ann"
[[parties]]
id = "ben"
[[issues]]
id = "house"
kind = "item"
[[issues]]
id = "colour"
kind = "choice"
options = ["red", "blue"]
[[issues]]
id = "money"
kind = "share"
[[issues]]
id = "rent"
kind = "amount"
min = 0
max = 10
step = 1
[[issues]]
id = "hours"
kind = "amount"
min = 0
max = 1
[preferences.ann]
[preferences.ben]
"""

PAYING = """
hikiwake = 1
[status_quo]
payment = { ann = -20, ben = "20" }
[[parties]]
id = "ann"
entitlement = 2
[[parties]]
id = "ben"
[[issues]]
id = "estate"
kind = "share"
total = 200
unit = { en = "zuz", ja = "ズズ" }
[issues.claims]
ann = 100
ben = "250.5"
[[issues]]
id = "payment"
kind = "money"
limit = 500
unit = "EUR"
name = "Compensation"
[[rules]]
never = { payment = { ben = { above = 300 } } }
[preferences.ann]
points = { estate = 3, payment = "1/100" }
red_lines = [{ never = { payment = { ann = { below = "-200" } } } }]
[preferences.ben]
"""


def faults_of(text: str) -> tuple[Fault, ...]:
    """Return every fault of a text; none if it is a dispute."""
    try:
        dispute_from_text(text)
    except InputError as error:
        return error.faults
    return ()


def faults_at(path: Path, preferences: dict[str, Path] | None = None) -> tuple[Fault, ...]:
    """Return every fault of what stands at a path; none if it is a dispute."""
    try:
        read(path, preferences=preferences)
    except InputError as error:
        return error.faults
    return ()


def changed(old: str, new: str, text: str = SMALL) -> str:
    """Return a sample with one place of it changed."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def with_ann(lines: str) -> str:
    """Return the small sample with more lines in Ann's preference."""
    return changed("[preferences.ann]\n", f"[preferences.ann]\n{lines}\n")


def write_folder(folder: Path, public: str, **preferences: str) -> Path:
    """Write a dispute as a folder, and return it."""
    (folder / "preferences").mkdir()
    (folder / "dispute.toml").write_text(public, "utf-8")
    for party, text in preferences.items():
        (folder / "preferences" / f"{party}.toml").write_text(text, "utf-8")
    return folder
