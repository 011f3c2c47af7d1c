"""How close the sides were, as JSON-ready values: for the mediator only (H14)."""

from __future__ import annotations

from hikiwake.findings.history import Moment, Progress, Standing
from hikiwake.findings.talks import Interval
from hikiwake.formats.results.settled import MEDIATOR, VERSION, Json, value_json
from hikiwake.numeric import fraction_text


def progress_json(found: Progress, since: str | None) -> Json:
    """Return how close the sides were as the object that ``progress --json`` prints."""
    compared = None if since is None else found.since(since)
    return {
        "hikiwake": VERSION,
        "audience": MEDIATOR,
        "unnamed": "as_today" if found.as_today else "anything",
        "since": since,
        "compared": None if compared is None else compared.value,
        "moments": [_moment(moment) for moment in found.moments],
        "illustrative": found.illustrative,
    }


def _moment(moment: Moment) -> Json:
    return {
        "date": moment.entry.date,
        "event": moment.entry.event.plain,
        "source": moment.entry.source.plain,
        "closeness": _interval(moment.closeness),
        "standings": [_standing(standing) for standing in moment.standings],
        "shared": [
            {
                "issue": shared.issue,
                "value": value_json(shared.value),
                "certain": shared.certain,
                "weight": fraction_text(shared.weight),
            }
            for shared in moment.shared
        ],
        "silent": list(moment.silent),
        "moved_until_now": [
            {
                "party": moved.party,
                "gave_up": _interval(moved.gave_up),
                "to_others": _interval(moved.to_others),
            }
            for moved in moment.moved_until_now
        ],
    }


def _standing(standing: Standing) -> Json:
    return {
        "party": standing.party,
        "worth": _interval(standing.worth),
        "apart": _interval(standing.apart),
        "above_draw": _interval(standing.above_draw),
        "moved": _interval(standing.moved),
        "moved_for": _interval(standing.moved_for),
    }


def _interval(interval: Interval | None) -> list[str] | None:
    return None if interval is None else [fraction_text(interval.low), fraction_text(interval.high)]
