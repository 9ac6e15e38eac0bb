"""What a plan for an exam costs and brings: each card is followed day by day, recalled or not by chance.

The chances are those of `recalling.py`; the learner is taken to keep up, to answer once more what failed, and to know
a new card at its introduction in seven of ten cases (a plain guess). Cards meet the same luck under every plan, so that
plans can be compared; the figures promise nobody a mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from quizzer.lean import dataclass
from quizzer.model import CardState, ReviewKind
from quizzer.scheduling import fsrs, sm2
from quizzer.scheduling.exam import SWEEP, Goal, aimed
from quizzer.scheduling.fsrs import FsrsRules
from quizzer.scheduling.recalling import PROMISE, Curve, recall
from quizzer.scheduling.rules import Rules

LATER = 30
"""Days after the exam at which is looked once more."""
FIRST = 0.7
"""The chance that a new card is known when it is introduced."""
WALKS = 2000
"""Ways through the days that are followed, over all cards, for one plan."""
SURE = 1.645
"""Standard deviations on either side that hold 90 of 100 outcomes."""


@dataclass(frozen=True, slots=True)
class Studied:
    """A card of the deck: its state (of a new one: with the scheduler it will be under), its rules, its minutes."""

    state: CardState
    rules: Rules
    minutes: float = 1.0


@dataclass(frozen=True, slots=True)
class Course:
    """A plan: with an exam's last pass and target (`goal`) or without, and how many new cards it brings a day.

    `eve`: every card is asked once more on the day before the exam.
    """

    goal: Goal | None = None
    new_a_day: int = 0
    eve: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan comes to. Minutes are means a day until the exam and over its last week; shares are of all cards.

    `low` to `high` hold 90 of 100 outcomes, if memory is what the curve says; `each` is the chance of every card that
    was followed.
    """

    minutes_a_day: float
    last_week: float
    known: float
    low: float
    high: float
    later: float
    each: tuple[float, ...] = field(default=(), repr=False)


def rehearse(
    cards: Sequence[Studied],
    course: Course,
    *,
    day: int,
    exam_day: int,
    curve: Curve = PROMISE,
    walks: int = WALKS,
) -> Outcome:
    """Follow `cards`, the new ones in their order, from study day `day` to the exam and 30 days on."""
    size = len(cards)
    if not size:
        return Outcome(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    chosen = followed(size, walks)
    times = min(max(walks // len(chosen), 1), 40)
    starts, passes = _starts(cards, course, day), _passes(cards, exam_day)
    known, later, minutes, week = [], 0.0, 0.0, 0.0
    for place in chosen:
        walk = _Walk(cards[place], course, starts[place], passes[place], day, exam_day, curve)
        luck = _luck(place)
        sums = [0.0, 0.0, 0.0, 0.0]
        for _ in range(times):
            for k, value in enumerate(walk.follow(luck)):
                sums[k] += value
        known.append(sums[0] / times)
        later, minutes, week = later + sums[1] / times, minutes + sums[2] / times, week + sums[3] / times
    share = sum(known) / len(known)
    # Cards are forgotten independently of each other; those not followed are as those that were.
    spread = SURE * (sum(p * (1.0 - p) for p in known) / len(known) / size) ** 0.5
    grown = size / len(known)
    return Outcome(
        minutes_a_day=minutes * grown / max(exam_day - day, 1),
        last_week=week * grown / min(SWEEP, max(exam_day - day, 1)),
        known=share,
        low=max(share - spread, 0.0),
        high=min(share + spread, 1.0),
        later=later / len(known),
        each=tuple(known),
    )


def _luck(place: int) -> Iterator[float]:
    """Numbers from 0 up to 1, the same for a place each time (splitmix64, Steele et al., OOPSLA 2014)."""
    state = place
    while True:
        state = (state + 0x9E3779B97F4A7C15) & 0xFFFF_FFFF_FFFF_FFFF
        z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & 0xFFFF_FFFF_FFFF_FFFF
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & 0xFFFF_FFFF_FFFF_FFFF
        yield (z ^ (z >> 31)) / 2**64


def followed(size: int, walks: int = WALKS) -> list[int]:
    """The places of the cards that are followed: all, or one of every so many where none would get two walks."""
    most = max(walks // 2, 1)
    if size <= most:
        return list(range(size))
    luck = _luck(0)
    return [int((part + next(luck)) * size / most) for part in range(most)]


def _starts(cards: Sequence[Studied], course: Course, day: int) -> list[int | None]:
    """The first day on which each card may be asked; None for a new one whose turn never comes."""
    starts: list[int | None] = []
    new = 0
    for card in cards:
        if card.state.due_day is not None:
            starts.append(max(card.state.due_day, day))
            continue
        starts.append(day + new // course.new_a_day if course.new_a_day else None)
        new += 1
    return starts


def _passes(cards: Sequence[Studied], exam_day: int) -> list[int]:
    """The day of the last week on which each card's turn is: strongest first, as `exam.share` has it."""
    order = sorted(range(len(cards)), key=lambda place: (-cards[place].state.interval, place))
    days = [0] * len(cards)
    for rank, place in enumerate(order):
        days[place] = exam_day - SWEEP + rank * SWEEP // len(cards)
    return days


@dataclass(slots=True)
class _Walk:
    """One card's way, as often as luck is asked."""

    card: Studied
    course: Course
    start: int | None
    turn: int
    day: int
    exam_day: int
    curve: Curve

    def follow(self, luck: Iterator[float]) -> tuple[float, float, float, float]:
        """Recall on the exam's day and a month later, minutes until the exam, those of the last week among them."""
        if self.start is None:
            return 0.0, 0.0, 0.0, 0.0
        state, due = self.card.state, self.start
        turns = [self.turn] if self.course.goal is not None else []
        turns += [self.exam_day - 1] if self.course.eve else []
        turns = [turn for turn in turns if turn >= self.day]
        known, minutes, week = -1.0, 0.0, 0.0
        end = self.exam_day + LATER
        while True:
            now = min([due, *turns])
            if now >= self.exam_day and known < 0:
                known = recall(state, self.exam_day, self.card.rules, self.curve)
            if now >= end:
                return known, recall(state, end, self.card.rules, self.curve), minutes, week
            if turns and now == turns[0] and due > now:
                turns.pop(0)
                if not self._takes_turn(state, due, now):
                    continue
                kind: ReviewKind = "ahead"
            else:
                kind = "review"
            state, cost = self._answered(state, now, kind, luck)
            due = state.due_day or end
            if now < self.exam_day:
                minutes += cost
                week += cost if now >= self.exam_day - SWEEP else 0.0

    def _takes_turn(self, state: CardState, due: int, now: int) -> bool:
        """The last pass takes a card that would not come up by itself in the last week; the eve any."""
        if state.last_day is None or state.last_day >= now:
            return False
        eve = self.course.eve and now == self.exam_day - 1
        return eve or (due >= self.exam_day and state.last_day < self.exam_day - SWEEP)

    def _answered(self, state: CardState, now: int, kind: ReviewKind, luck: Iterator[float]) -> tuple[CardState, float]:
        rules = self.card.rules
        chance = FIRST if state.last_day is None else recall(state, now, rules, self.curve)
        recalled = next(luck) < chance
        fresh = replace(state, due_day=None) if state.last_day is None else state
        after = _advance(fresh, 4 if recalled else 1, now, kind, rules)
        due = aimed(after, now, self.course.goal, rules)
        if due is not None:
            after = replace(after, due_day=due)
        if recalled:
            return after, self.card.minutes
        return _advance(after, 4, now, "drill", rules), 2 * self.card.minutes


def _advance(state: CardState, grade: int, day: int, kind: ReviewKind, rules: Rules) -> CardState:
    if isinstance(rules, FsrsRules):
        return fsrs.advance(state, grade, day, kind, rules)
    return sm2.advance(state, grade, day, kind, rules)


def shortfall(cards: Sequence[Studied], plain: Outcome, eve: Outcome, target: float) -> tuple[int, float] | None:
    """How many answers more on the eve, and how many minutes, lift what is known to `target`; None where none do.

    `plain` and `eve` are the plan without and with every card on the eve: the cards that gain most come first.
    """
    minutes = [cards[place].minutes for place in followed(len(cards))]
    gains = sorted(
        ((after - before, cost) for before, after, cost in zip(plain.each, eve.each, minutes, strict=True)),
        reverse=True,
    )
    missing, spent = (target - plain.known) * len(gains), 0.0
    for count, (gain, cost) in enumerate(gains, start=1):
        missing, spent = missing - gain, spent + cost
        if gain <= 0:
            return None
        if missing <= 1e-9:
            grown = len(cards) / len(gains)
            return round(count * grown), spent * grown
    return None
