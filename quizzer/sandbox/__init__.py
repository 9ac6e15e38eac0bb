"""The room where foreign code runs, and nowhere else.

`make_runner()` gives the `Runner` that is handed to everybody; `probe()` tells `quizzer doctor` which layers hold.
Importing this module costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers understand it, without loading `typing`: this is imported before all else
if TYPE_CHECKING:
    from quizzer.sandbox.examination import Layer
    from quizzer.sandbox.runner import ForkRunner

__all__ = ["make_runner", "probe"]


def make_runner() -> ForkRunner:
    """A runner whose server starts at the first `start`, or in the background with `.warm()`. Close it at the end."""
    from quizzer.sandbox.runner import ForkRunner

    return ForkRunner()


def probe() -> tuple[Layer, ...]:
    """Start a server, let a child try what it must not do, and say layer by layer what held. Never raises NoSandbox."""
    from quizzer.sandbox.examination import examine

    return examine()
