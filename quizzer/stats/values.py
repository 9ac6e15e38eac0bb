"""What the figures of a learner's progress are made of. Days are study days (see `quizzer.clock`)."""

from __future__ import annotations

import re

from quizzer.lean import dataclass

MATURE = 21
"""Days of interval from which a card counts as mature."""
LEARNING = 2
"""Up to this repetition a card is still being learned: its intervals are SM-2's fixed first steps."""

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)?")


@dataclass(frozen=True, slots=True)
class DeckSummary:
    """A deck that is loaded in this run. `new` counts its questions never reviewed, `due` its cards due today."""

    deck: str
    title: str
    language: str
    questions: int
    started: bool
    due: int
    new: int


@dataclass(frozen=True, slots=True)
class Share:
    """`recalled` of `total` answers with the Wilson 95 % interval `low`–`high` (0–1; all of that without answers).

    `expected` is the mean recall that was to be expected of them (`columns.expected`), None without answers.
    """

    recalled: int
    total: int
    low: float
    high: float
    expected: float | None = None

    @property
    def value(self) -> float | None:
        """The share itself, None without answers."""
        return self.recalled / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class DayCount:
    """One study day's answers. `reviews` moved a schedule (kinds review and ahead); drills and crams stand apart."""

    day: int
    reviews: int
    drills: int
    crams: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Month:
    """Days with at least one answer among the days of today's month so far. A missed day costs nothing."""

    studied: int
    so_far: int


@dataclass(frozen=True, slots=True)
class Retention:
    """True retention: recall (grade ≥ 3) on due reviews of cards seen on an earlier day.

    `young` and `mature` part the reviews by the interval the card had before the answer (under 21 days, 21 and more).
    """

    overall: Share
    last_30: Share
    young: Share
    mature: Share


@dataclass(frozen=True, slots=True)
class Week:
    """True retention of the `weeks` weeks that start on `day`, a Monday."""

    day: int
    weeks: int
    share: Share


@dataclass(frozen=True, slots=True)
class Hour:
    """Answers given in one hour of the learner's day, 0 to 23, and true retention among them."""

    hour: int
    answers: int
    share: Share


@dataclass(frozen=True, slots=True)
class Calibration:
    """Answers whose expected recall lay between `low` and `high`: what was expected on average, what was recalled."""

    low: float
    high: float
    share: Share


@dataclass(frozen=True, slots=True)
class Standing:
    """How many cards were learning, young and mature at the end of the study day `day`. `of` names a deck or a tag, or
    is empty where all cards are meant."""

    day: int
    of: str
    learning: int
    young: int
    mature: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Cards with a value from `low` up to, but not including, `high` (None: no end)."""

    low: int
    high: int | None
    cards: int


@dataclass(frozen=True, slots=True)
class Topic:
    """What is known of the cards with one tag."""

    tag: str
    cards: int
    mature: int
    recall: Share


@dataclass(frozen=True, slots=True)
class DueDay:
    """Cards that come due on one day; `overdue` of them (only today's) were due before. `minutes` is an estimate."""

    day: int
    due: int
    overdue: int
    minutes: float | None


@dataclass(frozen=True, slots=True)
class DeckState:
    """Where a deck's cards stand; each card is counted once, `due` (today) apart. `recall` is of the last 30 days."""

    deck: str
    title: str
    started: bool
    new: int
    learning: int
    young: int
    mature: int
    suspended: int
    due: int
    recall: Share

    @property
    def total(self) -> int:
        """All cards and new questions."""
        return self.new + self.learning + self.young + self.mature + self.suspended

    @property
    def begun(self) -> int:
        """Cards that were reviewed at least once and are in play."""
        return self.learning + self.young + self.mature


@dataclass(frozen=True, slots=True)
class WeakCard:
    """A card that slips. `recalled` of `total` are its latest scheduled answers; `lapses` are counted over its life."""

    name: str
    lapses: int
    recalled: int
    total: int
    last_wrong: int
    due_day: int | None
    mistake: str
    leech: bool = False
    prompt: str = ""

    @property
    def command(self) -> str:
        """The command that shows what goes wrong; empty when the name isn't one that is safe to paste."""
        return f"quizzer card {'leeches' if self.leech else 'history'} {self.name}" if plain_name(self.name) else ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A declared mistake the learner made: how often, the last day, the cards it was made on (most often first)."""

    name: str
    count: int
    recent: int
    last_day: int
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissedStep:
    """A step of a derivation: missed `missed` times among the newest answers, asked `asked` times of them (0: unknown).

    `step` counts from 1; `say` is the author's word for it, foreign and not yet escaped.
    """

    name: str
    step: int
    missed: int
    asked: int
    last_day: int
    say: str = ""


@dataclass(frozen=True, slots=True)
class CodeSubmission:
    """One answer to a code question. `time` is the wall clock's then (HH:MM); texts are foreign and not yet escaped.

    `tries` is how many submissions the answer took.
    """

    name: str
    day: int
    time: str
    rung: str
    verdict: str
    grade: int
    passed: int | None
    total: int | None
    call: str
    expected: str
    got: str
    message: str
    mistake: str
    source: str
    tries: int = 1


@dataclass(frozen=True, slots=True)
class CodeStory:
    """What became of one code question: its answers, newest first (the latest few), and the way from first to last.

    `answers` is how many there are in all; `until_passed` the submissions up to the first that passed, None before.
    `first_failing` is the call of the first counterexample that was found. `diff` holds (mark, line): mark " ", "+" or
    "-", or "@" for a gap; empty with one answer.
    """

    name: str
    answers: int
    until_passed: int | None
    first_failing: str
    latest: tuple[CodeSubmission, ...]
    diff: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KindTime:
    """How long answers to one kind of question take, in seconds: median, quartiles, 10 % and 90 % points."""

    kind: str
    answers: int
    p10: float
    p25: float
    median: float
    p75: float
    p90: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do next, with the command that does it (may be empty)."""

    text: str
    command: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the report and `quizzer stats` say. `days` holds only days with answers, ascending.

    `reviews` counts the answers that moved a schedule, `minutes` all answer time. `weeks` ends with this week and has
    no gaps. `forecast` starts today and covers 365 days. `mastery` holds, day after day (the last is today), all cards
    first, then each deck and tag that has cards. `eases` counts hundredths, and cards under SM-2 alone. `exams` pairs
    decks with the study day of their exam. `unused` cards belong to decks that aren't loaded in this run.
    """

    today: int
    now_text: str
    reviews: int
    minutes: float
    days: tuple[DayCount, ...]
    month: Month
    retention: Retention
    weeks: tuple[Week, ...]
    calibration: tuple[Calibration, ...]
    hours: tuple[Hour, ...]
    forecast: tuple[DueDay, ...]
    mastery: tuple[Standing, ...]
    intervals: tuple[Bin, ...]
    eases: tuple[Bin, ...]
    decks: tuple[DeckState, ...]
    topics: tuple[Topic, ...]
    weakest: tuple[WeakCard, ...]
    mistakes: tuple[Mistake, ...]
    steps: tuple[MissedStep, ...]
    code: tuple[CodeStory, ...]
    kinds: tuple[KindTime, ...]
    exams: tuple[tuple[str, int], ...]
    unused: int

    @property
    def empty(self) -> bool:
        """Nothing was ever answered."""
        return not self.days


def without_code(figures: Figures) -> Figures:
    """The same figures without any source text that a learner submitted; verdicts and counterexamples stay."""
    from dataclasses import replace

    stories = tuple(
        replace(one, latest=tuple(replace(answer, source="") for answer in one.latest), diff=()) for one in figures.code
    )
    return replace(figures, code=stories)


def plain_name(name: str) -> bool:
    """Whether a deck or card name is made of slugs, so that a shell command may hold it."""
    return _PLAIN.fullmatch(name) is not None
