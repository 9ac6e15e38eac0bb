"""Writes `docs/commands/`: a page for each command, made of its own help.

    python docs/commands_pages.py

Run it after any change to a command's help or options; a test compares the pages with the commands.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import click

from quizzer.cli.app import COMMANDS, root

FOLDER = ROOT / "docs" / "commands"
COLUMNS = 100


def pages() -> dict[str, str]:
    """File name → text: one a command, and the list of them all."""
    top = click.Context(root, info_name="quizzer", terminal_width=COLUMNS, max_content_width=COLUMNS)
    out = {"README.md": _index()}
    for name in COMMANDS:
        command = root.get_command(top, name)
        assert command is not None  # noqa: S101 - the list names what there is
        lines = [f"# quizzer {name}", "", COMMANDS[name], ""]
        for path, text in _helps(command, name, top):
            lines += [*([] if path == name else [f"## quizzer {path}", ""]), "```", text.rstrip(), "```", ""]
        out[f"{name}.md"] = "\n".join([*lines, "[All commands](README.md)", ""])
    return out


def _index() -> str:
    rows = [f"| [`quizzer {name}`]({name}.md) | {text} |" for name, text in COMMANDS.items()]
    return "\n".join(
        [
            "# Commands",
            "",
            "Made by `python docs/commands_pages.py` from the commands' own help; a test keeps the pages true.",
            "",
            "`--db`, `--decks`, `--now` and `--json` stand before or after any command. With `--json` a command prints",
            "exactly one JSON value on stdout. Exit codes: 0 done or passed, 1 ran and did not pass, 2 bad usage or",
            "bad input, 3 the environment lacks something or the fault is ours, 130 interrupted.",
            "",
            "| command | does |",
            "|---|---|",
            *rows,
            "",
        ]
    )


def _helps(command: click.Command, path: str, parent: click.Context) -> Iterator[tuple[str, str]]:
    """(words, help) of a command and all below it."""
    context = click.Context(
        command,
        info_name=path.split()[-1],
        parent=parent,
        terminal_width=COLUMNS,
        max_content_width=COLUMNS,
        help_option_names=["-h", "--help"],
    )
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _helps(inner, f"{path} {name}", context)


def main() -> None:
    """Write the pages, and remove those of commands that are gone."""
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
