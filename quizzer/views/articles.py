"""Articles and feeds as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from quizzer.model import Article, Loss, Reading
from quizzer.text import printable
from quizzer.views.paint import Painter
from quizzer.views.terminal import WIDEST
from quizzer.views.wrap import wrap

_SHOWN = 200


def reading_lines(reading: Reading, paint: Painter, columns: int) -> Iterator[str]:
    """Every article of a feed: its head, how it begins, what it lost."""
    count = len(reading.articles)
    yield paint.paint(printable(reading.title or "(no title)", newlines=False), bold=True)
    yield paint.dim(f"{reading.shape} · {count} article{'s' if count != 1 else ''}")
    for number, article in enumerate(reading.articles, 1):
        yield ""
        yield from _head(article, paint, f"{number}. ")
        begin = " ".join(article.text.split())
        text = begin if len(begin) <= _SHOWN else begin[:_SHOWN] + " …"
        yield from wrap(printable(text), min(columns, WIDEST))
        yield from loss_lines(article.losses, paint, columns)


def article_lines(article: Article, paint: Painter, columns: int) -> Iterator[str]:
    """One article whole. The text is shown as it stands, since it is what was understood."""
    yield from _head(article, paint, "")
    yield ""
    for line in printable(article.text).split("\n"):
        yield from wrap(line, min(columns, WIDEST)) if line.strip() else [""]
    losses = list(loss_lines(article.losses, paint, columns))
    if losses:
        yield ""
        yield from losses


def _head(article: Article, paint: Painter, before: str) -> Iterator[str]:
    yield paint.paint(before + printable(article.title or "(no title)", newlines=False), bold=True)
    about = [article.published[:10], article.link, f"{len(article.text):,} characters", f"id {article.id}"]
    yield paint.dim(" · ".join(printable(part, newlines=False) for part in about if part))


def loss_lines(losses: tuple[Loss, ...], paint: Painter, columns: int) -> Iterator[str]:
    """What a text lacks, each kind of loss once."""
    counts: dict[str, int] = {}
    for loss in losses:
        counts[loss.what] = counts.get(loss.what, 0) + 1
    for what, count in counts.items():
        times = f" ({count} times)" if count > 1 else ""
        yield from wrap(printable(f"! lost: {what}{times}", newlines=False), min(columns, WIDEST))
