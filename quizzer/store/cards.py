"""Cards by name and uid, and saving what is cached of them."""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.lean import replace
from quizzer.model import Act, Card, CardState
from quizzer.scheduling.replay import voided
from quizzer.store import queries
from quizzer.store.connection import Connection
from quizzer.store.rows import from_state, to_card

TOGETHER = 500
"""Cards read with one statement."""
MEDIAN_OF = 15
"""How many of a card's newest timed answers its usual time is taken from."""


def card_uid(deck: str, question: str, again: int = 0) -> str:
    """The uid of a card that gets its first act under this name: the same on every machine.

    `again` counts up where a renamed card holds the uid already.
    """
    from uuid import UUID, uuid5

    space = UUID("6f1e5a1c-9d0b-5a53-9d4e-0a3b1f0c7a11")
    return uuid5(space, f"{deck}/{question}" + (f"#{again}" if again else "")).hex


def find(connection: Connection, deck: str, question: str) -> Card | None:
    """The card that has this name now; None before its first act."""
    rows = connection.execute(queries.CARD_BY_NAME, {"deck": deck, "question": question})
    return to_card(rows[0]) if rows else None


def by_uid(connection: Connection, uid: str) -> Card | None:
    """The card under this uid; None before its first act."""
    rows = connection.execute(queries.CARD_BY_UID, {"uid": uid})
    return to_card(rows[0]) if rows else None


def by_uids(connection: Connection, uids: Sequence[str]) -> dict[str, Card]:
    """The cards under these uids, read some hundreds at a time; those that had no act yet are left out."""
    found: dict[str, Card] = {}
    for start in range(0, len(uids), TOGETHER):
        named = {f"uid_{place}": uid for place, uid in enumerate(uids[start : start + TOGETHER])}
        sql = queries.CARDS_BY_UID.replace("{uids}", ", ".join(f":{name}" for name in named))
        found |= {row[0]: to_card(row) for row in connection.execute(sql, named)}
    return found


def card(connection: Connection, deck: str, question: str) -> Card:
    """The card of this name; a new one, with the uid it will have, where there was no act yet."""
    return find(connection, deck, question) or Card(free_uid(connection, deck, question), deck, question)


def free_uid(connection: Connection, deck: str, question: str) -> str:
    """The first uid of this name that no card holds or held."""
    again = 0
    while connection.execute(queries.UID_TAKEN, {"uid": card_uid(deck, question, again)}):
        again += 1
    return card_uid(deck, question, again)


def settle(connection: Connection, wanted: Card) -> Card:
    """The card as it is now, made if it had no act yet: another program may have been faster."""
    return settle_timed(connection, wanted)[0]


def settle_timed(connection: Connection, wanted: Card) -> tuple[Card, list[int]]:
    """The same, with its newest answer times, newest first."""
    rows = connection.execute(queries.CARD_TO_ANSWER, {"uid": wanted.uid})
    if rows:
        return to_card(rows[0][:-1]), _times(connection, wanted.uid, rows[0][-1])
    there = find(connection, wanted.deck, wanted.question)
    if there is not None:
        return settle_timed(connection, there)
    made = Card(free_uid(connection, wanted.deck, wanted.question), wanted.deck, wanted.question)
    connection.execute(
        queries.ADD_CARD,
        {"uid": made.uid, "deck": made.deck, "question": made.question, "born": made.name, **from_state(made.state)},
    )
    place(connection, made)
    return made, []


def name_from_log(connection: Connection, uid: str) -> tuple[str, str]:
    """Deck and question that a card's standing renames leave it."""
    names = [row[0] for row in connection.execute(queries.RENAMES_OF_CARD, {"uid": uid})]
    name: str = names[-1] if names else connection.execute(queries.CARD_BORN, {"uid": uid})[0][0]
    deck, _, question = name.partition("/")
    return deck, question


def has_standing_acts(connection: Connection, uid: str) -> bool:
    """Whether anything of the card's log still counts."""
    return bool(connection.execute(queries.LIVE_ACTS_OF_CARD, {"uid": uid}))


def set_name(connection: Connection, card: Card, deck: str, question: str) -> Card:
    """Let a card go by a name that nobody else has; no act is written here."""
    connection.execute(queries.NAME_CARD, {"uid": card.uid, "deck": deck, "question": question})
    for name in ({"deck": card.deck, "question": card.question}, {"deck": deck, "question": question}):
        connection.execute(queries.MARK_INTRODUCED, name)
    named = replace(card, deck=deck, question=question)
    place(connection, named)
    return named


def place(connection: Connection, named: Card) -> None:
    """Note in which versions of its deck a card under its present name has no question."""
    connection.execute(queries.PRESENT, {"uid": named.uid})
    connection.execute(queries.ABSENT, {"uid": named.uid, "deck": named.deck, "question": named.question})


def save(
    connection: Connection, before: Card, after: CardState, last_seq: int, *, times: Sequence[int] | None = None
) -> None:
    """Cache a card's new state, and its newest answer times (newest first) where they may have changed."""
    fields = from_state(after)
    fields["uid"], fields["last_seq"] = before.uid, last_seq
    if times is None:
        connection.execute(queries.SAVE_CARD, fields)
    else:
        newest = list(times[:MEDIAN_OF])
        fields["times"], fields["median_ms"] = times_text(newest), middle(newest)
        connection.execute(queries.SAVE_TIMED, fields)
    if before.state.is_new != after.is_new:
        connection.execute(queries.MARK_INTRODUCED, {"deck": before.deck, "question": before.question})


def doubt(connection: Connection) -> None:
    """Note that not every state obeys the rules noted in the database.

    That is so where a program at work saves one after another was started under other rules. The next one to open the
    database folds every card anew.
    """
    connection.execute(queries.SET_META, {"key": "rules", "value": ""})


def times_of(acts: Sequence[Act]) -> list[int]:
    """Milliseconds of the newest timed answers in a card's log that stand, newest first."""
    gone = voided(acts)
    times = [
        act.review.duration_ms
        for act in acts
        if act.review is not None and act.review.duration_ms is not None and act.uuid not in gone
    ]
    return times[: -MEDIAN_OF - 1 : -1]


def times_text(times: Sequence[int]) -> str:
    """Answer times as the database keeps them."""
    return " ".join(map(str, times))


def _times(connection: Connection, uid: str, kept: str | None) -> list[int]:
    if kept is not None:
        return [int(word) for word in kept.split()]
    # The card was not answered since the database was led forward from the version without this column.
    return [row[0] for row in connection.execute(queries.LAST_TIMES_OF_CARD, {"uid": uid, "most": MEDIAN_OF})]


def middle(times: list[int]) -> int | None:
    """The median of whole milliseconds, rounded down; None of nothing.

    >>> middle([5, 1, 3]), middle([1, 4]), middle([])
    (3, 2, None)
    """
    if not times:
        return None
    times = sorted(times)
    half = len(times) // 2
    return times[half] if len(times) % 2 else (times[half - 1] + times[half]) // 2
