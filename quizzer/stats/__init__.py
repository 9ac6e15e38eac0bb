"""Reviews → figures. Pure: what a learner knows, what slips, what comes next, as plain values.

Importing this package loads no numpy; calling `figures` does.
"""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.model import Card, ReviewRow
from quizzer.stats.advice import next_steps, summary_lines
from quizzer.stats.plain import plain
from quizzer.stats.values import (
    CodeSubmission,
    DayCount,
    DeckState,
    DeckSummary,
    DueDay,
    Figures,
    KindTime,
    Mistake,
    Month,
    Retention,
    Share,
    Step,
    WeakCard,
    Week,
)

__all__ = [
    "CodeSubmission",
    "DayCount",
    "DeckState",
    "DeckSummary",
    "DueDay",
    "Figures",
    "KindTime",
    "Mistake",
    "Month",
    "Retention",
    "Share",
    "Step",
    "WeakCard",
    "Week",
    "figures",
    "next_steps",
    "plain",
    "summary_lines",
]


def figures(
    reviews: Sequence[ReviewRow], cards: Sequence[Card], decks: Sequence[DeckSummary], today: int, now_text: str
) -> Figures:
    """Every figure of the report and of `quizzer stats`.

    `reviews` are the learner's not-voided reviews in the order of the log; `cards` the learner's cards; `decks` the
    decks loaded in this run. Cards of other decks are not in use: they are counted as `unused` and left out of the
    forecast and the weakest cards, while their reviews stay part of the history. Leave out orphans (cards whose loaded
    deck no longer has the question) before. `today` is the study day, `now_text` the moment as the page shows it.
    """
    from quizzer.stats import activity, answers
    from quizzer.stats import cards as standing
    from quizzer.stats.columns import columns

    data = columns(reviews)
    loaded = {deck.deck for deck in decks}
    used = [card for card in cards if card.deck in loaded]
    days = activity.days(data)
    return Figures(
        today=today,
        now_text=now_text,
        reviews=sum(day.reviews for day in days),
        minutes=sum(day.minutes for day in days),
        days=days,
        month=activity.month(days, today),
        retention=activity.retention(data, today),
        weeks=activity.weeks(data, today),
        forecast=standing.forecast(used, data, today),
        decks=standing.deck_states(decks, used, data, today),
        weakest=standing.weakest(used, data, [row.mistake for row in reviews]),
        mistakes=answers.mistakes(reviews, today),
        code=answers.submissions(reviews),
        kinds=activity.kinds(data),
        unused=len(cards) - len(used),
    )
