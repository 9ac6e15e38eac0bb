"""`quizzer` and `python -m quizzer`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from quizzer.cli.app import run

    sys.exit(run())


if __name__ == "__main__":
    main()
