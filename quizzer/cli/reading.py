"""What `read`, `draft` and `feed` share: options of fetching, sources by id, and how a reading is told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizzer.model import Article, Reading

if TYPE_CHECKING:
    from quizzer.cli.world import World


def fetching_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--allow-private`."""
    return click.option(
        "--allow-private", is_flag=True, help="Also fetch from private and local addresses: a server of your own."
    )(command)


def article_json(article: Article) -> dict[str, Any]:
    """An article as `read --json` gives it; what is not known is null."""
    from quizzer.articles.losses import told

    return {
        "title": article.title,
        "link": article.link or None,
        "published": article.published or None,
        "text": article.text,
        "losses": told(article),
    }


def reading_json(reading: Reading) -> dict[str, Any]:
    """A reading as `read --json` gives it."""
    return {"kind": reading.kind, "title": reading.title, "articles": [article_json(a) for a in reading.articles]}


def warn(warnings: Sequence[str]) -> None:
    """Each warning on a line of stderr."""
    from quizzer.text import printable

    for warning in warnings:
        click.echo(printable(f"Warning: {warning}", newlines=False), err=True)


def read_one(here: World, source: str, *, allow_private: bool) -> Reading:
    """What a source holds: file, address, `-`, a pulled article by its id, a feed by its title. Raises BadInput."""
    from quizzer.articles.fetching import Manners
    from quizzer.articles.sources import is_address, read_source

    if source != "-" and not is_address(source) and not Path(source).exists():
        library = here.store(write=False).library
        found = library.article(source)
        if found is not None:
            return Reading("article", found[1].title, (found[1],), "pulled", found[1].link)
        for feed in library.feeds():
            if feed.title == source:
                articles = tuple(article for _, article in library.articles(feed.url))
                return Reading("feed", feed.title, articles, "pulled", feed.link)
    return read_source(source, Manners(allow_private=allow_private), sys.stdin.buffer)
