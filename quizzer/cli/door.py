"""The last door: whatever goes wrong becomes one line and an exit code; nothing a person sees is a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizzer.errors import QuizzerError


def through(call: Callable[[], int], given: Mapping[str, Any], *, as_json: bool) -> int:
    """What `call` returns, or the exit code of what stopped it. `given` may come to hold the run's world."""
    from quizzer.errors import QuizzerError

    try:
        return call()
    except KeyboardInterrupt:
        _say("Interrupted. Everything answered is saved.")
        return 130
    except QuizzerError as error:
        return fail(str(error), "", error.exit_code, as_json)
    except BrokenPipeError:
        # The reader went away (`| head`): not our failure, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except RecursionError:
        return fail("something was nested too deeply to be read", "", 2, as_json)
    except MemoryError:
        return fail("there is not enough memory for this", "", 3, as_json)
    except OSError as error:
        import errno

        place = f" ({error.filename})" if error.filename else ""
        cures = {errno.EMFILE: ". Close some programs, or raise the limit (ulimit -n)", errno.ENOSPC: ". Make room"}
        cure = cures.get(error.errno or 0, "")
        return fail(f"the system refused: {error.strerror or error}{place}", cure, 3, as_json)
    except Exception as error:
        # The last door: a person must never see a traceback.
        if os.environ.get("QUIZZER_DEBUG"):
            raise
        if isinstance(error, ImportError) and "Too many open files" in str(error):
            return fail("too many files are open", ". Close some programs, or raise the limit (ulimit -n)", 3, as_json)
        if (damage := _damage(given)) is not None:
            return fail(str(damage), "", damage.exit_code, as_json)
        text = f"quizzer failed ({type(error).__name__}: {error}). This is our fault; nothing half-written is left."
        return fail(text, " Set QUIZZER_DEBUG=1 to see where.", 3, as_json)


def _damage(given: Mapping[str, Any]) -> QuizzerError | None:
    """Whether a failure that nobody foresaw came of a database that holds nonsense: then that is what to say."""
    if "world" not in given:
        return None
    try:
        from quizzer.store.damage import damage_of

        return damage_of(given["world"].db)
    except Exception:  # noqa: BLE001 - this is the last door; it must not fail itself
        return None


def fail(message: str, hint: str, code: int, as_json: bool) -> int:
    """Say what went wrong, on stdout too where JSON is wanted; `code`."""
    from quizzer.text import printable

    text = printable(message + hint)
    _say(f"Error: {text}" if not text.startswith(("Error", "error")) else text)
    if as_json:
        from quizzer.cli.output import say_json

        say_json({"error": text, "exit_code": code})
    return code


def _say(text: str) -> None:
    try:
        encoding = sys.stderr.encoding or "ascii"
        sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        sys.stderr.flush()
    except (OSError, AttributeError):
        pass  # stderr is gone; there is nobody to tell
