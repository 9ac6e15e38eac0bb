"""Making a database, and leading an older one forward: numbered steps and their record, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quizzer.store import queries
from quizzer.store.connection import Connection

Step = Callable[[Connection], None]


def _fsrs(connection: Connection) -> None:
    """Version 2: a card's own scheduler and FSRS's memory of it, and the parameter sets."""
    double = "DOUBLE PRECISION" if connection.dialect == "postgresql" else "DOUBLE"
    big = "BIGINT" if connection.dialect == "postgresql" else "INTEGER"
    connection.raw("ALTER TABLE card ADD COLUMN scheduler TEXT NOT NULL DEFAULT ''")
    connection.raw(f"ALTER TABLE card ADD COLUMN stability {double}")
    connection.raw(f"ALTER TABLE card ADD COLUMN difficulty {double}")
    connection.raw("CREATE INDEX card_choice ON card (deck, last_seq) WHERE scheduler <> ''")
    connection.raw(
        "CREATE TABLE parameter_set (id TEXT NOT NULL PRIMARY KEY, scheduler TEXT NOT NULL, weights TEXT NOT NULL, "
        f"detail TEXT NOT NULL, at_ms {big} NOT NULL)"
    )


def _exam_and_queue(connection: Connection) -> None:
    """Version 3: exam days; indexes that order a queue and find today's cards without reading their rows."""
    connection.raw("ALTER TABLE card ADD COLUMN exam_day INTEGER")
    connection.raw("CREATE INDEX card_exam ON card (deck, exam_day) WHERE exam_day IS NOT NULL")
    connection.raw("DROP INDEX card_due")
    connection.raw("CREATE INDEX card_due ON card (deck, due_day, suspended, buried_until, interval_days)")
    connection.raw("DROP INDEX card_first")
    connection.raw("CREATE INDEX card_seen ON card (last_day, first_day)")


def _merging(connection: Connection) -> None:
    """Version 4: the order of acts on every machine; what a merge of two logs needs."""
    big = "BIGINT" if connection.dialect == "postgresql" else "INTEGER"
    connection.raw(f"ALTER TABLE act ADD COLUMN order_ms {big} NOT NULL DEFAULT 0")
    # Each act's own time, or one after the act before it: the same on every machine that holds the same log.
    connection.raw(
        "UPDATE act SET order_ms = k.place FROM (SELECT seq, n + MAX(at_ms - n) OVER (ORDER BY seq) AS place "
        "FROM (SELECT seq, at_ms, ROW_NUMBER() OVER (ORDER BY seq) AS n FROM act) numbered) k WHERE k.seq = act.seq"
    )
    connection.raw("CREATE TABLE joined (uid TEXT NOT NULL PRIMARY KEY, card_uid TEXT NOT NULL)")
    if connection.dialect == "postgresql":
        for table in ("review", "response"):
            connection.raw(f"ALTER TABLE {table} ALTER CONSTRAINT {table}_seq_fkey DEFERRABLE INITIALLY IMMEDIATE")


def _articles(connection: Connection) -> None:
    """Version 5: feeds, the articles pulled from them, rejected drafts, and the replies of language models."""
    big = "BIGINT" if connection.dialect == "postgresql" else "INTEGER"
    connection.raw(
        "CREATE TABLE feed (url TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, link TEXT NOT NULL, "
        f"etag TEXT NOT NULL, modified TEXT NOT NULL, added_ms {big} NOT NULL, pulled_ms {big}, "
        "error TEXT NOT NULL, removed INTEGER NOT NULL)"
    )
    connection.raw(
        "CREATE TABLE article (id TEXT NOT NULL PRIMARY KEY, feed TEXT NOT NULL, guid TEXT NOT NULL, "
        "link TEXT NOT NULL, title TEXT NOT NULL, published TEXT NOT NULL, text TEXT NOT NULL, losses TEXT NOT NULL, "
        f"fetched_ms {big} NOT NULL)"
    )
    connection.raw("CREATE INDEX article_feed ON article (feed, guid)")
    connection.raw("CREATE INDEX article_link ON article (link)")
    connection.raw(
        "CREATE TABLE rejected_draft (name TEXT NOT NULL PRIMARY KEY, prompt TEXT NOT NULL, reason TEXT NOT NULL, "
        f"at_ms {big} NOT NULL)"
    )
    connection.raw(
        "CREATE TABLE model_reply (name TEXT NOT NULL PRIMARY KEY, model TEXT NOT NULL, text TEXT NOT NULL, "
        f"tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL, at_ms {big} NOT NULL)"
    )


def _times(connection: Connection) -> None:
    """Version 6: a card's last answer times, so that the next answer need not read the rows of those before it.

    They are filled in card by card, each at its next answer.
    """
    connection.raw("ALTER TABLE card ADD COLUMN times TEXT")


MIGRATIONS: Mapping[int, Step] = {2: _fsrs, 3: _exam_and_queue, 4: _merging, 5: _articles, 6: _times}
"""The step that leads to each version from the one before. A step is never changed after it was released."""


def create(connection: Connection) -> None:
    """Make an empty database ours. Does nothing where another program was faster."""
    from quizzer.store.schema import statements

    with connection.transaction(write=True):
        if version(connection) is not None:
            return
        for statement in statements(connection.dialect):
            connection.raw(statement)
        if connection.dialect == "sqlite":
            connection.raw(f"PRAGMA application_id = {queries.APPLICATION_ID}")
        _note(connection, queries.SCHEMA_VERSION)


def version(connection: Connection) -> int | None:
    """The schema version of a database, None where there is none yet."""
    if not has_table(connection, "meta"):
        return None
    values = {str(key): str(value) for key, value in connection.execute(queries.META)}
    return int(values["schema"]) if "schema" in values else None


def has_table(connection: Connection, name: str) -> bool:
    """Whether the database has this table."""
    if connection.dialect == "sqlite":
        sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name"
    else:
        sql = "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = :name"
    return bool(connection.execute(sql, {"name": name}))


def forward(connection: Connection, steps: Mapping[int, Step], to: int) -> None:
    """Lead a database to version `to`, all steps in one transaction: it is at `to` afterwards, or as it was before.

    Both SQLite and PostgreSQL take back tables and columns with everything else. The caller has made a backup where
    there is a file to copy. Of several programs that come at once the first does the work.
    """
    with connection.transaction(write=True):
        now = version(connection)
        for number in range(1, to + 1):
            if now is not None and now < number:
                steps[number](connection)
                _note(connection, number)


def _note(connection: Connection, number: int) -> None:
    connection.execute(queries.SET_META, {"key": "schema", "value": str(number)})
