"""A real Chromium, the one of the system, driven by Playwright; it brings none of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

HOW_TO_GET_CHROMIUM: Final = (
    "chromium is missing: apt-get install chromium (Debian), brew install --cask chromium (macOS)"
)
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_ON_MACOS: Final = Path("/Applications/Chromium.app/Contents/MacOS/Chromium")
_FLAGS: Final = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Return the browser's program, if there is one."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or (str(_ON_MACOS) if _ON_MACOS.exists() else None)


@contextmanager
def run_chromium(program: str) -> Iterator[Browser]:
    """Run a browser without a window, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()
