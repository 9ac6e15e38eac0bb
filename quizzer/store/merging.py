"""The log between databases: read out whole, and another one merged in by the names of its acts.

Acts are ordered on every machine by (`order_ms`, `uuid`), so whichever way two logs meet, the same log comes of it, and
each machine's own order is kept. A merge that puts acts between older ones gives those after them new sequence numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quizzer.errors import BadInput
from quizzer.lean import dataclass
from quizzer.model import Act, Card, CardRecord, CardState, DeckChoice, LogRecord, ParameterSet
from quizzer.scheduling.replay import fold
from quizzer.scheduling.rules import RuleBook
from quizzer.store import cards, queries
from quizzer.store.connection import Connection
from quizzer.store.rows import from_review, from_state, to_act, to_state


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did. `acts` and `cards` are new here, `known` acts were here already.

    `reviews` counts the answers among the new acts; `joined` names cards that were studied under two uids and are one
    now.
    """

    acts: int = 0
    known: int = 0
    reviews: int = 0
    cards: int = 0
    decks: int = 0
    parameter_sets: int = 0
    joined: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything is different now."""
        return bool(self.acts or self.cards or self.decks or self.parameter_sets)


class _OnlyTried(Exception):
    """Ends the transaction of a merge that was only to be tried."""


def size(connection: Connection) -> tuple[int, int]:
    """Cards and acts that `records` will give."""
    counted = (connection.execute(sql)[0][0] for sql in (queries.COUNT_CARDS, queries.COUNT_ACTS))
    number_of_cards, number_of_acts = counted
    return number_of_cards, number_of_acts


def records(connection: Connection) -> Iterator[LogRecord]:
    """The whole history: parameter sets, choices of decks, cards, acts in their order."""
    for row in connection.execute(queries.EXPORT_SETS):
        yield ParameterSet(*row)
    for deck, started, at_ms in connection.execute(queries.EXPORT_CHOICES):
        yield DeckChoice(deck, bool(started), at_ms)
    also: dict[str, list[str]] = {}
    for gone, uid in connection.execute(queries.JOINED):
        also.setdefault(uid, []).append(gone)
    for uid, born, deck, question, *state in connection.execute(queries.EXPORT_CARDS):
        yield CardRecord(uid, born, deck, question, to_state(tuple(state)), tuple(also.get(uid, ())))
    for row in connection.stream(queries.EXPORT_ACTS):
        yield to_act(row)


def merge(connection: Connection, rules: RuleBook, incoming: Iterable[LogRecord], *, only_try: bool = False) -> Merged:
    """Take in what is not here yet, in one transaction; with `only_try` nothing is kept.

    A card comes before its acts. Raises BadInput for a log that can't be replayed, and whatever `incoming` raises; then
    nothing was changed.
    """
    try:
        with connection.transaction(write=True):
            done = _merge(connection, rules, incoming)
            if only_try:
                raise _OnlyTried
    except _OnlyTried:
        pass
    return done


def _merge(connection: Connection, rules: RuleBook, incoming: Iterable[LogRecord]) -> Merged:
    base: int = connection.execute(queries.LAST_SEQ)[0][0]
    acts = known = reviews = decks = sets = 0
    home: dict[str, str] = dict(connection.execute(queries.JOINED))
    new_cards: dict[str, CardRecord] = {}
    one_card: list[tuple[str, str]] = []
    for record in incoming:
        match record:
            case Act():
                taken = _take(connection, record, home.get(record.card_uid, record.card_uid))
                acts, known = acts + taken, known + (not taken)
                reviews += taken and record.review is not None
            case CardRecord():
                if record.uid not in home and _take_card(connection, record):
                    new_cards[record.uid] = record
                one_card += [(record.uid, other) for other in record.also if home.get(other) != record.uid]
            case DeckChoice():
                fields = {"deck": record.deck, "started": int(record.started), "at_ms": record.at_ms}
                decks += bool(connection.execute(queries.TAKE_CHOICE, fields))
            case ParameterSet():
                fields = {name: getattr(record, name) for name in ("id", "scheduler", "weights", "detail", "at_ms")}
                sets += bool(connection.execute(queries.TAKE_SET, fields))
    if acts:
        _put_in_order(connection, base)
    joined = _settle(connection, base, new_cards, one_card)
    if acts or joined:
        _refold(connection, rules, base, joined)
    names = [card.name for uid in joined if (card := cards.by_uid(connection, uid)) is not None]
    return Merged(acts, known, reviews, len(new_cards), decks, sets, tuple(sorted(names)))


def _take(connection: Connection, act: Act, card_uid: str) -> bool:
    """Append an act under its own name; False where it is here already."""
    fields = {
        "uuid": act.uuid,
        "learner": act.learner,
        "card_uid": card_uid,
        "type": act.type,
        "at_ms": act.at_ms,
        "offset_min": act.offset_min,
        "day": act.day,
        "target": act.target,
        "value": act.value,
        "order_ms": act.order_ms,
    }
    rows = connection.execute(queries.TAKE_ACT, fields)
    if not rows:
        return False
    seq = rows[0][0]
    if act.review is not None:
        connection.execute(queries.ADD_REVIEW, {"seq": seq, **from_review(act.review)})
        if act.review.response is not None:
            connection.execute(queries.ADD_RESPONSE, {"seq": seq, "text": act.review.response})
    return True


def _take_card(connection: Connection, record: CardRecord) -> bool:
    """Make a card that is not here yet, under a name that is in nobody's way until all names are settled."""
    fields = {"uid": record.uid, "deck": record.deck, "question": _aside(record.question, record.uid)}
    return bool(connection.execute(queries.TAKE_CARD, {**fields, "born": record.born, **from_state(CardState())}))


def _aside(question: str, uid: str) -> str:
    """A name that no question can have: no slug holds a tilde."""
    return f"{question.partition('~')[0]}~{uid}"


# --- order -------------------------------------------------------------------------------------------------------


def _put_in_order(connection: Connection, base: int) -> None:
    """Give every act from the earliest new one on a new number, unless the numbers are in order already."""
    earliest: int = connection.execute(queries.EARLIEST_AFTER, {"base": base})[0][0]
    if not connection.execute(queries.IS_OUT_OF_ORDER, {"earliest": earliest}):
        return
    sqlite = connection.dialect == "sqlite"
    connection.raw("PRAGMA defer_foreign_keys = ON" if sqlite else "SET CONSTRAINTS ALL DEFERRED")
    connection.raw(queries.NEW_ORDER.format(earliest=int(earliest)))
    connection.raw(queries.NEW_ORDER_KEY.format(schema="temp." if sqlite else ""))
    for table in ("act", "review", "response"):
        connection.raw(queries.RENUMBER.format(table=table))
    connection.raw("DROP TABLE moved")
    if not sqlite:
        connection.raw("SELECT setval(pg_get_serial_sequence('act', 'seq'), (SELECT MAX(seq) FROM act))")


# --- which card, which name --------------------------------------------------------------------------------------


def _settle(
    connection: Connection, base: int, new_cards: dict[str, CardRecord], one_card: list[tuple[str, str]]
) -> set[str]:
    """Give new and renamed cards their names; the uids of cards that took another one's acts in.

    A new card goes by the name it had, a renamed one by what all its renames leave it. Two cards with a history of one
    name are one question that was studied on two machines: the smaller uid takes both histories, on every machine.
    """
    joined: set[str] = set()
    for uid, other in one_card:
        _join(connection, uid, other, joined)
    renamed = {row[0] for row in connection.execute(queries.RENAMED_SINCE, {"base": base})} | joined
    wanted = {uid: (record.deck, record.question) for uid, record in new_cards.items() if uid not in joined}
    for uid in sorted(renamed - set(wanted)):
        here = cards.by_uid(connection, uid)
        assert here is not None  # noqa: S101 - a foreign key holds it
        wanted[uid] = cards.name_from_log(connection, uid)
        if wanted[uid] == (here.deck, here.question):
            del wanted[uid]
        else:
            cards.set_name(connection, here, here.deck, _aside(here.question, uid))
    for uid, (deck, question) in sorted(wanted.items()):
        card = cards.by_uid(connection, uid)
        if card is None:
            continue  # it became one with another card
        holder = cards.find(connection, deck, question)
        if holder is not None and cards.has_standing_acts(connection, holder.uid):
            if not cards.has_standing_acts(connection, uid):
                continue
            card = _join(connection, uid, holder.uid, joined)
        elif holder is not None:
            cards.set_name(connection, holder, deck, _aside(question, holder.uid))
        cards.set_name(connection, card, deck, question)
    return joined


def _join(connection: Connection, one: str, other: str, joined: set[str]) -> Card:
    """Make two cards one under the smaller uid; `joined` keeps the uids of such cards that are left."""
    home: dict[str, str] = dict(connection.execute(queries.JOINED))
    one, other = home.get(one, one), home.get(other, other)
    stays, goes = min(one, other), max(one, other)
    here = {uid: cards.by_uid(connection, uid) for uid in (stays, goes)}
    gone, left = here[goes], here[stays]
    if stays == goes:
        assert left is not None  # noqa: S101 - asked for by a record that made it
        return left
    if left is None:  # the smaller uid was never a card here: the other one's acts go to a new card
        assert gone is not None  # noqa: S101 - one of both is a card here
        fields = {"uid": stays, "deck": gone.deck, "question": _aside(gone.question, stays)}
        born = connection.execute(queries.CARD_BORN, {"uid": goes})[0][0]
        connection.execute(queries.TAKE_CARD, {**fields, "born": born, **from_state(CardState())})
    if gone is not None:
        connection.execute(queries.REHOME, {"uid": goes, "to": stays})
        connection.execute(queries.PRESENT, {"uid": goes})
        connection.execute(queries.DROP_CARD, {"uid": goes})
        connection.execute(queries.MARK_INTRODUCED, {"deck": gone.deck, "question": gone.question})
        joined.discard(goes)
        joined.add(stays)
    connection.execute(queries.JOIN_FURTHER, {"uid": goes, "to": stays})
    connection.execute(queries.JOIN_CARD, {"uid": goes, "to": stays})
    made = cards.by_uid(connection, stays)
    assert made is not None  # noqa: S101 - it was here or was just made
    return made


# --- states ------------------------------------------------------------------------------------------------------


def _refold(connection: Connection, rules: RuleBook, base: int, joined: Iterable[str]) -> None:
    if connection.execute(queries.RULES) != [(rules.text,)]:
        cards.doubt(connection)
    touched = {row[0] for row in connection.execute(queries.CARDS_SINCE, {"base": base})} | set(joined)
    for uid in sorted(touched):
        log = [to_act(row) for row in connection.execute(queries.HISTORY, {"uid": uid})]
        before = cards.by_uid(connection, uid)
        assert before is not None  # noqa: S101 - a foreign key holds it
        try:
            after = fold(log, rules)
        except (ValueError, ArithmeticError) as error:
            raise BadInput(f"the log of {before.name} can't be replayed ({error})", "Export it anew") from None
        cards.save(connection, before, after, log[-1].seq if log else 0, times=cards.times_of(log))
        connection.execute(queries.MARK_INTRODUCED, {"deck": before.deck, "question": before.question})
