"""A year ahead with invented learners: minutes a day against what is known, for SM-2 and for FSRS at several targets.

The learners' memory belongs to neither scheduler. It is the activation of Pavlik & Anderson (Cognitive Science 29,
2005), in days: every answer leaves a trace that fades as a power of time, an answer given while the card is still
strong leaves one that fades faster, and recall is a logistic function of the sum. It knows nothing of ease factors,
stability or difficulty. Rates differ between learners and strengths between cards; ratios and signs mean something,
minutes are no forecast for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from quizzer.lean import dataclass
from quizzer.scheduling import exam, fitting
from quizzer.scheduling.arrays import fsrs_step, sm2_step
from quizzer.scheduling.fsrs import DEFAULTS, RATING, Memory, Weights
from quizzer.scheduling.portable import arrays
from quizzer.scheduling.reviewlog import ReviewLog
from quizzer.scheduling.sm2 import Rules

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

TARGETS = (0.7, 0.8, 0.85, 0.9, 0.95)
AUTHOR = Rules()
SLOTS = 160
"""Answers a card can have; the rest of the year would change nothing."""
LAPSE_SECONDS, MOST_SECONDS = 26.0, 40.0
"""What a failure costs with its repeat on the same day, and the longest thought before a recall."""


@dataclass(frozen=True, slots=True)
class World:
    """How large the year is: cards a learner, new ones a day, days, and how many learners."""

    cards: int = 300
    new: int = 4
    days: int = 365
    learners: int = 6
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """A scheduler to try. `target` None: SM-2 in `rules`' variant."""

    name: str
    target: float | None = None
    weights: Weights = DEFAULTS
    rules: Rules = AUTHOR
    exam: int | None = None
    """The day of an exam: in the week before, every card is asked once more, as `exam` has it."""


@dataclass(frozen=True, slots=True)
class Year:
    """What came of one schedule: by learner minutes a day, knowledge (mean share known over the days), and recall when
    asked; and the log of all answers."""

    minutes: Floats
    knowledge: Floats
    asked: Floats
    log: ReviewLog


@dataclass(frozen=True, slots=True)
class _Minds:
    """The learners of a world, a row a card: strength of the card; decay, its growth, threshold, noise of its owner."""

    owner: Ints
    strength: Floats
    decay: Floats
    growth: Floats
    threshold: Floats
    noise: Floats


def _minds(world: World, learners: Sequence[int]) -> _Minds:
    """The same learner has the same cards in whatever company it is simulated."""
    parts = []
    for learner in learners:
        dice = _dice(world.seed, learner)
        traits = dice.uniform([0.16, 0.20, -1.0, 0.24], [0.28, 0.34, -0.5, 0.36])
        ones = np.ones(world.cards)
        parts.append([ones * learner, dice.normal(0.0, 0.45, world.cards), *(ones * trait for trait in traits)])
    owner, *rest = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _Minds(owner.astype(np.int64), *rest)


def _dice(*seed: int) -> Generator:
    return np.random.default_rng(list(seed))  # noqa: TID251 - an invented learner's dice, no question's


def live(world: World, schedule: Schedule, learners: Sequence[int], looks: Sequence[int] | None = None) -> Year:
    """One year of these learners under one schedule. What is known is looked at on the days `looks`, else weekly."""
    minds = _minds(world, learners)
    n, per = len(minds.owner), world.cards
    memory = Memory(schedule.weights, arrays())
    began, fading = np.zeros((n, SLOTS)), np.zeros((n, SLOTS))
    count, last, due = (np.zeros(n, dtype=np.int64) for _ in range(3))
    due[:] = np.tile(np.arange(per) // world.new, len(learners))
    repetition, interval, ease = np.zeros(n, np.int64), np.zeros(n, np.int64), np.full(n, 250)
    stability, difficulty = np.zeros(n), np.zeros(n)
    seconds, known, asked, right = (np.zeros(len(learners)) for _ in range(4))
    place = np.repeat(np.arange(len(learners)), per)
    rows: list[tuple[Ints, int, Ints]] = []
    looks = range(0, world.days, 7) if looks is None else looks
    dice = _dice(world.seed, 0, int(learners[0]))
    for day in range(world.days):
        is_due = due <= day
        ahead = np.zeros(n, dtype=bool)
        if schedule.exam is not None and exam.sweeps(day, schedule.exam):
            ahead[_last_pass(day, schedule.exam, ~is_due & (count > 0), due, last, interval, place)] = True
        now = np.flatnonzero((is_due | ahead) & (count < SLOTS))
        strength = _activation(minds, began, fading, count, now, day)
        margin = strength - minds.threshold[now] + minds.noise[now] * dice.logistic(size=len(now))
        fresh = count[now] == 0
        # A new card is seen for the first time: half of them are worked out, whatever the memory says.
        margin[fresh] = dice.normal(0.0, 0.5, int(fresh.sum()))
        grade = np.where(margin <= 0, 1, np.where(margin < 0.15, 3, np.where(margin < 1.6, 4, 5)))
        took = np.where(margin <= 0, LAPSE_SECONDS, np.minimum(4.0 + 8.0 * np.exp(-margin), MOST_SECONDS))
        seconds += np.bincount(place[now], weights=took, minlength=len(learners))
        old = now[~fresh]
        asked += np.bincount(place[old], minlength=len(learners))
        right += np.bincount(place[old], weights=grade[~fresh] >= 3, minlength=len(learners))
        began[now, count[now]] = day
        fading[now, count[now]] = minds.decay[now] + minds.growth[now] * np.exp(np.where(fresh, -9.0, strength))
        if schedule.target is None:
            # A recall ahead of its day moves the due day alone, a failure is a lapse.
            moves = ~ahead[now] | (grade < 3)
            moved = now[moves]
            repetition[moved], interval[moved], ease[moved] = sm2_step(
                repetition[moved], interval[moved], ease[moved], grade[moves], schedule.rules
            )
            days = interval[now]
        else:
            marks = _RATINGS[grade]
            first = now[fresh]
            stability[first] = _by_rating(memory.first_stability)[marks[fresh]]
            difficulty[first] = _by_rating(memory.first_difficulty)[marks[fresh]]
            gap = day - last[old]
            recall = memory.recall(stability[old], gap)
            stability[old], difficulty[old] = fsrs_step(
                memory, stability[old], difficulty[old], recall, marks[~fresh], gap
            )
            days = np.maximum(np.rint(memory.days_until(stability[now], schedule.target)), 1).astype(np.int64)
            interval[now] = days
        last[now], due[now] = day, day + np.maximum(days, 1)
        count[now] += 1
        rows.append((now, day, grade))
        if day in looks:
            there = np.flatnonzero(count > 0)
            level = _activation(minds, began, fading, count, there, day + 0.5) - minds.threshold[there]
            known += np.bincount(
                place[there], weights=1.0 / (1.0 + np.exp(-level / minds.noise[there])), minlength=len(learners)
            )
    log = ReviewLog(
        np.concatenate([row[0] for row in rows]),
        np.concatenate([np.full(len(row[0]), row[1]) for row in rows]),
        np.concatenate([row[2] for row in rows]),
    )
    return Year(seconds / 60.0 / world.days, known / per / len(looks), right / np.maximum(asked, 1), log)


def _last_pass(day: int, day_of_exam: int, seen: Bools, due: Ints, last: Ints, interval: Ints, owner: Ints) -> Ints:
    """Today's part of the last pass before an exam, for all learners: of the cards `seen` that were not asked in the
    last week and would not come before the exam, the strongest, evenly over the days that are left."""
    waiting = np.flatnonzero(seen & (due >= day_of_exam) & (last < day_of_exam - exam.SWEEP))
    ranked = waiting[np.lexsort((waiting, -interval[waiting], owner[waiting]))]
    counts = np.bincount(owner[ranked])
    place = np.arange(len(ranked)) - np.repeat(np.cumsum(counts) - counts, counts)
    return ranked[place < np.repeat(-(-counts // (day_of_exam - day)), counts)]


_RATINGS = np.array(RATING, dtype=np.int64)


def _by_rating(first: Any) -> Floats:
    return np.array([0.0, *(first(rating) for rating in (1, 2, 3, 4))])


def _activation(minds: _Minds, began: Floats, fading: Floats, count: Ints, rows: Ints, day: float) -> Floats:
    """ln Σ (days since)^-decay over the card's answers, plus the card's own strength; meaningless without answers."""
    width = int(count[rows].max()) if len(rows) else 0
    if not width:
        return np.zeros(len(rows))
    since = np.maximum(day - began[rows, :width], 0.5)
    left = since ** -fading[rows, :width]
    left[np.arange(width) >= count[rows, None]] = 0.0
    total: Floats = np.log(np.maximum(left.sum(axis=1), 1e-9)) + minds.strength[rows]
    return total


def simulate(
    world: World, targets: Sequence[float] = TARGETS, progress: fitting.Progress = fitting.nobody
) -> dict[str, Any]:
    """The trade for every schedule, with the range over learners, and FSRS's minutes at SM-2's knowledge.

    `fsrs-fitted` has parameters fitted to the learner's own year under SM-2: an upper bound for the first months.
    """
    everyone = range(1, world.learners + 1)
    years: dict[tuple[str, float | None], Year] = {}
    for name, rules in (("sm2", Rules()), ("sm2-paper", Rules("paper"))):
        years[name, None] = live(world, Schedule(name, rules=rules), everyone)
    for target in targets:
        years["fsrs", target] = live(world, Schedule("fsrs", target), everyone)
    fitted = []
    for k, learner in enumerate(everyone):
        own = years["sm2", None].log
        mine = own.card // world.cards == k
        progress(k + 1, world.learners + 1)  # the years without a fit took about as long as one learner's with it
        fitted.append(fitting.fit(ReviewLog(own.card[mine], own.day[mine], own.grade[mine])))
        alone = replace(world, learners=1)
        for target in targets:
            one = live(alone, Schedule("fsrs-fitted", target, fitted[-1]), [learner])
            years["fsrs-fitted", target] = _joined(years.get(("fsrs-fitted", target)), one)
    rows = [
        {
            "scheduler": name,
            "target": target,
            "minutes": _band(year.minutes),
            "knowledge": _band(year.knowledge),
            "recall_when_asked": _band(year.asked),
        }
        for (name, target), year in sorted(years.items(), key=lambda item: (item[0][0], item[0][1] or 0.0))
    ]
    ratios = [
        {"scheduler": name, "against": against, **_ratio(years, name, against, targets)}
        for against in ("sm2", "sm2-paper")
        for name in ("fsrs", "fsrs-fitted")
    ]
    return {
        "world": {"cards": world.cards, "new": world.new, "days": world.days, "learners": world.learners},
        "memory": "activation of Pavlik & Anderson 2005: belongs to neither scheduler",
        "rows": rows,
        "at_equal_knowledge": ratios,
    }


def _joined(before: Year | None, one: Year) -> Year:
    if before is None:
        return one
    return Year(
        np.concatenate([before.minutes, one.minutes]),
        np.concatenate([before.knowledge, one.knowledge]),
        np.concatenate([before.asked, one.asked]),
        one.log,
    )


def _band(values: Floats) -> dict[str, float]:
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
    return {"median": round(float(middle), 4), "low": round(float(low), 4), "high": round(float(high), 4)}


def _ratio(
    years: dict[tuple[str, float | None], Year], name: str, against: str, targets: Sequence[float]
) -> dict[str, Any]:
    """Minutes under `name`, aimed so that as much is known as under `against`, as a share of its minutes."""
    rival, found = years[against, None], []
    knowledge = np.stack([years[name, target].knowledge for target in targets])
    minutes = np.stack([years[name, target].minutes for target in targets])
    for learner, goal in enumerate(rival.knowledge):
        order = np.argsort(knowledge[:, learner])
        reached = knowledge[order, learner]
        if reached[0] <= goal <= reached[-1]:
            found.append(float(np.interp(goal, reached, minutes[order, learner]) / rival.minutes[learner]))
    band = _band(np.array(found)) if found else None
    return {"learners": len(found), "cheaper_for": sum(ratio < 1 for ratio in found), "minutes_ratio": band}
