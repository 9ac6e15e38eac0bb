"""One sitting: due → ask → answer → grade → review. Each face (terminal, JSON lines) drives this one object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import TYPE_CHECKING

from quizzer.errors import BadUsage, QuizzerError, Unreadable
from quizzer.grading import Evidence
from quizzer.model import Act, ActType, Aside, Card, CardState, Graded, Part, Verdict
from quizzer.questions import kind_of
from quizzer.questions.kind import shown
from quizzer.scheduling.queue import LONG, REPEATS, Candidate, Plan, Room, plan, repeat_at
from quizzer.scheduling.rungs import choose
from quizzer.session.asking import IDLE_TIMES, Ask, Desk

if TYPE_CHECKING:
    from quizzer.store import CandidateRow


RUNGED = ("derivation", "code")
"""Kinds whose rungs take very different times."""
TIMED = 15
"""The newest answers that make a card's usual time."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the learner asked this session for. `minutes` None: the setting. `ahead`: days to look ahead."""

    decks: tuple[str, ...] = ()
    minutes: float | None = None
    limit: int | None = None
    new: int | None = None
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    long: bool = False
    ahead: int = 0
    cram: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that was recorded: its grade, the schedule it gave, and what teaches."""

    ask: Ask
    graded: Graded
    state: CardState
    kind: str
    solution: str
    explanation: str
    repeats: bool
    """The card comes back in this session."""
    trial: bool = False
    """It was the card's first time at a higher rung: a failure costs nothing."""
    aside: Aside | None = None
    """A small question that may follow; it never changes the grade."""

    @property
    def interval_days(self) -> int:
        """Days until the card is due again."""
        return self.state.interval


@dataclass(slots=True)
class Tally:
    """What happened in this sitting."""

    reviewed: int = 0
    recalled: int = 0
    introduced: int = 0
    slipped: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Study:
    """The session. `current` is on screen; `queue` waits; nothing is kept that the store doesn't have."""

    desk: Desk
    wish: Wish
    queue: list[str] = field(default_factory=list)
    current: Ask | None = None
    long: Candidate | None = None
    tally: Tally = field(default_factory=Tally)
    hints: int = 0
    attempts: int = 0
    left: Plan = field(default_factory=lambda: Plan(()))
    problems: list[str] = field(default_factory=list)
    _repeats: dict[str, int] = field(default_factory=dict)
    _minutes: dict[str, float] = field(default_factory=dict)
    _rungs: dict[str, str] = field(default_factory=dict)
    _started: float = 0.0
    _open: Verdict | None = None
    _typed: tuple[str, ...] = ()

    # --- what is asked ---------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Fill the queue from what is due and new. Raises BadUsage for a deck that isn't loaded."""
        desk, wish = self.desk, self.wish
        known = [deck.deck for deck in desk.loaded.decks]
        for name in wish.decks:
            if name not in known:
                from quizzer.text import nearest

                near = nearest(name, known)
                hint = f"Did you mean `{near}`?" if near else f"Decks here: {', '.join(known) or 'none'}"
                raise BadUsage(f"there is no deck `{name}`", hint)
        self._start_decks(known)
        day = desk.day
        wanted = list(wish.decks) or None
        medians = desk.store.median_by_kind()
        rows = desk.store.due_rows(desk.loaded, day, wanted)
        if wish.ahead or wish.cram:
            seen = {(row.deck, row.question) for row in rows}
            more = desk.store.ahead_rows(desk.loaded, day, 36500 if wish.cram else wish.ahead)
            inside = set(wanted or known)
            rows += [row for row in more if row.deck in inside and (row.deck, row.question) not in seen]
        due = self._candidates(rows, medians)
        new_today = desk.store.introduced_on(day)
        allowed = max(0, (wish.new if wish.new is not None else desk.settings["new_per_day"]) - new_today)
        fresh = [] if wish.cram else self._candidates(desk.store.new_rows(desk.loaded, wanted, day=day), medians)
        needed = [name for card in fresh for name in card.requires]
        minutes = wish.minutes if wish.minutes is not None else desk.settings["minutes"]
        room = Room(minutes, allowed, wish.limit, wish.long)
        found = plan(due, fresh, room, day=day, introduced=frozenset(desk.store.introduced(needed)))
        self.left, self.long = found, found.long
        self.queue = [card.name for card in found.queue]
        self._minutes = {card.name: card.minutes for card in (*due, *fresh)}

    def _start_decks(self, known: Sequence[str]) -> None:
        """New cards come only from started decks: naming a deck starts it, and a first session starts what is here."""
        store, at = self.desk.store, self.desk.now()
        chosen = store.deck_choices()
        if self.wish.decks:
            to_start = [deck for deck in self.wish.decks if not chosen.get(deck)]
        else:
            to_start = list(known) if not any(deck in chosen for deck in known) else []
        for deck in to_start:
            store.start(deck, at=at)

    def _candidates(self, rows: Sequence[CandidateRow], medians: dict[str, int]) -> list[Candidate]:
        wish = self.wish
        out = []
        for row in rows:
            if wish.kinds and row.kind not in wish.kinds:
                continue
            if wish.tags and not set(wish.tags) & set(row.tags):
                continue
            name = f"{row.deck}/{row.question}"
            minutes = self._expected(row, medians)
            out.append(
                Candidate(
                    name,
                    row.uid,
                    row.kind,
                    minutes,
                    row.due_day,
                    row.interval or 0,
                    row.group,
                    row.requires,
                    row.position,
                )
            )
        return out

    def _expected(self, row: CandidateRow, medians: dict[str, int]) -> float:
        """Minutes an answer takes: the learner's median for the card, then the kind, then the author's, then a table.

        Where a kind has rungs of very different lengths, only the card's answers on the rung to come count.
        """
        kind = kind_of(row.kind)
        if row.kind in RUNGED:
            card = self.desk.store.card(row.deck, row.question)
            rung = choose(row.kind, kind.rungs, card.state)
            times = [] if row.median_ms is None else _times(self.desk.store.history(card.uid), rung)
            return median(times) / 60_000 if times else kind.minutes_on(rung, row.minutes)
        if row.median_ms:
            return row.median_ms / 60_000
        if row.kind in medians:
            return medians[row.kind] / 60_000
        return kind.minutes_on("", row.minutes)

    @property
    def remaining(self) -> int:
        """Cards still to come, the one on screen counted."""
        return len(self.queue) + (self.current is not None)

    def next(self) -> Ask | None:
        """Put the next card on screen; None when the queue is empty (a long card may still be offered)."""
        self.current, self._open = None, None
        while self.queue:
            name = self.queue.pop(0)
            try:
                ask = self.desk.ask(name, rung=self._rungs.get(name))
            except QuizzerError as error:
                # A card whose deck changed under us is passed over with a word; the session goes on.
                self.problems.append(f"{name}: {error}")
                continue
            self._show(ask)
            return ask
        return None

    def take_long(self, *, short: bool = False) -> None:
        """Accept the long card that was offered, on its lowest rung if `short`: it is asked next."""
        if self.long is None:
            return
        name, self.long = self.long.name, None
        self.queue.insert(0, name)
        if short:
            self._shorten(self.desk.ask(name))

    def shorten(self) -> bool:
        """Ask for less of the question on screen: it comes next on its lowest rung. False where it has none lower."""
        ask = self._asked()
        if not self._shorten(ask):
            return False
        self.queue.insert(0, ask.card.name)
        self.current, self._open = None, None
        return True

    def _shorten(self, ask: Ask) -> bool:
        rung = self.desk.shorter(ask)
        if rung is None:
            return False
        name = ask.card.name
        self._rungs[name] = rung
        self._minutes[name] = kind_of(ask.question.kind).minutes_on(rung, ask.question.minutes)
        return True

    def _show(self, ask: Ask) -> None:
        self.current = replace(ask, minutes=self._minutes.get(ask.card.name, ask.minutes))
        self.hints = self.attempts = 0
        self._started = self.desk.clock.monotonic()

    # --- what the learner does ---------------------------------------------------------------------------------------

    def _asked(self) -> Ask:
        if self.current is None:
            raise BadUsage("no question is open")
        return self.current

    def hint(self) -> str | None:
        """The next hint, None when there are no more."""
        ask = self._asked()
        if self.hints >= len(ask.question.hints):
            return None
        self.hints += 1
        return shown(ask.variant, ask.question.hints[self.hints - 1])

    def part(self, index: int, answer: str) -> Part | None:
        """What is said of one blank alone. Raises Unreadable; costs nothing."""
        ask = self._asked()
        return kind_of(ask.question.kind).judge_part(ask.variant, index, answer)

    def attempt(self, source: str) -> Verdict:
        """Try a code answer: a submission that counts as an attempt once it ran, but writes no review yet."""
        verdict = self.desk.judge(self._asked(), [source])
        if verdict.passed is not None:
            self.attempts += 1
        return verdict

    def answer(self, answers: Sequence[str], verdict: Verdict | None = None) -> Answered | Verdict:
        """Grade and record. A verdict comes back instead while nothing is decided (unreadable, self-graded…)."""
        ask = self._asked()
        if verdict is None:
            verdict = self.desk.judge(ask, answers)
            if ask.question.kind == "code" and verdict.passed is not None:
                self.attempts += 1
        evidence = self._evidence(ask)
        graded = self.desk.grade(ask, verdict, evidence)
        if graded.grade is None:
            self._open, self._typed = verdict, tuple(answers)
            return verdict
        return self._record(ask, graded, answers, evidence)

    def give_up(self, answers: Sequence[str], verdict: Verdict) -> Answered:
        """Record the last failing attempt at a code question."""
        ask = self._asked()
        evidence = self._evidence(ask)
        return self._record(ask, self.desk.grade(ask, verdict, evidence), answers, evidence)

    def self_grade(self, grade: int) -> Answered:
        """The learner's own grade where grading left it open (self-graded, undecided)."""
        ask = self._asked()
        if self._open is None or self._open.verdict not in ("self-graded", "undecided"):
            raise BadUsage("no grade was asked for", "Answer the question first")
        graded = Graded(replace(self._open, verdict="self-graded"), grade, "your own grade")
        return self._record(ask, graded, self._typed, self._evidence(ask))

    def _evidence(self, ask: Ask) -> Evidence:
        elapsed = self.desk.clock.monotonic() - self._started
        capped = min(elapsed, IDLE_TIMES * 60 * max(ask.minutes, 0.1))
        return Evidence(self.hints, max(self.attempts, 1), round(capped * 1000))

    def _record(self, ask: Ask, graded: Graded, answers: Sequence[str], evidence: Evidence) -> Answered:
        done = self.desk.record(ask, graded, answers, evidence, cram=self.wish.cram)
        self.current, self._open = None, None
        self.tally.reviewed += 1
        assert graded.grade is not None  # noqa: S101 - record refused an open grade
        self.tally.recalled += graded.grade >= 3
        self.tally.introduced += done.before.is_new and not done.after.is_new
        name = ask.card.name
        self._rungs.pop(name, None)
        if ask.question.kind in RUNGED:  # the next rung takes another time
            self._minutes.pop(name, None)
        if graded.grade < 3 and name not in self.tally.slipped:
            self.tally.slipped.append(name)
        return Answered(
            ask,
            graded,
            done.after,
            done.kind,
            self.desk.explain(ask),
            shown(ask.variant, ask.question.explanation),
            self._repeat(ask, graded.grade),
            done.act.review.trial if done.act.review is not None else False,
            kind_of(ask.question.kind).aside(ask.variant),
        )

    def _repeat(self, ask: Ask, grade: int) -> bool:
        """Put a failed card back, at most twice, with three others between; a long one never on the same day."""
        name = ask.card.name
        if grade >= self.desk.settings["repeat_below"] or ask.minutes > LONG:
            return False
        place = repeat_at(len(self.queue))
        if place is None or self._repeats.get(name, 0) >= REPEATS:
            return False
        self._repeats[name] = self._repeats.get(name, 0) + 1
        self.queue.insert(place, name)
        return True

    def skip(self) -> None:
        """Leave the card for later: nothing is recorded."""
        self._asked()
        self.current, self._open = None, None

    def bury(self) -> None:
        """Not before tomorrow."""
        self._act("bury", str(self.desk.day + 1))

    def suspend(self) -> None:
        """Not until resumed."""
        self._act("suspend", None)

    def flag(self) -> None:
        """Mark the question as in need of a look; it stays on screen."""
        ask = self._asked()
        self.desk.store.record(ask.card, "flag", at=self.desk.now(), day=self.desk.day)

    def _act(self, act: ActType, value: str | None) -> None:
        ask = self._asked()
        self.desk.store.record(ask.card, act, at=self.desk.now(), day=self.desk.day, value=value)
        self.queue = [name for name in self.queue if name != ask.card.name]
        self.current, self._open = None, None

    def undo(self) -> Card | None:
        """Void the newest act; its card comes back on screen next. None when there is nothing to undo."""
        done = self.desk.store.undo(at=self.desk.now(), day=self.desk.day)
        if done is None:
            return None
        name = done.card.name
        if done.act.type == "review":
            self.tally.reviewed = max(0, self.tally.reviewed - 1)
            grade = done.act.review.grade if done.act.review is not None else 0
            self.tally.recalled = max(0, self.tally.recalled - (grade >= 3))
            if name in self.queue and self._repeats.get(name):
                self.queue.remove(name)
                self._repeats[name] -= 1
            if name in self.tally.slipped:
                self.tally.slipped.remove(name)
        if self.current is not None and self.current.card.name != name:
            self.queue.insert(0, self.current.card.name)
        comes_back = done.act.type in ("review", "bury", "suspend") and self._is_loaded(name)
        if comes_back or (self.current is not None and self.current.card.name == name):
            self.queue.insert(0, name)
        self.current, self._open = None, None
        return done.card

    def _is_loaded(self, name: str) -> bool:
        deck, _, question = name.partition("/")
        return self.desk.store.question_data(self.desk.loaded, deck, question) is not None

    def overrule(self, answered: Answered, grade: int) -> Answered:
        """Replace the grade of the answer just given; the log keeps both."""
        if not 0 <= grade <= 5:
            raise BadUsage(f"{grade} is no grade", "Grades go from 0 to 5")
        card = answered.ask.card
        state = self.desk.store.overrule(card, None, grade, at=self.desk.now(), day=self.desk.day)
        before = answered.graded.grade or 0
        self.tally.recalled += (grade >= 3) - (before >= 3)
        name = card.name
        if grade >= self.desk.settings["repeat_below"] and name in self.queue:
            self.queue.remove(name)
        if grade >= 3 and name in self.tally.slipped:
            self.tally.slipped.remove(name)
        graded = Graded(answered.graded.verdict, grade, "overruled")
        return replace(answered, graded=graded, state=state)


def _times(acts: Sequence[Act], rung: str) -> list[int]:
    """Answer times in milliseconds of the newest reviews on a rung."""
    reviews = [act.review for act in acts if act.review is not None and act.review.rung == rung]
    return [review.duration_ms for review in reviews if review.duration_ms is not None][-TIMED:]


__all__ = ["Answered", "Study", "Tally", "Unreadable", "Wish"]
