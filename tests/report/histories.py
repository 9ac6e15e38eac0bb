"""Made-up learners for the page: a year of reviews, a first day, hostile texts. Everything follows from a seed."""

from __future__ import annotations

import json
from random import Random

from quizzer.model import Card, CardState, ReviewRow
from quizzer.stats import DeckSummary, Figures, MissedStep, examined
from quizzer.stats.columns import columns
from quizzer.stats.cube import Cube

TODAY = 20_650
TITLES = {
    "reparameterization": ("The reparameterization trick", "en"),
    "sliding-window-maximum": ("滑动窗口最大值", "zh"),
    "bias": ("Bias of estimators", "en"),
    "receptive-field": ("Receptive fields", "en"),
    "adam-vs-adamw": ("Adam与AdamW的区别", "zh"),
    "ddpg": ("Deep deterministic policy gradient", "en"),
    "kimi-k1-5": ("Kimi k1.5", "en"),
}
KINDS = ("numeric", "choice", "code", "derivation", "cloze", "spot")
SECONDS = {"numeric": 35, "choice": 9, "code": 320, "derivation": 110, "cloze": 14, "spot": 22}
SOURCE = """def window_max(nums: list[int], k: int) -> list[int]:
    window = []
    out = []
    for i, value in enumerate(nums):
        while window and nums[window[-1]] <= value:
            window.pop()
        window.append(i)
        if i >= k - 1:
            out.append(nums[window[0]])
    return out
"""

WRONG = SOURCE.replace("<= value", "< value").replace("nums[window[0]]", "nums[window[-1]]")
TAGS = ("sampling", "gradients", "arrays", "optimizers", "convolutions")


def topics(rows: list[ReviewRow], cards: list[Card]) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    """Kind and tags of every question: two tags each."""
    found = {}
    for deck, question in [(row.deck, row.question) for row in rows] + [(card.deck, card.question) for card in cards]:
        number = int(question.rpartition("-")[2])
        found[deck, question] = (KINDS[number % len(KINDS)], (TAGS[number % 5], TAGS[(number + 1) % 5]))
    return found


def examine(
    made: tuple[list[ReviewRow], list[Card], list[DeckSummary]], now: str = "Thursday 16 July 2026, 21:40"
) -> tuple[Figures, Cube]:
    """The figures of a learner as a store would give them, and the counts behind the filters."""
    rows, cards, decks = made
    code: dict[str, list[ReviewRow]] = {}
    for row in rows:
        if row.question_kind == "code":
            code.setdefault(f"{row.deck}/{row.question}", []).append(row)
    steps = (MissedStep("ddpg/question-3", 2, 5, 9, TODAY - 1, r"Take the gradient of $\log \pi$"),)
    return examined(
        columns(rows), cards, decks, TODAY, now,
        topics=topics(rows, cards),
        code=dict(sorted(code.items(), key=lambda item: -item[1][-1].at_ms)[:8]),
        steps=steps if len(rows) > 100 else (),
        prompts={f"{row.deck}/{row.question}": f"What is $x_{{{row.question[9:]}}}^2$ of this?" for row in rows},
        exams={"ddpg": TODAY + 12} if len(rows) > 100 else {},
        leech=8,
    )  # fmt: skip


def year(reviews: int, seed: int = 7, span: int = 365) -> tuple[list[ReviewRow], list[Card], list[DeckSummary]]:
    """About `reviews` answers over `span` days up to today: busy and idle spells, cards easy and hard."""
    random = Random(seed)
    slugs = list(TITLES)
    count = max(reviews // 9, 6)
    hardness = [random.betavariate(2, 9) for _ in range(count)]
    states: dict[int, CardState] = {}
    rows: list[ReviewRow] = []
    for day in range(TODAY - span + 1, TODAY + 1):
        if random.random() < 0.18:
            continue
        busy = reviews / span * random.lognormvariate(0.1, 0.55)
        waiting = [number for number, state in states.items() if (state.due_day or 0) <= day and not state.suspended]
        random.shuffle(waiting)
        fresh = [number for number in range(count) if number not in states][: max(round(busy / 6), 1)]
        asked = (waiting + fresh + random.choices(range(count), k=2))[: round(busy)]
        for number in asked + [number for number in asked if random.random() < hardness[number]]:
            before = states.get(number, CardState())
            first_today = before.last_day != day
            kind = "review" if first_today else random.choice(["drill", "drill", "cram"])
            question_kind = KINDS[number % len(KINDS)]
            grade = (
                random.choice([0, 1, 1, 2]) if random.random() < hardness[number] else random.choice([3, 4, 4, 4, 5])
            )
            passed = grade >= 3
            detail: dict[str, object] = {}
            if question_kind == "code":
                total = 207
                detail = {"cases": {"passed": total if passed else random.randrange(total), "total": total}}
                if not passed:
                    detail["counterexample"] = {"call": "window_max([2, 2], 1)", "expected": "[2, 2]", "got": "[2]"}
                    detail["message"] = "On this input the answer is too short by one."
            deck = slugs[number % (len(slugs) - 1)]
            interval = min(max(round(before.interval * 2.3), 1), 180) if passed else 1
            rows.append(
                ReviewRow(
                    uid=f"u{number}",
                    deck=deck,
                    question=f"question-{number}",
                    question_kind=question_kind,
                    kind=kind,  # type: ignore[arg-type]  # one of the three literals
                    rung="write" if question_kind == "code" else "",
                    day=day,
                    at_ms=day * 86_400_000 + random.randrange(7 * 3_600_000, 22 * 3_600_000),
                    offset_min=0,
                    grade=grade,
                    verdict="passed" if passed else "wrong-answer",
                    duration_ms=int(1000 * SECONDS[question_kind] * random.lognormvariate(0, 0.5)),
                    elapsed=None if before.last_day is None else day - before.last_day,
                    interval=before.interval,
                    predicted=None,
                    mistake="" if passed else random.choice(["", "off by one", "never evicts", "forgot the stride"]),
                    response=(SOURCE if passed else WRONG) if question_kind == "code" else "2",
                    detail=json.dumps(detail),
                    planned=interval if first_today else None,
                    attempts=random.choice([1, 1, 2, 4]) if question_kind == "code" else 1,
                )
            )
            if first_today:
                states[number] = CardState(
                    repetition=before.repetition + 1 if passed else 0,
                    interval=interval,
                    ease=max(before.ease + (0, -80, -54, -32, -14, 0, 10)[grade + 1], 130),
                    due_day=day + interval + random.randrange(3),
                    last_day=day,
                    reviews=before.reviews + 1,
                    lapses=before.lapses + (not passed),
                    suspended=before.lapses > 6 and random.random() < 0.05,
                )
    cards = [
        Card(f"u{number}", slugs[number % (len(slugs) - 1)], f"question-{number}", state)
        for number, state in states.items()
    ]
    decks = [
        DeckSummary(slug, title, language, 40, i < len(slugs) - 1, 0, (3 * i) % 11 + (12 if i == len(slugs) - 1 else 0))
        for i, (slug, (title, language)) in enumerate(TITLES.items())
    ]
    return rows, cards, decks


def first_day() -> tuple[list[ReviewRow], list[Card], list[DeckSummary]]:
    """Three reviews, all today."""
    rows, _, decks = year(400, seed=3)
    shown = [rows[i] for i in (1, 2, 3)]
    from dataclasses import replace

    shown = [
        replace(row, day=TODAY, elapsed=None, interval=0, kind="review", grade=grade, uid=f"u{i}")
        for i, (row, grade) in enumerate(zip(shown, (4, 1, 3), strict=True))
    ]
    cards = [
        Card(row.uid, row.deck, row.question, CardState(1, 1, 250, TODAY + 1, TODAY, 1, 1, int(row.grade < 3)))
        for row in shown
    ]
    return shown, cards, decks
