"""The log → figures. Pure: what a learner knows, what slips, what comes next, as plain values.

Importing this package loads no numpy; calling `figures` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from quizzer.model import Card, ReviewRow
from quizzer.stats.advice import next_steps, summary_lines
from quizzer.stats.plain import plain
from quizzer.stats.values import DeckSummary, Figures, MissedStep, without_code

if TYPE_CHECKING:
    from quizzer.stats.columns import Columns
    from quizzer.stats.cube import Cube
    from quizzer.stats.groups import Topics

__all__ = [
    "DeckSummary",
    "Figures",
    "MissedStep",
    "examined",
    "figures",
    "next_steps",
    "plain",
    "summary_lines",
    "without_code",
]


def figures(
    data: Columns, cards: Sequence[Card], decks: Sequence[DeckSummary], today: int, now_text: str, **more: Any
) -> Figures:
    """Every figure of the report and of `quizzer stats`; the arguments are those of `examined`."""
    return examined(data, cards, decks, today, now_text, **more)[0]


def examined(
    data: Columns,
    cards: Sequence[Card],
    decks: Sequence[DeckSummary],
    today: int,
    now_text: str,
    *,
    topics: Topics | None = None,
    code: Mapping[str, Sequence[ReviewRow]] | None = None,
    steps: Sequence[MissedStep] = (),
    prompts: Mapping[str, str] | None = None,
    exams: Mapping[str, int] | None = None,
    leech: int = 0,
) -> tuple[Figures, Cube]:
    """The figures, and the counts by group from which the page's filters make theirs.

    `data` holds the learner's not-voided reviews in the order of the log; `cards` the learner's cards; `decks` the
    decks loaded in this run. Cards of other decks are not in use: they are counted as `unused` and left out of the
    forecast and the weakest cards, while their reviews stay part of the history. Leave out orphans (cards whose loaded
    deck no longer has the question) before. `today` is the study day, `now_text` the moment as the page shows it.
    `topics` are kind and tags of the questions loaded, `code` the reviews of the code questions answered last, by name,
    `steps` the missed steps of derivations, `prompts` questions by name, `exams` the study day of decks' exams, `leech`
    the lapses that make a leech.
    """
    from quizzer.stats import activity, answers, columns, cube, groups, mastery
    from quizzer.stats import cards as standing

    known, foreseen = topics or {}, columns.expected(data)
    loaded = {deck.deck for deck in decks}
    used = [card for card in cards if card.deck in loaded]
    days = activity.days(data)
    asked, usual = standing.coming(used, data, today)
    tags = {name: tags for name, (_, tags) in known.items()}
    found = standing.topics(used, tags, data, today)
    seen = [card for card in used if not card.state.is_new and not card.state.suspended]
    labels = [(deck, tags.get((deck, question), ())) for deck, question in data.names]
    wanted = [f"deck {deck.deck}" for deck in decks] + [f"tag {topic.tag}" for topic in found[:FOLLOWED]]
    told = Figures(
        today=today,
        now_text=now_text,
        reviews=sum(day.reviews for day in days),
        minutes=sum(day.minutes for day in days),
        days=days,
        month=activity.month(days, today),
        retention=activity.retention(data, today, foreseen),
        weeks=activity.weeks(data, today, foreseen),
        calibration=activity.calibration(data, foreseen),
        hours=activity.hours(data),
        forecast=standing.forecast(asked, usual is not None, today),
        mastery=mastery.mastery(data, today, labels, wanted),
        intervals=standing.bins([card.state.interval for card in seen], standing.INTERVALS),
        eases=standing.bins([card.state.ease for card in seen if card.state.stability is None], standing.EASES),
        decks=standing.deck_states(decks, used, data, today),
        topics=found,
        weakest=standing.weakest(used, data, leech, prompts or {}),
        mistakes=answers.mistakes(data, today),
        steps=tuple(steps),
        code=answers.stories(code or {}),
        kinds=activity.kinds(data),
        exams=tuple(sorted((exams or {}).items(), key=lambda exam: (exam[1], exam[0]))),
        unused=len(cards) - len(used),
    )
    names = [(card.deck, card.question) for card in used]
    return told, cube.cube(data, foreseen, groups.groups(data, names, known), used, asked, today)


FOLLOWED = 24
"""Tags, those with most cards, whose standing is followed over time."""
