"""What the tests of articles share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from web_server import Site, website


@pytest.fixture
def site() -> Iterator[Site]:
    with website() as made:
        yield made
