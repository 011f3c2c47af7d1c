"""The catalogs of ``hikiwake.explain``: collect the messages, compile the translations, check.

    python tools/catalogs.py update     new messages into every .po file, dropped ones out of it
    python tools/catalogs.py compile    every .po file into the .mo file beside it
    python tools/catalogs.py check      say what is missing; exit code 1 if anything is

Needs Babel (the ``i18n`` extra). ``update`` never guesses a translation.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
EXPLAIN, PLOTS = (ROOT / "src" / "hikiwake" / room for room in ("explain", "plots"))
LANGUAGES = ("ja", "ru")
KEYWORDS = {"say": None, "count": (1, 2)}
PLACE = re.compile(r"\{(\w*)\}")


def po_file(language: str) -> Path:
    """Return where the translations of a language are kept."""
    return EXPLAIN / "locale" / language / "LC_MESSAGES" / "hikiwake.po"


def extracted() -> list[tuple[str, int, str | tuple[str, ...], list[str], str | None]]:
    """Return every message as it stands in the code: file, line, message, notes, context."""
    found = [
        entry
        for room in (EXPLAIN, PLOTS)
        for entry in extract_from_dir(room, keywords=KEYWORDS, comment_tags=("NOTE:",))
    ]
    return sorted(found, key=lambda entry: entry[:2])


def clashes() -> Iterator[str]:
    """Yield messages that begin alike but differ: a catalog knows a plural by its singular only."""
    known: dict[str, str | tuple[str, ...]] = {}
    for name, line, message, _, _ in extracted():
        first = message[0] if isinstance(message, tuple) else message
        if known.setdefault(first, message) != message:
            yield f"{name}:{line}: another message begins alike: {first!r}"


def collected() -> Catalog:
    """Return every message that the code says, without translations."""
    catalog = Catalog(project="hikiwake", charset="utf-8")
    for name, _, message, notes, context in extracted():
        catalog.add(message, locations=[(name, 0)], auto_comments=notes, context=context)
    return catalog


def translated(language: str) -> Catalog:
    """Return the translations into a language as the .po file has them."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language, domain="hikiwake")


def update(language: str) -> None:
    """Bring the messages of a .po file up to date; translations that still fit stay."""
    old = translated(language) if po_file(language).exists() else Catalog(locale=language)
    new = Catalog(locale=language, domain="hikiwake", project="hikiwake", charset="utf-8")
    for message in collected():
        if message.id:
            kept = old.get(message.id)
            if kept is not None and isinstance(kept.id, tuple) != isinstance(message.id, tuple):
                kept = None
            new.add(
                message.id,
                kept.string if kept else None,
                locations=message.locations,
                auto_comments=message.auto_comments,
                flags=kept.flags & {"fuzzy"} if kept else (),
            )
    po_file(language).parent.mkdir(parents=True, exist_ok=True)
    plural = new.plural_forms
    header = (
        f"# The words of hikiwake.explain. Made by tools/catalogs.py; edit only the msgstr.\n"
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Plural-Forms: {plural}\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    body = BytesIO()
    write_po(body, new, width=100, omit_header=True, include_lineno=False, ignore_obsolete=True)
    po_file(language).write_bytes(header.encode() + body.getvalue())


def compile_one(language: str) -> None:
    """Compile a .po file."""
    with po_file(language).with_suffix(".mo").open("wb") as file:
        write_mo(file, translated(language))


def faults(language: str) -> Iterator[str]:
    """Yield what is wrong with the catalog of a language, a sentence each."""
    catalog = translated(language)
    known = {forms(message.id): message for message in catalog if message.id}
    wanted = [forms(message.id) for message in collected() if message.id]
    for message in wanted:
        if message not in known:
            yield f"{language}: not in the catalog: {message[0]!r}"
    for gone in set(known) - set(wanted):
        yield f"{language}: nobody says this any more: {gone[0]!r}"
    for message in known.values():
        yield from (f"{language}: {fault}: {message.id!r}" for fault in _message_faults(message))
    if catalog.num_plurals != (3 if language == "ru" else 1):
        yield f"{language}: {catalog.num_plurals} plural forms"
    yield from _compiled_faults(language, catalog)


def forms(text: object) -> tuple[str, ...]:
    """Return the forms of a message or a translation: one, or one for each grammatical number."""
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text or ""),)


def _message_faults(message: Message) -> Iterator[str]:
    asked, given = forms(message.id), forms(message.string)
    if message.fuzzy:
        yield "fuzzy"
    if not all(given):
        yield "not translated"
        return
    allowed = {place for form in asked for place in PLACE.findall(form)}
    needed = allowed - ({"n"} if len(asked) > 1 else set())
    for form in given:
        places = PLACE.findall(form)
        if not needed <= set(places) <= allowed:
            yield f"has the places {sorted(places)}, not {sorted(allowed)}"
        if form.count("{") != len(places) or form.count("}") != len(places):
            yield "has a brace that is no place"


def _compiled_faults(language: str, catalog: Catalog) -> Iterator[str]:
    def read(data: bytes) -> dict[object, str]:
        entries: dict[object, str] = vars(GNUTranslations(BytesIO(data)))["_catalog"]
        return {key: value for key, value in entries.items() if key}

    fresh = BytesIO()
    write_mo(fresh, catalog)
    compiled = po_file(language).with_suffix(".mo")
    if not compiled.exists() or read(compiled.read_bytes()) != read(fresh.getvalue()):
        yield f"{language}: {compiled.name} is not what {compiled.stem}.po says; compile it"


def main(arguments: list[str]) -> int:
    """Do what the command line asks and return the exit code."""
    actions = {"update": update, "compile": compile_one}
    if arguments == ["check"]:
        found = [*clashes(), *(fault for language in LANGUAGES for fault in faults(language))]
        sys.stdout.writelines(f"{fault}\n" for fault in found)
        return 1 if found else 0
    if len(arguments) != 1 or arguments[0] not in actions:
        sys.stderr.write(__doc__ or "")
        return 2
    for language in LANGUAGES:
        actions[arguments[0]](language)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
