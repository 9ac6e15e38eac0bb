"""The command group: commands load when called, global options stand anywhere, errors become one line and a code."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from quizzer import __version__

if TYPE_CHECKING:
    from quizzer.errors import QuizzerError

COMMANDS: dict[str, str] = {
    "study": "The daily session: what is due, then new cards.",
    "due": "What is due, in counts.",
    "show": "One question, as it would be asked now.",
    "grade": "A verdict on an answer, recording nothing.",
    "submit": "A verdict on an answer, recorded as one review.",
    "undo": "Take the newest act back.",
    "catch-up": "A backlog after a break, and how long it takes.",
    "exam": "An exam date for a deck, with its price.",
    "card": "One card: history, bury, suspend, resume, reset, flag.",
    "search": "Questions by their words.",
    "decks": "The decks at hand; start and stop them.",
    "check": "Prove decks before anyone studies them.",
    "schema": "The JSON Schema of the deck format.",
    "new": "A commented starting point for a deck or a question.",
    "feed": "The feeds you follow, and their articles.",
    "read": "What quizzer understands of a feed, a page, a file.",
    "report": "The progress report as one HTML page.",
    "stats": "Progress in a few lines.",
    "scheduler": "The scheduler, examined.",
    "export": "Your whole history as a file.",
    "import": "A history from a file, merged into yours.",
    "db": "The database: its path, a proof of it, backups.",
    "config": "Settings, each with where it comes from.",
    "doctor": "What holds on this machine: sandbox, database, decks.",
}
"""Every command with its one line of help, so that `--help` imports none of them."""
_MODULES = {"import": "import_", "catch-up": "catch_up"}
"""Commands whose name Python keeps for itself."""


def _remember(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(context: click.Context, _: click.Parameter, value: Any) -> None:
        if value not in (None, (), False):
            given: dict[str, Any] = context.find_root().ensure_object(dict)
            given[name] = (*given.get(name, ()), *value) if isinstance(value, tuple) else value

    return callback


def global_options() -> list[click.Option]:
    """The options that stand before or after any command."""
    text: dict[str, Any] = {"expose_value": False}
    return [
        click.Option(["--db"], metavar="URL_OR_PATH", help="The database.", callback=_remember("db"), **text),
        click.Option(
            ["--decks", "decks_"], multiple=True, metavar="PATH", callback=_remember("decks"),
            help="Exactly these decks for this run; repeatable.", **text,
        ),
        click.Option(["--now"], metavar="ISO-8601", callback=_remember("now"),
                     help="The clock, for what-ifs; writing needs --db.", **text),
        click.Option(["--json", "json_"], is_flag=True, callback=_remember("json"),
                     help="One JSON value on stdout.", **text),
    ]  # fmt: skip


class Command(click.Command):
    """A command that also takes the global options."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += global_options()


class Group(click.Group):
    """A group whose commands take the global options too."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += global_options()

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from quizzer.text import nearest

            near = nearest(args[0], tuple(self.list_commands(ctx)))
            hint = f" Did you mean `{near}`?" if near else f" See `{ctx.command_path} --help`."
            raise click.UsageError(f"no command `{args[0]}`.{hint}", ctx) from None


class LazyGroup(Group):
    """The root: a command's module is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = _MODULES.get(cmd_name, cmd_name)
        command: click.Command = import_module(f"quizzer.cli.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done (passed), 1 ran and did not pass, 2 bad usage or input, 3 the environment lacks "
    "something or the fault is ours, 130 interrupted. Start with: quizzer study",
)
@click.version_option(__version__, prog_name="quizzer", message="%(prog)s %(version)s")
@click.pass_context
def root(context: click.Context) -> None:
    """Spaced-repetition quizzes on machine learning and algorithms.

    Ten minutes a day: fresh numbers at each review, derivations checked step by step, code graded by running it.
    Without a command it says in three lines what today holds.
    """
    context.ensure_object(dict)
    if context.invoked_subcommand is None:
        import_module("quizzer.cli.home").home(context)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; nothing a person sees is a traceback."""
    from quizzer.errors import QuizzerError

    argv = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in argv
    given: dict[str, Any] = {}
    try:
        result = root.main(argv, prog_name="quizzer", standalone_mode=False, obj=given)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("Interrupted. Everything answered is saved.")
        return 130
    except click.ClickException as error:
        where = f" See `{error.ctx.command_path} --help`." if isinstance(error, click.UsageError) and error.ctx else ""
        return _fail(error.format_message(), where if "--help" not in error.format_message() else "", 2, as_json)
    except QuizzerError as error:
        return _fail(str(error), "", error.exit_code, as_json)
    except BrokenPipeError:
        # The reader went away (`| head`): not our failure, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except RecursionError:
        return _fail("something was nested too deeply to be read", "", 2, as_json)
    except MemoryError:
        return _fail("there is not enough memory for this", "", 3, as_json)
    except OSError as error:
        import errno

        place = f" ({error.filename})" if error.filename else ""
        cures = {errno.EMFILE: ". Close some programs, or raise the limit (ulimit -n)", errno.ENOSPC: ". Make room"}
        cure = cures.get(error.errno or 0, "")
        return _fail(f"the system refused: {error.strerror or error}{place}", cure, 3, as_json)
    except Exception as error:
        # The last door: a person must never see a traceback.
        if os.environ.get("QUIZZER_DEBUG"):
            raise
        if isinstance(error, ImportError) and "Too many open files" in str(error):
            return _fail("too many files are open", ". Close some programs, or raise the limit (ulimit -n)", 3, as_json)
        if (damage := _damage(given)) is not None:
            return _fail(str(damage), "", damage.exit_code, as_json)
        text = f"quizzer failed ({type(error).__name__}: {error}). This is our fault; nothing half-written is left."
        return _fail(text, " Set QUIZZER_DEBUG=1 to see where.", 3, as_json)


def _damage(given: dict[str, Any]) -> QuizzerError | None:
    """Whether a failure that nobody foresaw came of a database that holds nonsense: then that is what to say."""
    if "world" not in given:
        return None
    try:
        from quizzer.store.damage import damage_of

        return damage_of(given["world"].db)
    except Exception:  # noqa: BLE001 - this is the last door; it must not fail itself
        return None


def _fail(message: str, hint: str, code: int, as_json: bool) -> int:
    from quizzer.text import printable

    text = printable(message + hint)
    _say(f"Error: {text}" if not text.startswith(("Error", "error")) else text)
    if as_json:
        click.echo(json.dumps({"error": text, "exit_code": code}, ensure_ascii=False))
    return code


def _say(text: str) -> None:
    try:
        click.echo(text, err=True)
    except OSError:
        pass  # stderr is gone; there is nobody to tell
