"""What a learner reads: feeds, the articles pulled from them, drafts that were rejected, replies that were paid for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from quizzer.clock import milliseconds
from quizzer.lean import dataclass
from quizzer.model import Article, Loss
from quizzer.store.connection import Connection, Row

_FEED = "SELECT url, title, link, etag, modified, pulled_ms, error FROM feed"
_FEEDS = f"{_FEED} WHERE removed = 0 ORDER BY added_ms, url"
_ADD_FEED = (
    "INSERT INTO feed (url, title, link, etag, modified, added_ms, pulled_ms, error, removed) "
    "VALUES (:url, :title, '', '', '', :at_ms, NULL, '', 0) ON CONFLICT (url) DO UPDATE SET removed = 0"
)
_PULLED = (
    "UPDATE feed SET title = :title, link = :link, etag = :etag, modified = :modified, pulled_ms = :at_ms, error = '' "
    "WHERE url = :url"
)
_FAILED = "UPDATE feed SET error = :error WHERE url = :url"
_MOVED = "UPDATE feed SET url = :to WHERE url = :url"
_MOVED_ARTICLES = "UPDATE article SET feed = :to WHERE feed = :url"
_REMOVE = "UPDATE feed SET removed = 1, etag = '', modified = '' WHERE url = :url"
_ARTICLE = "SELECT id, title, text, link, published, guid, losses FROM article"
_BY_GUID = f"{_ARTICLE} WHERE feed = :feed AND guid = :guid AND guid <> ''"
_BY_LINK = f"{_ARTICLE} WHERE link = :link AND link <> ''"
_BY_ID = f"{_ARTICLE} WHERE id >= :id AND id < :after ORDER BY id LIMIT 2"
_OF_FEED = f"{_ARTICLE} WHERE feed = :feed ORDER BY published DESC, fetched_ms DESC, id"
_COUNTS = "SELECT feed, COUNT(*) FROM article GROUP BY feed"
_KEEP = (
    "INSERT INTO article (id, feed, guid, link, title, published, text, losses, fetched_ms) "
    "VALUES (:id, :feed, :guid, :link, :title, :published, :text, :losses, :at_ms) "
    "ON CONFLICT (id) DO UPDATE SET title = excluded.title, text = excluded.text, losses = excluded.losses, "
    "published = excluded.published, fetched_ms = excluded.fetched_ms"
)
_REJECT = (
    "INSERT INTO rejected_draft (name, prompt, reason, at_ms) VALUES (:name, :prompt, :reason, :at_ms) "
    "ON CONFLICT (name) DO NOTHING"
)
_REJECTED = "SELECT name, prompt, reason FROM rejected_draft ORDER BY at_ms, name"
_RESTORE = "DELETE FROM rejected_draft WHERE name = :name"
_REPLY = "SELECT text, tokens_in, tokens_out FROM model_reply WHERE name = :name"
_KEEP_REPLY = (
    "INSERT INTO model_reply (name, model, text, tokens_in, tokens_out, at_ms) "
    "VALUES (:name, :model, :text, :tokens_in, :tokens_out, :at_ms) ON CONFLICT (name) DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of the learner's list. `pulled_ms` is None before its first pull; `error` why the last one failed."""

    url: str
    title: str
    link: str
    etag: str
    modified: str
    pulled_ms: int | None
    error: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the articles of one pull, by number."""

    new: int = 0
    updated: int = 0
    known: int = 0


class Library:
    """The shelf of one database. What it records is on disk when a method returns."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- feeds ---

    def feeds(self) -> list[Feed]:
        """The learner's feeds, in the order in which they were added."""
        return [Feed(*row) for row in self._connection.execute(_FEEDS)]

    def add(self, url: str, title: str, *, at: datetime) -> bool:
        """Put a feed on the list; False where it is there already."""
        there = url in [feed.url for feed in self.feeds()]
        with self._connection.transaction(write=True):
            self._connection.execute(_ADD_FEED, {"url": url, "title": title, "at_ms": milliseconds(at)})
        return not there

    def remove(self, url: str) -> None:
        """Take a feed from the list; its articles stay."""
        with self._connection.transaction(write=True):
            self._connection.execute(_REMOVE, {"url": url})

    def pulled(
        self, feed: Feed, articles: Iterable[Article], *, title: str, link: str, etag: str, modified: str, at: datetime
    ) -> Kept:
        """Keep what a pull gave, articles and the server's marks together."""
        fields = {"url": feed.url, "title": title or feed.title, "link": link, "etag": etag, "modified": modified}
        with self._connection.transaction(write=True):
            kept = self.keep(feed.url, articles, at=at)
            self._connection.execute(_PULLED, {**fields, "at_ms": milliseconds(at)})
        return kept

    def failed(self, url: str, error: str) -> None:
        """Note why a pull failed."""
        with self._connection.transaction(write=True):
            self._connection.execute(_FAILED, {"url": url, "error": error})

    def moved(self, url: str, to: str) -> bool:
        """A feed that has moved for ever is pulled from its new place; False where that is a feed already."""
        if to in {str(row[0]) for row in self._connection.execute(_FEED)}:
            return False
        with self._connection.transaction(write=True):
            self._connection.execute(_MOVED, {"url": url, "to": to})
            self._connection.execute(_MOVED_ARTICLES, {"url": url, "to": to})
        return True

    # --- articles ---

    def keep(self, feed: str, articles: Iterable[Article], *, at: datetime) -> Kept:
        """Keep articles, each once: known is one with the feed's name for it, or with the link, of an earlier one."""
        new = updated = known = 0
        with self._connection.transaction(write=True):
            for article in articles:
                before = self._known(feed, article)
                if before is not None and (before[2], before[1]) == (article.text, article.title):
                    known += 1
                    continue
                new, updated = new + (before is None), updated + (before is not None)
                fields = {
                    "id": before[0] if before is not None else article.id, "feed": feed, "guid": article.guid,
                    "link": article.link, "title": article.title, "published": article.published, "text": article.text,
                    "losses": json.dumps([[loss.what, loss.start, loss.end] for loss in article.losses]),
                    "at_ms": milliseconds(at),
                }  # fmt: skip
                self._connection.execute(_KEEP, fields)
        return Kept(new, updated, known)

    def _known(self, feed: str, article: Article) -> Row | None:
        rows = self._connection.execute(_BY_GUID, {"feed": feed, "guid": article.guid})
        rows = rows or self._connection.execute(_BY_LINK, {"link": article.link})
        rows = rows or self._connection.execute(f"{_ARTICLE} WHERE id = :id", {"id": article.id})
        return rows[0] if rows else None

    def articles(self, feed: str) -> list[tuple[str, Article]]:
        """(id, article) of a feed, newest first."""
        return [(str(row[0]), _article(row)) for row in self._connection.execute(_OF_FEED, {"feed": feed})]

    def article(self, name: str) -> tuple[str, Article] | None:
        """(id, article) by the beginning of its id, or by its link; None where there is none, or more than one."""
        rows = self._connection.execute(_BY_LINK, {"link": name})
        if not rows and len(name) >= 4 and name.isascii() and name.isalnum():
            rows = self._connection.execute(_BY_ID, {"id": name, "after": f"{name}g"})
        return (str(rows[0][0]), _article(rows[0])) if len(rows) == 1 else None

    def counts(self) -> dict[str, int]:
        """Feed → how many articles of it are kept."""
        return {str(feed): int(count) for feed, count in self._connection.execute(_COUNTS)}

    # --- drafts ---

    def reject(self, name: str, prompt: str, reason: str, *, at: datetime) -> None:
        """Remember that a draft was rejected."""
        with self._connection.transaction(write=True):
            fields = {"name": name, "prompt": prompt, "reason": reason, "at_ms": milliseconds(at)}
            self._connection.execute(_REJECT, fields)

    def restore(self, name: str) -> None:
        """Forget a rejection: the draft may be proposed again."""
        with self._connection.transaction(write=True):
            self._connection.execute(_RESTORE, {"name": name})

    def rejected(self) -> list[tuple[str, str, str]]:
        """(name, prompt, reason) of each rejected draft, oldest first."""
        return [(str(name), str(prompt), str(reason)) for name, prompt, reason in self._connection.execute(_REJECTED)]

    # --- language models ---

    def reply(self, name: str) -> tuple[str, int, int] | None:
        """A reply that was paid for: its text, tokens sent, tokens received."""
        rows: Sequence[Row] = self._connection.execute(_REPLY, {"name": name})
        return (str(rows[0][0]), int(rows[0][1]), int(rows[0][2])) if rows else None

    def keep_reply(self, name: str, model: str, text: str, tokens: tuple[int, int], *, at: datetime) -> None:
        """Keep a reply as soon as it has come."""
        with self._connection.transaction(write=True):
            fields = {"name": name, "model": model, "text": text, "tokens_in": tokens[0], "tokens_out": tokens[1]}
            self._connection.execute(_KEEP_REPLY, {**fields, "at_ms": milliseconds(at)})


def _article(row: Row) -> Article:
    losses = tuple(Loss(*loss) for loss in json.loads(row[6]))
    return Article(str(row[1]), str(row[2]), str(row[3]), str(row[4]), str(row[5]), losses)
