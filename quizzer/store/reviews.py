"""The log as the figures read it, and the proof that every cache agrees with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from quizzer.lean import replace
from quizzer.model import Act, CardState, ReviewData, ReviewRow
from quizzer.scheduling.replay import apply, fold
from quizzer.scheduling.rules import Ruling
from quizzer.store import cards, queries
from quizzer.store.connection import Connection
from quizzer.store.decks import LoadedDecks
from quizzer.store.rows import to_act, to_card


def reviews(connection: Connection, rules: Ruling, loaded: LoadedDecks | None = None) -> Iterator[ReviewRow]:
    """Every review that stands, in sequence order, with its effective grade; of the loaded decks only, if given."""
    gone, grades = corrections(connection)
    resets = {row[0] for row in connection.execute(queries.RESET_CARDS)}
    replayed = resets | {uid for uid, _ in grades.values()}
    intervals = _replayed_intervals(connection, rules, replayed) if replayed else {}
    last: dict[str, tuple[int, int]] = {}
    for row in connection.stream(queries.REVIEWS):
        act = to_act(row[2:])
        review = act.review
        if review is None or act.uuid in gone:
            continue
        planned: int | None
        if act.uuid in intervals:
            last_day, interval, planned = intervals[act.uuid]
        else:
            (last_day, interval), planned = last.get(act.card_uid, (None, 0)), review.planned_interval
        # The log before it may be another by now: where two machines' logs were merged, one answer a study day counts.
        kind = "drill" if last_day is not None and act.day <= last_day else review.kind
        if kind in ("review", "ahead"):
            last[act.card_uid] = (act.day, review.planned_interval or 0)
        if loaded is not None and row[0] not in loaded.hashes:
            continue
        grade = grades[act.uuid][1] if act.uuid in grades else review.grade
        yield review_row(act, replace(review, kind=kind, grade=grade), (row[0], row[1]), last_day, interval, planned)


def review_row(
    act: Act, review: ReviewData, name: tuple[str, str], last_day: int | None, interval: int, planned: int | None
) -> ReviewRow:
    """A row of the figures: `review` has the grade and kind that count, `name` is the card's deck and question now."""
    return ReviewRow(
        uid=act.card_uid,
        deck=name[0],
        question=name[1],
        question_kind=review.question_kind,
        kind=review.kind,
        rung=review.rung,
        day=act.day,
        at_ms=act.at_ms,
        offset_min=act.offset_min,
        grade=review.grade,
        verdict=review.verdict,
        duration_ms=review.duration_ms,
        elapsed=None if last_day is None else act.day - last_day,
        interval=interval,
        predicted=review.predicted,
        mistake=review.mistake,
        response=review.response,
        detail=review.detail,
        planned=planned if review.kind in ("review", "ahead") else None,
        attempts=review.attempts,
    )


def corrections(connection: Connection) -> tuple[set[str], dict[str, tuple[str, int]]]:
    """Uuids that an undo voids, and (card, grade) of each overruled review."""
    rows = connection.execute(queries.CORRECTIONS)
    gone = {target for kind, _, target, _, _ in rows if kind == "undo"}
    grades = {
        target: (card, int(value.split()[0]))
        for kind, card, target, uuid, value in rows
        if kind == "overrule" and uuid not in gone
    }
    return gone, grades


def _replayed_intervals(
    connection: Connection, rules: Ruling, uids: set[str]
) -> dict[str, tuple[int | None, int, int]]:
    """For each review of these cards: the last counted day before it, the intervals before and after it, by the log."""
    found: dict[str, tuple[int | None, int, int]] = {}
    for uid in uids:
        acts = [to_act(row) for row in connection.execute(queries.HISTORY, {"uid": uid})]
        for act, before, after in steps(acts, rules):
            if act.review is not None:
                found[act.uuid] = (before.last_day, before.interval, after.interval)
    return found


def steps(acts: list[Act], rules: Ruling) -> Iterator[tuple[Act, CardState, CardState]]:
    """Each standing act of a card with the state before and after it."""
    from quizzer.scheduling.replay import choice, standing

    state = CardState(scheduler=choice(acts))
    for act in standing(acts):
        before, state = state, apply(state, act, rules)
        yield act, before, state


def check(connection: Connection, rules: Ruling) -> list[str]:
    """What is wrong with the database, one line each: every cached state must equal the fold of its card's log."""
    problems: list[str] = []
    if connection.dialect == "sqlite":
        problems += [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        problems += [f"{row[0]}: a row points nowhere" for row in connection.execute("PRAGMA foreign_key_check")]
    nothing: tuple[CardState, int, list[int]] = (CardState(), 0, [])
    folded = {uid: (state, seq, times) for uid, state, seq, times in _folds(connection, rules)}
    cached = {row[0]: row[1:] for row in connection.execute(queries.CARD_CACHE)}
    for row in connection.execute(queries.CARDS):
        card = to_card(row)
        state, seq, times = folded.get(card.uid, nothing)
        kept, median, last_seq = cached[card.uid]
        if state != card.state:
            problems.append(f"{card.name}: its state is not what its log says")
        if seq != last_seq:
            problems.append(f"{card.name}: its state stands at act {last_seq}, its log at {seq}")
        if median != cards.middle(times) or kept not in (None, cards.times_text(times)):
            problems.append(f"{card.name}: its usual answer time is not what its log says")
    wrong = connection.execute(queries.WRONG_MARKS)
    problems += [f"{deck}/{question}: wrongly marked as new or introduced" for deck, question in wrong]
    wrong = connection.execute(queries.WRONG_ABSENT)
    problems += [f"{deck}/{question}: wrongly counted among the questions in use" for deck, question in wrong]
    return problems


def _folds(connection: Connection, rules: Ruling) -> Iterator[tuple[str, CardState, int, list[int]]]:
    """Uid, state, newest act and newest answer times of each card, from the log alone."""
    acts = (to_act(row) for row in connection.stream(queries.ALL_ACTS))
    for uid, own in groupby(acts, key=lambda act: act.card_uid):
        log = list(own)
        yield uid, fold(log, rules), log[-1].seq, cards.times_of(log)


def rebuild(connection: Connection, rules: Ruling) -> int:
    """Make every cached state the fold of its card's log; the number of cards that changed."""
    with connection.transaction(write=True):
        cached = {row[0]: to_card(row) for row in connection.execute(queries.CARDS)}
        changed = 0
        for uid, state, seq, times in list(_folds(connection, rules)):
            card = cached[uid]
            if card.state != state:
                changed += 1
            cards.save(connection, card, state, seq, times=times)
    return changed
