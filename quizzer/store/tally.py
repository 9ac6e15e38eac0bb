"""How many cards fall on which day: small enough that the quickest command needs nothing else of the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizzer.store import queries
from quizzer.store.connection import Asks


def of_decks(sql: str, loaded: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """A query with `{decks}`, `{slugs}` and `{loaded}` filled from slug → version, a parameter each.

    None fit where there are none.
    """
    slugs = {f"slug_{place}": slug for place, slug in enumerate(loaded or ("",))}
    decks = {f"deck_{place}": version for place, version in enumerate(loaded.values() or ("",))}
    params: dict[str, Any] = {}
    if "{loaded}" in sql:
        pairs = (f"(CAST(:{slug} AS TEXT), CAST(:{deck} AS TEXT))" for slug, deck in zip(slugs, decks, strict=True))
        return sql.replace("{loaded}", ", ".join(pairs)), slugs | decks
    for mark, own in (("{slugs}", slugs), ("{decks}", decks)):
        if mark in sql:
            sql = sql.replace(mark, ", ".join(f":{name}" for name in own))
            params |= own
    return sql, params


def tally(connection: Asks, loaded: Mapping[str, str], day: int, last: int) -> dict[tuple[str, int], int]:
    """Cards of loaded (slug → version), ready questions by (deck, day from `day` to `last`).

    What is overdue counts on `day`, a buried card on the day it comes back, a suspended one never.
    """
    totals: dict[tuple[str, int], int] = {}

    def add(deck: str, on: int, count: int) -> None:
        if on <= last:
            totals[deck, on] = totals.get((deck, on), 0) + count

    sql, params = of_decks(queries.TALLY, loaded)
    marked = 0
    for deck, due_day, count, buried in connection.execute(sql, {**params, "last": last}):
        add(deck, max(due_day, day), count)
        marked += buried
    if marked:
        sql, params = of_decks(queries.TALLY_BURIED, loaded)
        for deck, due_day, until, count in connection.execute(sql, {**params, "last": last, "day": day}):
            add(deck, max(due_day, day), -count)
            add(deck, max(due_day, until), count)
    sql, params = of_decks(queries.TALLY_ABSENT, loaded)
    for deck, due_day, until, count in connection.execute(sql, {**params, "last": last}):
        add(deck, max(due_day, day, until or day), -count)
    return totals


def new_by_deck(connection: Asks, loaded: Mapping[str, str], day: int) -> dict[str, int]:
    """Ready questions that were never reviewed, by deck; those suspended or buried on `day` left out."""
    sql, params = of_decks(queries.COUNT_NEW, loaded)
    by_version: dict[str, int] = dict(connection.execute(sql, params))
    sql, params = of_decks(queries.COUNT_NEW_ASLEEP, loaded)
    for version, count in connection.execute(sql, {**params, "day": day}):
        by_version[version] -= count
    return {deck: by_version.get(version, 0) for deck, version in loaded.items()}
