"""``hikiwake plan``: in which order an agreement is carried out, and the trust that it takes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hikiwake.cli import options
from hikiwake.errors import Fault, InputError

if TYPE_CHECKING:
    from hikiwake.findings.course import Planned

EPILOG = (
    "Exit codes: 0 planned · 1 the trust that the sides stated is not enough for it · "
    "2 the input cannot be used · 3 the best order found in the time, with a bound; or undecided "
    "what is settled on"
)
SECONDS = 30.0
MEDIATOR = "mediator"


def command(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH",
            help="A dispute with its plan: a folder with dispute.toml and plan.toml, or any "
            "dispute with --plan. Or a plan that stands alone.",
            show_default=False,
        ),
    ],
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan",
            metavar="FILE",
            help="The plan, if it is not plan.toml in the dispute's folder.",
            show_default=False,
        ),
    ] = None,
    rule: options.Rule = "draw",
    audience: options.Audience = "mediator",
    language: options.Language = None,
    preferences: options.Preferences = None,
    time_limit: options.TimeLimit = None,
    calendar: Annotated[
        Path | None,
        typer.Option(
            "--calendar",
            metavar="FILE",
            help="Write the steps that have dates as a calendar (.ics), in the reader's words.",
            show_default=False,
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            metavar="FILE",
            help="Draw the trust needed over time, PNG or SVG by the ending. For the mediator.",
            show_default=False,
        ),
    ] = None,
    certificate: Annotated[
        Path | None,
        typer.Option(
            "--certificate",
            metavar="FILE",
            help="Write the proof that no order needs less, everybody's figures in it.",
            show_default=False,
        ),
    ] = None,
    as_json: options.AsJson = False,
) -> int:
    """Plan how an agreement is carried out, so that as little trust as possible is needed."""
    from hikiwake.cli.in_time import cut_short, tell_undecided
    from hikiwake.formats.results.plan import check_reader

    for option, asked in (("--plot", plot), ("--certificate", certificate)):
        if asked is not None:
            options.for_the_mediator(option, audience, "It holds every side's figures")
    _require_places(plot, (calendar, certificate))
    given = _given(path, plan, rule, options.preference_files(preferences), time_limit)
    agreement, dispute, settlement = given
    check_reader(agreement, audience)
    if settlement is not None and cut_short(settlement):
        return tell_undecided(dispute, settlement, audience, language, as_json)
    from hikiwake.api import plan as find
    from hikiwake.cli.progress import working

    with working("Looking through the orders"):
        planned = find(
            agreement, dispute, settlement, time_limit=options.seconds(time_limit) or SECONDS
        )
    _show(planned, audience, language, as_json)
    if calendar is not None:
        _write_calendar(planned, calendar, audience, language)
    if plot is not None:
        _draw(planned, plot, language)
    if certificate is not None:
        _write_certificate(planned, certificate, (dispute, settlement), language)
    return _exit_code(planned, audience)


def _require_places(plot: Path | None, new: tuple[Path | None, ...]) -> None:
    from hikiwake.cli.target import require_free

    options.require_picture(plot)
    for place in new:
        if place is not None:
            require_free(place)


def _given(
    path: Path,
    plan: Path | None,
    rule: str,
    preferences: dict[str, Path],
    time_limit: float | None,
) -> tuple[Any, Any, Any]:
    """Return the agreement, and the dispute and settlement that it carries out, if any."""
    from hikiwake.api import load, load_plan
    from hikiwake.cli.in_time import settle_in_time
    from hikiwake.formats.native.files import missing
    from hikiwake.formats.plans import is_plan, plan_file

    if plan is None and is_plan(path):
        return load_plan(path), None, None
    file = plan or plan_file(path)
    if file is None and not path.exists():
        raise missing(path, str(path), "A plan, or a dispute's folder with one")
    if file is None:
        raise InputError(_no_plan(path))
    dispute = load(path, preferences=preferences)
    agreement = load_plan(file, dispute)
    return agreement, dispute, settle_in_time(dispute, rule, time_limit)


def _show(planned: Planned, audience: str, language: str | None, as_json: bool) -> None:
    from hikiwake.cli.screen import Screen, print_json
    from hikiwake.cli.telling import show
    from hikiwake.explain import tell_plan
    from hikiwake.formats.results.plan import plan_json

    if as_json:
        print_json(plan_json(planned, audience))
        return
    status = "draw" if planned.bound == planned.course.demand else "undecided"
    show(Screen(), tell_plan(planned, audience, language), status)


def _write_calendar(planned: Planned, target: Path, audience: str, language: str | None) -> None:
    from hikiwake.cli.screen import tell_beside
    from hikiwake.cli.target import write_files
    from hikiwake.explain.notices import around
    from hikiwake.explain.plans.entries import entries
    from hikiwake.formats.ical import Event, calendar

    found = [
        Event(e.uid, e.day, e.summary, e.description) for e in entries(planned, audience, language)
    ]
    if not found:
        raise InputError(_no_dates(target))
    title = planned.agreement.title.in_language(language) or "Hikiwake"
    write_files(target, {target: calendar(title, found, datetime.now(UTC))})
    undated = len(planned.course.steps) - len(found)
    voice = _voice(planned, audience, language)
    tell_beside(["", *around.calendar(voice, target, len(found), undated)])


def _draw(planned: Planned, target: Path, language: str | None) -> None:
    from hikiwake.cli.drawing import tell_drawn
    from hikiwake.cli.progress import working
    from hikiwake.plots import plan_picture

    with working("Drawing"):
        plan_picture(planned, target, language)
    tell_drawn(_voice(planned, MEDIATOR, language), target)


def _write_certificate(
    planned: Planned, target: Path, about: tuple[Any, Any], language: str | None
) -> None:
    from hikiwake.api import plan_certificate
    from hikiwake.cli.progress import working
    from hikiwake.cli.screen import tell_beside
    from hikiwake.cli.target import write_files
    from hikiwake.explain.notices import around

    with working("Writing the certificate"):
        made = plan_certificate(planned, *about)
    write_files(target, {target: json.dumps(made) + "\n"})
    tell_beside(["", *around.plan_certificate(_voice(planned, MEDIATOR, language), target)])


def _voice(planned: Planned, audience: str, language: str | None) -> Any:
    from hikiwake.explain import JOINT
    from hikiwake.explain.language.voice import Voice
    from hikiwake.explain.plans.plan import language_of

    viewer = None if audience in (MEDIATOR, JOINT) else audience
    return Voice(language_of(planned, viewer, language))


def _exit_code(planned: Planned, audience: str) -> int:
    """Return what a script learns; for a party only about the trust that it stated itself (H14)."""
    if planned.bound != planned.course.demand:
        return 3
    seen = planned.willing if audience == "mediator" else {audience: planned.willing.get(audience)}
    return 1 if any(one is not None and not one.enough for one in seen.values()) else 0


def _no_plan(path: Path) -> Fault:
    return Fault(
        f"Path {str(path)!r}",
        "no plan",
        "plan.toml beside dispute.toml, or a file with [[obligations]]",
        "H26",
        "Write one, or name it with --plan.",
    )


def _no_dates(target: Path) -> Fault:
    return Fault(
        f"Calendar {target.name!r}",
        "no step with a date",
        "At least one obligation with `earliest` or `latest`",
        "H27",
        "Add dates to the plan.",
    )
