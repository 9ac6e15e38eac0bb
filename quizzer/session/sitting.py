"""The nouns of one sitting: what was wished for, what an answer gave, how it stands."""

from __future__ import annotations

from dataclasses import field

from quizzer.lean import dataclass
from quizzer.model import Aside, CardState, Graded
from quizzer.scheduling.leech import Leech
from quizzer.session.asking import Ask


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
    outlook: tuple[CardState, ...] = ()
    """What each grade from 0 to 5 would make of the card."""
    leech: Leech | None = None
    """The answer made the card a leech: what its wrong answers were, and whom they point to."""

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


@dataclass(frozen=True, slots=True)
class Left:
    """What is still to come, the card on screen counted. `minutes` is what the learner's own times make of it."""

    new: int = 0
    due: int = 0
    again: int = 0
    minutes: float = 0.0

    @property
    def cards(self) -> int:
        """How many cards."""
        return self.new + self.due + self.again
