"""What could be asked, and how much of it: cards of the questions that this run has loaded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from quizzer.lean import dataclass
from quizzer.model import CardState
from quizzer.store import cards, queries
from quizzer.store.connection import Connection, Row
from quizzer.store.decks import LoadedDecks
from quizzer.store.rows import json_list, to_state
from quizzer.store.tally import new_by_deck, of_decks, tally


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A question that could be asked. `minutes` is the author's estimate, `median_ms` the learner's usual time.

    `due_day` is None for a new card, `interval` its planned interval in days, `uid` empty before its first act.
    """

    deck: str
    question: str
    uid: str
    kind: str
    minutes: float | None
    median_ms: int | None
    due_day: int | None
    interval: int
    repetition: int
    group: str
    requires: tuple[str, ...]
    tags: tuple[str, ...]
    position: int
    prompt_hash: str
    grader_hash: str
    rung: str = ""
    last_grade: int | None = None
    reviews: int = 0
    streak: int = 0
    last_day: int | None = None

    @property
    def name(self) -> str:
        """`deck/question`."""
        return f"{self.deck}/{self.question}"


class Only(NamedTuple):
    """Only these kinds, only questions with one of these tags; all of them where nothing is named."""

    kinds: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()


ANY = Only()


@dataclass(frozen=True, slots=True)
class DeckCount:
    """A deck in numbers: cards due, questions never asked, ready questions and their kinds."""

    due: int
    new: int
    questions: int
    kinds: Mapping[str, int]
    started: bool


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One compiled question. `data` is its JSON text, `line` its place in the file."""

    deck: str
    question: str
    kind: str
    status: str
    data: str
    line: int
    position: int
    prompt_hash: str
    grader_hash: str


def _only(loaded: LoadedDecks, decks: Collection[str] | None) -> dict[str, str]:
    return {deck: version for deck, version in loaded.hashes.items() if decks is None or deck in decks}


def due_rows(
    connection: Connection,
    loaded: LoadedDecks,
    day: int,
    decks: Collection[str] | None = None,
    *,
    order: str = "day",
    most: int | None = None,
    only: Only = ANY,
) -> list[CandidateRow]:
    """Cards due on or before `day`; suspended and buried ones left out. With `most` only the first ones in `order`."""
    wanted = _only(loaded, decks)
    if most is not None:
        return _first(connection, wanted, day, (-(2**31), day), order, most)
    sql, params = of_decks(queries.DUE, wanted)
    return _passing(connection, sql, {**params, "day": day}, only)


def due_costs(
    connection: Connection, loaded: LoadedDecks, day: int, decks: Collection[str] | None = None
) -> list[CandidateRow]:
    """The cards of `due_rows`, all and in no order, without tags, requirements, places and hashes."""
    sql, params = of_decks(queries.DUE_COSTS, _only(loaded, decks))
    return [_candidate(row) for row in connection.execute(sql, {**params, "day": day})]


def ahead_rows(
    connection: Connection,
    loaded: LoadedDecks,
    day: int,
    days: int,
    decks: Collection[str] | None = None,
    *,
    most: int | None = None,
    only: Only = ANY,
) -> list[CandidateRow]:
    """Cards that come due in the `days` days after `day`; with `most` only those that come first."""
    wanted = _only(loaded, decks)
    if most is not None:
        return _first(connection, wanted, day, (day, day + days), "day", most)
    sql, params = of_decks(queries.AHEAD, wanted)
    return _passing(connection, sql, {**params, "day": day, "last": day + days}, only)


def studied(
    connection: Connection, loaded: LoadedDecks, decks: Collection[str]
) -> list[tuple[CandidateRow, CardState]]:
    """Every card of `decks` that was reviewed, buried ones too and suspended ones not, with its whole state."""
    sql, params = of_decks(queries.STUDIED, _only(loaded, decks))
    return [(_candidate(row[:_WIDTH]), to_state(row[_WIDTH:])) for row in connection.execute(sql, params)]


def _first(
    connection: Connection, wanted: Mapping[str, str], day: int, span: tuple[int, int], order: str, most: int
) -> list[CandidateRow]:
    sql, params = of_decks(queries.COUNT_ABSENT, wanted)
    absent: int = connection.execute(sql, params)[0][0]  # they take places among the first, and fall out afterwards
    sql, params = of_decks(queries.MOST.replace("{order}", queries.FIRST[order]), wanted)
    params |= {"day": day, "first": span[0], "last": span[1], "most": most + absent}
    return [_candidate(row) for row in connection.execute(sql, params)]


def due_count(connection: Connection, loaded: LoadedDecks, day: int, decks: Collection[str] | None = None) -> int:
    """How many cards are due on or before `day`."""
    return sum(tally(connection, _only(loaded, decks), day, day).values())


def groups_on(connection: Connection, loaded: LoadedDecks, day: int) -> set[str]:
    """The groups of questions of which one was answered last on that study day."""
    sql, params = of_decks(queries.GROUPS_ON, loaded.hashes)
    return {row[0] for row in connection.execute(sql, {**params, "day": day})}


def new_rows(
    connection: Connection,
    loaded: LoadedDecks,
    decks: Collection[str] | None,
    day: int | None,
    limit: int | None,
    *,
    stopped: bool = False,
    only: Only = ANY,
) -> list[CandidateRow]:
    """Ready questions without an introduced card, of started decks among `decks` (`stopped`: of all), in their order.

    With a `limit` so many of each deck at most. Without a `day` every buried card stays away.
    """
    started = {deck for deck, is_started in choices(connection).items() if is_started}
    wanted = _only(loaded, decks)
    wanted = {deck: version for deck, version in wanted.items() if stopped or deck in started}
    asleep = -(2**31) if day is None else day
    found: list[CandidateRow] = []
    # One deck at a time the index gives them in their order, and a limit reads no more than it keeps.
    parts = [wanted] if limit is None else [{deck: wanted[deck]} for deck in sorted(wanted)]
    for part in parts:
        sql, params = of_decks(queries.NEW, part)
        if limit is not None:
            sql, params["limit"] = f"{sql} LIMIT :limit", limit
        found += _passing(connection, sql, {**params, "day": asleep}, only)
    return found


def _passing(connection: Connection, sql: str, params: dict[str, Any], only: Only) -> list[CandidateRow]:
    """The rows of a query of candidates that `only` lets through; the others are never made into candidates."""
    if only.kinds:
        named = {f"kind_{place}": kind for place, kind in enumerate(only.kinds)}
        sql = queries.OF_KINDS.format(sql=sql, kinds=", ".join(f":{name}" for name in named))
        params = {**params, **named}
    rows = connection.execute(sql, params)
    if only.tags:
        fits: dict[str, bool] = {}  # few questions have tags of their own
        for row in rows:
            if row[_TAGS] not in fits:
                fits[row[_TAGS]] = not only.tags.isdisjoint(json_list(row[_TAGS]))
        rows = [row for row in rows if fits[row[_TAGS]]]
    return [_candidate(row) for row in rows]


_TAGS = 11
"""The place of the tags among a candidate's columns."""
_WIDTH = 20
"""Columns of a candidate."""


def _candidate(row: Row) -> CandidateRow:
    deck, question, uid, kind, minutes, median_ms, due_day, interval, repetition, group = row[:10]
    requires, tags, position, prompt_hash, grader_hash, rung, last_grade, reviews, streak, last_day = row[10:]
    return CandidateRow(
        deck,
        question,
        uid or "",
        kind,
        minutes,
        median_ms,
        due_day,
        interval or 0,
        repetition or 0,
        group,
        json_list(requires),
        json_list(tags),
        position,
        prompt_hash,
        grader_hash,
        rung or "",
        last_grade,
        reviews or 0,
        streak or 0,
        last_day,
    )


def counts(connection: Connection, loaded: LoadedDecks, day: int) -> dict[str, DeckCount]:
    """Each loaded deck in numbers, in the order of `loaded`."""
    started = choices(connection)
    due: dict[str, int] = {}
    for (deck, _), count in tally(connection, loaded.hashes, day, day).items():
        due[deck] = due.get(deck, 0) + count
    new = new_by_deck(connection, loaded.hashes, day)
    return {
        deck.deck: DeckCount(
            due=due.get(deck.deck, 0),
            new=new.get(deck.deck, 0),
            questions=deck.questions,
            kinds=deck.kinds,
            started=started.get(deck.deck, False),
        )
        for deck in loaded.decks
    }


def forecast(connection: Connection, loaded: LoadedDecks, day: int, days: int) -> list[int]:
    """Cards that come due on `day` (with everything overdue) and each day after it, `days` numbers."""
    totals = [0] * days
    for (_, on), count in tally(connection, loaded.hashes, day, day + days - 1).items():
        totals[on - day] += count
    return totals


def choices(connection: Connection) -> dict[str, bool]:
    """Which decks were ever started, and whether they still are."""
    return {deck: bool(started) for deck, started in connection.execute(queries.CHOICES)}


def question_data(connection: Connection, loaded: LoadedDecks, deck: str, question: str) -> QuestionRow | None:
    """The compiled question of this name, None when no loaded deck has it. Drafts are found too."""
    version = loaded.hashes.get(deck)
    if version is None:
        return None
    rows = connection.execute(queries.QUESTION, {"hash": version, "question": question})
    if not rows:
        rows = connection.execute(queries.QUESTION_ANYWHERE, {"hash": version, "deck": deck, "question": question})
    return QuestionRow(*rows[0]) if rows else None


def card_names(connection: Connection, loaded: LoadedDecks) -> list[str]:
    """`deck/question` of everything loaded, by deck and place."""
    sql, params = of_decks(queries.CARD_NAMES, loaded.hashes)
    return [f"{deck}/{question}" for deck, question in connection.execute(sql, params)]


def introduced(connection: Connection, names: Iterable[str]) -> set[str]:
    """Those of the names (`deck/question`) whose card has been reviewed."""
    found = set()
    for name in set(names):
        deck, _, question = name.partition("/")
        if connection.execute(queries.IS_INTRODUCED, {"deck": deck, "question": question}):
            found.add(name)
    return found


def kind_times(connection: Connection, learner: str, kind: str, most: int = 100) -> list[int]:
    """Answer times in milliseconds of the newest right answers of one kind of question, newest first."""
    rows = connection.execute(queries.LAST_TIMES_OF_KIND, {"kind": kind, "learner": learner, "most": most})
    return [row[0] for row in rows]


def median_by_kind(connection: Connection, learner: str) -> dict[str, int]:
    """The learner's usual answer time in milliseconds for each kind with a right answer."""
    medians: dict[str, int] = {}
    kind = ""
    while (kind := connection.execute(queries.NEXT_KIND, {"kind": kind})[0][0]) is not None:
        usual = cards.middle(kind_times(connection, learner, kind))
        if usual is not None:
            medians[kind] = usual
    return medians


def topics(connection: Connection, loaded: LoadedDecks) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    """(deck, question) → (kind, tags) of every ready question that is loaded."""
    sql, params = of_decks(queries.TOPICS, loaded.hashes)
    read: dict[str, tuple[str, ...]] = {}
    found = {}
    for deck, question, kind, tags in connection.execute(sql, params):
        if tags not in read:
            read[tags] = json_list(tags)
        found[deck, question] = (kind, read[tags])
    return found
