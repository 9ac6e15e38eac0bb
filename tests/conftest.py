"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from learner import Learner

settings.register_profile("quizzer", deadline=None)  # a busy machine is no bug
settings.load_profile("quizzer")


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    """A learner with an empty database and the sample deck."""
    return Learner(tmp_path)
