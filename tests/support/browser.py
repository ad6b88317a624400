"""A real browser for tests: Debian's Chromium, without network, one for all tests of a file."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright


def _found() -> str | None:
    """The first Chromium that runs: what Ubuntu has under that name only says that there is one as a snap."""
    named = filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    return next((path for path in named if subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0), None)


CHROMIUM = _found()
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
needed = pytest.mark.skipif(CHROMIUM is None, reason="kein Chromium auf diesem Rechner")


@contextmanager
def browser() -> Iterator[Browser]:
    """The browser, closed afterwards."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        try:
            yield started
        finally:
            started.close()


def require_accessible(page: Page, named: str) -> None:
    """AssertionError where axe-core finds something, or something is cut off at the side."""
    require_within_rules(page, named)
    require_uncut(page, named)


def require_within_rules(page: Page, named: str) -> None:
    """AssertionError where axe-core finds something; to be told, too, what it finds right takes as long again."""
    results = Axe().run(page, options={"runOnly": [*RULES], "resultTypes": ["violations"]})
    assert results.violations_count == 0, f"{named}: {results.generate_report()}"


def require_uncut(page: Page, named: str) -> None:
    """AssertionError where something is cut off at the side."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), named
