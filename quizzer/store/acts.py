"""Writing acts: each is one transaction that appends to the log and brings the card's cached state up to it."""

from __future__ import annotations

from datetime import datetime
from os import urandom

from quizzer.clock import milliseconds, offset_minutes
from quizzer.errors import BadInput, BadUsage
from quizzer.lean import dataclass, replace
from quizzer.model import Act, ActType, Card, CardState, ReviewData
from quizzer.scheduling.replay import answered, apply, fold, review_kind
from quizzer.scheduling.rules import SCHEDULERS, Ruling, predicted, rules_of, under
from quizzer.store import cards, chosen, queries
from quizzer.store.chosen import Recorded
from quizzer.store.connection import Connection
from quizzer.store.rows import from_review, to_act

_WITH_DAY = ("bury", "move-due")
_PLAIN = ("unbury", "suspend", "resume", "reset", "flag", "unflag", "scheduler")
_BATCHED = ("move-due", "exam")
"""Acts that may share a batch, which their `target` names; one undo takes it back."""


@dataclass(frozen=True, slots=True)
class Undone:
    """The act that an undo voided, and the card as it is without it.

    `cards` counts the cards it concerned: more than one where a whole deck's switch of scheduler was taken back.
    """

    act: Act
    card: Card
    cards: int = 1

    @property
    def state(self) -> CardState:
        """The card's state now."""
        return self.card.state


@dataclass(frozen=True, slots=True)
class Moment:
    """When an act happens and who does it. `at` is aware; `day` is the study day, frozen in the act.

    `rules` is the text of the rules (`RuleBook.text`) that states are saved under.
    """

    learner: str
    at: datetime
    day: int
    rules: str


def append(
    connection: Connection,
    moment: Moment,
    uid: str,
    kind: ActType,
    *,
    target: str | None = None,
    value: str | None = None,
    review: ReviewData | None = None,
    uuid: str = "",
) -> Act:
    """Append one act to the log, inside the caller's transaction."""
    uuid, at_ms, offset = uuid or new_uuid(moment), milliseconds(moment.at), offset_minutes(moment.at)
    newest, noted = connection.execute(queries.BEFORE_ACT)[0]
    if noted != moment.rules:
        cards.doubt(connection)
    # Its place in the order of all machines: its time, or right after the newest act where a clock was set back.
    order_ms = at_ms if newest is None else max(at_ms, newest + 1)
    fields = {
        "uuid": uuid,
        "learner": moment.learner,
        "card_uid": uid,
        "type": kind,
        "at_ms": at_ms,
        "offset_min": offset,
        "day": moment.day,
        "target": target,
        "value": value,
        "order_ms": order_ms,
    }
    seq = connection.add(queries.ADD_ACT, "seq", fields)
    if review is not None:
        connection.execute(queries.ADD_REVIEW, {"seq": seq, **from_review(review)})
        if review.response is not None:
            connection.execute(queries.ADD_RESPONSE, {"seq": seq, "text": review.response})
    return Act(seq, uuid, moment.learner, uid, kind, at_ms, offset, moment.day, target, value, review, order_ms)


def new_uuid(moment: Moment) -> str:
    """A name for an act, or for a batch of them: a UUID of version 7 (RFC 9562), the time in front, then chance.

    So the newest names lie side by side in the index of all of them, and an answer need not fetch a page for its own.
    """
    chance = int.from_bytes(urandom(10), "big")
    head = (milliseconds(moment.at) & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | 0b10 << 62
    return f"{head | (chance >> 68 & 0xFFF) << 64 | chance & 0x3FFF_FFFF_FFFF_FFFF:032x}"


def record_review(
    connection: Connection, rules: Ruling, moment: Moment, card: Card, review: ReviewData, *, cram: bool
) -> Recorded:
    """Append a review. Its kind, planned interval and scheduler are decided here, under the lock.

    Raises BadUsage for a grade outside 0 to 5.
    """
    _check_grade(review.grade)
    with connection.transaction(write=True):
        now, times = cards.settle_timed(connection, card)
        kind = review_kind(now.state, moment.day, cram=cram)
        uuid = new_uuid(moment)
        if now.state.is_new and not now.state.scheduler:
            now = _as_its_deck(connection, moment, now, uuid)
        own, expected = rules_of(now.state, rules), predicted(now.state, moment.day, rules)
        after = answered(now.state, review, moment.day, kind, rules)
        planned = after.interval if kind in ("review", "ahead") else None
        due = review.chosen_due
        if planned is not None:
            if due is None:
                due = chosen.near(connection, rules, now.uid, now.state, after, moment.day, now.state.due_day)
            after = after if due is None else replace(after, due_day=due)
        kept = replace(
            review,
            kind=kind,
            scheduler=own.scheduler,
            parameters=own.parameters,
            predicted=review.predicted if expected is None else expected,
            planned_interval=planned,
            chosen_due=due,
        )
        act = append(connection, moment, now.uid, "review", review=kept, uuid=uuid)
        timed = None if review.duration_ms is None else [review.duration_ms, *times]
        cards.save(connection, now, after, act.seq, times=timed)
    return Recorded(act, now.state, after, kind)


def record(
    connection: Connection, rules: Ruling, moment: Moment, card: Card, kind: ActType, value: str | int | None
) -> CardState:
    """Append an act that is no review, undo, overrule or rename. Raises BadUsage for a value it can't use."""
    if kind not in (*_WITH_DAY, *_PLAIN):
        raise BadUsage(f"`{kind}` has its own way of being recorded")
    text = None if value is None else str(value)
    if kind in _WITH_DAY and (text is None or not text.lstrip("-").isdecimal()):
        raise BadUsage(f"`{kind}` needs a study day, not {text!r}")
    if kind == "scheduler":
        check_choice(text)
    with connection.transaction(write=True):
        now = cards.settle(connection, card)
        act = append(connection, moment, now.uid, kind, value=text)
        if kind == "scheduler":
            return refold(connection, rules, now, act.seq).state
        after = apply(now.state, act, rules)
        cards.save(connection, now, after, act.seq)
    return after


def _as_its_deck(connection: Connection, moment: Moment, card: Card, review_uuid: str) -> Card:
    """A card that is asked for the first time follows the choice made for its deck, by an act that names its review."""
    rows = connection.execute(queries.CHOICE_OF_DECK, {"deck": card.deck})
    if not rows:
        return card
    append(connection, moment, card.uid, "scheduler", value=f"{rows[0][0]} {review_uuid}")
    return replace(card, state=under(card.state, rows[0][0]))


def check_choice(text: str | None) -> None:
    words = (text or "").split()
    if not words or words[0] not in SCHEDULERS:
        raise BadUsage(f"there is no scheduler `{text}`", f"Use one of: {', '.join(SCHEDULERS)}")


def overrule(
    connection: Connection,
    rules: Ruling,
    moment: Moment,
    card: Card,
    review_uuid: str | None,
    grade: int,
    shown: CardState | None = None,
) -> CardState:
    """Give a review another grade in its place; the log keeps both.

    `shown` is what the learner was told that grade would do (`outlook`): a due day chosen for it is kept with the act.

    Raises BadUsage for a grade outside 0 to 5, BadInput where the card has no such review.
    """
    _check_grade(grade)
    with connection.transaction(write=True):
        now = cards.settle(connection, card)
        if review_uuid is None:
            found = connection.execute(queries.NEWEST_REVIEW_OF_CARD, {"uid": now.uid})
            acts = [to_act(row) for row in found]
        else:
            acts = [act for act in history(connection, now.uid) if act.uuid == review_uuid and act.review is not None]
        if not acts:
            raise BadInput(f"`{now.name}` has no review that could be graded anew", "Answer it first")
        act = append(
            connection, moment, now.uid, "overrule", target=acts[0].uuid, value=chosen.overruling(acts[0], grade, shown)
        )
        return refold(connection, rules, now, act.seq).state


def undo(connection: Connection, rules: Ruling, moment: Moment) -> Undone | None:
    """Void the learner's newest act that still stands, whatever it is; None when there is none."""
    with connection.transaction(write=True):
        rows = connection.execute(queries.NEWEST_UNDOABLE, {"learner": moment.learner})
        if not rows:
            return None
        gone = to_act(rows[0])
        others = _belongs_to(connection, gone)
        for other in others:
            void = append(connection, moment, other.card_uid, "undo", target=other.uuid)
            there = cards.by_uid(connection, other.card_uid)
            assert there is not None  # noqa: S101 - a foreign key holds it
            refold(connection, rules, there, void.seq)
        act = append(connection, moment, gone.card_uid, "undo", target=gone.uuid)
        now = cards.by_uid(connection, gone.card_uid)
        assert now is not None  # noqa: S101 - a foreign key holds it
        if gone.type == "rename":
            now = _name_from_log(connection, now)
        concerned = {gone.card_uid, *(other.card_uid for other in others)}
        return Undone(gone, refold(connection, rules, now, act.seq), len(concerned))


def _belongs_to(connection: Connection, gone: Act) -> list[Act]:
    """What goes with an act: the rest of its batch, or of its switch of scheduler, or the choice that a first review
    brought along."""
    if gone.type == "review":
        named = {"uid": gone.card_uid, "ending": f"% {gone.uuid}"}
        return [to_act(row) for row in connection.execute(queries.BROUGHT_ALONG, named)]
    if gone.type in _BATCHED and gone.target is not None:
        named = {"target": gone.target, "type": gone.type, "uuid": gone.uuid}
        return [to_act(row) for row in connection.execute(queries.BATCHED_WITH, named)]
    value = gone.value or ""
    if gone.type != "scheduler" or len(value.split()) < 3:
        return []
    named = {"learner": gone.learner, "value": value, "uuid": gone.uuid}
    return [to_act(row) for row in connection.execute(queries.SWITCHED_WITH, named)]


def rename(connection: Connection, moment: Moment, old: tuple[str, str], new: tuple[str, str]) -> Card:
    """Let a card go by another name; its history goes with it. Without any act under the old name, nothing happens.

    Raises BadInput where the new name has a history of its own.
    """
    with connection.transaction(write=True):
        now = cards.find(connection, *old)
        if now is None or old == new:
            return cards.card(connection, *new)
        _make_room(connection, *new)
        act = append(connection, moment, now.uid, "rename", value="/".join(new))
        renamed = cards.set_name(connection, now, *new)
        cards.save(connection, renamed, renamed.state, act.seq)
        return renamed


def history(connection: Connection, uid: str) -> list[Act]:
    """Every act of a card in sequence order, with reviews and what is left of responses."""
    return [to_act(row) for row in connection.execute(queries.HISTORY, {"uid": uid})]


def refold(connection: Connection, rules: Ruling, card: Card, last_seq: int) -> Card:
    """Fold the whole log of a card again, for acts that reach back."""
    log = history(connection, card.uid)
    after = fold(log, rules)
    cards.save(connection, card, after, last_seq, times=cards.times_of(log))
    return replace(card, state=after)


def _name_from_log(connection: Connection, card: Card) -> Card:
    """Give a card the name that its standing renames leave it."""
    deck, question = cards.name_from_log(connection, card.uid)
    _make_room(connection, deck, question)
    return cards.set_name(connection, card, deck, question)


def _make_room(connection: Connection, deck: str, question: str) -> None:
    """Move a card without standing acts out of the way of a name; refuse one that has any."""
    holder = cards.find(connection, deck, question)
    if holder is None:
        return
    if cards.has_standing_acts(connection, holder.uid):
        raise BadInput(f"`{holder.name}` has a history of its own", "Rename to another name, or undo its answers first")
    # No slug holds a tilde, so this name can't meet a question.
    cards.set_name(connection, holder, deck, f"{question}~{holder.uid}")


def _check_grade(grade: int) -> None:
    if not 0 <= grade <= 5:
        raise BadUsage(f"{grade} is no grade", "Grades go from 0 to 5")
