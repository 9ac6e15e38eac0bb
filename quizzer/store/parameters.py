"""Parameter sets of schedulers: kept for ever, named by their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quizzer.store import queries
from quizzer.store.connection import Connection

Weights = tuple[float, ...]


class Adopted(Mapping[str, Weights]):
    """FSRS's sets by id, without the published one.

    Read when one is asked for that isn't known yet: another program may adopt parameters, and put cards under them,
    while this one is at work.
    """

    def __init__(self, connection: Connection, known: Mapping[str, Weights]) -> None:
        self._connection = connection
        self._known = dict(known)

    def __getitem__(self, name: str) -> Weights:
        if name not in self._known and name not in ("", "default"):
            self._read()
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        self._read()
        return iter(self._known)

    def __len__(self) -> int:
        self._read()
        return len(self._known)

    def _read(self) -> None:
        rows = self._connection.execute(queries.SETS, {"scheduler": "fsrs"})
        if rows:
            import json

            self._known |= {name: tuple(json.loads(weights)) for name, weights in rows}


def newest(connection: Connection, scheduler: str) -> Weights | None:
    """The set of a scheduler that was kept last; None without any."""
    rows = connection.execute(queries.NEWEST_SET, {"scheduler": scheduler})
    if not rows:
        return None
    import json

    return tuple(json.loads(rows[0][0]))


def keep(connection: Connection, scheduler: str, weights: Sequence[float], detail: str, at_ms: int) -> str:
    """Keep a set; its id. The same values are kept once."""
    import json
    from hashlib import sha256

    text = json.dumps(list(weights))
    name = sha256(f"{scheduler} {text}".encode()).hexdigest()[:12]
    fields = {"id": name, "scheduler": scheduler, "weights": text, "detail": detail, "at_ms": at_ms}
    with connection.transaction(write=True):
        connection.execute(queries.KEEP_SET, fields)
    return name
