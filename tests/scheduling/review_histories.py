"""Histories made by rule, for tests that need a log of some size: no dice but a fixed seed."""

from __future__ import annotations

import numpy as np

from quizzer.scheduling.reviewlog import ReviewLog, columns


def history(cards: int = 60, days: int = 120, seed: int = 7, difficulty: float = 1.0) -> ReviewLog:
    """Cards asked at growing intervals and forgotten the more often the longer they waited."""
    generator = np.random.default_rng(seed)
    rows = []
    for card in range(cards):
        day, gap, hard = 20_000 + card % 30, 0, generator.normal(0, 0.6)
        while day < 20_000 + days:
            chance = 1 / (1 + np.exp(-(2.0 - difficulty * 0.35 * np.log1p(gap) - hard)))
            grade = (
                int(generator.choice([3, 4, 4, 4, 5]))
                if generator.random() < chance
                else int(generator.choice([0, 1, 2]))
            )
            rows.append((day, card, grade))
            if grade < 3 and generator.random() < 0.5:
                rows.append((day, card, 4))
            gap = max(1, round(gap * 2.2)) if grade >= 3 else 1
            day += gap + int(generator.integers(0, 2))
    rows.sort(key=lambda row: row[0])
    day_column, card_column, grade_column = zip(*rows, strict=True)
    return columns(card_column, day_column, grade_column)
