"""`quizzer feed`: the feeds a learner follows, and the articles pulled from them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli.app import Command, Group
from quizzer.cli.reading import fetching_options

if TYPE_CHECKING:
    from quizzer.articles.fetching import Manners
    from quizzer.cli.world import World
    from quizzer.store.library import Feed, Library


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """The feeds you follow: RSS 0.9x, 1.0, 2.0, Atom and JSON Feed.

    \b
    Examples:
      quizzer feed add https://example.org/feed.xml
      quizzer feed add subscriptions.opml
      quizzer feed pull
      quizzer feed articles
      quizzer draft 3f2a9c01d4
    """
    if context.invoked_subcommand is None:
        _list(context)


@command.command("add", cls=Command)
@click.argument("source")
@fetching_options
@click.pass_context
def add(context: click.Context, source: str, allow_private: bool) -> int:
    """Follow a feed, and pull it. SOURCE is its address, that of a page that names one, or an OPML file.

    The feeds of an OPML list are only put on the list; `quizzer feed pull` pulls them.

    \b
    Example:
      quizzer feed add https://example.org/blog
    """
    from quizzer.articles.fetching import Manners
    from quizzer.articles.sources import is_address
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.text import printable

    here = world(context)
    library = here.store(write=True).library
    if not is_address(source):
        added = _import(library, Path(source), here)
        if here.json:
            say_json({"added": added})
        else:
            say(f"Added {len(added)} feeds. Pull them with: quizzer feed pull")
        return 0
    manners = Manners(allow_private=allow_private)
    address = _discover(source, manners)
    fresh = library.add(address, "", at=here.clock.now())
    feed = next(feed for feed in library.feeds() if feed.url == address)
    try:
        row = _pull(library, feed, manners, here)
    except BaseException:
        if fresh:
            library.remove(address)
        raise
    if here.json:
        say_json({"added": [address] if fresh else [], **row})
    else:
        word = "Added" if fresh else "Known already:"
        say(printable(f"{word} {row['title'] or address}: {row['new']} new articles. See: quizzer feed articles"))
    return 0


def _import(library: Library, path: Path, here: World) -> list[str]:
    from quizzer.articles.extraction import opml
    from quizzer.articles.sources import read_file

    return [address for title, address in opml(read_file(path)) if library.add(address, title, at=here.clock.now())]


def _discover(source: str, manners: Manners) -> str:
    """The feed's address: the given one, or the first that the page there names. Raises BadInput."""
    from quizzer.articles.extraction import feeds_on
    from quizzer.articles.fetching import fetch
    from quizzer.articles.reading import shape_of
    from quizzer.errors import BadInput

    found = fetch(source, manners)
    if shape_of(found.data or b"", found.address, found.content_type) in ("xml", "json"):
        return found.address if found.moved else source
    named = feeds_on(found.data or b"", found.address)
    if not named:
        raise BadInput(f"{source} is no feed, and names none", "Look for the feed's own address on the page")
    return named[0]


@command.command("list", cls=Command)
@click.pass_context
def list_(context: click.Context) -> None:
    """The feeds with their articles, by number.

    \b
    Example:
      quizzer feed list --json
    """
    _list(context)


def _list(context: click.Context) -> None:
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.text import printable
    from quizzer.views.tables import table

    here = world(context)
    library = here.store(write=False).library
    counts = library.counts()
    feeds = library.feeds()
    if here.json:
        say_json([
            {
                "url": feed.url, "title": feed.title, "articles": counts.get(feed.url, 0), "pulled": _when(feed),
                "error": feed.error or None,
            }
            for feed in feeds
        ])  # fmt: skip
        return
    if not feeds:
        say("No feed yet. Follow one with: quizzer feed add https://…")
        return
    rows = [
        [
            str(number), printable(feed.title or feed.url, newlines=False)[:60], str(counts.get(feed.url, 0)),
            (_when(feed) or "never")[:16], printable(feed.error, newlines=False)[:60],
        ]
        for number, feed in enumerate(feeds, 1)
    ]  # fmt: skip
    say(table([["", "feed", "articles", "pulled", ""], *rows], right=(0, 2)))


def _when(feed: Feed) -> str | None:
    from datetime import UTC, datetime

    if feed.pulled_ms is None:
        return None
    return datetime.fromtimestamp(feed.pulled_ms / 1000, UTC).isoformat(timespec="seconds")


@command.command("articles", cls=Command)
@click.argument("feed", required=False)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="How many of each feed.")
@click.pass_context
def articles(context: click.Context, feed: str | None, limit: int) -> None:
    """The pulled articles, newest first, with the ids that `read` and `draft` take. FEED: number, title, address.

    \b
    Example:
      quizzer feed articles
    """
    from quizzer.articles.losses import told
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.text import printable

    here = world(context)
    library = here.store(write=False).library
    chosen = _chosen(library.feeds(), (feed,) if feed else ())
    found = [(one, name, article) for one in chosen for name, article in library.articles(one.url)[:limit]]
    if here.json:
        say_json([
            {"id": name, "feed": one.url, "title": a.title, "link": a.link or None, "published": a.published or None,
             "characters": len(a.text), "losses": told(a)}
            for one, name, a in found
        ])  # fmt: skip
        return
    last = None
    for one, name, article in found:
        if one is not last:
            say(printable(one.title or one.url, newlines=False))
            last = one
        mark = "  ! " + "; ".join(told(article))[:60] if article.losses else ""
        say(printable(f"  {name}  {article.published[:10]:10}  {article.title[:60]}{mark}", newlines=False))
    if not found:
        say("No articles yet. Pull them with: quizzer feed pull")


@command.command("pull", cls=Command)
@click.argument("feeds", nargs=-1)
@fetching_options
@click.pass_context
def pull(context: click.Context, feeds: tuple[str, ...], allow_private: bool) -> int:
    """Pull new articles, from all feeds or from FEEDS (number, title or address). Exit code 1 where one failed.

    Servers are asked only for what has changed since the last pull (ETag, Last-Modified).

    \b
    Example:
      quizzer feed pull
    """
    from quizzer.articles.fetching import Manners
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.errors import QuizzerError
    from quizzer.text import printable

    here = world(context)
    library = here.store(write=True).library
    chosen = _chosen(library.feeds(), feeds)
    rows: list[dict[str, Any]] = []
    hidden = here.json or not sys.stderr.isatty() or len(chosen) < 2
    with click.progressbar(chosen, label="pulling", file=sys.stderr, hidden=hidden) as bar:
        for feed in bar:
            try:
                rows.append(_pull(library, feed, Manners(allow_private=allow_private), here))
            except QuizzerError as error:
                library.failed(feed.url, str(error))
                rows.append(_row(feed, str(error)))
    if here.json:
        say_json({"feeds": rows})
    else:
        for row in rows:
            updated = f", {row['updated']} updated" if row["updated"] else ""
            said = f"{row['new']} new{updated}" if row["changed"] else "nothing new"
            say(printable(f"{row['title'] or row['url']}: {row['error'] or said}", newlines=False))
        if not rows:
            say("No feed yet. Follow one with: quizzer feed add https://…")
    return 1 if any(row["error"] for row in rows) else 0


@command.command("remove", cls=Command)
@click.argument("feeds", nargs=-1, required=True)
@click.pass_context
def remove(context: click.Context, feeds: tuple[str, ...]) -> None:
    """No longer follow FEEDS (number, title or address). The articles already pulled stay.

    \b
    Example:
      quizzer feed remove 2
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.text import printable

    here = world(context)
    library = here.store(write=True).library
    chosen = _chosen(library.feeds(), feeds)
    for feed in chosen:
        library.remove(feed.url)
    if here.json:
        say_json({"removed": [feed.url for feed in chosen]})
    else:
        said = ", ".join(feed.title or feed.url for feed in chosen)
        say(printable(f"Removed {said}. Its articles stay; add it again with `quizzer feed add`.", newlines=False))


def _row(feed: Feed, error: str | None) -> dict[str, Any]:
    return {"url": feed.url, "title": feed.title, "new": 0, "updated": 0, "changed": False, "error": error}


def _pull(library: Library, feed: Feed, manners: Manners, here: World) -> dict[str, Any]:
    """Pull one feed; a row of the report."""
    from quizzer.articles.extraction import extract
    from quizzer.articles.fetching import fetch
    from quizzer.cli.reading import warn
    from quizzer.errors import BadInput

    row = _row(feed, None)
    found = fetch(feed.url, manners, etag=feed.etag, modified=feed.modified)
    if found.data is None:
        library.pulled(
            feed, (), title=feed.title, link=feed.link, etag=feed.etag, modified=feed.modified, at=here.clock.now()
        )
        return row
    reading = extract(found.data, "", found.address, found.content_type)
    if reading.kind != "feed":
        raise BadInput(f"{feed.url} is no feed any more", "Look for its new address")
    warn([f"{reading.title or feed.url}: {warning}" for warning in reading.warnings])
    kept = library.pulled(
        feed, reading.articles, title=reading.title, link=reading.link, etag=found.etag, modified=found.modified,
        at=here.clock.now(),
    )  # fmt: skip
    if found.moved and found.address != feed.url and library.moved(feed.url, found.address):
        row["url"] = found.address
    return {**row, "title": reading.title or feed.title, "new": kept.new, "updated": kept.updated, "changed": True}


def _chosen(feeds: list[Feed], names: tuple[str, ...]) -> list[Feed]:
    """The feeds of these numbers, titles or addresses; all without names. Raises BadUsage."""
    from quizzer.errors import BadUsage

    chosen = []
    for name in names:
        by_number = feeds[int(name) - 1 : int(name)] if name.isdigit() and int(name) else []
        exact = [feed for feed in feeds if name in (feed.url, feed.title)]
        found = by_number or exact or [feed for feed in feeds if name.lower() in f"{feed.title}\n{feed.url}".lower()]
        if len(found) != 1:
            what = "there is no feed" if not found else f"{len(found)} feeds go by"
            raise BadUsage(f"{what} `{name}`", "Name one by its number in `quizzer feed list`")
        chosen += found
    return chosen or list(feeds)
