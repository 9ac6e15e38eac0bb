"""`quizzer draft`: articles become draft questions in ordinary deck files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli.app import Command
from quizzer.cli.reading import fetching_options

if TYPE_CHECKING:
    from quizzer.cli.world import World
    from quizzer.drafting.gates import Known
    from quizzer.drafting.offline import Drafted
    from quizzer.model import Article


@click.command(cls=Command)
@click.argument("sources", nargs=-1, required=True)
@click.option("-o", "--output", metavar="PATH", help="A deck file to write or add to, or a folder.")
@click.option("--most", default=8, show_default=True, type=click.IntRange(1, 50), help="Drafts of one article.")
@click.option("--dry-run", is_flag=True, help="Show what would be drafted; write nothing.")
@click.option("--model", is_flag=True, help="Also ask the language model of QUIZZER_MODEL (see below).")
@click.option("--yes", is_flag=True, help="Don't ask before a model is paid.")
@fetching_options
@click.pass_context
def command(
    context: click.Context, sources: tuple[str, ...], output: str | None, most: int, dry_run: bool, model: bool,
    yes: bool, allow_private: bool,
) -> int:  # fmt: skip
    """Draft questions from SOURCES: feeds, ids of pulled articles, addresses, pages, Markdown, plain text, PDFs.

    Offline by default: known topics bring template questions with computed answers, then rules find problem statements,
    definitions, steps, comparisons, questions and formulas. Each draft quotes the article word for word and says what
    its author still has to supply. Nothing is asked before you accept it with `quizzer drafts`.

    With --model an OpenAI-compatible server proposes more, through the same gates. Set QUIZZER_MODEL to the model's
    name, QUIZZER_MODEL_URL to the server (for instance http://localhost:11434/v1) and QUIZZER_MODEL_KEY to the key, if
    any; QUIZZER_MODEL_PRICES=0.15,0.60 (per million tokens in, out) shows the cost. A reply is paid for once: run it
    again after an interruption.

    \b
    Examples:
      quizzer draft notes.md
      quizzer draft https://example.org/post.html -o decks/post.yaml
      quizzer draft 3f2a9c01d4 --dry-run
      quizzer draft paper.pdf --model
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.reading import read_one, warn
    from quizzer.cli.world import world
    from quizzer.drafting.filing import deck_slug, file_drafts
    from quizzer.drafting.offline import draft_offline

    here = world(context)
    found: list[tuple[str, Article]] = []
    for source in sources:
        reading = read_one(here, source, allow_private=allow_private)
        warn(reading.warnings)
        found += [(article.id, article) for article in reading.articles]
    known = _known(here)
    works = []
    for name, article in found:
        drafted = draft_offline(article, known, most)
        known.drafted.update({draft.key: article.title for draft in drafted.drafts})
        works.append((name, article, drafted))
    report: dict[str, Any] = {}
    if model:
        from quizzer.cli.draft_model import with_model

        works, report = with_model(here, works, known, most, yes=yes)
    rows = []
    for name, article, drafted in works:
        slug = deck_slug(article, name, drafted.topic)
        path = _target(here, output, slug)
        slug = _slug_of(path) or slug
        drafts = list(drafted.drafts) if dry_run else file_drafts(path, slug, article, name, drafted.drafts)
        rows.append(_row(name, article, drafted, slug, path, drafts))
    if not dry_run and output is None and any(row["drafts"] for row in rows):
        _load_from_now_on(here, Path(rows[0]["path"]).parent)
    if here.json:
        say_json({"articles": rows, **({"model": report} if report else {})})
        return 0
    say(_told(rows, dry_run=dry_run))
    if report:
        from quizzer.cli.draft_model import report_lines

        say(report_lines(report))
    return 0


def _known(here: World) -> Known:
    """What the decks of this run ask, and what was rejected."""
    from quizzer.decks.loader import unpack
    from quizzer.drafting.gates import known
    from quizzer.drafting.pile import drafted
    from quizzer.errors import DeckError

    store, loaded = here.store(write=True), here.loaded()

    def questions() -> Iterator[Any]:
        for name in store.card_names(loaded):
            row = store.question_data(loaded, *name.split("/", 1))
            if row is not None and row.status == "ready":
                try:
                    yield unpack(row.data, name.split("/")[0], row.line)
                except DeckError:
                    continue

    rejected = [name for name, _, _ in store.library.rejected()]
    return known(questions(), rejected, drafted(here.deck_paths()))


def _target(here: World, output: str | None, slug: str) -> Path:
    """The deck file for an article."""
    from quizzer.cli.world import data_folder

    if output is not None:
        path = Path(output).expanduser()
        return path if path.suffix in (".yaml", ".yml") else path / f"{slug}.yaml"
    if here.settings.origins["decks"] in ("option", "environment"):
        folder = next((path for path in here.deck_paths() if path.is_dir()), None)
        if folder is not None:
            return folder / f"{slug}.yaml"
    return data_folder() / "decks" / f"{slug}.yaml"


def _slug_of(path: Path) -> str:
    """The slug of a deck file; of one that is to be made, its name's."""
    import re

    from quizzer.decks.yamltext import read

    if path.is_file():
        named = read(path.read_bytes(), str(path)).get("deck")
        return named.raw if named is not None else ""
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")


def _load_from_now_on(here: World, folder: Path) -> None:
    """Put the drafts' folder among the decks that are loaded, as `decks add` does, unless it is there."""
    from quizzer.cli.settings_file import write_setting
    from quizzer.cli.world import read_config

    if here.settings.origins["decks"] in ("option", "environment"):
        return
    before = list(read_config().get("decks", []))
    if str(folder) not in before:
        write_setting("decks", [*before, str(folder)])
        click.echo(f"Decks in {folder} are loaded from now on (`quizzer decks drop` undoes it).", err=True)


def _row(name: str, article: Article, drafted: Drafted, slug: str, path: Path, drafts: list[Any]) -> dict[str, Any]:
    from quizzer.articles.losses import told
    from quizzer.drafting.gates import as_deck

    whole = {question.id for question in as_deck(drafts).questions} if drafts else set()
    return {
        "id": name, "title": article.title, "deck": slug, "path": str(path), "topics": list(drafted.topics),
        "losses": told(article),
        "drafts": [
            {
                "name": f"{slug}/{draft.id}", "kind": draft.kind, "method": draft.method, "finished": draft.id in whole,
                "prompt": draft.prompt, "quote": draft.quote, "start": draft.start, "end": draft.end,
                "supply": list(draft.supply),
            }
            for draft in drafts
        ],
        "already": len(drafted.drafts) - len(drafts),
        "dropped": [{"what": what, "why": why} for what, why in drafted.dropped],
    }  # fmt: skip


def _told(rows: list[dict[str, Any]], *, dry_run: bool) -> Iterator[str]:
    from quizzer.text import printable

    total = 0
    for row in rows:
        yield printable(row["title"], newlines=False)
        about = [f"topic: {', '.join(row['topics'])}"] if row["topics"] else ["no known topic"]
        if row["losses"]:
            about.append(f"{len(row['losses'])} kind{'s' if len(row['losses']) > 1 else ''} of loss")
        if row["already"]:
            about.append(f"{row['already']} drafts are there already")
        yield printable(f"  {'; '.join(about)}", newlines=False)
        for draft in row["drafts"]:
            total += 1
            prompt = " ".join(draft["prompt"].split())
            state = "" if draft["finished"] else " (unfinished)"
            yield printable(f"  + {draft['kind']}{state} {draft['name']}: {prompt[:80]}", newlines=False)
        asked: dict[str, int] = {}
        for drop in row["dropped"]:
            deck, _, rest = drop["why"].partition("/")
            if rest.endswith("asks it already") and " " not in deck:
                asked[deck] = asked.get(deck, 0) + 1
            else:
                yield printable(f"  - {drop['what']}: {drop['why']}", newlines=False)
        for deck, count in asked.items():
            there = f"{count} more on this {'are' if count > 1 else 'is'} asked by the deck `{deck}` already"
            yield f"  = {there} (`quizzer decks start {deck}`)"
    yield ""
    if dry_run:
        yield f"{total} drafts; nothing was written."
    elif total:
        yield f"{total} drafts. Look at them one by one with: quizzer drafts"
    else:
        yield "Nothing new to draft. A language model may find more: quizzer draft --help"
