"""What a settlement discloses where nothing of the declared grid fits it: on a finer grid.

Steps of a fifth of all points leave so few gains that none may be as near to the others' as was
shown. The finer grids come in a fixed row, and the first of which something fits is taken. So the
choice depends on what was shown alone, as what the sides can work out themselves does.
"""

from __future__ import annotations

from dataclasses import replace

from hikiwake.findings.talks import Exposure, Hiding, Talks
from hikiwake.model import Dispute, FrozenMap
from hikiwake.options.disclosure.sought import ends

FINER = (2, 4)  # into so many parts the declared steps are divided
PATIENCE = 1  # questions without an answer, beside the last, until something is found to fit


def on_finer_grid(none: Exposure, dispute: Dispute, talks: Talks, declared: Hiding) -> Exposure:
    """Return what is known of a side on the first finer grid of which something fits.

    ``none`` is what is said of it otherwise: so it stays before a settlement was shown, of three
    sides and more, where something is divided or a group is not for trade (a question of a finer
    grid can take minutes there), and where of no finer grid it is found out.
    """
    hard = any(dispute.decisions_of(issue) is None for issue in dispute.issues)
    hard = hard or any(group.not_for_trade for group in dispute.groups)
    if talks.shown is None or len(dispute.parties) > 2 or hard:
        return none
    for parts in FINER:
        step, walk_away_step = declared.step / parts, declared.walk_away_step / parts
        finer = replace(declared, step=step, walk_away_step=walk_away_step)
        found = ends(dispute, (none.party, none.observers), talks, finer, patience=PATIENCE)
        if found is not None:
            if not found.sure:
                return none
            bounds, sure = FrozenMap(found.bound), FrozenMap(found.sure)
            return replace(none, bounds=bounds, sure=sure, finer=finer)
    return none
