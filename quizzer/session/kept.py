"""A sitting that was paused: enough of it in the database that any terminal can go on where it stopped."""

from __future__ import annotations

import json
from dataclasses import asdict, field
from typing import TYPE_CHECKING, Any

from quizzer.lean import dataclass
from quizzer.session.sitting import Wish

if TYPE_CHECKING:
    from quizzer.store import Store


@dataclass(frozen=True, slots=True)
class Kept:
    """What is needed to go on: the waiting cards in order, which came back how often, their rungs and minutes.

    `asked` counts the answers of the sitting, so that the bar goes on where it was.
    """

    day: int
    wish: Wish
    queue: tuple[str, ...]
    long: str = ""
    asked: int = 0
    tour: bool = False
    repeats: dict[str, int] = field(default_factory=dict)
    rungs: dict[str, str] = field(default_factory=dict)


def keep(store: Store, kept: Kept) -> None:
    """Write it down, in place of the one before."""
    store.set_note(_key(store), json.dumps(asdict(kept), ensure_ascii=False))


def forget(store: Store) -> None:
    """The sitting is done."""
    if store.note(_key(store)):
        store.set_note(_key(store), "")


def paused(store: Store, wish: Wish, day: int) -> Kept | None:
    """The sitting of this study day and this wish that was not finished; None without one."""
    text = store.note(_key(store))
    if not text:
        return None
    try:
        data: dict[str, Any] = json.loads(text)
        given: dict[str, Any] = data["wish"]
        lists: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in given.items()
        }
        found = Kept(**{**data, "wish": Wish(**lists), "queue": tuple(data["queue"])})
    except (ValueError, TypeError, KeyError):  # written by another version
        return None
    return found if found.day == day and found.wish == wish and (found.queue or found.long) else None


def _key(store: Store) -> str:
    return f"sitting {store.learner}"
