"""One real sandbox for the tests that need it. Where a machine has none, refusing is what is tested."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quizzer.errors import NoSandbox
from quizzer.model import Limits
from quizzer.sandbox import make_runner
from quizzer.sandbox.runner import ForkRunner


def sandbox_or_refusal() -> Iterator[ForkRunner]:
    """A runner; else the proof that nothing runs, and the tests that need one are named at the end of the run."""
    with make_runner() as made:
        try:
            made.start("", Limits()).close()
        except NoSandbox as refusal:
            for source in ("", "def f():\n    return 1\n", "import os\nos.fork()\n"):
                with pytest.raises(NoSandbox):
                    made.start(source, Limits())
            assert made.isolation == ()
            pytest.skip(f"running code is refused here: {refusal}")
        yield made
