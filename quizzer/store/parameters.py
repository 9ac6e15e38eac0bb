"""Parameter sets of schedulers: kept for ever, named by their values."""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.store import queries
from quizzer.store.connection import Connection

Weights = tuple[float, ...]


def adopted(connection: Connection) -> dict[str, Weights]:
    """FSRS's sets by id, without the published one."""
    rows = connection.execute(queries.SETS, {"scheduler": "fsrs"})
    if not rows:
        return {}
    import json

    return {name: tuple(json.loads(weights)) for name, weights in rows}


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
