"""`quizzer check`: prove decks before anyone studies them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from quizzer.cli.app import Command


@click.command(cls=Command)
@click.argument("paths", nargs=-1)
@click.option(
    "--seeds", default=200, show_default=True, type=click.IntRange(1, 10000), help="Draws of each parametric question."
)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--no-cache", is_flag=True, help="Prove again what an earlier run has proven.")
@click.pass_context
def command(context: click.Context, paths: tuple[str, ...], seeds: int, strict: bool, no_cache: bool) -> int:
    """Prove decks: format, draws, formulas, references, wrong answers, mutants. PATHS are files or folders.

    Without PATHS, the decks of this run. A question that was proven once is proven again when it, Python, numpy or
    quizzer changed. Exit code 2 when a deck can't be read, 1 when a proof fails. Warnings, such as a mutant of the
    reference that passes every case, don't fail a deck, except under --strict.

    \b
    Examples:
      quizzer check decks/
      quizzer check my-deck.yaml --json
      quizzer check decks/ --strict
    """
    from quizzer.checking import check, deck_files
    from quizzer.checking.kept import Proofs
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import cache_folder, world
    from quizzer.errors import BadUsage
    from quizzer.store.compiling import parse_deck
    from quizzer.text import printable

    here = world(context)
    given = [Path(path) for path in paths] or here.deck_paths()
    for path in given:
        if not path.exists():
            raise BadUsage(f"there is no deck file or folder `{path}`", "Mend the path")
    files = deck_files(given)
    if not files:
        raise BadUsage("there is no deck (*.yaml) in " + ", ".join(map(str, given)), "Mend the path")
    runner = here.runner()
    about = f"{seeds} seeds, {runner.versions if runner is not None else 'no sandbox'}"
    proofs = Proofs(None if no_cache else cache_folder() / "proofs.json", about)
    hidden = here.json or not sys.stderr.isatty()
    with click.progressbar(length=1, label="checking", file=sys.stderr, hidden=hidden) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        findings = list(check(files, parse_deck, runner, seeds=seeds, proofs=proofs, progress=progress))
    found = sum(len(finding.problems) for finding in findings)
    errors = found if strict else sum(finding.errors for finding in findings)
    unread = any(finding.deck is None for finding in findings)
    questions = sum(len(finding.deck.questions) for finding in findings if finding.deck is not None)
    if here.json:
        say_json(
            {
                "passed": not errors,
                "files": len(files),
                "questions": questions,
                "problems": [
                    {
                        "path": p.path, "line": p.line, "column": p.column, "question": p.question,
                        "level": "warning" if p.warning else "error", "message": p.message, "fix": p.fix,
                    }
                    for finding in findings
                    for p in finding.problems
                ],
            }
        )  # fmt: skip
    else:
        for finding in findings:
            say(printable(str(problem)) for problem in finding.problems) if finding.problems else None
        warnings = sum(problem.warning for finding in findings for problem in finding.problems)
        say(f"{questions} questions in {len(files)} files: {found - warnings} errors, {warnings} warnings")
    return 0 if not errors else 2 if unread else 1
