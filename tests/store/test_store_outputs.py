"""Expected outputs are kept between runs, and never without bound."""

from __future__ import annotations

from typing import Any

import pytest

from quizzer.store import outputs as kept


def test_outputs_are_bounded(learner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "BYTES", 1000)
    outputs = learner.store.outputs
    for number in range(20):
        outputs.put(f"k{number}", bytes(90))
        assert outputs.get(f"k{number}") == bytes(90), "what was put last is there"
    there = [number for number in range(20) if outputs.get(f"k{number}") is not None]
    assert sum(90 for _ in there) <= 1000
    assert 19 in there
