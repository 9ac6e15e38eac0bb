"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest
from learner import Learner


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    """A learner with an empty database and the sample deck."""
    return Learner(tmp_path)
