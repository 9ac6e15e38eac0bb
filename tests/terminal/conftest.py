"""Fixtures of the terminal's tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminals import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A learner with the sample deck."""
    return Desk(tmp_path)
