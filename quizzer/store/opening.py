"""Finding, recognising, making and migrating a database; the quick road where it can be taken."""

from __future__ import annotations

import os
import sqlite3
from typing import Literal

from quizzer.errors import BadDatabase, BadUsage, QuizzerError, StorageFault
from quizzer.scheduling.rules import RuleBook, Ruling, book
from quizzer.store import queries
from quizzer.store.connection import Connection
from quizzer.store.sqlite_road import SqliteRoad, ask, connect_file, told
from quizzer.store.store import Store

RoadName = Literal["auto", "quick", "sqlalchemy"]


def open_store(
    url_or_path: str,
    *,
    learner: str = "me",
    rules: Ruling | None = None,
    road: RoadName = "auto",
    read_only: bool = False,
) -> Store:
    """Open a database, making it (and its folder) if it isn't there and leading an older one forward.

    `url_or_path` is a path, `sqlite:///path`, `:memory:` or a SQLAlchemy URL. `road` `auto` takes the quick one for
    SQLite. With `read_only` nothing is written: decks are compiled in memory where they changed, and a database that
    isn't there is an empty one in memory.

    Raises BadDatabase for a file that isn't ours or comes from a newer program, StorageFault where it can't be
    reached or written, BadUsage for a URL that can't be used, Unable without a driver.
    """
    rules = book(rules or RuleBook())
    path = _path_of(url_or_path)
    if path is None:
        if road == "quick":
            raise BadUsage("the quick road leads to SQLite files only")
        from quizzer.store.alchemy_road import over_server

        connection: Connection = over_server(url_or_path)
    else:
        if read_only and path != ":memory:" and not os.path.exists(path):  # noqa: PTH110 - pathlib costs a tenth of the start
            path = ":memory:"
        read_only = read_only and path != ":memory:"
        connection = _open_file(path, road, read_only=read_only)
    try:
        kept_rules = _recognise(connection, path, read_only=read_only)
        store = Store(connection, learner=learner, rules=rules, read_only=read_only)
        if kept_rules != rules_text(rules) and not read_only:
            store.adopt(rules_text(rules), again=kept_rules is not None)
    except BaseException:
        connection.close()
        raise
    return store


def rules_text(rules: Ruling) -> str:
    """The rules as the database notes them beside the states that obey them: `sm2 {"max_interval": 36500}`."""
    return book(rules).text


def file_of(url_or_path: str) -> str | None:
    """The absolute path of a SQLite file, `:memory:`, or None for a server. Raises BadUsage for what is neither."""
    path = _path_of(url_or_path)
    if path is None or path == ":memory:":
        return path
    return os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111 - pathlib costs a tenth of the start


def _path_of(url_or_path: str) -> str | None:
    """The file a name leads to; None for a server."""
    if url_or_path.startswith("sqlite:"):
        from quizzer.store.alchemy_road import parse_url

        return parse_url(url_or_path).database or ":memory:"
    scheme = url_or_path.partition("://")
    if scheme[1] and scheme[0].replace("+", "").isalnum():
        return None
    if not url_or_path:
        raise BadUsage("the database has no name", "Give --db a path")
    return url_or_path


def _open_file(path: str, road: RoadName, *, read_only: bool) -> Connection:
    if path != ":memory:":
        path = os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111 - pathlib costs a tenth of the start
        if not read_only:
            _make_file(path)
    if road == "sqlalchemy":
        from quizzer.store.alchemy_road import over_file

        return over_file(path, path, read_only=read_only)
    with told(path):
        return SqliteRoad(connect_file(path, read_only=read_only), path)


def _make_file(path: str) -> None:
    """Make sure that a file we may write is there, readable by its owner alone when it is ours to make."""
    if os.path.isdir(path):  # noqa: PTH112 - as above
        raise BadUsage(f"{path} is a folder", "Name a file with --db")
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120 - as above
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StorageFault(
            f"{path} can't be {'written' if os.path.exists(path) else 'made'}: {error.strerror}",  # noqa: PTH110 - as above
            "Make the file and its folder writable, or name another --db",
        ) from error


def _recognise(connection: Connection, path: str | None, *, read_only: bool) -> str | None:
    """Check that the database is one we can use, making or migrating it where needed; the rules its states obey."""
    if connection.dialect == "sqlite":
        application = _application(connection)
        # Another program may make the database between the two looks: what has tables is asked once more whose it is.
        has_tables = application == 0 and bool(connection.execute("SELECT 1 FROM sqlite_master LIMIT 1"))
        if has_tables:
            application = _application(connection)
        if application != queries.APPLICATION_ID:
            if application != 0 or has_tables:
                raise BadDatabase(f"{connection.place} is another program's database", "Name another file with --db")
            if read_only:
                raise BadDatabase(f"{connection.place} is empty", "Open it once for writing")
            _make(connection, path)
    else:
        from quizzer.store import migrate

        if not migrate.has_table(connection, "meta"):
            _make(connection, None)
    kept = _read_meta(connection)
    try:
        number = int(kept["schema"])
    except (KeyError, ValueError):
        raise BadDatabase(
            f"{connection.place} does not say its version", "Put a backup back with: quizzer db restore"
        ) from None
    if number > queries.SCHEMA_VERSION:
        raise BadDatabase(
            f"{connection.place} was written by a newer quizzer (its version {number}, ours {queries.SCHEMA_VERSION})",
            "Update quizzer",
        )
    if number < queries.SCHEMA_VERSION:
        _forward(connection, path, number, read_only=read_only)
    return kept.get("rules")


def _application(connection: Connection) -> int:
    number: int = connection.execute("PRAGMA application_id")[0][0]
    return number


def _read_meta(connection: Connection) -> dict[str, str]:
    try:
        return dict(connection.execute(queries.META))
    except QuizzerError:
        raise
    except Exception as error:
        raise BadDatabase(
            f"{connection.place} lacks its tables", "Put a backup back with: quizzer db restore"
        ) from error


def _make(connection: Connection, path: str | None) -> None:
    from quizzer.store import migrate

    if path is not None and path != ":memory:":
        with told(connection.place):
            _write_ahead(path)
    migrate.create(connection)


def _write_ahead(path: str) -> None:
    """Switch the file to a write-ahead log, once and for all: readers and the writer leave each other alone."""
    raw = sqlite3.connect(os.path.expanduser(path), timeout=10, isolation_level=None)  # noqa: PTH111 - as above
    try:
        ask(raw, "PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def _forward(connection: Connection, path: str | None, number: int, *, read_only: bool) -> None:
    if read_only:
        raise BadDatabase(f"{connection.place} is from an older quizzer", "Open it once for writing; a backup is made")
    from quizzer.store import migrate

    if path is not None and path != ":memory:":
        from quizzer.store import backups

        backups.copy(connection.place, backups.free_name(connection.place, f"version-{number}"))
    migrate.forward(connection, migrate.MIGRATIONS, queries.SCHEMA_VERSION)
