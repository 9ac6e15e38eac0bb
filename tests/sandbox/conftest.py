"""One real fork server for the whole folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sandboxes import sandbox_or_refusal

from quizzer.model import Limits
from quizzer.sandbox.runner import ForkRunner

SHORT = Limits(seconds=0.5, memory_mb=256, output_bytes=500_000)


@pytest.fixture(scope="session")
def runner() -> Iterator[ForkRunner]:
    yield from sandbox_or_refusal()


@pytest.fixture(scope="session")
def limits() -> Limits:
    return SHORT
