"""One sitting: due → ask → answer → grade → review. Each face (terminal, JSON lines) drives this one object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from quizzer.errors import BadUsage, QuizzerError, Unreadable
from quizzer.grading import Evidence
from quizzer.lean import dataclass, replace
from quizzer.model import ActType, Graded, Part, Verdict
from quizzer.questions import kind_of
from quizzer.questions.kind import shown
from quizzer.scheduling.queue import LONG, REPEATS, Candidate, Plan, repeat_at
from quizzer.scheduling.replay import overruling
from quizzer.session import kept
from quizzer.session.asking import IDLE_TIMES, Ask, Desk
from quizzer.session.filling import RUNGED, fill
from quizzer.session.sitting import Answered, Left, Tally, Wish
from quizzer.session.tour import tour_for

if TYPE_CHECKING:
    from quizzer.store.acts import Undone

COMES_BACK = ("review", "bury", "suspend")
"""Acts whose card is asked next when they are undone."""


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
    notices: tuple[str, ...] = ()
    """What is worth a word before the first question: a backlog, an exam, a clock that was set back."""
    tour: bool = False
    """The first session: five real cards."""
    resumed: int = 0
    """Answers given before the pause, where this sitting goes on with an earlier one."""
    _repeats: dict[str, int] = field(default_factory=dict)
    _minutes: dict[str, float] = field(default_factory=dict)
    _rungs: dict[str, str] = field(default_factory=dict)
    _new: frozenset[str] = frozenset()
    _started: float = 0.0
    _open: Verdict | None = None
    _typed: tuple[str, ...] = ()

    # --- what is asked ---------------------------------------------------------------------------------------------

    def begin(self, *, resume: bool = False) -> None:
        """Fill the queue: with `resume` the rest of a paused sitting, else what is due and new.

        A first session that wishes for nothing special is the tour. Raises BadUsage for a deck that isn't loaded.
        """
        found = kept.paused(self.desk.store, self.wish, self.desk.day) if resume else None
        if found is not None and self._go_on(found):
            return
        stops = tour_for(self.desk, self.wish)
        if stops:
            self.tour = True
            self.queue = [name for name, _ in stops]
            self._rungs = {name: rung for name, rung in stops if rung}
            self._new = frozenset(self.queue)
            return
        filled = fill(self.desk, self.wish)
        self.left, self.long = filled.plan, filled.plan.long
        self.queue = [card.name for card in filled.plan.queue]
        self._minutes, self._new, self.notices = filled.minutes, filled.new, filled.notices

    def _go_on(self, found: kept.Kept) -> bool:
        """Take up a paused sitting; False where nothing of it is left to ask."""
        filled = None if found.tour else fill(self.desk, self.wish)
        names = set(self.desk.store.card_names(self.desk.loaded))
        self.queue = [name for name in found.queue if name in names]
        self._repeats, self._rungs = dict(found.repeats), dict(found.rungs)
        self.tour = found.tour
        if filled is not None:
            self._minutes, self._new = filled.minutes, filled.new
            long = filled.plan.long
            self.long = long if long is not None and long.name == found.long else None
        else:
            self._new = frozenset(self.queue)
        self.resumed = found.asked if self.queue or self.long is not None else 0
        return bool(self.queue or self.long is not None)

    def keep(self) -> None:
        """Write down what is left, so that another terminal can go on here."""
        names = ([self.current.card.name] if self.current is not None else []) + self.queue
        if not names and self.long is None:
            kept.forget(self.desk.store)
            return
        long = self.long.name if self.long is not None else ""
        asked = self.resumed + self.tally.reviewed
        rungs = {name: rung for name, rung in self._rungs.items() if name in names}
        repeats = {name: count for name, count in self._repeats.items() if count}
        kept.keep(
            self.desk.store,
            kept.Kept(self.desk.day, self.wish, tuple(names), long, asked, self.tour, repeats, rungs),
        )

    def counts(self) -> Left:
        """What is still to come by state, and the minutes it is expected to take."""
        names = ([self.current.card.name] if self.current is not None else []) + self.queue
        again = [name for name in names if self._repeats.get(name)]
        new = [name for name in names if name in self._new and not self._repeats.get(name)]
        minutes = sum(self._minutes.get(name, 1.0) for name in names)
        return Left(len(new), len(names) - len(new) - len(again), len(again), minutes)

    @property
    def remaining(self) -> int:
        """Cards still to come, the one on screen counted."""
        return len(self.queue) + (self.current is not None)

    @property
    def total(self) -> int:
        """Cards of this sitting so far: answered and still to come."""
        return self.tally.reviewed + self.remaining

    def came_back(self, name: str) -> bool:
        """Whether the card was answered in this session and is asked again."""
        return bool(self._repeats.get(name))

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
            if self._answered_elsewhere(ask):
                continue
            self._show(ask)
            return ask
        return None

    def _answered_elsewhere(self, ask: Ask) -> bool:
        """Another terminal was quicker; here the card would only be a drill."""
        if self.wish.cram or self.wish.ahead or self._repeats.get(ask.card.name):
            return False
        return ask.card.state.last_day == self.desk.day

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

    def reading(self, index: int, answer: str) -> str:
        """How a number or formula for one blank is understood, while it is typed. Raises Unreadable; judges nothing."""
        ask = self._asked()
        return kind_of(ask.question.kind).reading(ask.variant, index, answer)

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
        if not self.tour:
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
            tuple(self.desk.store.outlook(done).values()),
            self.desk.leech(ask.card.name, done.before, done.after),
        )

    def _repeat(self, ask: Ask, grade: int) -> bool:
        """Put a failed card back, at most twice, with three others between; a long one never on the same day."""
        return grade < self.desk.settings["repeat_below"] and self._put_behind(ask.card.name, ask.minutes)

    def _put_behind(self, name: str, minutes: float) -> bool:
        place = repeat_at(len(self.queue))
        if minutes > LONG or place is None or self._repeats.get(name, 0) >= REPEATS:
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

    def suspend_answered(self, answered: Answered) -> None:
        """Set a card just answered aside until it is resumed; it does not come back in this session either."""
        card = answered.ask.card
        self.desk.store.record(card, "suspend", at=self.desk.now(), day=self.desk.day)
        self.queue = [name for name in self.queue if name != card.name]

    def flag(self, ask: Ask | None = None, why: str = "") -> None:
        """Mark a question (the open one) as in need of a look, with a word on why; nothing else changes."""
        card = (ask or self._asked()).card
        self.desk.store.record(card, "flag", at=self.desk.now(), day=self.desk.day, value=why or None)

    def put_back(self) -> None:
        """Ask the open question anew, as its deck has it by then."""
        self.queue.insert(0, self._asked().card.name)
        self.current, self._open = None, None

    def _act(self, act: ActType, value: str | None) -> None:
        ask = self._asked()
        self.desk.store.record(ask.card, act, at=self.desk.now(), day=self.desk.day, value=value)
        self.queue = [name for name in self.queue if name != ask.card.name]
        self.current, self._open = None, None

    def undo(self) -> Undone | None:
        """Void the newest act; an answered, buried or suspended card comes back on screen next.

        None when there is nothing to undo.
        """
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
            self.tally.introduced = max(0, self.tally.introduced - done.card.state.is_new)
            if name in self.tally.slipped:
                self.tally.slipped.remove(name)
        elif done.act.type == "overrule":
            given = overruling(done.act)[0]
            now = done.card.state.last_grade or 0
            self.tally.recalled += (now >= 3) - (given >= 3)
            self._regraded(name, given, now)
        if self.current is not None and self.current.card.name != name:
            self.queue.insert(0, self.current.card.name)
        comes_back = done.act.type in COMES_BACK and self._is_loaded(name)
        if comes_back or (self.current is not None and self.current.card.name == name):
            self.queue.insert(0, name)
        self.current, self._open = None, None
        return done

    def _is_loaded(self, name: str) -> bool:
        deck, _, question = name.partition("/")
        return self.desk.store.question_data(self.desk.loaded, deck, question) is not None

    def overrule(self, answered: Answered, grade: int) -> Answered:
        """Replace the grade of the answer just given; the log keeps both."""
        if not 0 <= grade <= 5:
            raise BadUsage(f"{grade} is no grade", "Grades go from 0 to 5")
        card = answered.ask.card
        told = answered.outlook[grade] if answered.outlook else None
        state = self.desk.store.overrule(card, None, grade, at=self.desk.now(), day=self.desk.day, shown=told)
        before = answered.graded.grade or 0
        self.tally.recalled += (grade >= 3) - (before >= 3)
        name = card.name
        self._minutes.setdefault(name, answered.ask.minutes)
        self._regraded(name, before, grade)
        graded = Graded(answered.graded.verdict, grade, "overruled")
        return replace(answered, graded=graded, state=state, repeats=name in self.queue)

    def _regraded(self, name: str, before: int, now: int) -> None:
        """Another grade in the place of one given in this sitting: the card's repeat comes or goes with it."""
        below = self.desk.settings["repeat_below"]
        if now >= below and name in self.queue:
            self.queue.remove(name)
            self._repeats[name] = max(0, self._repeats.get(name, 0) - 1)
        elif now < below <= before and name not in self.queue:
            self._put_behind(name, self._minutes.get(name, 1.0))
        if now >= 3 and name in self.tally.slipped:
            self.tally.slipped.remove(name)
        elif now < 3 <= before and name not in self.tally.slipped:
            self.tally.slipped.append(name)


__all__ = ["Answered", "Left", "Study", "Tally", "Unreadable", "Wish"]
