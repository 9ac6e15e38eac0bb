"""Every act there is, in any order, by two programs at one database, under settings that change in between.

After each life: what is cached is the fold of the log, under whichever rules the database is opened; a second database
that lived only what was not undone comes out the same; undoing everything ends at new cards. LONG_FUZZ=2000 lives
that many lives.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from store_helpers import Learner

from quizzer.model import CardState
from quizzer.scheduling.fsrs import DEFAULTS, FsrsRules
from quizzer.scheduling.replay import fold, standing
from quizzer.scheduling.rules import RuleBook
from quizzer.scheduling.sm2 import Rules
from quizzer.store import Store, open_store

CARDS = ["a/one", "a/two", "b/one"]
NAMES = [*CARDS, "c/0", "c/1"]
BOOKS = [
    RuleBook(),
    RuleBook(Rules("paper", 365, 50), fuzz="balance", overdue_credit=50),
    RuleBook(FsrsRules(), fuzz="spread"),
    RuleBook(Rules(max_interval=20), retention=0.8),
]
FITTED = [[weight * factor for weight in DEFAULTS] for factor in (0.9, 1.1)]
CHOICES = ["sm2 default", "sm2-paper default", "fsrs default", "fsrs unknown"]
MARKS = ["bury", "unbury", "suspend", "resume", "reset", "flag", "unflag", "move-due"]
MORE = int(os.environ.get("LONG_FUZZ", "0"))

name = st.sampled_from(NAMES)
grade = st.integers(0, 5)
who = st.integers(0, 1)
Deed = Callable[[Learner], bool]


@dataclass(frozen=True)
class Lived:
    """Something done that stands: by whom, on which study day. A change of settings is no act, and is never undone."""

    deed: Deed | None
    day: int
    who: int = 0
    book: RuleBook | None = None


class Lives(RuleBasedStateMachine):
    """Two terminals of one learner."""

    @initialize(book=st.sampled_from(BOOKS))
    def begins(self, book: RuleBook) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lives"))
        self.book, self.lived, self.mixed = book, [Lived(None, 0, 0, book)], False
        self.terminals = [Learner(self._open()), Learner(self._open())]

    def _open(self) -> Store:
        return open_store(str(self.folder / "q.db"), rules=self.book)

    def _does(self, index: int, deed: Deed) -> None:
        learner, other = self.terminals[index], self.terminals[1 - index]
        learner.at = max(learner.at, other.at)
        if deed(learner):
            self.lived.append(Lived(deed, learner.day, index))

    # --- what can be done --------------------------------------------------------------------------------------------

    @rule(index=who, card=name, grade=grade, cram=st.booleans(), trial=st.booleans(), ms=st.none() | st.integers(0, 9))
    def answers(self, index: int, card: str, grade: int, cram: bool, trial: bool, ms: int | None) -> None:
        more = {"cram": cram, "trial": trial, "duration_ms": ms, "rung": "fill" if trial else "", "grader_hash": card}
        self._does(index, lambda one: bool(one.answers(card, grade, **more)))

    @rule(index=who, card=name, grade=grade, given=grade)
    def answers_and_overrules_what_was_shown(self, index: int, card: str, grade: int, given: int) -> None:
        """As a session does: the grade is replaced by one of those whose outcome stands on screen."""
        told: dict[int, Any] = {}

        def answer(one: Learner) -> bool:
            done = one.answers(card, grade, duration_ms=5)
            told.clear()
            told.update(one.store.outlook(done))
            assert told[grade] == one.card(card).state == done.after
            return True

        def overrule(one: Learner) -> bool:
            stored = one.overrules(card, given, shown=told[given])
            # Under other settings than the other program's, all of the card is folded anew.
            assert stored == one.card(card).state
            assert self.mixed or stored == told[given]
            return True

        self._does(index, answer)
        self._does(index, overrule)

    @rule(index=who, card=name, grade=grade, back=st.integers(0, 5))
    def overrules_an_older_answer(self, index: int, card: str, grade: int, back: int) -> None:
        def deed(one: Learner) -> bool:
            log = one.store.history(one.card(card).uid)
            reviews = [act for act in standing(log) if act.review is not None]
            if not reviews:
                return False
            one.overrules(card, grade, reviews[-1 - back % len(reviews)].uuid)
            return True

        self._does(index, deed)

    @rule(index=who, card=name, mark=st.sampled_from(MARKS), day=st.integers(20_500, 20_600))
    def marks(self, index: int, card: str, mark: Any, day: int) -> None:
        self._does(index, lambda one: bool(one.does(mark, card, day)))

    @rule(index=who, card=name, choice=st.sampled_from(CHOICES))
    def chooses(self, index: int, card: str, choice: str) -> None:
        self._does(index, lambda one: bool(one.does("scheduler", card, choice)))

    @rule(index=who, card=name, choice=st.sampled_from(CHOICES))
    def switches(self, index: int, card: str, choice: str) -> None:
        self._does(index, lambda one: bool(one.switches([card, "a/two"], choice)))

    @rule(index=who, card=name, fit=st.integers(0, 1))
    def adopts(self, index: int, card: str, fit: int) -> None:
        def deed(one: Learner) -> bool:
            kept = one.store.keep_set("fsrs", FITTED[fit], "{}", at=one.at)
            return bool(one.switches([card, "b/one"], f"fsrs {kept}"))

        self._does(index, deed)

    @rule(index=who, card=name, days=st.integers(0, 30))
    def moves(self, index: int, card: str, days: int) -> None:
        self._does(index, lambda one: bool(one.moves([card, "b/one"], days)))

    @rule(index=who, deck=st.sampled_from("ab"), ahead=st.none() | st.integers(0, 60), aim=st.sampled_from([None, 0.8]))
    def sets_an_exam(self, index: int, deck: str, ahead: int | None, aim: float | None) -> None:
        def deed(one: Learner) -> bool:
            return one.sets_exam(deck, None if ahead is None else one.day + ahead, aim)

        self._does(index, deed)

    @rule(index=who, old=name, new=st.sampled_from(["c/0", "c/1", "a/one"]))
    def renames(self, index: int, old: str, new: str) -> None:
        def deed(one: Learner) -> bool:
            logs = [one.store.history(one.card(name).uid) for name in (old, new)]
            if [any(act.type != "undo" for act in standing(log)) for log in logs] != [True, False]:
                return False
            one.renames(old, new)
            return True

        self._does(index, deed)

    @rule(index=who, days=st.integers(-2, 25))
    def sleeps(self, index: int, days: int) -> None:
        for one in self.terminals:
            one.sleeps(days)

    @rule(index=who, times=st.integers(1, 3))
    def undoes(self, index: int, times: int) -> None:
        for k in range(times):
            done = self.terminals[(index + k) % 2].undoes()
            acts = [place for place, what in enumerate(self.lived) if what.deed is not None]
            assert (done is None) == (not acts)
            if acts:
                del self.lived[acts[-1]]

    @rule(book=st.sampled_from(BOOKS))
    def changes_the_settings(self, book: RuleBook) -> None:
        """Both programs are started again under them."""
        self.book = book
        for one in self.terminals:
            one.store.close()
        for one in self.terminals:
            one.store = self._open()
        self.lived.append(Lived(None, 0, 0, book))

    @precondition(lambda self: not self.mixed)
    @rule(book=st.sampled_from(BOOKS), index=who)
    def changes_the_settings_of_one(self, book: RuleBook, index: int) -> None:
        """The other program is still at work under the old ones."""
        self.book, self.mixed = book, True
        self.terminals[index].store.close()
        self.terminals[index].store = self._open()

    @rule()
    def looks(self) -> None:
        with self._open() as store:
            assert store.check() == []
            for card in NAMES:
                held = store.card(*card.split("/"))
                assert held.state == fold(store.history(held.uid), store.rules)
            assert store.rebuild() == 0

    # --- what must hold at the end -----------------------------------------------------------------------------------

    def teardown(self) -> None:
        if not hasattr(self, "terminals"):
            return
        try:
            self.looks()
            if not self.mixed:
                self._is_as_if_the_undone_had_never_been()
            two = self.terminals[1]
            while two.undoes() is not None:
                pass
            assert all(two.card(card).state == CardState() for card in NAMES)
            self.looks()
        finally:
            for one in self.terminals:
                one.store.close()
            shutil.rmtree(self.folder)

    def _is_as_if_the_undone_had_never_been(self) -> None:
        never = self.folder / "never.db"
        again = Learner(open_store(str(never)))
        for what in self.lived:
            if what.book is not None:
                again.store.close()
                again.store = open_store(str(never), rules=what.book)
            if what.deed is not None:
                again.day = what.day
                assert what.deed(again)
        for card in NAMES:
            assert self.terminals[0].card(card).state == self.terminals[1].card(card).state == again.card(card).state
        assert self.terminals[0].store.exams() == again.store.exams()
        again.store.close()


TestLives = Lives.TestCase
TestLives.settings = settings(
    max_examples=MORE or 15,
    stateful_step_count=40 if MORE else 25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
