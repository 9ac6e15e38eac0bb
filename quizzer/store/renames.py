"""Which cards go by a new name: what authors declare with `was`, and what only looks like it."""

from __future__ import annotations

from quizzer.store import cards, queries
from quizzer.store.connection import Connection
from quizzer.store.decks import LoadedDecks
from quizzer.store.rows import json_list
from quizzer.store.tally import of_decks


def pending_renames(connection: Connection, loaded: LoadedDecks) -> list[tuple[str, str]]:
    """(old name, new name) of each history that `was` gives to another question, in the order to rename them in.

    A history stays where its question still is, unless that question in turn takes another's (a → b and b → c at once).
    A name whose every act was undone is free; one with a history of its own keeps it.
    """
    sql, params = of_decks(queries.OLD_NAMES, loaded.hashes)
    declared = {f"{deck}/{question}": json_list(was) for deck, question, was in connection.execute(sql, params)}
    if not declared:
        return []
    names = {name for olds in declared.values() for name in olds} | set(declared)
    present = {name for name in names if _is_present(connection, loaded, name)}
    studied = {name for name in names if _has_history(connection, name)}
    pairs: list[tuple[str, str]] = []
    while True:
        found = next(
            (
                (old, new)
                for new, olds in declared.items()
                if new not in studied
                for old in olds
                if old in studied and _leaves(old, declared, present, studied, frozenset({new}))
            ),
            None,
        )
        if found is None:
            return pairs
        pairs.append(found)
        studied.discard(found[0])
        studied.add(found[1])


def _leaves(
    old: str, declared: dict[str, tuple[str, ...]], present: set[str], studied: set[str], seen: frozenset[str]
) -> bool:
    """Whether the history under a name belongs to a question that is gone from it."""
    if old not in present:
        return True
    if old in seen:
        return False  # a circle: nobody can tell who is who
    seen |= {old}
    return any(one in studied and _leaves(one, declared, present, studied, seen) for one in declared.get(old, ()))


def _is_present(connection: Connection, loaded: LoadedDecks, name: str) -> bool:
    deck, _, question = name.partition("/")
    version = loaded.hashes.get(deck)
    return version is not None and bool(connection.execute(queries.QUESTION, {"hash": version, "question": question}))


def _has_history(connection: Connection, name: str) -> bool:
    card = cards.find(connection, *_split(name))
    return card is not None and cards.has_standing_acts(connection, card.uid)


def _split(name: str) -> tuple[str, str]:
    deck, _, question = name.partition("/")
    return deck, question


def lookalikes(connection: Connection, loaded: LoadedDecks) -> list[tuple[str, str]]:
    """(old name, new name) where a question that is gone left a history, and one never asked is the same to the letter.

    Only where it is one to one: of two alike nobody can tell which it was.
    """
    sql, params = of_decks(queries.LOOKALIKES, loaded.hashes)
    pairs = [(f"{row[0]}/{row[1]}", f"{row[2]}/{row[3]}") for row in connection.execute(sql, params)]
    olds, news = [old for old, _ in pairs], [new for _, new in pairs]
    return [(old, new) for old, new in pairs if olds.count(old) == news.count(new) == 1]
