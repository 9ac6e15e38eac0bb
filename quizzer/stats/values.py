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
    """`recalled` of `total` answers with the Wilson 95 % interval `low`–`high` (0–1; all of that without answers)."""

    recalled: int
    total: int
    low: float
    high: float

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
    """True retention of the week that starts on `day`, a Monday.

    `predicted` is the mean recall the scheduler had predicted for the same answers, None if it predicts none.
    """

    day: int
    share: Share
    predicted: float | None


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

    @property
    def command(self) -> str:
        """The command that shows the card's history; empty when the name isn't one that is safe to paste."""
        return f"quizzer card history {self.name}" if plain_name(self.name) else ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A declared mistake the learner made: how often, the last day, the cards it was made on (most often first)."""

    name: str
    count: int
    recent: int
    last_day: int
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeSubmission:
    """One answer to a code question. `time` is the wall clock's then (HH:MM); texts are foreign and not yet escaped."""

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
    no gaps. `forecast` starts today. `unused` cards belong to decks that aren't loaded in this run.
    """

    today: int
    now_text: str
    reviews: int
    minutes: float
    days: tuple[DayCount, ...]
    month: Month
    retention: Retention
    weeks: tuple[Week, ...]
    forecast: tuple[DueDay, ...]
    decks: tuple[DeckState, ...]
    weakest: tuple[WeakCard, ...]
    mistakes: tuple[Mistake, ...]
    code: tuple[CodeSubmission, ...]
    kinds: tuple[KindTime, ...]
    unused: int

    @property
    def empty(self) -> bool:
        """Nothing was ever answered."""
        return not self.days


def plain_name(name: str) -> bool:
    """Whether a deck or card name is made of slugs, so that a shell command may hold it."""
    return _PLAIN.fullmatch(name) is not None
