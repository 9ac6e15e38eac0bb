"""The command group: commands load when called, global options stand anywhere, errors become one line and a code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from quizzer import __version__
from quizzer.cli.door import fail, through

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

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
    "draft": "Draft questions from articles.",
    "drafts": "The drafts: accept, edit, reject.",
    "report": "The progress report as one HTML page.",
    "stats": "Progress in a few lines.",
    "scheduler": "The scheduler, examined.",
    "export": "Your whole history as a file.",
    "import": "A history from a file, merged into yours.",
    "db": "The database: its path, a proof of it, backups.",
    "config": "Settings, each with where it comes from.",
    "remind": "One line when something is due, for cron.",
    "completion": "Completion for bash, zsh and fish.",
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

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names and options; no command's module is imported for it."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=text) for name, text in COMMANDS.items() if name.startswith(incomplete)]
        return found + click.Command.shell_complete(self, ctx, incomplete)

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
def root(context: click.Context) -> int:
    """Spaced-repetition quizzes on machine learning and algorithms.

    Ten minutes a day: fresh numbers at each review, derivations checked step by step, code graded by running it.
    Without a command it says in three lines what today holds.

    \b
    Examples:
      quizzer
      quizzer study --minutes 5
      quizzer show receptive-field/rf-of-a-stack
    """
    context.ensure_object(dict)
    if context.invoked_subcommand is None:
        from quizzer.cli.home import home
        from quizzer.cli.world import world

        return home(world(context))
    return 0


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; nothing a person sees is a traceback."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in argv
    given: dict[str, Any] = {}

    def call() -> int:
        try:
            result = root.main(argv, prog_name="quizzer", standalone_mode=False, obj=given)
            return result if isinstance(result, int) else 0
        except click.exceptions.Exit as stop:
            return stop.exit_code
        except click.Abort:
            raise KeyboardInterrupt from None
        except click.ClickException as error:
            told = error.format_message()
            where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else ""
            return fail(told, f" See `{where} --help`." if where and "--help" not in told else "", 2, as_json)

    return through(call, given, as_json=as_json)
