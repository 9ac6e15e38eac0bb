"""The tables, defined once. Only creating or migrating a database needs this module (and SQLAlchemy).

One unit and one meaning each. Days are study days since 1970-01-01, `_ms` is milliseconds, truth values are 0 and 1,
lists and maps are JSON text.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable, SchemaItem, SetColumnComment

metadata = sa.MetaData()

_Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, comment: str, *rest: SchemaItem, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, *rest, nullable=options.pop("nullable", False), comment=comment, **options)


def _int(name: str, comment: str, *rest: SchemaItem, **options: Any) -> sa.Column[int]:
    kind = _Big if options.pop("big", False) else sa.Integer()
    return sa.Column(name, kind, *rest, nullable=options.pop("nullable", False), comment=comment, **options)


def _reference(column: str) -> sa.ForeignKey:
    """A reference that may wait for the end of a transaction: a merge gives acts new sequence numbers."""
    return sa.ForeignKey(column, deferrable=True, initially="IMMEDIATE")


meta = sa.Table(
    "meta",
    metadata,
    _text("key", "what this row says: schema, rules", primary_key=True),
    _text("value", "its value as text"),
)

card = sa.Table(
    "card",
    metadata,
    _text("uid", "names the card for ever, through every rename", primary_key=True),
    _text("deck", "slug of the deck now"),
    _text("question", "id of the question now"),
    _text("born", "deck/question when the card got its first act"),
    _int("repetition", "SM-2's n"),
    _int("interval_days", "planned interval in days, 0 when new"),
    _int("ease", "ease factor in hundredths"),
    _int("due_day", "study day it is due, null when new", nullable=True),
    _int("last_day", "study day of the last counted review, null when new", nullable=True),
    _int("first_day", "study day of the first counted review since it was new", nullable=True),
    _int("reviews", "counted reviews"),
    _int("counted", "reviews and drills: with the uid it gives the seed"),
    _int("lapses", "failures after a recall"),
    _int("streak", "recalls since the last lapse"),
    _int("last_grade", "grade 0-5 of the last counted review", nullable=True),
    _int("suspended", "1: never asked"),
    _int("flagged", "1: marked by the learner"),
    _int("buried_until", "study day on which it comes back", nullable=True),
    _text("rung", "rung of the last counted review"),
    _text("grader_hash", "hash of what decided the last counted review"),
    _text("scheduler", "the card's own choice and its parameter set, empty: the setting's", server_default=""),
    sa.Column("stability", sa.Double, comment="FSRS: days until recall has fallen to 0.9"),
    sa.Column("difficulty", sa.Double, comment="FSRS: 1 to 10"),
    _int("exam_day", "study day of an exam on this card's deck, kept by one card of it", nullable=True),
    _text("times", "ms of the last 15 timed answers, newest first, null: not read from the log yet", nullable=True),
    _int("median_ms", "median answer time of the last 15 timed answers", nullable=True),
    _int("last_seq", "newest act this row is the fold of", big=True),
    sa.UniqueConstraint("deck", "question", name="card_name"),
)
sa.Index("card_due", card.c.deck, card.c.due_day, card.c.suspended, card.c.buried_until, card.c.interval_days)
sa.Index("card_seen", card.c.last_day, card.c.first_day)
_EXAM = card.c.exam_day.is_not(None)
sa.Index("card_exam", card.c.deck, card.c.exam_day, sqlite_where=_EXAM, postgresql_where=_EXAM)
_CHOSEN = card.c.scheduler != sa.literal_column("''")
sa.Index("card_choice", card.c.deck, card.c.last_seq, sqlite_where=_CHOSEN, postgresql_where=_CHOSEN)

act = sa.Table(
    "act",
    metadata,
    _int("seq", "order of acts in this database", big=True, primary_key=True, autoincrement=True),
    _text("uuid", "names the act everywhere", unique=True),
    _text("learner", "who did it"),
    _text("card_uid", "the card it changes", sa.ForeignKey("card.uid")),
    _text("type", "review, undo, overrule, bury …"),
    _int("at_ms", "UTC milliseconds since 1970", big=True),
    _int("offset_min", "UTC offset in minutes then"),
    _int("day", "study day, frozen"),
    _text("target", "uuid of the act that is voided or corrected, or the batch", nullable=True),
    _text("value", "new grade, return day, new name …", nullable=True),
    _int("order_ms", "orders acts on every machine: at_ms, or one after the act before", big=True, server_default="0"),
    sqlite_autoincrement=True,
)
sa.Index("act_card", act.c.card_uid, act.c.seq)
sa.Index("act_learner", act.c.learner, act.c.seq)
sa.Index(
    "act_target",
    act.c.target,
    act.c.type,
    sqlite_where=act.c.target.is_not(None),
    postgresql_where=act.c.target.is_not(None),
)

review = sa.Table(
    "review",
    metadata,
    _int("seq", "the act", _reference("act.seq"), big=True, primary_key=True, autoincrement=False),
    _int("grade", "0-5 as graded; an overrule is another act"),
    _text("verdict", "what grading said"),
    _text("kind", "review, drill, cram, ahead"),
    _text("question_kind", "choice, numeric, code …"),
    _text("rung", "how much was asked for"),
    _int("trial", "1: first time on a higher rung"),
    _int("seed", "of the variant", big=True),
    _text("drawn", "drawn values, JSON map"),
    _int("hints", "hints shown"),
    _int("attempts", "tries until this verdict"),
    _int("duration_ms", "answer time, idle time capped", nullable=True),
    _text("scheduler", "sm2, sm2-paper …"),
    _text("parameters", "its settings, JSON map"),
    _int("planned_interval", "days before fuzz, null where nothing was planned", nullable=True),
    _int("chosen_due", "study day chosen instead of the schedule's own", nullable=True),
    sa.Column("predicted", sa.Double, comment="recall probability predicted before the answer"),
    _text("prompt_hash", "hash of what was shown"),
    _text("grader_hash", "hash of what decided"),
    sa.Column("score", sa.Double, comment="share that was right, 0-1"),
    _text("mistake", "declared mistake it matched"),
    _text("detail", "the verdict for the report, JSON map"),
)
sa.Index("review_question_kind", review.c.question_kind, review.c.seq)

joined = sa.Table(
    "joined",
    metadata,
    _text("uid", "a card that became one with another when two machines' logs met", primary_key=True),
    _text("card_uid", "the card that has its history now"),
)

response = sa.Table(
    "response",
    metadata,
    _int("seq", "the review's act", _reference("review.seq"), big=True, primary_key=True, autoincrement=False),
    _text("text", "what was answered; can be purged, the review stays"),
)

deck_choice = sa.Table(
    "deck_choice",
    metadata,
    _text("deck", "slug", primary_key=True),
    _int("started", "1: new cards come from this deck"),
    _int("at_ms", "when that was chosen, UTC milliseconds", big=True),
)

deck_file = sa.Table(
    "deck_file",
    metadata,
    _text("path", "absolute path of the YAML file", primary_key=True),
    _int("size", "bytes when last read", big=True),
    _int("mtime_ns", "modification time in nanoseconds when last read", big=True),
    _text("content", "hash of the file as last read"),
    _text("parts", "other files it reads, JSON list of [path, size, mtime_ns]"),
    _text("program", "version of the program that compiled it"),
    _int("checked_at_ms", "when content was last compared, UTC milliseconds", big=True),
    _text("hash", "names the last good compiled version, empty when there is none"),
    _text("deck", "slug of that version"),
    _text("title", "title of that version"),
    _text("language", "language of that version"),
    _text("header", "the rest of that version's head, JSON map"),
    _text("kinds", "ready questions by kind, JSON map"),
    _int("ready", "ready questions"),
    _int("drafts", "draft questions"),
    _text("error", "why content does not compile, empty when it does"),
)

compiled = sa.Table(
    "compiled",
    metadata,
    _text("hash", "the deck version", primary_key=True),
    _text("question", "id of the question", primary_key=True),
    _text("deck", "slug of the deck"),
    _int("position", "place in the deck, from 0"),
    _text("kind", "question kind"),
    _text("status", "ready or draft"),
    _text("data", "the question, JSON map"),
    _int("line", "line in the file, from 1"),
    sa.Column("minutes", sa.Double, comment="author's estimate of one answer"),
    _text("tags", "JSON list"),
    _text("requires", "JSON list of names that come first"),
    _text("grp", "at most one of a group a day"),
    _text("was", "JSON list of old names, deck/question"),
    _text("prompt_hash", "hash of what the learner sees"),
    _text("grader_hash", "hash of what decides the verdict"),
    _int("introduced", "1: its card has a last_day (a cache)"),
)
sa.Index("compiled_name", compiled.c.deck, compiled.c.question)
sa.Index("compiled_new", compiled.c.introduced, compiled.c.hash, compiled.c.status, compiled.c.position)

absent = sa.Table(
    "absent",
    metadata,
    _text("hash", "a deck version", primary_key=True),
    _text("uid", "a card of its deck that it has no ready question for (a cache)", primary_key=True),
)
sa.Index("absent_uid", absent.c.uid)

parameter_set = sa.Table(
    "parameter_set",
    metadata,
    _text("id", "names the set: the beginning of the hash of its values", primary_key=True),
    _text("scheduler", "whose parameters: fsrs, sm2-curve"),
    _text("weights", "its values, JSON list"),
    _text("detail", "what it was fitted to and how it scored, JSON map"),
    _int("at_ms", "when it was adopted, UTC milliseconds", big=True),
)

output = sa.Table(
    "output",
    metadata,
    _text("key", "content and versions of what was run", primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False, comment="what it gave"),
)

feed = sa.Table(
    "feed",
    metadata,
    _text("url", "where it is pulled from", primary_key=True),
    _text("title", "its own title"),
    _text("link", "the site it belongs to"),
    _text("etag", "the server's name for what was pulled last"),
    _text("modified", "the server's date of what was pulled last"),
    _int("added_ms", "when the learner added it, UTC milliseconds", big=True),
    _int("pulled_ms", "when it was last pulled, UTC milliseconds, null when never", big=True, nullable=True),
    _text("error", "why the last pull failed, empty when it did not"),
    _int("removed", "1: no longer pulled"),
)

article = sa.Table(
    "article",
    metadata,
    _text("id", "names the article", primary_key=True),
    _text("feed", "url of the feed that first gave it"),
    _text("guid", "the feed's own name for it"),
    _text("link", "its page"),
    _text("title", "its title"),
    _text("published", "ISO 8601, empty when not known"),
    _text("text", "Markdown with formulas and code"),
    _text("losses", "what the text is known to lack, JSON list of [what, start, end]"),
    _int("fetched_ms", "when this text was fetched, UTC milliseconds", big=True),
)
sa.Index("article_feed", article.c.feed, article.c.guid)
sa.Index("article_link", article.c.link)

rejected_draft = sa.Table(
    "rejected_draft",
    metadata,
    _text("name", "what the draft asks, whatever its words: never proposed again", primary_key=True),
    _text("prompt", "how it was worded"),
    _text("reason", "why, in the learner's words"),
    _int("at_ms", "when, UTC milliseconds", big=True),
)

model_reply = sa.Table(
    "model_reply",
    metadata,
    _text("name", "hash of model, prompt version and everything that was sent", primary_key=True),
    _text("model", "which model answered"),
    _text("text", "what it answered"),
    _int("tokens_in", "tokens that were sent"),
    _int("tokens_out", "tokens that came back"),
    _int("at_ms", "when, UTC milliseconds", big=True),
)


@cache
def statements(dialect: str) -> tuple[str, ...]:
    """Everything that makes an empty database ours, in order, for `sqlite` or `postgresql`."""
    from sqlalchemy.dialects import postgresql, sqlite

    spoken = sqlite.dialect() if dialect == "sqlite" else postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves these untyped
    made: list[str] = []
    for table in metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=spoken)))
        made += [str(CreateIndex(index).compile(dialect=spoken)) for index in table.indexes]
        if dialect == "postgresql":
            made += [str(SetColumnComment(column).compile(dialect=spoken)) for column in table.columns]
    return tuple(made)
