"""What a settlement discloses where nothing of the declared grid fits it: on a finer grid.

Steps of a fifth of all points leave so few gains that none may be as near to the others' as was
shown, or that something would be read as it was. The finer grids come in a fixed row; each holds
all that those before it hold. The first of which something is found to fit is taken. So the choice
depends on what was shown and read and on what those that look know themselves, as what they can
work out does.
"""

from __future__ import annotations

from dataclasses import replace

from hikiwake.findings.talks import Exposure, Hiding, Talks
from hikiwake.model import Dispute, FrozenMap
from hikiwake.options.disclosure.sought import ends
from hikiwake.options.disclosure.told.read import Texts

FINER = (2, 4)  # into so many parts the declared steps are divided
MAX_READ = 200  # texts made of the members of each of these grids


def on_finer_grid(
    none: Exposure, dispute: Dispute, talks: Talks, declared: Hiding, texts: Texts | None = None
) -> Exposure:
    """Return what is known of a side on the first finer grid of which something is found to fit.

    ``none`` is what is said of it otherwise: so it stays before a settlement was shown, and where
    of no finer grid something is found. Where nothing is found with which the same would have been
    read, it is that on the first of which something fits the settlement, and nothing is sure.
    """
    if talks.shown is None:
        return none
    settled: Exposure | None = None
    for parts in FINER:
        step, walk_away_step = declared.step / parts, declared.walk_away_step / parts
        finer = replace(declared, step=step, walk_away_step=walk_away_step)
        sides, read = (none.party, none.observers), None
        if texts is not None:
            read = texts.readers(finer, none.observers, talks.texts, MAX_READ)
        found = ends(dispute, sides, talks, finer, hasty=True, readers=read)
        if found is None or not found.held:
            continue
        bounds, sure = FrozenMap(found.bound), FrozenMap(found.sure)
        counted = not talks.texts or sure == bounds
        on_finer = replace(none, bounds=bounds, sure=sure, finer=finer, texts_counted=counted)
        if sure:
            return on_finer
        settled = settled or on_finer
    return settled or none
