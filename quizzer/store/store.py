"""The store: one learner's view of one database. Its work is done in the modules beside this one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from quizzer.clock import milliseconds
from quizzer.lean import replace
from quizzer.model import Act, ActType, Card, CardState, LogRecord, OutputCache, ReviewData, ReviewRow
from quizzer.scheduling.rules import RuleBook
from quizzer.store import acts, cards, chosen, decks, due, parameters, queries
from quizzer.store.connection import Connection
from quizzer.store.decks import Compile, LoadedDecks
from quizzer.store.due import ANY, CandidateRow, DeckCount, Only, QuestionRow
from quizzer.store.outputs import Outputs
from quizzer.store.rows import to_act, to_card

if TYPE_CHECKING:
    from quizzer.scheduling.exam import Goal
    from quizzer.scheduling.reviewlog import ReviewLog
    from quizzer.stats.columns import Columns
    from quizzer.store.library import Library
    from quizzer.store.merging import Merged


class Store:
    """An open database. Made by `open_store`; a context manager.

    What it records is on disk when the method returns. Every method may raise StorageFault. `at` is an aware time,
    `day` a study day.
    """

    def __init__(self, connection: Connection, *, learner: str, rules: RuleBook, read_only: bool) -> None:
        self._connection = connection
        self.learner = learner
        self.rules = replace(rules, sets=parameters.Adopted(connection, rules.sets))
        self.read_only = read_only
        self.refolded = 0
        """Cards that other rules than at the last opening gave another state."""
        self.outputs: OutputCache = Outputs(connection, read_only=read_only)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the database back."""
        self._connection.close()

    @property
    def place(self) -> str:
        """The database as messages name it."""
        return self._connection.place

    # --- acts ---

    def record_review(
        self, card: Card, review: ReviewData, *, at: datetime, day: int, cram: bool = False
    ) -> chosen.Recorded:
        """Record an answer. Whether it counts as review, drill, cram or ahead is decided under the lock.

        Of `review`, `kind`, `planned_interval`, `scheduler` and `parameters` are set here. Raises BadUsage for a
        grade outside 0 to 5.
        """
        return acts.record_review(self._connection, self.rules, self._moment(at, day), card, review, cram=cram)

    def record(
        self,
        card: Card,
        kind: ActType,
        *,
        at: datetime,
        day: int,
        value: str | int | None = None,
    ) -> CardState:
        """Record bury (value: the study day it comes back), unbury, suspend, resume, reset, flag, unflag, move-due
        (value: the new due day) or scheduler (value: `fsrs default`, see `switch`).

        Raises BadUsage for another act or a value that is no day.
        """
        return acts.record(self._connection, self.rules, self._moment(at, day), card, kind, value)

    def switch(self, wanted: Sequence[Card], choice: str, *, at: datetime, day: int) -> list[tuple[Card, Card]]:
        """Put cards under another scheduler (`fsrs default`); (before, after) of those that were not under it yet.

        One undo takes the whole switch back. Raises BadUsage for a scheduler there isn't.
        """
        from quizzer.store import batches

        return batches.switch(self._connection, self.rules, self._moment(at, day), wanted, choice)

    def keep_set(self, scheduler: str, weights: Sequence[float], detail: str, *, at: datetime) -> str:
        """Keep fitted parameters beside the older sets; the id that a choice names them by."""
        return parameters.keep(self._connection, scheduler, weights, detail, milliseconds(at))

    def curve(self) -> tuple[float, ...] | None:
        """SM-2's forgetting curve as it was fitted to this log and adopted last; None where none was."""
        return parameters.newest(self._connection, "sm2-curve")

    def undo(self, *, at: datetime, day: int) -> acts.Undone | None:
        """Void this learner's newest act that still stands; None when there is none."""
        return acts.undo(self._connection, self.rules, self._moment(at, day))

    def outlook(self, done: chosen.Recorded) -> dict[int, CardState]:
        """What each grade 0 to 5 would have made of an answer's card: the one it got as it was stored."""
        return chosen.outlook(self._connection, self.rules, done)

    def move(self, wanted: Sequence[tuple[Card, int]], *, at: datetime, day: int) -> int:
        """Move cards to other due days by hand; how many moved. One undo takes all of it back."""
        from quizzer.store import batches

        return batches.move(self._connection, self.rules, self._moment(at, day), wanted)

    def exams(self) -> dict[str, int]:
        """Deck → the study day of its exam."""
        return {deck: day for deck, day, _ in reversed(self._connection.execute(queries.EXAMS))}

    def goal_of(self, deck: str) -> Goal | None:
        """A deck's exam and its target; None without one."""
        return chosen.goal(self._connection, deck)

    def set_exam(
        self, deck: str, anchor: Card, exam_day: int | None, target: float | None = None, *, at: datetime, day: int
    ) -> bool:
        """Give a deck its exam day and target, or none; False where that is so already. `anchor`: a card of it."""
        from quizzer.store import batches

        moment = self._moment(at, day)
        return batches.set_exam(self._connection, self.rules, moment, deck, anchor, exam_day, target)

    def overrule(
        self,
        card: Card,
        review_uuid: str | None,
        grade: int,
        *,
        at: datetime,
        day: int,
        shown: CardState | None = None,
    ) -> CardState:
        """Give a review (None: the card's newest) another grade in its place; `shown` as `outlook` told it.

        Raises BadUsage for a grade outside 0 to 5, BadInput where there is no such review.
        """
        return acts.overrule(self._connection, self.rules, self._moment(at, day), card, review_uuid, grade, shown)

    def rename(self, old: str, new: str, *, at: datetime, day: int) -> Card:
        """Let the card of the name `old` (`deck/question`) go by `new`, history and all.

        Raises BadInput where `new` has a history of its own.
        """
        return acts.rename(self._connection, self._moment(at, day), _split(old), _split(new))

    def history(self, uid: str) -> list[Act]:
        """Every act of a card, oldest first."""
        return acts.history(self._connection, uid)

    def last_review(self, learner: str | None = None) -> Act | None:
        """A learner's newest review that stands (default: this store's learner)."""
        rows = self._connection.execute(queries.NEWEST_REVIEW, {"learner": learner or self.learner})
        return to_act(rows[0]) if rows else None

    def _moment(self, at: datetime, day: int) -> acts.Moment:
        return acts.Moment(self.learner, at, day, self.rules.text)

    # --- cards ---

    def card(self, deck: str, question: str) -> Card:
        """The card of this name; one in its new state where there was no act yet."""
        return cards.card(self._connection, deck, question)

    def by_uid(self, uid: str) -> Card | None:
        """The card under this uid; None before its first act."""
        return cards.by_uid(self._connection, uid)

    def cards(self, loaded: LoadedDecks) -> list[Card]:
        """Every card with a history; orphans (their deck is loaded without their question) left out."""
        rows = self._connection.execute(queries.CARDS, {})
        found = [to_card(row) for row in rows]
        here = set(self.card_names(loaded))
        return [card for card in found if card.deck not in loaded.hashes or card.name in here]

    # --- decks ---

    def load_decks(self, paths: Sequence[Path | str], compile_deck: Compile) -> LoadedDecks:
        """The decks under `paths`; see `decks.load_decks`."""
        return decks.load_decks(self._connection, paths, compile_deck, read_only=self.read_only)

    def pending_renames(self, loaded: LoadedDecks) -> list[tuple[str, str]]:
        """(old, new) names that `was` declares and whose card still goes by the old one."""
        from quizzer.store.renames import pending_renames

        return pending_renames(self._connection, loaded)

    def lookalikes(self, loaded: LoadedDecks) -> list[tuple[str, str]]:
        """(old, new) names where a question that is gone and one never asked are the same to the letter."""
        from quizzer.store.renames import lookalikes

        return lookalikes(self._connection, loaded)

    def deck_choices(self) -> dict[str, bool]:
        """Slug → started, for every deck that was ever started or stopped."""
        return due.choices(self._connection)

    def started_decks(self) -> set[str]:
        """Slugs of the decks that new cards come from."""
        return {deck for deck, started in self.deck_choices().items() if started}

    def start(self, deck: str, *, at: datetime) -> None:
        """Let new cards come from a deck."""
        self._choose(deck, at, started=True)

    def stop(self, deck: str, *, at: datetime) -> None:
        """Let no new cards come from a deck; what is due stays due."""
        self._choose(deck, at, started=False)

    def _choose(self, deck: str, at: datetime, *, started: bool) -> None:
        with self._connection.transaction(write=True):
            self._connection.execute(queries.CHOOSE, {"deck": deck, "started": int(started), "at_ms": milliseconds(at)})

    # --- what is read ---

    @property
    def library(self) -> Library:
        """Feeds, articles, rejected drafts."""
        from quizzer.store.library import Library

        return Library(self._connection)

    # --- what could be asked ---

    def due_rows(
        self,
        loaded: LoadedDecks,
        day: int,
        decks: Collection[str] | None = None,
        *,
        order: str = "day",
        most: int | None = None,
        only: Only = ANY,
    ) -> list[CandidateRow]:
        """Cards due on or before `day`, oldest due day first; suspended and buried ones left out.

        With `most` only the first ones in `order` (`worth`, `overdue`, `day`), in no order; with `only` those that it
        lets through, in no order.
        """
        return due.due_rows(self._connection, loaded, day, decks, order=order, most=most, only=only)

    def due_costs(self, loaded: LoadedDecks, day: int, decks: Collection[str] | None = None) -> list[CandidateRow]:
        """The cards of `due_rows`, all and in no order, without tags, requirements, places and hashes."""
        return due.due_costs(self._connection, loaded, day, decks)

    def due_count(self, loaded: LoadedDecks, day: int, decks: Collection[str] | None = None) -> int:
        """How many cards are due on or before `day`."""
        return due.due_count(self._connection, loaded, day, decks)

    def groups_on(self, loaded: LoadedDecks, day: int) -> set[str]:
        """The groups of questions of which one was answered last on that study day."""
        return due.groups_on(self._connection, loaded, day)

    def new_rows(
        self,
        loaded: LoadedDecks,
        decks: Collection[str] | None = None,
        *,
        day: int | None = None,
        limit: int | None = None,
        stopped: bool = False,
        only: Only = ANY,
    ) -> list[CandidateRow]:
        """Ready questions of started decks (with `stopped` of any) that were never reviewed, by deck and place.

        With a `day`, a buried one is back from its day on; without, it stays away. `limit`: of each deck, at most.
        """
        return due.new_rows(self._connection, loaded, decks, day, limit, stopped=stopped, only=only)

    def studied(self, loaded: LoadedDecks, decks: Collection[str]) -> list[tuple[CandidateRow, CardState]]:
        """Every card of `decks` that was reviewed, buried ones too and suspended ones not, with its whole state."""
        return due.studied(self._connection, loaded, decks)

    def choice(self, deck: str) -> str:
        """The scheduler that new cards of a deck will be under (`fsrs default`); "" where the setting holds."""
        rows = self._connection.execute(queries.CHOICE_OF_DECK, {"deck": deck})
        return rows[0][0] if rows else ""

    def ahead_rows(
        self,
        loaded: LoadedDecks,
        day: int,
        days: int,
        decks: Collection[str] | None = None,
        *,
        most: int | None = None,
        only: Only = ANY,
    ) -> list[CandidateRow]:
        """Cards that come due in the `days` days after `day`; with `most` only those that come first, in no order."""
        return due.ahead_rows(self._connection, loaded, day, days, decks, most=most, only=only)

    def counts(self, loaded: LoadedDecks, day: int) -> dict[str, DeckCount]:
        """Each loaded deck in numbers."""
        with self._connection.transaction(write=False):
            return due.counts(self._connection, loaded, day)

    def forecast(self, loaded: LoadedDecks, day: int, days: int) -> list[int]:
        """Cards due on `day` (everything overdue with them) and on each day after it; `days` numbers."""
        return due.forecast(self._connection, loaded, day, days)

    def introduced_on(self, day: int) -> int:
        """Cards that had their first review on that study day."""
        return self.asked_on(day)[1]

    def asked_on(self, day: int) -> tuple[int, int]:
        """Cards reviewed on that study day that were not new then, and cards introduced on it."""
        reviewed, introduced = self._connection.execute(queries.ASKED_ON, {"day": day})[0]
        return reviewed, introduced

    def days_studied(self, since: int) -> int:
        """Study days from `since` on with an answer of this learner that stands (among the newest 4,000 answers)."""
        rows = self._connection.execute(queries.NEWEST_DAYS, {"learner": self.learner})
        return len({row[0] for row in rows if row[0] >= since})

    def introduced(self, names: Iterable[str]) -> set[str]:
        """Those of the names (`deck/question`) whose card has been reviewed."""
        return due.introduced(self._connection, names)

    def question_data(self, loaded: LoadedDecks, deck: str, question: str) -> QuestionRow | None:
        """A compiled question; None when no loaded deck has it."""
        return due.question_data(self._connection, loaded, deck, question)

    def card_names(self, loaded: LoadedDecks) -> list[str]:
        """`deck/question` of everything loaded, drafts too."""
        return due.card_names(self._connection, loaded)

    def kind_times(self, question_kind: str) -> list[int]:
        """Milliseconds of this learner's newest 100 right answers to one kind of question, newest first."""
        return due.kind_times(self._connection, self.learner, question_kind)

    def rung_times(self, uid: str, rung: str, most: int) -> list[int]:
        """Milliseconds of a card's newest timed answers on a rung, newest first."""
        rows = self._connection.execute(queries.LAST_TIMES_ON_RUNG, {"uid": uid, "rung": rung, "most": most})
        return [row[0] for row in rows]

    def median_by_kind(self) -> dict[str, int]:
        """Kind → this learner's usual milliseconds for a right answer."""
        return due.median_by_kind(self._connection, self.learner)

    # --- notes ---

    def note(self, key: str) -> str:
        """A line that was kept beside the log; empty without one."""
        kept: dict[str, str] = dict(self._connection.execute(queries.META))
        return kept.get(key, "")

    def set_note(self, key: str, text: str) -> None:
        """Keep a line beside the log: nothing that matters once it is lost."""
        with self._connection.transaction(write=True):
            self._connection.execute(queries.SET_META, {"key": key, "value": text})

    # --- the whole log ---

    def reviews(self, loaded: LoadedDecks | None = None) -> Iterator[ReviewRow]:
        """Every review that stands, oldest first, with its effective grade; of the loaded decks only, if given."""
        from quizzer.store.reviews import reviews

        return reviews(self._connection, self.rules, loaded)

    def answers(self) -> Columns:
        """The same as columns, for the figures."""
        from quizzer.store.answers import answers

        return answers(self._connection, self.rules)

    def reviews_of(self, card: Card) -> list[ReviewRow]:
        """One card's reviews that stand, oldest first."""
        from quizzer.store.answers import reviews_of

        return reviews_of(self._connection, self.rules, card.uid, (card.deck, card.question))

    def missed(self, kind: str, most: int) -> list[tuple[str, str, str, int, str]]:
        """Deck, question, rung, study day and detail of the newest answers to a kind of question that have a detail."""
        from quizzer.store.answers import missed

        return missed(self._connection, kind, most)

    def topics(self, loaded: LoadedDecks) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
        """(deck, question) → (kind, tags) of every ready question that is loaded."""
        return due.topics(self._connection, loaded)

    def review_log(self) -> ReviewLog:
        """The answers that stand as columns, for replaying and examining."""
        from quizzer.store.log_columns import review_log

        return review_log(self._connection)

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment, whatever others write meanwhile."""
        return self._connection.transaction(write=False)

    def log_size(self) -> tuple[int, int]:
        """How many cards and acts there are."""
        from quizzer.store.merging import size

        return size(self._connection)

    def log(self) -> Iterator[LogRecord]:
        """The whole history as one snapshot: what `merge` takes in elsewhere."""
        from quizzer.store.merging import records

        with self.snapshot():
            yield from records(self._connection)

    def merge(self, incoming: Iterable[LogRecord], *, only_try: bool = False) -> Merged:
        """Take in from another database's log what is not here yet, all or nothing; with `only_try` nothing is kept.

        Raises BadInput for a log that can't be replayed, and whatever `incoming` raises.
        """
        from quizzer.store.merging import merge

        return merge(self._connection, self.rules, incoming, only_try=only_try)

    def check(self) -> list[str]:
        """What is wrong with the database, one line each; empty when every state equals the fold of its log."""
        from quizzer.store.reviews import check

        with self._connection.transaction(write=False):
            return check(self._connection, self.rules)

    def rebuild(self) -> int:
        """Make every cached state anew from the log; the number of cards that changed."""
        from quizzer.store.reviews import rebuild

        return rebuild(self._connection, self.rules)

    def adopt(self, rules_text: str, *, again: bool) -> None:
        """Note the rules that cached states obey; `again` folds every card under them first (`refolded`)."""
        with self._connection.transaction(write=True):
            if again:
                self.refolded = self.rebuild()
            self._connection.execute(queries.SET_META, {"key": "rules", "value": rules_text})


def _split(name: str) -> tuple[str, str]:
    deck, _, question = name.partition("/")
    return deck, question
