"""What is said of keys, cards and backups: where they are, and by what a card is recognised.

Every function returns lines, ready to be shown. Nothing secret is in them.
"""

from __future__ import annotations

from hikiwake.explain.language.layout import clean, wrap
from hikiwake.explain.language.voice import Voice
from hikiwake.explain.notices.table import WIDTH


def made(voice: Voice, secret: object, public: object, fingerprint: str, who: str) -> list[str]:
    """Return that keys were made, which file may be seen by whom, and how to keep a backup."""
    return [
        voice.say("Written: {path} (secret; readable by you only)", path=str(secret)),
        voice.say("Written: {path} (for everybody)", path=str(public)),
        _fingerprint(voice, fingerprint),
        "",
        voice.say("Keep a backup somewhere else:"),
        f"  hikiwake keys backup {secret} {who}.backup",
    ]


def shown(voice: Voice, who: str, fingerprint: str) -> list[str]:
    """Return whose card it is, and what is compared by telephone."""
    return [clean(who), _fingerprint(voice, fingerprint)]


def backed_up(voice: Voice, path: object) -> list[str]:
    """Return that a backup was written, and what opens it."""
    told = voice.say("Without the passphrase nobody can open it, nor can you.")
    return [voice.say("Written: {path}", path=str(path)), *wrap(told, WIDTH)]


def restored(voice: Voice, path: object, who: str, fingerprint: str) -> list[str]:
    """Return that keys were written again, and whose they are."""
    written = voice.say("Written: {path} ({who}; secret)", path=str(path), who=clean(who))
    return [written, _fingerprint(voice, fingerprint)]


def prompts(voice: Voice) -> tuple[str, str]:
    """Return what asks for a passphrase, and what asks for it again."""
    return voice.say("Passphrase"), voice.say("The same again")


def _fingerprint(voice: Voice, fingerprint: str) -> str:
    return voice.say("Fingerprint: {code}", code=fingerprint)
