"""An exam on a deck: every new card in time, every card once more in the last week, and what that costs and brings.

The last pass moves nothing but due days: a card that isn't due is reviewed ahead, which keeps its repetition, interval
and ease, so after the exam all goes on as before. Cepeda et al. (Psychological Science 19, 2008) found the best gap
before a test a week away to be 20 to 40 % of the delay: new cards end two weeks before, the last pass takes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quizzer.lean import dataclass
from quizzer.model import CardState
from quizzer.scheduling.rules import Ruling, advance

SETTLE = 14
"""Days between the last new card and the exam."""
SWEEP = 7
"""Days before the exam in which every card is asked once."""
LATER = 30
"""Days after the exam at which is looked once more."""


def quota(left: int, day: int, exam_day: int) -> int:
    """New cards to introduce on `day` so that `left` are done two weeks before the exam; in half the time that is
    left where it is later than that already; 0 once the exam is over.

    >>> quota(30, 100, 129), quota(30, 100, 110), quota(3, 100, 100)
    (2, 6, 0)
    """
    if day >= exam_day:
        return 0
    days = exam_day - SETTLE - day + 1
    if days < 1:
        days = max((exam_day - day) // 2, 1)
    return -(-left // days)


def sweeps(day: int, exam_day: int) -> bool:
    """Whether `day` is one of the last seven before the exam."""
    return 0 < exam_day - day <= SWEEP


def share(cards: Sequence[tuple[str, int, float]], day: int, exam_day: int) -> list[str]:
    """Today's part of the last pass over (name, interval, minutes): strongest first, evenly by minutes.

    `cards` are those not asked in the last week and not due before the exam; the weakest are left for its eve.
    """
    ranked = sorted(cards, key=lambda card: (-card[1], card[0]))
    room = sum(minutes for _, _, minutes in ranked) / max(exam_day - day, 1)
    taken: list[str] = []
    for name, _, minutes in ranked:
        if room <= 0:
            break
        taken.append(name)
        room -= minutes
    return taken


@dataclass(frozen=True, slots=True)
class Price:
    """What an exam date costs and brings. Shares are means over the deck's cards, days study days."""

    cards: int
    new: int
    new_a_day: int
    new_until: int
    minutes_a_day: float
    """More a day, in the last week."""
    known: float
    known_without: float
    later: float
    later_without: float


def price(
    states: Iterable[CardState], new: int, rules: Ruling, *, day: int, exam_day: int, minutes: float, new_per_day: int
) -> Price:
    """The price of an exam on `exam_day` for a deck with cards in `states` and `new` cards not seen yet.

    `minutes` is what one answer takes, `new_per_day` how many new cards a day bring without an exam. Every answer is
    taken for a recall with grade 4, and recall to fall as 1/(1 + t/9I) in t days after an interval of I: the figures
    compare two plans for somebody who keeps up; they promise nobody a mark.
    """
    a_day = quota(new, day, exam_day)
    with_exam, without = [], []
    seen = [state for state in states if not state.is_new]
    for state in seen:
        with_exam.append(_followed(state, rules, day, exam_day, sweep=True))
        without.append(_followed(state, rules, day, exam_day, sweep=False))
    for place in range(new):
        for plan, pace, sweep in ((with_exam, a_day, True), (without, new_per_day, False)):
            start = day + place // pace if pace else exam_day + LATER + 1
            plan.append(_followed(CardState(due_day=start), rules, day, exam_day, sweep=sweep))
    extra = sum(swept for _, _, swept in with_exam)
    days = -(-new // a_day) if a_day else 0

    def mean(place: int, plan: list[tuple[float, float, bool]]) -> float:
        return sum(row[place] for row in plan) / max(len(plan), 1)

    return Price(
        cards=len(seen) + new,
        new=new,
        new_a_day=a_day,
        new_until=day + max(days - 1, 0),
        minutes_a_day=extra * minutes / min(SWEEP, max(exam_day - day, 1)),
        known=mean(0, with_exam),
        known_without=mean(0, without),
        later=mean(1, with_exam),
        later_without=mean(1, without),
    )


def _followed(state: CardState, rules: Ruling, day: int, exam_day: int, *, sweep: bool) -> tuple[float, float, bool]:
    """Recall on the exam's day and a month after it, and whether the last pass was an answer more."""
    swept, known = False, 0.0
    now = state
    for today in range(day, exam_day + LATER + 1):
        if today == exam_day:
            known = _recall(now, today)
        due = now.due_day is not None and now.due_day <= today
        last = sweep and not due and today == exam_day - SWEEP // 2 - 1 and not now.is_new
        if last and (now.last_day is None or now.last_day >= exam_day - SWEEP or (now.due_day or 0) < exam_day):
            last = False
        if due or last:
            kind = "review" if due else "ahead"
            swept = swept or last
            fresh = CardState() if now.is_new else now
            now = advance(fresh, 4, today, kind, rules)  # type: ignore[arg-type]  # one of two words
    return known, _recall(now, exam_day + LATER), swept


def _recall(state: CardState, day: int) -> float:
    if state.last_day is None:
        return 0.0
    days = max(day - state.last_day, 0)
    return 1.0 / (1.0 + days / (9.0 * max(state.interval, 1)))
