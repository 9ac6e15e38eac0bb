"""Fixtures that every test may use."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from learner import Learner
from postgres import running

# Whoever starts the tests in the background of a script has interrupts ignored, and every process that the tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile("quizzer", deadline=None)  # a busy machine is no bug
settings.load_profile("quizzer")


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    """A learner with an empty database and the sample deck."""
    return Learner(tmp_path)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests of safety that could not run here, with the reason: none is skipped silently."""
    rooms = ("tests/sandbox/", "tests/grading/", "tests/articles/test_confinement", "hostile")
    reports = [r for r in terminalreporter.getreports("skipped") if any(room in r.nodeid for room in rooms)]
    if reports:
        terminalreporter.section("safety tests that could not run here")
        for report in reports:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            terminalreporter.line(f"{report.nodeid}: {reason}")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own."""
    with running() as url:
        yield url
