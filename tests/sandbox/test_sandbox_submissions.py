"""The corpus of hostile and careless submissions, each in a child of its own."""

from __future__ import annotations

import os
import platform
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizzer.model import Array, Limits, Reply
from quizzer.sandbox.runner import ForkRunner

SUBMISSIONS = Path(__file__).parents[1] / "submissions"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((SUBMISSIONS / "expected.toml").read_text("utf-8"))
SECRET = "the-planted-secret"


def test_every_submission_has_an_expectation() -> None:
    assert {path.stem for path in SUBMISSIONS.glob("*.py")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_submission(name: str, runner: ForkRunner, limits: Limits, open_folder: Path) -> None:
    expected = EXPECTED[name]
    if expected.get("machine", platform.machine()) != platform.machine():
        pytest.skip(f"only on {expected['machine']}")
    planted = open_folder / "secret"
    planted.write_text(SECRET, encoding="utf-8")
    planted.chmod(0o666)
    before = planted.stat()
    tight = replace(limits, seconds=0.2) if name in ("sleep", "take_the_next_request") else limits

    with runner.start((SUBMISSIONS / f"{name}.py").read_text("utf-8"), tight) as child:
        stopped = child.loaded.status != "value"
        assert stopped == expected.get("load", False) or expected["load"] == "perhaps", child.loaded
        reply = child.loaded if stopped else child.call("answer", [str(planted), os.getpid()])
        again = child.call("answer", ["", os.getpid()]) if "then" in expected else None

    allowed = expected["status"] if isinstance(expected["status"], list) else [expected["status"]]
    assert reply.status in allowed, reply
    if reply.status == "value":
        assert plain(reply.value) == expected["value"]
    elif reply.status != "died":
        assert reply.message or reply.error
    if again is not None:
        assert again.status == expected["then"]
    assert SECRET not in repr(reply)
    assert [path.name for path in open_folder.iterdir()] == ["secret"]
    assert planted.stat() == before
    assert not Path("/tmp/quizzer-was-here").exists()
    assert works(runner, limits)


def test_sources_that_are_not_even_tried(runner: ForkRunner, limits: Limits) -> None:
    def loaded(source: str) -> Reply:
        with runner.start(source, limits) as child:
            assert child.call("f", []).status == "invalid"
            return child.loaded

    nul = loaded("x = 1\ny = '\0'\n")
    assert (nul.status, nul.message) == ("invalid", "line 2: the code holds a NUL character")
    surrogate = loaded("x = 1\n\ny = '\udc80'\n")  # what reading bytes that are no UTF-8 leniently leaves
    assert (surrogate.status, surrogate.message) == ("invalid", "line 3: the code is not valid UTF-8 text")
    assert loaded("x = 1\n" * 1_700_000).status == "invalid"
    assert loaded("x" * 10_000_000).message == "10,000,000 characters of code; at most 1,000,000 are read"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may read and write, so that nothing but the sandbox keeps a child from it."""
    with tempfile.TemporaryDirectory(prefix="quizzer-test-") as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def works(runner: ForkRunner, limits: Limits) -> bool:
    """Whether an honest answer still gets its value."""
    with runner.start("def answer(x):\n    return x + 1\n", limits) as child:
        return child.call("answer", [41]).value == 42


def plain(value: Any) -> Any:
    """Tuples, sets and arrays as lists, to compare with what TOML can write."""
    if isinstance(value, Array):
        return list(value.items)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple | set) else value
