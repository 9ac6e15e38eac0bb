"""Made-up learners for the page: a year of reviews, a first day, hostile texts. Everything follows from a seed."""

from __future__ import annotations

import json
from random import Random

from quizzer.model import Card, CardState, ReviewRow
from quizzer.stats import DeckSummary

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
                    response=SOURCE if question_kind == "code" else "2",
                    detail=json.dumps(detail),
                )
            )
            if first_today:
                interval = min(max(round(before.interval * 2.3), 1), 180) if passed else 1
                states[number] = CardState(
                    repetition=before.repetition + 1 if passed else 0,
                    interval=interval,
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
