"""Files that are ours, foreign, newer, older, broken, in the wrong place: each is recognised and told in one line."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
from store_helpers import START, Learner

from quizzer.errors import BadDatabase, BadUsage, QuizzerError, StorageFault
from quizzer.model import ReviewData
from quizzer.store import migrate, open_store, queries
from quizzer.store.sqlite_road import by_place

ROADS = ["quick", "sqlalchemy"]


@pytest.fixture(params=ROADS)
def road(request):
    return request.param


def clear(caught, *words):
    """The message is one line that names what it is about."""
    text = str(caught.value)
    assert "\n" not in text
    assert caught.value.fix
    for word in words:
        assert word in text
    return True


def test_a_database_and_its_folder_are_made_for_their_owner_alone(tmp_path, road):
    path = tmp_path / "new" / "folder" / "数据 #1?%20.db"
    with open_store(str(path), road=road) as store:
        assert store.place == str(path)
        assert store._connection.execute("PRAGMA journal_mode") == [("wal",)]
        assert store._connection.execute("PRAGMA synchronous") == [(2,)]
        assert store._connection.execute("PRAGMA foreign_keys") == [(1,)]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert sorted(item.name for item in path.parent.iterdir()) == [path.name]


def test_a_url_a_home_and_memory_are_places_too(tmp_path, road, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    open_store("~/a.db", road=road).close()
    open_store(f"sqlite:///{tmp_path}/b.db", road=road).close()
    open_store(":memory:", road=road).close()
    open_store("sqlite://", road=road).close()
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.db", "b.db"]


@pytest.mark.parametrize("url", ["mysql://h/d", "http://example.org", "", "postgresql://h:port/x"])
def test_a_place_we_can_not_use_is_bad_usage(url):
    with pytest.raises(BadUsage) as caught:
        open_store(url)
    assert clear(caught)


def test_a_server_that_does_not_answer_is_told_without_its_password(tmp_path):
    pytest.importorskip("psycopg", reason="no driver")
    with pytest.raises(StorageFault) as caught:
        open_store(f"postgresql://me:secret@/x?host={tmp_path}")
    assert clear(caught, "server")
    assert "secret" not in str(caught.value)


def test_garbage_is_not_a_database(tmp_path, road):
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary, " * 100, encoding="utf-8")
    for read_only in (False, True):
        with pytest.raises(BadDatabase) as caught:
            open_store(str(path), road=road, read_only=read_only)
        assert clear(caught, "notes.txt")
    assert path.read_text(encoding="utf-8").startswith("Dear diary")


def test_another_program_s_database_is_left_alone(tmp_path, road):
    path = tmp_path / "theirs.db"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE meta (key, value)")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(BadDatabase) as caught:
        open_store(str(path), road=road)
    assert clear(caught, "another program")
    assert path.read_bytes() == before


def test_a_damaged_database_is_told(tmp_path, road):
    path = tmp_path / "q.db"
    open_store(str(path)).close()
    raw = sqlite3.connect(path)
    raw.execute("DROP TABLE meta")
    raw.close()
    with pytest.raises(BadDatabase) as caught:
        open_store(str(path), road=road)
    assert clear(caught, "lacks its tables")
    data = bytearray(path.read_bytes())
    data[4096:8192] = b"\xa5" * 4096
    data[100:4096] = b"\x5a" * 3996
    path.write_bytes(data)
    with pytest.raises(BadDatabase) as caught:
        open_store(str(path), road=road)
    assert clear(caught, "damaged")


def test_a_newer_database_is_refused_untouched(tmp_path, road):
    path = tmp_path / "q.db"
    with open_store(str(path)) as store:
        store._connection.execute(queries.SET_META, {"key": "schema", "value": "2000"})
    with pytest.raises(BadDatabase) as caught:
        open_store(str(path), road=road)
    assert clear(caught, "newer", "2000", "Update")


def test_a_newer_database_is_refused_on_a_server_too(opened):
    store = opened()
    store._connection.execute(queries.SET_META, {"key": "schema", "value": "2000"})
    with pytest.raises(BadDatabase, match="newer"):
        opened()


def _with_a_column(connection):
    connection.raw("ALTER TABLE output ADD COLUMN size INTEGER NOT NULL DEFAULT 7")


def _that_fails(connection):
    connection.raw("ALTER TABLE output ADD COLUMN late INTEGER")
    raise StorageFault("the disk is full", "Make room")


def test_an_older_database_is_led_forward_after_a_backup(tmp_path, road, monkeypatch):
    path = tmp_path / "q.db"
    with open_store(str(path), road=road) as store:
        store.outputs.put("k", b"v")
    now = queries.SCHEMA_VERSION
    monkeypatch.setattr(queries, "SCHEMA_VERSION", now + 2)
    monkeypatch.setattr(migrate, "MIGRATIONS", {now + 1: _with_a_column, now + 2: _that_fails})
    with pytest.raises(BadDatabase, match="older"):
        open_store(str(path), road=road, read_only=True)
    assert list(tmp_path.glob("*.backup")) == []  # SQLite leaves its -wal and -shm beside a file it only read
    with pytest.raises(StorageFault):
        open_store(str(path), road=road)
    raw = sqlite3.connect(path)  # neither the step that failed nor the one before it left a trace
    assert raw.execute("SELECT * FROM output").fetchall() == [("k", b"v")]
    assert raw.execute("SELECT value FROM meta WHERE key = 'schema'").fetchall() == [(str(now),)]
    raw.close()
    monkeypatch.setattr(migrate, "MIGRATIONS", {now + 1: _with_a_column, now + 2: _with_a_second_column})
    with open_store(str(path), road=road) as store:
        assert store._connection.execute("SELECT * FROM output") == [("k", b"v", 7, 8)]
    copies = list(tmp_path.glob(f"q.db.version-{now}*.backup"))
    assert len(copies) == 2  # one before each attempt
    for copy in copies:
        raw = sqlite3.connect(copy)
        assert raw.execute("SELECT * FROM output").fetchall() == [("k", b"v")]
        raw.close()
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def _with_a_second_column(connection):
    connection.raw("ALTER TABLE output ADD COLUMN kind INTEGER NOT NULL DEFAULT 8")


@contextmanager
def someone_without_rights():
    """As a user who may write nowhere but in the open; root may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    import quizzer.store.alchemy_road  # noqa: F401 - the checkout may be out of reach of that user

    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def locked():
    """A folder that can be looked into and not written, with a database that can be read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        open_store(str(folder / "q.db")).close()
        (folder / "q.db").chmod(0o444)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_a_place_that_can_not_be_written_is_told_with_a_cure(locked, road):
    with someone_without_rights():
        for name in ("q.db", "new.db", "deeper/new.db"):
            with pytest.raises(StorageFault) as caught:
                open_store(str(locked / name), road=road)
            assert clear(caught, name, "--db")


def test_a_database_in_a_locked_folder_can_be_read(locked, road):
    with someone_without_rights(), open_store(str(locked / "q.db"), road=road, read_only=True) as store:
        assert store.card("a", "b").state.is_new
        assert store.last_review() is None
        with pytest.raises(StorageFault) as caught:
            Learner(store).answers("a/b", 4)
        assert clear(caught, "can't be written")
        store.outputs.put("k", b"v")
        assert store.outputs.get("k") == b"v"


def test_a_file_in_the_way_of_a_folder_and_a_folder_in_the_way_of_a_file(tmp_path, road):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StorageFault):
        open_store(str(tmp_path / "file" / "q.db"), road=road)
    with pytest.raises(BadUsage, match="folder"):
        open_store(str(tmp_path), road=road)


def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path, road):
    with open_store(str(tmp_path / "q.db"), road=road) as store:
        learner = Learner(store)
        learner.answers("a/b", 4)
        pages = store._connection.execute("PRAGMA page_count")[0][0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StorageFault) as caught:  # noqa: PT012 - which of the answers fills the disk is open
            for number in range(200):
                learner.answers(f"a/q{number}", 4, response="x" * 1000)
        assert clear(caught, "full")
        kept = len(list(store.reviews()))
        store._connection.execute("PRAGMA max_page_count = 1000000")
        learner.answers("a/late", 4)
        assert len(list(store.reviews())) == kept + 1
        assert store.check() == []


def test_a_writer_waits_for_another_one(tmp_path, road):
    path = str(tmp_path / "q.db")
    with open_store(path, road=road) as store:
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")

        def let_go():
            sleep(0.3)
            other.execute("COMMIT")

        thread = Thread(target=let_go)
        thread.start()
        assert Learner(store).answers("a/b", 4).kind == "review"
        thread.join()
        other.close()


def test_a_reader_does_not_wait_for_a_writer(tmp_path, road):
    path = str(tmp_path / "q.db")
    with open_store(path, road=road) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with open_store(path, road=road, read_only=True) as reader:
            assert reader.check() == []
        assert store.card("a", "b").state.is_new
        other.execute("ROLLBACK")
        other.close()


def test_too_long_a_wait_is_told_without_the_word_locked(tmp_path, road, monkeypatch):
    monkeypatch.setattr("quizzer.store.sqlite_road.BUSY_SECONDS", 0.05)
    path = str(tmp_path / "q.db")
    with open_store(path, road=road) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFault) as caught:
            Learner(store).answers("a/b", 4)
        assert clear(caught, "another program")
        assert "locked" not in str(caught.value)
        other.execute("ROLLBACK")
        other.close()
        assert Learner(store).answers("a/b", 4).kind == "review"


def test_ten_programs_may_make_the_same_database_at_once(tmp_path, python):
    path = str(tmp_path / "q.db")
    faults: list[QuizzerError] = []

    def make():
        try:
            open_store(path).close()
        except QuizzerError as error:
            faults.append(error)

    threads = [Thread(target=make) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with open_store(path) as store:
        assert store.check() == []


def test_the_two_roads_share_one_file(tmp_path):
    path = str(tmp_path / "q.db")
    with open_store(path, road="sqlalchemy") as wide, open_store(path, road="quick") as quick:
        Learner(wide).answers("a/b", 4)
        assert quick.card("a", "b").state.reviews == 1
        review = ReviewData(grade=4, verdict="passed", kind="review")
        quick.record_review(quick.card("a", "b"), review, at=START, day=20_520)
        assert wide.card("a", "b").state.reviews == 2
        assert wide.check() == quick.check() == []


QUICK = """
import sys
from datetime import UTC, datetime
from quizzer.model import ReviewData
from quizzer.store import open_store
store = open_store(sys.argv[1])
loaded = store.load_decks([sys.argv[2]], None)
store.counts(loaded, 20513), store.forecast(loaded, 20513, 7), store.due_rows(loaded, 20513), store.new_rows(loaded)
card = store.card("adam", "first")
store.record_review(card, ReviewData(4, "passed", "review"), at=datetime(2026, 3, 1, tzinfo=UTC), day=20513)
store.undo(at=datetime(2026, 3, 1, tzinfo=UTC), day=20513)
store.close()
heavy = {"sqlalchemy", "numpy", "yaml", "jinja2", "click", "mpmath", "urllib.request", "email"}
print(sorted(heavy & set(sys.modules)))
"""


def test_a_known_database_opens_without_sqlalchemy(tmp_path, shelf, python):
    path = str(tmp_path / "q.db")
    shelf.write("adam.yaml", "adam\nfirst choice\n")
    with open_store(path) as store:
        shelf.load(store)
        store.start("adam", at=START)
    done = python(QUICK, path, str(shelf.folder))
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_names_in_quotes_are_no_parameters():
    sql, values = by_place("SELECT :a, ':a', 'it''s :b', :b, :a")
    assert sql == "SELECT ?1, ':a', 'it''s :b', ?2, ?1"
    assert values({"b": 2, "a": 1}) == (1, 2)
