"""Documents to sign and to work from: without anybody's points, but for a side's own memorandum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hikiwake.errors import Fault, Unsupported
from hikiwake.explain.audiences import JOINT, tell, voice_for
from hikiwake.explain.language.names import Names
from hikiwake.explain.language.telling import BULLET, Section, Table
from hikiwake.explain.plans.names import PlanNames
from hikiwake.explain.settled.joint import together
from hikiwake.explain.settled.limits import rule_text
from hikiwake.explain.settled.package import names_note, public_package
from hikiwake.explain.settled.scene import Scene

if TYPE_CHECKING:
    from hikiwake.explain.language.voice import Voice
    from hikiwake.findings.course import Course, Planned
    from hikiwake.model import Dispute
    from hikiwake.properties import Verdict
    from hikiwake.settlement import Settlement

KINDS = ("joint", "terms", "steps", "private")


@dataclass(frozen=True, slots=True)
class Backing:
    """What stands behind a document: the record, as far as it is known, and a certificate."""

    entries: int = 0
    checkpoint: str = ""
    certificate: str = ""
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be set on paper: sections, and lines at the foot of each page."""

    language: str
    title: str
    sections: tuple[Section, ...]
    foot: tuple[str, ...]


def document(
    dispute: Dispute,
    settlement: Settlement,
    kind: str,
    reader: tuple[str | None, str | None] = (None, None),
    backing: Backing | None = None,
    verdicts: Mapping[str, Verdict] | None = None,
    planned: Planned | None = None,
) -> Document:
    """Return a document of one kind.

    All but ``private`` are the same for everybody, but for the names: with a reader they are that
    side's own, else every side's stand beside each other. None of them has anybody's points (H14).
    ``private`` is what :func:`tell` tells that side, for its own files.

    Parameters
    ----------
    kind
        One of :data:`KINDS`: a joint statement, a term sheet, a table of steps, a memorandum.
    reader
        A party's id, or None for all; and a language, or None for the reader's own.
    planned
        The settlement's plan: its order, without a figure, fills the table of steps.

    Raises
    ------
    Unsupported
        If there is no package to write about (H12).
    UnknownName
        If there is no such party or language (H3).
    """
    party, language = reader
    if party is not None:
        dispute.party(party)  # refuses the mediator, whose text has everybody's points
    if settlement.package is None:
        raise Unsupported(_no_package())
    voice = voice_for(dispute, party or JOINT, language)
    foot = tuple(_foot(voice, backing or Backing(), private=kind == "private"))
    if kind == "private":
        told = tell(dispute, settlement, party or "", language, verdicts)
        *notice, own = told.title.split("\n")
        title = "\n".join((*notice, voice.say("Private memorandum: {title}", title=own)))
        return Document(told.language, title, told.sections, foot)
    names = Names(dispute, voice, party)
    scene = Scene(dispute, settlement, voice, names, None, verdicts or {})
    if kind == "steps" and planned is not None:
        sections = (_planned(voice, PlanNames(planned.agreement, voice, party), planned.course),)
    else:
        sections = {"joint": _joint, "terms": _terms, "steps": _steps}[kind](scene)
    title = _title(voice, names, kind)
    if settlement.illustrative:
        notice = voice.say("Illustrative: every number is invented; it is nobody's position.")
        title = f"{notice}\n{title}"
    standing = Section("", tuple(_standing(scene, (backing or Backing()).accepted)))
    return Document(voice.language, title, (standing, *sections), foot)


def _title(voice: Voice, names: Names, kind: str) -> str:
    title = names.title() or voice.say("A dispute")
    if kind == "joint":
        return voice.say("Joint statement: {title}", title=title)
    if kind == "terms":
        return voice.say("Term sheet: {title}", title=title)
    return voice.say("Steps to be taken: {title}", title=title)


def _standing(scene: Scene, accepted: bool) -> Iterator[str]:
    voice, parties = scene.voice, scene.names.parties(scene.dispute.party_ids)
    if accepted:
        yield voice.say("Every side has accepted this package: {parties}.", parties=parties)
    else:
        yield voice.say("Draft. Not binding, and without prejudice. The sides: {parties}.",
                        parties=parties)  # fmt: skip
    yield from names_note(voice, scene.names)


def _joint(scene: Scene) -> Iterator[Section]:
    voice = scene.voice
    yield public_package(scene)
    said = tuple(BULLET + line for line in together(scene))
    if said:
        yield Section(voice.say("What the sides can say together"), said)
    columns = (voice.say("Side"), voice.say("Place and date"), voice.say("Signature"))
    rows = tuple((name, "", "") for name in _sides(scene))
    yield Section(voice.say("Signatures"), (), Table(columns, rows))


def _terms(scene: Scene) -> Iterator[Section]:
    voice, names = scene.voice, scene.names
    today = scene.dispute.status_quo or {}
    columns = (voice.say("No."), voice.say("Issue"), voice.say("Today"), voice.say("Decided"))
    rows = tuple(
        (
            voice.whole(place),
            names.issue(issue),
            names.value(issue, today[issue]) if issue in today else "–",
            names.value(issue, value),
        )
        for place, (issue, value) in enumerate(scene.package.outcome.items(), start=1)
    )
    yield Section(voice.say("The terms"), (), Table(columns, rows))
    rules = tuple(
        BULLET + rule_text(scene, rule)
        for rule in scene.dispute.rules
        if not rule.never.holds(scene.package.outcome)
    )
    if rules:
        yield Section(voice.say("The limits that it keeps"), rules)
    yield Section("", (voice.say("This is no legal advice. Have it looked at before you sign."),))


def _steps(scene: Scene) -> Iterator[Section]:
    voice, names = scene.voice, scene.names
    columns = (
        voice.say("No."),
        voice.say("What"),
        voice.say("Who"),
        voice.say("By when"),
        voice.say("How it is checked"),
    )
    today = scene.dispute.status_quo or {}
    changed = [(i, v) for i, v in scene.package.outcome.items() if today.get(i) != v]
    rows = tuple(
        (
            voice.whole(place),
            voice.say("{issue} – {value}", issue=names.issue(i), value=names.value(i, value)),
            "",
            "",
            "",
        )
        for place, (i, value) in enumerate(changed, start=1)
    )
    if not rows:
        yield Section("", (voice.say("Nothing changes from today, so there is nothing to do."),))
        return
    note = voice.say("What changes from today. The empty columns are for the sides to fill in.")
    yield Section(voice.say("What is to be done"), (note,), Table(columns, rows))


def _planned(voice: Voice, names: PlanNames, course: Course) -> Section:
    """Return the planned order as a table of steps: nobody's figures are in it (H14)."""
    columns = (
        voice.say("No."),
        voice.say("Who"),
        voice.say("What"),
        voice.say("When"),
        voice.say("How it is checked"),
        voice.say("Comes after"),
    )
    rows = tuple(
        (
            voice.whole(number),
            names.parties(names.doers(step)),
            names.deeds(step),
            names.when(step),
            names.checked(step),
            voice.say("step {n}", n=voice.whole(number - 1)) if number > 1 else "–",
        )
        for number, step in enumerate(course.steps, start=1)
    )
    note = voice.say(
        "Each step begins once the one before it has been checked; until then everybody may "
        "wait without breaking the agreement."
    )
    return Section(voice.say("What is to be done"), (note,), Table(columns, rows))


def _sides(scene: Scene) -> list[str]:
    names = scene.names
    return [names.party(party) for party in names.in_order(scene.dispute.party_ids)]


def _foot(voice: Voice, backing: Backing, private: bool) -> Iterator[str]:
    if private:
        yield voice.say("Private. For the side that it names, and nobody else.")
    if backing.checkpoint:
        yield voice.count(
            "Record of {n} entry, checkpoint {code}",
            "Record of {n} entries, checkpoint {code}",
            backing.entries,
            code=backing.checkpoint,
        )
    if backing.certificate:
        yield voice.say("Commitment to the certificate: {hash}", hash=backing.certificate)


def _no_package() -> Fault:
    return Fault(
        "The settlement",
        "no package",
        "A package that can be stated",
        "H12",
        "See `hikiwake settle` for what stands against an agreement.",
    )
