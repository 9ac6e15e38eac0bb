"""The nouns of quizzer and the protocols that are handed in.

The data flows as it reads: article → deck → question → variant → answer → verdict → grade → review → schedule →
report. Every noun is frozen: a change makes a new value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any, Literal, Protocol

from quizzer.errors import Problem
from quizzer.lean import dataclass

VerdictName = Literal[
    "passed", "wrong-answer", "exception", "timeout", "memory", "output-limit", "too-slow", "mutated-input",
    "forbidden", "invalid", "unreadable", "wrong-form", "undecided", "self-graded", "no-answer", "grader-error",
]  # fmt: skip
"""What grading can say of one answer (see docs/glossary.md)."""

NOT_RECORDED: frozenset[str] = frozenset({"invalid", "unreadable", "wrong-form", "undecided", "grader-error"})
"""Verdicts that leave `passed` and the grade open: nothing is recorded until the learner types again or decides."""

Rung = Literal["", "formula", "order", "fill", "recall", "trace", "break", "write"]
"""How much of a question one review asks for; "" is the only way a kind asks, or the usual one for numbers."""
ReviewKind = Literal["review", "drill", "cram", "ahead"]
DONT_KNOW = "?"
"""Typed alone, "I don't know" on every kind: grade 0, no guess needed."""


# --- articles ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loss:
    """A place where an article's text is known to lack something.

    `what` says it in a few words; `start` and `end` are offsets in characters into the text, both 0 where the whole
    text is meant.
    """

    what: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """A text that a learner reads: Markdown with its formulas (`$…$`, `$$…$$`) and code.

    `guid` is the name its feed gave it, `published` ISO 8601 (a date, or an instant with its offset). Texts that are
    not known are "".
    """

    title: str
    text: str
    link: str = ""
    published: str = ""
    guid: str = ""
    losses: tuple[Loss, ...] = ()

    @property
    def id(self) -> str:
        """Ten hexadecimal digits that name the article: of its link, else of its feed's name for it, else its text."""
        from hashlib import sha256

        return sha256((self.link or self.guid or self.text).encode("utf-8", "replace")).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of one source: one article, or several of a feed or a page of excerpts.

    `shape` says in a word what the source was (`rss20`, `html`, `pdf` …); `warnings` what was wrong with it.
    """

    kind: Literal["feed", "article"]
    title: str
    articles: tuple[Article, ...]
    shape: str = ""
    link: str = ""
    warnings: tuple[str, ...] = ()


# --- decks and questions -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """The article a deck rests on."""

    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What the author wrote. Named by `deck/id`, never by its text.

    `body` is the kind's own value (its module in `quizzer.questions` defines it). `prompt_hash` and `grader_hash` are
    hashes of what the learner sees and of what decides the verdict. `minutes` is the author's estimate of one answer.
    """

    deck: str
    id: str
    kind: str
    prompt: str
    body: Any
    hints: tuple[str, ...] = ()
    explanation: str = ""
    quote: str = ""
    tags: tuple[str, ...] = ()
    minutes: float | None = None
    requires: tuple[str, ...] = ()
    group: str = ""
    status: Literal["ready", "draft"] = "ready"
    was: tuple[str, ...] = ()
    variables: Any = None
    prompt_hash: str = ""
    grader_hash: str = ""
    line: int = 0

    @property
    def name(self) -> str:
        """`deck/id`: the card's name."""
        return f"{self.deck}/{self.id}"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft that still lacks something its kind needs: `problems` says what. It is never asked."""

    deck: str
    id: str
    kind: str
    prompt: str
    quote: str
    line: int
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """`deck/id`."""
        return f"{self.deck}/{self.id}"


@dataclass(frozen=True, slots=True)
class Deck:
    """One YAML file with one slug. `path` is where it was read from, as given."""

    slug: str
    title: str
    language: str
    questions: tuple[Question, ...]
    was: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    license: str = ""
    source: Source = Source()
    tags: tuple[str, ...] = ()
    path: str = ""
    unfinished: tuple[Unfinished, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """A question with its random numbers drawn: a function of (question, seed) alone.

    `drawn` maps variable names to values (int, Decimal, str, or lists of them). `computed` holds what the question's
    own `compute` made of them, by name of answer: lists of decimal texts; None while it was not run.
    """

    question: Question
    seed: int
    rung: Rung
    drawn: Mapping[str, Any] = field(default_factory=dict)
    computed: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Numbered lines of text as a learner sees them; lines count from 1."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A question beside the card's own, asked after it now and then; it never changes the grade. `right` is a place."""

    prompt: str
    choices: tuple[str, ...]
    right: int


@dataclass(frozen=True, slots=True)
class Presented:
    """A variant as it is put before the learner, in every face of the program.

    Exactly the parts that its kind needs are filled. `blanks` are the labels of what is typed, one answer each.
    `expects` says in a few words what to type.
    """

    prompt: str
    choices: tuple[str, ...] = ()
    multiple: bool = False
    """Several choices or lines may be right together."""
    listings: tuple[Listing, ...] = ()
    steps: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    starter: str = ""
    shown: tuple[tuple[str, str], ...] = ()
    """Pairs of (call, result) shown with a code question."""
    given: tuple[str, ...] = ()
    """Steps of a derivation that are shown."""
    expects: str = ""


# --- verdicts ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counterexample:
    """The smallest input found on which a submission is wrong, as Python text."""

    call: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Part:
    """What was said of one independent part of an answer (a milestone, one of several numbers)."""

    label: str
    verdict: VerdictName
    message: str = ""
    expected: str = ""
    got: str = ""
    reading: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What grading says of one answer, before it becomes a grade.

    `score` is the share that is right, 0–1. `independent` is true where that share may earn a grade (several numbers,
    milestones). `reading` is how a formula or number was understood. `mistake` names a declared mistake the answer
    matches. `outcome` is the comparison's finding for formulas. `seconds` is CPU time of a submission.
    """

    verdict: VerdictName
    message: str = ""
    score: float | None = None
    expected: str = ""
    got: str = ""
    mistake: str = ""
    reading: str = ""
    outcome: str = ""
    independent: bool = False
    parts: tuple[Part, ...] = ()
    cases_passed: int | None = None
    cases_total: int | None = None
    counterexample: Counterexample | None = None
    stdout: str = ""
    traceback: str = ""
    seconds: float | None = None
    isolation: tuple[str, ...] = ()
    position: int | None = None

    @property
    def passed(self) -> bool | None:
        """True, False, or None while nothing is decided."""
        if self.verdict in NOT_RECORDED or self.verdict == "self-graded":
            return None
        return self.verdict == "passed"


@dataclass(frozen=True, slots=True)
class Graded:
    """A verdict with its grade 0–5 (None while open) and why the grade is what it is."""

    verdict: Verdict
    grade: int | None
    why: str = ""

    @property
    def passed(self) -> bool | None:
        """As the verdict says; where it leaves that to the learner, a recall (3 and above) passes."""
        if self.verdict.verdict == "self-graded" and self.grade is not None:
            return self.grade >= 3
        return self.verdict.passed


# --- the log of acts -----------------------------------------------------------------------------------------------

ActType = Literal[
    "review", "undo", "overrule", "bury", "unbury", "suspend", "resume", "reset", "rename", "move-due", "flag",
    "unflag", "scheduler", "exam",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReviewData:
    """What a review keeps beside the act that carries it.

    `grade` is what grading gave; an overrule is another act. `seed`, `drawn` (JSON text) and `response` say what was
    asked and answered. `duration_ms` is answer time with idle time capped. `planned_interval` is in days before fuzz;
    `chosen_due` a study day, or None where the schedule's own due day stands. `predicted` is the recall probability
    predicted before the answer, None if the scheduler makes none.
    """

    grade: int
    verdict: str
    kind: ReviewKind
    question_kind: str = ""
    rung: str = ""
    trial: bool = False
    seed: int = 0
    drawn: str = "{}"
    response: str | None = None
    hints: int = 0
    attempts: int = 1
    duration_ms: int | None = None
    scheduler: str = "sm2"
    parameters: str = "{}"
    planned_interval: int | None = None
    chosen_due: int | None = None
    predicted: float | None = None
    prompt_hash: str = ""
    grader_hash: str = ""
    score: float | None = None
    mistake: str = ""
    detail: str = "{}"
    """JSON text of what the report shows of the verdict: counterexample, cases, message."""


@dataclass(frozen=True, slots=True)
class Act:
    """Anything that changes a card. Append-only; the log of acts is the only truth.

    `seq` orders acts within one database, `uuid` names an act everywhere. `target` is the uuid of the act an undo voids
    or an overrule corrects, or names the batch of acts that this is one of and that one undo takes back together.
    `value` is the act's own payload (the new grade of an overrule, with the day chosen for it and the interval around
    which it was chosen, where there is one; the day of a bury, a move-due or an exam, behind it the exam's target
    where it has one; the new name of a rename).
    `at_ms` is UTC milliseconds, `offset_min` the UTC offset then, `day` the study day, frozen.
    """

    seq: int
    uuid: str
    learner: str
    card_uid: str
    type: ActType
    at_ms: int
    offset_min: int
    day: int
    target: str | None = None
    value: str | None = None
    review: ReviewData | None = None
    order_ms: int = 0
    """Orders acts wherever their logs meet: `at_ms`, or one more than the act before it where a clock was set back."""


@dataclass(frozen=True, slots=True)
class CardState:
    """The fold of a card's not-voided acts: what the scheduler knows of one card.

    `repetition` is SM-2's n, `interval` days, `ease` the ease factor in hundredths, `due_day` and `last_day` (the last
    counted study day) study days, None before the first review. `counted` is the number of reviews and drills that are
    not voided: with the uid it gives the next seed. `streak` counts recalls since the last lapse.
    """

    repetition: int = 0
    interval: int = 0
    ease: int = 250
    due_day: int | None = None
    last_day: int | None = None
    first_day: int | None = None
    """The study day of the first counted review since the card was last new."""
    reviews: int = 0
    counted: int = 0
    lapses: int = 0
    streak: int = 0
    last_grade: int | None = None
    suspended: bool = False
    flagged: bool = False
    buried_until: int | None = None
    """The study day on which a buried card comes back."""
    rung: str = ""
    grader_hash: str = ""
    """Of the last review: a different one on the question means "changed since last review"."""
    scheduler: str = ""
    """The card's own choice, name and parameter set (`fsrs default`); "" follows the setting."""
    stability: float | None = None
    """FSRS: days after which recall has fallen to 0.9; None while new and under SM-2."""
    difficulty: float | None = None
    """FSRS: 1 to 10."""
    exam_day: int | None = None
    """The study day of an exam on the card's deck: kept by one card of the deck for all of it."""

    @property
    def is_new(self) -> bool:
        """Never reviewed (drills and crams do not introduce a card)."""
        return self.last_day is None


@dataclass(frozen=True, slots=True)
class Card:
    """A learner's scheduling state for one question, under a uid that survives renames."""

    uid: str
    deck: str
    question: str
    state: CardState = CardState()

    @property
    def name(self) -> str:
        """`deck/question`."""
        return f"{self.deck}/{self.question}"


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One not-voided review as the figures need it; `grade` is the effective one (after overrules).

    `day` is the frozen study day, `at_ms` UTC milliseconds, `offset_min` the UTC offset then; `elapsed` the study days
    since the card's previous counted review, None for its first; `interval` the planned interval in days it was given
    *before* this answer (0 for a new card), `planned` the one it gave (None where it planned nothing); `detail` is the
    JSON text of `ReviewData.detail`.
    """

    uid: str
    deck: str
    question: str
    question_kind: str
    kind: ReviewKind
    rung: str
    day: int
    at_ms: int
    offset_min: int
    grade: int
    verdict: str
    duration_ms: int | None
    elapsed: int | None
    interval: int
    predicted: float | None
    mistake: str
    response: str | None
    detail: str
    planned: int | None = None
    attempts: int = 1


# --- the log on its way between databases ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CardRecord:
    """A card as an exported log introduces it. `born` is the name of its first act, `state` what its log folds to.

    A reader needs the names only: the state is computed from the acts.
    """

    uid: str
    born: str
    deck: str
    question: str
    state: CardState = CardState()
    also: tuple[str, ...] = ()
    """Uids of cards that became one with this one when logs met."""

    @property
    def name(self) -> str:
        """`deck/question` now."""
        return f"{self.deck}/{self.question}"


@dataclass(frozen=True, slots=True)
class DeckChoice:
    """A deck that was started or stopped, and when (UTC milliseconds): the latest choice counts."""

    deck: str
    started: bool
    at_ms: int


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """Parameters of a scheduler under the name that reviews and choices know them by; `weights`, `detail` JSON text."""

    id: str
    scheduler: str
    weights: str
    detail: str
    at_ms: int


LogRecord = CardRecord | DeckChoice | ParameterSet | Act
"""One thing that a learner's history is made of; a card comes before its acts, acts in their order."""


# --- running foreign code ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one child: CPU seconds a call, memory in MiB above the server's own, bytes of output."""

    seconds: float = 2.0
    memory_mb: int = 512
    output_bytes: int = 8_000_000


@dataclass(frozen=True, slots=True)
class Array:
    """A numpy array as plain data: dtype name (`int64`), shape, and its items in C order as Python numbers."""

    dtype: str
    shape: tuple[int, ...]
    items: tuple[Any, ...]


ReplyStatus = Literal[
    "value", "exception", "timeout", "memory", "output-limit", "forbidden", "invalid", "no-function", "bad-result",
    "died",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reply:
    """What a sandboxed child handed back for one request: a value, or why there is none.

    `value` is plain data (None, bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, `Array`).
    `error` is the exception's class name or the kind of refusal, `message` its text, `frames` the (line, source text)
    pairs of the child's own source, outermost first. `seconds` is CPU time measured from outside. `mutated` says that
    the arguments differ after the call.
    """

    status: ReplyStatus
    value: Any = None
    error: str = ""
    message: str = ""
    frames: tuple[tuple[int, str], ...] = ()
    stdout: str = ""
    seconds: float = 0.0
    mutated: bool = False


class Child(Protocol):
    """One sandboxed process that has loaded one source. After a failed limit it is dead and says so again."""

    @property
    def loaded(self) -> Reply:
        """How loading the source went: `value`, or `invalid`, `exception`, `timeout`…"""
        ...

    def call(self, function: str, args: Sequence[Any], kwargs: Mapping[str, Any] | None = None) -> Reply:
        """Call a function of the source with plain data; arguments are rebuilt in the child."""
        ...

    def arguments(self, expression: str, function: str) -> Reply:
        """Evaluate `function(…)` text with the function replaced by one that returns its [args, kwargs]."""
        ...

    def evaluate(self, expression: str) -> Reply:
        """Evaluate a Python expression with `np` and the source's own names."""
        ...

    def generate(self, function: str, seed: Sequence[int], size: int) -> Reply:
        """Call `function(rng, size)` with a numpy Generator seeded from `seed` (unsigned 32-bit integers)."""
        ...

    def close(self) -> None:
        """Kill it and everything it started."""
        ...


class Runner(Protocol):
    """Makes sandboxed children. Made once, in the CLI; every pure room is handed one."""

    @property
    def isolation(self) -> tuple[str, ...]:
        """The layers that were seen to hold, e.g. ("landlock", "seccomp", "rlimits")."""
        ...

    @property
    def versions(self) -> str:
        """Python and numpy versions of the children, part of the key of cached outputs."""
        ...

    def start(self, source: str, limits: Limits, *, trusted: bool = False) -> Child:
        """A child that has loaded `source`. `trusted` is for `--unsafe` only: the learner's own code, no sandbox.

        Raises NoSandbox where foreign code can't be run safely.
        """
        ...


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The present instant, aware, in the learner's zone."""
        ...

    def monotonic(self) -> float:
        """Seconds for measuring how long an answer took."""
        ...


class OutputCache(Protocol):
    """Expected outputs kept between runs, under content and versions."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, value: bytes) -> None: ...
