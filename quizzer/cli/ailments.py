"""What `doctor` finds about the data and what is read into it, each with what to do.

The database, its disk, its backups, the decks; how far foreign articles are kept at bay.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from quizzer.errors import BadDatabase, QuizzerError

if TYPE_CHECKING:
    from quizzer.cli.world import World

Row = tuple[str, bool, str]
"""What was looked at, whether it is well, and what there is to say."""
_ROOM_MB = 20
"""With less a session may not find room for its answers."""
_FILES = 64
"""File handles that a session with a sandbox may need."""


def database_rows(here: World) -> list[Row]:
    """The database and all it rests on, in the order in which trouble is looked for."""
    from quizzer.store.opening import file_of

    rows: list[Row] = []
    place: str | None = None
    try:
        place = file_of(here.db)
        if place not in (None, ":memory:"):
            rows += _ground(Path(str(place)))
        rows.append(_database(here))
        loaded = here.loaded()
        told = "".join(f"; {problem}" for problem in loaded.problems)
        rows.append(("decks", not loaded.problems, f"{len(loaded.decks)} loaded{told}"))
    except QuizzerError as error:
        rows.append(("database", False, str(error)))
        if place is not None and isinstance(error, BadDatabase):
            rows.append(("way back", False, _way_back(place)))
    except OSError as error:
        rows.append(("database", False, f"the system refused: {error.strerror}"))
    return rows


def article_rows() -> list[Row]:
    """How far the child that reads feeds, pages and PDFs is confined."""
    from quizzer.articles.extraction import confinement

    held = {"landlock": "reading other files and writing were refused",
            "seccomp": "sockets, new processes and signals were refused"}  # fmt: skip
    try:
        found = confinement()
    except QuizzerError as error:
        return [("articles: child", False, str(error))]
    left = ", ".join([*(layer for layer, why in found.items() if not why), "rlimits"])
    return [
        (
            f"articles: {layer}",
            not why,
            f"{why}; feeds, pages and PDFs are read with {left} alone" if why else held[layer],
        )
        for layer, why in found.items()
    ]


def _database(here: World) -> Row:
    store = here.store(write=False)
    problems = store.check()
    if problems:
        told = "; ".join(problems[:3])
        return ("database", False, f"{here.db}: {told}. Put a backup back with: quizzer db restore")
    if store.read_only:
        return ("database", False, f"{here.db} can be read but not written; answers can't be recorded there")
    return ("database", True, here.db)


def _ground(place: Path) -> list[Row]:
    """The folder, the disk and the file handles that the database needs."""
    rows: list[Row] = []
    folder = place.parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 1_000_000
    enough = free >= _ROOM_MB
    advice = "" if enough else f"; make room: less than {_ROOM_MB} MB may not hold a day's answers"
    rows.append(("disk", enough, f"{free:,} MB free for {place.parent}{advice}"))
    limit = _handles()
    if limit is not None and limit < _FILES:
        rows.append(("file handles", False, f"{limit} at once; raise the limit with: ulimit -n 1024"))
    if place.exists():
        from quizzer.store.backups import find

        found = find(str(place))
        newest = f"{len(found)}, the newest {found[0].path.name}" if found else "none yet; make one: quizzer db backup"
        rows.append(("backups", True, newest))
    return rows


def _handles() -> int | None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return None
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return None if soft == resource.RLIM_INFINITY else soft


def _way_back(place: str) -> str:
    """What to do about a database that can't be used."""
    from quizzer.store.backups import find

    found = find(place)
    if not found:
        return (
            "there is no backup beside it. A copy elsewhere, or an exported history: quizzer db restore FILE, "
            "or move the file away and: quizzer import FILE"
        )
    newest = found[0]
    return f"quizzer db restore puts {newest.path.name} back ({newest.acts:,} acts); the file that is there is kept"
