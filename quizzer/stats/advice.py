"""What the figures come to: the next things to do, and the short text of `quizzer stats`."""

from __future__ import annotations

from quizzer.clock import weekday
from quizzer.stats.values import DeckState, Figures, Share, Step, plain_name
from quizzer.stats.words import counted, duration, percent, when
from quizzer.text import printable

ENOUGH = 10
"""Answers before a deck's recall is talked about."""
SLIPPING = 0.85
"""Recall under which a deck is worth a session of its own."""


def next_steps(figures: Figures) -> tuple[Step, ...]:
    """At most three things worth doing now, the first first. Texts hold deck titles and are not yet escaped."""
    steps = [_first(figures)]
    slipping = [
        deck
        for deck in figures.decks
        if deck.recall.total >= ENOUGH and (deck.recall.value or 0) < SLIPPING and plain_name(deck.deck)
    ]
    if slipping:
        deck = min(slipping, key=lambda deck: (deck.recall.value or 0, deck.deck))
        steps.append(
            Step(
                f"“{deck.title}” slips most: {percent(deck.recall.value)} of {counted(deck.recall.total, 'answer')} "
                "recalled in 30 days.",
                f"quizzer study {deck.deck}" if deck.due else "",
            )
        )
    if figures.weakest:
        weak = figures.weakest[0]
        found = f"{weak.recalled} of its last {weak.total} answers right" if weak.total > 1 else "its answer was wrong"
        steps.append(Step(f"The weakest card is {weak.name}: {found}.", weak.command))
    return tuple(steps)


def _first(figures: Figures) -> Step:
    """Study what is due, else something new, else rest."""
    today = figures.forecast[0]
    if today.due:
        late = f", {today.overdue} of them from earlier days" if today.overdue else ""
        time = f" About {duration(today.minutes * 60)}." if today.minutes else ""
        return Step(f"{counted(today.due, 'card')} due today{late}.{time}", "quizzer study")
    fresh = sum(deck.new for deck in figures.decks if deck.started)
    if fresh:
        opening = "Nothing is due" if not figures.empty else "Ready when you are"
        return Step(f"{opening}; {counted(fresh, 'new card')} to begin with in the decks you started.", "quizzer study")
    waiting = [deck for deck in figures.decks if not deck.started and deck.new and plain_name(deck.deck)]
    if waiting:
        deck = waiting[0]
        count = counted(deck.new, "question")
        opening = "Begin with" if figures.empty else "Nothing is due. New to you:"
        return Step(f"{opening} “{deck.title}”, {count}.", f"quizzer decks start {deck.deck}")
    later = [day for day in figures.forecast if day.due]
    if later:
        return Step(f"Nothing is due. Next: {counted(later[0].due, 'card')} {when(later[0].day, figures.today)}.", "")
    return Step("Nothing is due, and no new card waits.", "quizzer decks list")


def summary_lines(figures: Figures, *, paused: int = 0, new: int | None = None) -> list[str]:
    """The figures in a few lines for a terminal, foreign text made safe to show.

    `paused` counts the cards of a session that was left, `new` the new cards that today may still bring (None: any).
    """
    first, *rest = next_steps(figures)
    if paused:
        first = Step(f"A session was paused with {paused} left.", "quizzer study")
    elif new and not figures.forecast[0].due:
        first = Step(f"Nothing is due; {counted(new, 'new card')} for today.", "quizzer study")
    elif new == 0 and not figures.forecast[0].due and first.command == "quizzer study":
        first = Step("Done for today: nothing is due, and no more new cards come (new_per_day).", "")
    steps = [step.text + (f"  {step.command}" if step.command else "") for step in (first, *rest)]
    if figures.empty:
        return [printable(line, newlines=False) for line in ["Nothing reviewed yet.", *steps]]
    kept = figures.retention
    states = [
        (sum(getattr(deck, name) for deck in figures.decks), name) for name in ("mature", "young", "learning", "new")
    ]
    month = f"{figures.month.studied} of {counted(figures.month.so_far, 'day')} this month"
    maturity = f"young {_share_text(kept.young)}, mature {_share_text(kept.mature)}"
    lines = [
        f"{counted(figures.reviews, 'review')} in {duration(figures.minutes * 60)}; studied on {month}",
        f"Recall, last 30 days: {_share_text(kept.last_30)}; {maturity}",
        "Cards: " + ", ".join(f"{count:,} {name}" for count, name in states),
    ]
    week = figures.forecast[:7]
    named = (f"{weekday(day.day) if place else 'today'} {day.due}" for place, day in enumerate(week))
    lines.append(f"Due: {', '.join(named)}")
    lines.extend(_deck_line(deck) for deck in figures.decks if deck.begun)
    lines.extend(f"Next: {step}" for step in steps)
    return [printable(line, newlines=False) for line in lines]


def _share_text(share: Share) -> str:
    return f"{percent(share.value)} of {share.total:,}" if share.total else "no answers yet"


def _deck_line(deck: DeckState) -> str:
    recall = f", recall {percent(deck.recall.value)} of {deck.recall.total}" if deck.recall.total else ""
    cards = f"{deck.begun} of {counted(deck.total, 'card')} begun, {deck.mature} mature, {deck.due} due"
    return f"{deck.deck}: {cards}{recall}"
