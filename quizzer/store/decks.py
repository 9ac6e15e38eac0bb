"""Decks in the database: compiled when a file changed, the last good version kept when it no longer compiles."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from quizzer.errors import BadDatabase, DeckError
from quizzer.lean import dataclass
from quizzer.store import queries
from quizzer.store.connection import Connection, Row
from quizzer.store.files import Stat, compiled_by, deck_files, is_current, stat


@dataclass(frozen=True, slots=True)
class CompiledQuestion:
    """One question in the form the database keeps. `data` is JSON text, `minutes` the author's estimate.

    `requires` are full names (`deck/question`); `was` old ids or full names.
    """

    id: str
    position: int
    kind: str
    status: str
    data: str
    line: int = 0
    minutes: float | None = None
    tags: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    group: str = ""
    was: tuple[str, ...] = ()
    prompt_hash: str = ""
    grader_hash: str = ""


@dataclass(frozen=True, slots=True)
class CompiledDeck:
    """A deck in the form the database keeps. `header` is what JSON can hold; its `was` lists old slugs.

    `files` are the other files it was made from, relative to the deck's folder: a change in one is a change of the
    deck.
    """

    slug: str
    title: str
    language: str
    header: Mapping[str, Any]
    questions: tuple[CompiledQuestion, ...]
    files: tuple[str, ...] = ()


Compile = Callable[[Path, bytes], CompiledDeck]


@dataclass(frozen=True, slots=True)
class DeckRow:
    """A deck of this run. `hash` names its compiled version, `questions` counts the ready ones, `kinds` by kind."""

    deck: str
    title: str
    language: str
    path: str
    hash: str
    questions: int
    drafts: int
    kinds: Mapping[str, int]
    header: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LoadedDecks:
    """The decks of this run, one a slug, and what was wrong with files, one line a problem."""

    decks: tuple[DeckRow, ...] = ()
    problems: tuple[str, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)
    """Slug → compiled version."""

    def get(self, slug: str) -> DeckRow | None:
        """The deck of this slug, None when it isn't loaded."""
        return next((deck for deck in self.decks if deck.deck == slug), None)


@dataclass(frozen=True, slots=True)
class _File:
    """A row of `deck_file`, its columns in order."""

    path: str
    size: int
    mtime_ns: int
    content: str
    parts: str
    program: str
    checked_at_ms: int
    hash: str
    deck: str
    title: str
    language: str
    header: str
    kinds: str
    ready: int
    drafts: int
    error: str

    def is_current(self, now: Stat, program: str) -> bool:
        """Whether the file is the one that was compiled, by this program."""
        return self.program == program and is_current(now, self.size, self.mtime_ns, self.parts, self.checked_at_ms)


def load_decks(
    connection: Connection, paths: Sequence[Path | str], compile_deck: Compile, *, read_only: bool = False
) -> LoadedDecks:
    """The decks under `paths`, compiling those files that changed since they were last seen.

    `compile_deck` is given a file and its bytes and raises DeckError for one it can't use; then the last good version
    stays and the problem is reported. Of two files with one slug the first counts: in the order of `paths`, sorted
    inside a folder. With `read_only` what changed is compiled into temporary tables.
    """
    program = compiled_by()
    names, problems = deck_files(paths)
    known = {row[0]: _File(*row) for row in connection.execute(queries.FILES)}
    rows: list[_File] = []
    news: list[tuple[_File, CompiledDeck | None]] = []
    for name in names:
        now, row = stat(name), known.get(name)
        if row is None or now is None or not row.is_current(now, program):
            try:
                row, deck = _read(name, row, program, compile_deck)
            except OSError as error:
                problems.append(f"{name}: can't be read ({error.strerror}). Make the file readable.")
                continue
            news.append((row, deck))
        if row.error:
            problems.append(row.error)
        rows.append(row)
    if news:
        _keep(connection, news, gone=[path for path in known if stat(path) is None], read_only=read_only)
    return _one_a_slug(rows, problems)


def _read(name: str, before: _File | None, program: str, compile_deck: Compile) -> tuple[_File, CompiledDeck | None]:
    """A file's new row, and its deck if it had to be compiled."""
    # The file's own clock, not the learner's: it is compared with modification times only.
    checked = time.time_ns() // 1_000_000
    now = stat(name)
    data = Path(name).read_bytes()
    content = _hash(data)
    size, mtime_ns = (now.size, now.mtime_ns) if now is not None else (len(data), 0)
    if before is not None and (before.content, before.program, before.parts) == (content, program, "[]"):
        return replace(before, size=size, mtime_ns=mtime_ns, checked_at_ms=checked), None
    blank = _File(name, 0, 0, "", "[]", "", 0, "", "", "", "", "{}", "{}", 0, 0, "")
    row = replace(
        before or blank, size=size, mtime_ns=mtime_ns, content=content, program=program, checked_at_ms=checked
    )
    import json

    try:
        deck = compile_deck(Path(name), data)
        parts = [str(Path(name).parent / part) for part in deck.files]
        texts = [Path(part).read_bytes() for part in parts]
    except DeckError as error:
        return replace(row, error=str(error)), None
    kinds: dict[str, int] = {}
    for question in deck.questions:
        if question.status == "ready":
            kinds[question.kind] = kinds.get(question.kind, 0) + 1
    ready = sum(kinds.values())
    stats = [(part, found.size, found.mtime_ns) for part in parts if (found := stat(part)) is not None]
    return (
        replace(
            row,
            parts=json.dumps(stats),
            hash=_hash("\0".join([program, content, *map(_hash, texts)]).encode()),
            deck=deck.slug,
            title=deck.title,
            language=deck.language,
            header=json.dumps(dict(deck.header), ensure_ascii=False),
            kinds=json.dumps(kinds),
            ready=ready,
            drafts=len(deck.questions) - ready,
            error="",
        ),
        deck,
    )


def _hash(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()[:32]


def _keep(
    connection: Connection, news: list[tuple[_File, CompiledDeck | None]], *, gone: list[str], read_only: bool
) -> None:
    if read_only:
        _shadow(connection)
    with connection.transaction(write=not read_only):
        for row, deck in news:
            connection.execute(
                queries.SAVE_FILE, dict(zip(queries.FILE_COLUMNS.split(", "), _columns(row), strict=True))
            )
            if deck is not None and not connection.execute(queries.HAS_COMPILED, {"hash": row.hash}):
                connection.many(queries.ADD_COMPILED, _questions(row.hash, deck))
                connection.execute(queries.ABSENT_FROM_VERSION, {"hash": row.hash, "deck": deck.slug})
        for path in gone:
            connection.execute(queries.DROP_FILE, {"path": path})
        if not read_only:
            connection.execute(queries.PRUNE_COMPILED)
            connection.execute(queries.PRUNE_ABSENT)


def _columns(row: _File) -> Row:
    return tuple(getattr(row, name) for name in queries.FILE_COLUMNS.split(", "))


def _questions(version: str, deck: CompiledDeck) -> list[dict[str, Any]]:
    import json

    def text(items: Sequence[str]) -> str:
        return json.dumps(list(items), ensure_ascii=False) if items else "[]"

    old_slugs = deck.header.get("was", [])
    return [
        {
            "hash": version,
            "question": question.id,
            "deck": deck.slug,
            "position": question.position,
            "kind": question.kind,
            "status": question.status,
            "data": question.data,
            "line": question.line,
            "minutes": question.minutes,
            "tags": text(question.tags),
            "requires": text(question.requires),
            "grp": question.group,
            "was": text(_old_names(deck.slug, old_slugs, question)),
            "prompt_hash": question.prompt_hash,
            "grader_hash": question.grader_hash,
        }
        for question in deck.questions
    ]


def _old_names(slug: str, old_slugs: Sequence[str], question: CompiledQuestion) -> list[str]:
    """Every `deck/question` under which this question's card may still be found."""
    names = [name if "/" in name else f"{slug}/{name}" for name in question.was]
    bare = [question.id, *(name for name in question.was if "/" not in name)]
    return names + [f"{old}/{name}" for old in old_slugs for name in bare]


def _shadow(connection: Connection) -> None:
    """Put temporary copies before the deck tables: writes go there, and every query sees them."""
    temporary = "temp." if connection.dialect == "sqlite" else "pg_temp."
    for table, key in (("deck_file", "path"), ("compiled", "hash, question"), ("absent", "hash, uid")):
        source = f"main.{table}" if connection.dialect == "sqlite" else table
        # Both names are literals of the line above.
        connection.raw(f"CREATE TEMPORARY TABLE {table} AS SELECT * FROM {source}")  # noqa: S608 - as said above
        connection.raw(
            f"CREATE UNIQUE INDEX {temporary if connection.dialect == 'sqlite' else ''}{table}_key ON {table} ({key})"
        )
    connection.raw(
        f"CREATE INDEX {'temp.' if connection.dialect == 'sqlite' else ''}compiled_by_name ON compiled (deck, question)"
    )


def _one_a_slug(rows: list[_File], problems: list[str]) -> LoadedDecks:
    first: dict[str, DeckRow] = {}
    for row in rows:
        if not row.hash:
            continue
        there = first.get(row.deck)
        if there is not None:
            problems.append(
                f"{row.path}: the deck `{row.deck}` is already in {there.path}, which is used. "
                "Give one of them another slug."
            )
            continue
        first[row.deck] = _deck(row)
    decks = tuple(first.values())
    return LoadedDecks(decks, tuple(problems), {deck.deck: deck.hash for deck in decks})


def _deck(row: _File) -> DeckRow:
    import json

    try:
        kinds, header = json.loads(row.kinds), json.loads(row.header)
    except ValueError:
        raise BadDatabase(
            f"the database holds a damaged deck {row.deck}", "Touch its file to have it compiled anew"
        ) from None
    return DeckRow(row.deck, row.title, row.language, row.path, row.hash, row.ready, row.drafts, kinds, header)
