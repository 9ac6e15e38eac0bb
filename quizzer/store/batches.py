"""Acts on many cards that are one decision: one undo takes back all of them."""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.model import Card
from quizzer.scheduling.replay import apply
from quizzer.scheduling.rules import Ruling
from quizzer.store import cards, queries
from quizzer.store.acts import Moment, append, check_choice, new_uuid, refold
from quizzer.store.connection import Connection


def switch(
    connection: Connection, rules: Ruling, moment: Moment, wanted: Sequence[Card], choice: str
) -> list[tuple[Card, Card]]:
    """Put cards under another scheduler, one act each, all of one switch that one undo takes back.

    `choice` is a scheduler and its parameter set (`fsrs default`). The log of each card is folded anew under it.
    Returns (before, after) of the cards that were not under it yet. Raises BadUsage for a scheduler there isn't.
    """
    check_choice(choice)
    value, changed = f"{choice} {new_uuid(moment)}", []
    with connection.transaction(write=True):
        for card in wanted:
            now = cards.settle(connection, card)
            if now.state.scheduler != choice:
                act = append(connection, moment, now.uid, "scheduler", value=value)
                changed.append((now, refold(connection, rules, now, act.seq)))
    return changed


def move(connection: Connection, rules: Ruling, moment: Moment, wanted: Sequence[tuple[Card, int]]) -> int:
    """Move due days by hand, one act a card, all of one batch that one undo takes back; how many moved."""
    batch, moved = new_uuid(moment), 0
    with connection.transaction(write=True):
        there = cards.by_uids(connection, [card.uid for card, _ in wanted])
        for card, day in wanted:
            now = there.get(card.uid) or cards.settle(connection, card)
            if now.state.due_day in (None, day):
                continue
            act = append(connection, moment, now.uid, "move-due", target=batch, value=str(day))
            cards.save(connection, now, apply(now.state, act, rules), act.seq)
            moved += 1
    return moved


def set_exam(
    connection: Connection,
    rules: Ruling,
    moment: Moment,
    deck: str,
    anchor: Card,
    day: int | None,
    target: float | None,
) -> bool:
    """Give a deck its exam day and target, or none: False where that is so already.

    One card of the deck keeps it for all: the one that has it, else `anchor`. One undo takes it back.
    """
    batch, changed = new_uuid(moment), False
    with connection.transaction(write=True):
        holders = [row for row in connection.execute(queries.EXAMS) if row[0] == deck]
        keeper = holders[0][2] if holders else anchor.uid
        for _, _, uid in holders or ([(deck, None, keeper)] if day is not None else []):
            now = cards.by_uid(connection, uid) or cards.settle(connection, anchor)
            text = None if day is None or uid != keeper else f"{day}" + ("" if target is None else f" {target:g}")
            kept = connection.execute(queries.EXAM_VALUE, {"uid": now.uid})
            if (kept[0][0] if kept else None) == text:
                continue
            act = append(connection, moment, now.uid, "exam", target=batch, value=text)
            cards.save(connection, now, apply(now.state, act, rules), act.seq)
            changed = True
    return changed
