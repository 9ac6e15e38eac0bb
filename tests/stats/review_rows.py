"""Made-up review rows and cards, by hand and by hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from quizzer.model import Card, CardState, ReviewRow
from quizzer.stats import DeckSummary

TODAY = 20_000
DECKS = ("bias", "ddpg", "upsampling")


def row(**changes: Any) -> ReviewRow:
    """A plain review, changed where a test cares."""
    values: dict[str, Any] = {
        "uid": "u1",
        "deck": "bias",
        "question": "q1",
        "question_kind": "numeric",
        "kind": "review",
        "rung": "",
        "day": TODAY,
        "at_ms": TODAY * 86_400_000 + 36_000_000,
        "offset_min": 0,
        "grade": 4,
        "verdict": "passed",
        "duration_ms": 12_000,
        "elapsed": 3,
        "interval": 6,
        "predicted": None,
        "mistake": "",
        "response": None,
        "detail": "{}",
    }
    return ReviewRow(**(values | changes))


def card(uid: str = "u1", deck: str = "bias", question: str = "q1", **state: Any) -> Card:
    """A card, its state changed where a test cares."""
    return Card(uid, deck, question, CardState(**state))


def summary(deck: str, new: int = 0, started: bool = True) -> DeckSummary:
    """A loaded deck."""
    return DeckSummary(deck, deck.title(), "en", new + 5, started, 0, new)


near = st.integers(TODAY - 500, TODAY + 3)
rows = st.lists(
    st.builds(
        lambda number, **values: row(uid=f"u{number}", deck=DECKS[number % 3], question=f"q{number}", **values),
        st.integers(0, 7),
        question_kind=st.sampled_from(["numeric", "code", "choice"]),
        kind=st.sampled_from(["review", "review", "review", "drill", "cram", "ahead"]),
        day=near,
        grade=st.integers(0, 5),
        duration_ms=st.none() | st.integers(0, 600_000),
        elapsed=st.none() | st.integers(0, 60),
        interval=st.integers(0, 60),
        planned=st.none() | st.integers(1, 90),
        at_ms=st.integers(-(10**9), 2 * 10**12),
        offset_min=st.sampled_from([-720, -90, 0, 330, 840]),
        predicted=st.none() | st.floats(0, 1),
        mistake=st.sampled_from(["", "", "off by one", "never evicts"]),
    ),
    max_size=60,
)
cards = st.lists(
    st.builds(
        lambda number, **state: card(f"u{number}", DECKS[number % 3], f"q{number}", **state),
        st.integers(0, 11),
        repetition=st.integers(0, 5),
        interval=st.integers(0, 60),
        due_day=st.none() | st.integers(TODAY - 40, TODAY + 60),
        last_day=st.none() | near,
        lapses=st.integers(0, 9),
        suspended=st.booleans(),
        buried_until=st.none() | st.integers(TODAY - 3, TODAY + 3),
    ),
    max_size=12,
    unique_by=lambda made: made.uid,
)
