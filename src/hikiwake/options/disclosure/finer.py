"""What a settlement discloses where nothing of the declared grid fits it: on a finer grid.

Steps of a fifth of all points leave so few gains that none may be as near to the others' as was
shown. The finer grids come in a fixed row; each holds all that those before it hold. The first of
which something is found to fit is taken. So the choice depends on what was shown and what those
that look know themselves, as what they can work out does.
"""

from __future__ import annotations

from dataclasses import replace

from hikiwake.findings.talks import Exposure, Hiding, Talks
from hikiwake.model import Dispute, FrozenMap
from hikiwake.options.disclosure.sought import ends

FINER = (2, 4)  # into so many parts the declared steps are divided


def on_finer_grid(none: Exposure, dispute: Dispute, talks: Talks, declared: Hiding) -> Exposure:
    """Return what is known of a side on the first finer grid of which something is found to fit.

    ``none`` is what is said of it otherwise: so it stays before a settlement was shown, and where
    of no finer grid something is found.
    """
    if talks.shown is None:
        return none
    for parts in FINER:
        step, walk_away_step = declared.step / parts, declared.walk_away_step / parts
        finer = replace(declared, step=step, walk_away_step=walk_away_step)
        found = ends(dispute, (none.party, none.observers), talks, finer, hasty=True)
        if found is not None and found.sure:
            bounds, sure = FrozenMap(found.bound), FrozenMap(found.sure)
            return replace(none, bounds=bounds, sure=sure, finer=finer)
    return none
