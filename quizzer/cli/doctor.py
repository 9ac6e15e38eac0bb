"""`quizzer doctor`: what holds on this machine."""

from __future__ import annotations

import click

from quizzer.cli.app import Command


@click.command(cls=Command)
@click.pass_context
def command(context: click.Context) -> int:
    """What holds on this machine: sandbox, articles, database, disk, backups, decks, editor, and what to do otherwise.

    Exit code 3 when something is missing.

    \b
    Example:
      quizzer doctor
    """
    import platform
    import shutil

    from quizzer import __version__
    from quizzer.cli.ailments import article_rows, database_rows
    from quizzer.cli.editing import editor
    from quizzer.cli.output import painter, say, say_json
    from quizzer.cli.world import config_file, world
    from quizzer.sandbox import probe
    from quizzer.text import printable

    here = world(context)
    paint = painter()
    rows: list[tuple[str, bool, str]] = [("python", True, f"{platform.python_version()}, quizzer {__version__}")]
    rows.append(("config", True, str(config_file())))
    rows += database_rows(here)
    layers = probe()
    rows += [(f"sandbox: {layer.name}", layer.holds, layer.note) for layer in layers]
    rows += article_rows()
    command_ = editor(here.settings["editor"])
    found = bool(command_) or any(shutil.which(name) for name in ("nano", "vi", "notepad"))
    rows.append(("editor", found, command_ or "nano, vi or notepad" if found else "none: set $EDITOR"))
    runner = here.runner()
    safe = runner is not None
    isolation: list[str] = []
    if runner is not None:
        from quizzer.errors import NoSandbox
        from quizzer.model import Limits

        try:
            runner.start("pass", Limits()).close()
            isolation = list(runner.isolation)
        except NoSandbox:
            safe = False
    rows.append(
        (
            "code answers",
            safe,
            f"run with {', '.join(isolation)}" if safe else "graded by yourself: no safe sandbox here",
        )
    )
    if here.json:
        say_json(
            {
                "ok": all(good for _, good, _ in rows),
                "isolation": isolation,
                "checks": [{"name": name, "ok": good, "note": note} for name, good, note in rows],
            }
        )
    else:
        say(
            f"{paint.mark(good)} {'ok     ' if good else 'missing'}  {name}: {printable(note, newlines=False)}"
            for name, good, note in rows
        )
    # Optional layers (namespaces) may be missing, and articles are read with less where a system has no more; what
    # counts is whether code runs safely and the data is sound.
    needed = [good for name, good, _ in rows if not name.startswith(("sandbox:", "articles:"))]
    return 0 if all(needed) else 3
