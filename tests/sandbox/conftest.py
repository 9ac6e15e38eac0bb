"""One real fork server for the whole folder. Where this machine has no sandbox, its tests are skipped by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quizzer.errors import NoSandbox
from quizzer.model import Limits
from quizzer.sandbox import make_runner
from quizzer.sandbox.runner import ForkRunner

SHORT = Limits(seconds=0.5, memory_mb=256, output_bytes=500_000)


@pytest.fixture(scope="session")
def runner() -> Iterator[ForkRunner]:
    with make_runner() as made:
        try:
            made.start("", Limits()).close()
        except NoSandbox as refusal:
            pytest.skip(f"not tested, since there is no sandbox here: {refusal}")
        yield made


@pytest.fixture(scope="session")
def limits() -> Limits:
    return SHORT
