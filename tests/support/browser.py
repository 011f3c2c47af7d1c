"""A real browser without a window, where the machine has one (tools/system-packages.sh)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

VARIABLE = "HIKIWAKE_REQUIRE_BROWSER"
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)


@contextmanager
def browser_page() -> Iterator[Page]:
    """Open an empty page; skip where there is no Chromium, unless HIKIWAKE_REQUIRE_BROWSER=1."""
    chromium = shutil.which("chromium")
    if chromium is None:
        why = "no Chromium on this machine: tools/system-packages.sh installs it"
        if os.environ.get(VARIABLE) == "1":
            pytest.fail(why)
        pytest.skip(why)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_QUIET)
        yield browser.new_page()
        browser.close()
