"""`quizzer completion`: the script that teaches a shell to complete commands, options, cards and decks."""

from __future__ import annotations

import os

import click

from quizzer.cli.app import Command

SHELLS = ("bash", "zsh", "fish")


@click.command(cls=Command)
@click.argument("shell", required=False, type=click.Choice(SHELLS))
def command(shell: str | None) -> None:
    """Print the completion script for SHELL (default: the one in $SHELL).

    Commands, options, cards, decks and kinds are completed with the Tab key.

    \b
    Examples:
      eval "$(quizzer completion bash)"                     # in ~/.bashrc
      eval "$(quizzer completion zsh)"                      # in ~/.zshrc, after compinit
      quizzer completion fish > ~/.config/fish/completions/quizzer.fish
    """
    from click.shell_completion import get_completion_class

    from quizzer.cli.app import root
    from quizzer.cli.output import say
    from quizzer.errors import BadUsage

    name = shell or os.path.basename(os.environ.get("SHELL", ""))  # noqa: PTH119 - a plain name is wanted
    made = get_completion_class(name) if name in SHELLS else None
    if made is None:
        raise BadUsage(f"no shell was named, and $SHELL is `{name}`", f"Name one of: {', '.join(SHELLS)}")
    say(made(root, {}, "quizzer", "_QUIZZER_COMPLETE").source())
