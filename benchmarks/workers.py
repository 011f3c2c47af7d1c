"""Where the measuring is done: processes that wait to be asked, and whole processes, timed."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter
from typing import IO, Any

HERE = Path(__file__).resolve().parent


# As on anybody's machine: Python keeps what it has compiled, and buffers what it writes.
UNUSUAL = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPROFILEIMPORTTIME")
USUAL = {name: value for name, value in os.environ.items() if name not in UNUSUAL}


class CannotMeasureError(Exception):
    """A program does not do the work; the reason is told in the table."""


class Worker:
    """A process that has loaded its work and does it when asked."""

    def __init__(self, python: str, script: str, *arguments: str) -> None:
        self._noise: IO[bytes] = TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [python, str(HERE / script), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._noise,
            text=True,
            env=USUAL,
        )
        self._read()

    def seconds(self) -> float:
        """Return how long the work took, this time."""
        answer = self._ask("go")
        self.each: dict[str, float] = answer.get("each", {})
        return float(answer["seconds"])

    def found(self) -> dict[str, Any]:
        """Return what the last go found: parties and points."""
        return self._ask("tell")

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._noise.close()

    def _ask(self, word: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            raise CannotMeasureError(self._last_words())
        return json.loads(line)

    def _last_words(self) -> str:
        self._noise.seek(0)
        lines = self._noise.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"it stopped with exit code {self._process.returncode}"


def said(command: Sequence[str], good: Sequence[int] = (0,)) -> str:
    """Return what a command prints; if it fails, say why."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=USUAL)
    if done.returncode not in good:
        words = done.stderr.strip().splitlines()
        raise CannotMeasureError(words[-1] if words else f"exit code {done.returncode}")
    return done.stdout


class Process:
    """A whole process, from nothing to its end: what a person waits for."""

    def __init__(self, command: Sequence[str], good: Sequence[int] = (0,)) -> None:
        self._command = list(command)
        self._good = good
        self.seconds()  # so that the files are in memory

    def seconds(self) -> float:
        """Return how long the process took, this time."""
        began = perf_counter()
        said(self._command, self._good)
        return perf_counter() - began

    def close(self) -> None:
        """Do nothing: each process has ended by itself."""
