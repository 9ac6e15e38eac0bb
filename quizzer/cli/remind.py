"""`quizzer remind`: one line when something is due, silence otherwise; for cron and login scripts."""

from __future__ import annotations

import click

from quizzer.cli.app import Command


@click.command(cls=Command)
@click.option("--at-least", default=1, show_default=True, type=click.IntRange(1), help="Silent below so many cards.")
@click.option("--notify", is_flag=True, help="As a notification on the desktop too (notify-send or osascript).")
@click.pass_context
def command(context: click.Context, at_least: int, notify: bool) -> None:
    """One line when something is due, and nothing at all otherwise.

    Cron mails what a job prints, so this reminds by mail only on days when there is something to do. Nothing is
    recorded, no deck is started, and the exit code is 0 either way.

    \b
    Examples:
      quizzer remind
      0 18 * * *  quizzer remind --at-least 5               # in a crontab
      0 18 * * *  DISPLAY=:0 quizzer remind --notify
      quizzer remind                                        # in ~/.bash_profile
    """
    from quizzer.cli.home import today
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world

    here = world(context)
    now = today(here)
    wanted = now.due >= at_least
    if here.json:
        say_json({"due": now.due, "new": now.new, "tomorrow": now.tomorrow, "remind": wanted})
    if not wanted:
        return
    new = f", {now.new} new" if now.new else ""
    line = f"{now.due} card{'s' if now.due != 1 else ''} due{new}: quizzer study"
    if not here.json:
        say(line)
    if notify:
        _notify(line)


def _notify(line: str) -> None:
    """Hand the line to the desktop. Raises Unable where there is nothing to hand it to."""
    import shutil
    import subprocess

    from quizzer.errors import Unable

    if shutil.which("notify-send"):
        words = ["notify-send", "--app-name=quizzer", "quizzer", line]
    elif shutil.which("osascript"):
        words = ["osascript", "-e", f'display notification "{line}" with title "quizzer"']
    else:
        raise Unable("there is no notify-send and no osascript here", "Leave out --notify, or install libnotify")
    done = subprocess.run(words, check=False, capture_output=True, text=True)  # noqa: S603 - the line is figures of ours
    if done.returncode:
        raise Unable(f"{words[0]} failed: {done.stderr.strip()[:200]}", "A cron job needs DISPLAY and a session bus")
