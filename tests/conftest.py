"""What holds for every test: how many examples a law is tried on, the project's own library, what need not be done twice, and that no
skipped test goes unseen."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from browser import browser
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser
from seen_before import Memory, recognisers, remember

from agreements.library.library import Library, open_library
from extract.ocr.readers import READERS

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)
"""A record goes through PDF and Word: slow by nature, not by mistake."""

# A test run is the same everywhere; new records are tried in `make treffer`, by the thousand.
# `--hypothesis-profile` is applied after this file was read, so it wins.
settings.register_profile(
    "default", max_examples=25, deadline=None, derandomize=True, database=None, print_blob=True, suppress_health_check=SLOW
)
settings.register_profile("treffer", parent=settings.get_profile("default"), max_examples=2000, derandomize=False)
# `make lang`: what `make test` takes a sample of (tests/support/sampling.py) is tried whole, the same every time.
settings.register_profile("lang", parent=settings.get_profile("default"), max_examples=300)
settings.load_profile("default")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser, one for all tests of a file."""
    with browser() as started:
        yield started


@pytest.fixture(scope="session", autouse=True)
def _remembered(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No picture is recognised twice, whichever worker had it before; they have the folder above their own in common."""
    worker, workers = os.environ.get("PYTEST_XDIST_WORKER", ""), int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    own = tmp_path_factory.getbasetemp()
    remember(Memory((own.parent if worker else own) / "gesehen", int(worker.removeprefix("gw") or 0), workers))


@pytest.fixture
def unremembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every picture is recognised anew, for a test of what that costs."""
    for role, recogniser in recognisers().items():
        monkeypatch.setitem(READERS, role, recogniser)


@pytest.fixture(scope="module", autouse=True)
def _passed_over() -> None:
    """The search for garbage passes over what lives as long as the run; a command that is called in this process ends that (zv.workers)."""
    if not gc.get_freeze_count():
        gc.freeze()


@pytest.fixture(scope="session")
def library() -> Library:
    """The project's own records and wordings."""
    return open_library(Path(__file__).parent.parent)


def pytest_configure(config: pytest.Config) -> None:
    """Names the markers; has all processes run the program beside the tests; lets Ctrl-C through, also where a shell has it ignored."""
    config.addinivalue_line("markers", "law: holds for every record; tried on generated ones, by the thousand in `make treffer`")
    # Where PYTHONPATH or the environment names another checkout, half of a test ran that one's program (pyproject.toml has it so in here).
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(config.rootpath), os.environ.get("PYTHONPATH"))))
    # A shell does so for what it starts in the background; tests that interrupt a run would fail there.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


LONGEST = ("test_workbench_year.py", "test_year_typed.py")
"""Files of one long test, which would run alone at the end while the other workers have nothing left."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with what takes longest; else the order stays."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_unconfigure() -> None:
    """What was passed over is collected at the end: some packages complain of what is left."""
    gc.unfreeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
    """Lists at the very end each test that did not run, and why."""
    yield
    skipped = terminalreporter.getreports("skipped")
    if not skipped:
        return
    terminalreporter.section("not run", sep="-", yellow=True)
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        terminalreporter.write_line(f"{report.nodeid}: {reason.removeprefix('Skipped: ')}")
