"""Which scheduler predicts a learner's recalls best: each model judged only on reviews it was never fitted to.

Scored are the reviews on a later study day than the card's last, all of them. In order of time they make six equal
parts, and each part is predicted by models fitted to everything before it, as the public benchmark does
(open-spaced-repetition/srs-benchmark). It leaves the first part out; here it is divided again, each piece four times
the one before, and the first 64 reviews are predicted by the priors (published parameters, a curve from theory).
`log_loss_later` is over the five later parts alone, for comparison with published tables.
"""

from __future__ import annotations

from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING, Any

import numpy as np

from quizzer.lean import dataclass
from quizzer.scheduling import curve, fitting, metrics
from quizzer.scheduling.arrays import Rounds, replay_fsrs, replay_sm2, rounds
from quizzer.scheduling.fsrs import DEFAULTS, Weights
from quizzer.scheduling.reviewlog import ReviewLog
from quizzer.scheduling.sm2 import Rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

ENOUGH = 200
"""Scored reviews under which nothing is said."""
PARTS = 6
FIRST = 64
MANY = 300_000
"""Scored reviews above which a log is a very long one."""
FIT_ROWS = 20_000
"""A fit on the way looks at about this many rows (FSRS's: at the whole histories of so many cards)."""

WHAT = {
    "constant": "the share recalled so far, for every card alike",
    "moving-average": "the share recalled lately, for every card alike",
    "sm2": "SM-2 makes no prediction; 0.9^(days/interval) is the usual stand-in",
    "sm2-curve": "SM-2 with a forgetting curve fitted to the reviews before",
    "fsrs": "FSRS-6 with its published parameters",
    "fsrs-fitted": "FSRS-6 with parameters fitted to the reviews before",
}
PAIRS = (("fsrs-fitted", "fsrs"), ("fsrs-fitted", "sm2-curve"), ("fsrs", "sm2-curve"), ("sm2-curve", "constant"))


@dataclass(frozen=True, slots=True)
class Scored:
    """The scored reviews of a log, in order of time. `row` is their place in the log, `laid` in its layout by round."""

    row: Ints
    laid: Ints
    day: Ints
    recalled: Bools
    bin_of: Ints
    features: NDArray[np.float32]
    stand_in: Floats
    """0.9^(days/interval) under SM-2, its author's variant."""


def scored(log: ReviewLog, layout: Rounds) -> Scored:
    """What is scored of a log, with everything that the models ask about it."""
    gap = layout.gap[layout.place]
    row = np.flatnonzero(gap > 0)
    laid = layout.place[row]
    sm2 = replay_sm2(layout, Rules())
    # Counts up to each row run along the rounds: one addition a round, all cards at once.
    counted, lapses, last = (np.zeros(len(log), dtype=np.int64) for _ in range(3))
    seen, failed, mark = (np.zeros(len(layout.cards), dtype=np.int64) for _ in range(3))
    for rows in layout:
        size = rows.stop - rows.start
        counted[rows], lapses[rows], last[rows] = seen[:size], failed[:size], mark[:size]
        takes_part = layout.gap[rows] != 0
        seen[:size] += takes_part
        failed[:size] += (layout.gap[rows] > 0) & (layout.grade[rows] < 3)
        np.copyto(mark[:size], layout.grade[rows], where=takes_part)
    days, interval = gap[row], np.maximum(sm2.interval[laid], 1)
    return Scored(
        row=row,
        laid=laid,
        day=log.day[row],
        recalled=log.grade[row] >= 3,
        bin_of=metrics.bins(days, counted[laid] + 1, lapses[laid]),
        features=curve.features(days, interval, sm2.ease[laid], sm2.repetition[laid], lapses[laid], last[laid]),
        stand_in=0.9 ** (days / interval),
    )


def parts(n: int) -> list[tuple[int, int]]:
    """Where each part of n scored reviews begins and ends: 64, four times that … up to a sixth, then sixths.

    >>> parts(3000)
    [(0, 64), (64, 256), (256, 500), (500, 1000), (1000, 1500), (1500, 2000), (2000, 2500), (2500, 3000)]
    """
    # In a very long log little more of the past changes no parameter: fits are fewer, at sixteen times and at double.
    times, later = (16, (1, 2, 4, PARTS)) if n > MANY else (4, range(1, PARTS + 1))
    early = [FIRST * times**k for k in range(n.bit_length()) if FIRST * times**k < n // PARTS]
    return list(pairwise([0, *early, *(n * k // PARTS for k in later)]))


def predictions(log: ReviewLog) -> tuple[Scored, dict[str, Floats]]:
    """The scored reviews and what each model predicted for them without having seen them."""
    layout = rounds(log)
    seen = scored(log, layout)
    n = len(seen.row)
    out = {name: np.empty(n) for name in ("sm2-curve", "fsrs-fitted")}
    known = np.concatenate([[0], np.cumsum(seen.recalled)[:-1]]) if n else np.zeros(0)
    out["constant"] = (1.8 + known) / (2.0 + np.arange(n))
    out["moving-average"] = _moving_average(seen.recalled)
    out["sm2"] = seen.stand_in
    out["fsrs"] = replay_fsrs(layout, DEFAULTS).recall[seen.laid]
    weights: Weights = DEFAULTS
    for start, end in parts(n):
        part = slice(start, end)
        if start == end:
            continue
        stride = slice(0, start, 1 + start // FIT_ROWS)
        bent = curve.fit(seen.features[stride], seen.recalled[stride])
        out["sm2-curve"][part] = curve.recall(bent, seen.features[part])
        if start:
            cut = int(seen.row[start])
            before = ReviewLog(log.card[:cut], log.day[:cut], log.grade[:cut])
            weights = fitting.fit(before, weights, most_rows=FIT_ROWS, evaluations=20, gain=1e-5)
        if weights == DEFAULTS:
            out["fsrs-fitted"][part] = out["fsrs"][part]
            continue
        stop = int(seen.row[end - 1]) + 1
        short = rounds(ReviewLog(log.card[:stop], log.day[:stop], log.grade[:stop])) if 2 * stop < len(log) else layout
        out["fsrs-fitted"][part] = replay_fsrs(short, weights).recall[short.place[seen.row[part]]]
    return seen, {name: out[name] for name in WHAT}


def _moving_average(recalled: Bools) -> Floats:
    """The benchmark's MOVING-AVG: an intercept that follows the stream, and no memory of any card."""

    x, out = 1.2, np.empty(len(recalled))
    for start in range(0, len(recalled), 65_536):
        said = []
        for y in recalled[start : start + 65_536].tolist():
            p = 1.0 / (1.0 + exp(-x))
            said.append(p)
            x += 0.3 * (y - p)
        out[start : start + 65_536] = said
    return out


def evaluate(log: ReviewLog) -> dict[str, Any]:
    """The whole examination as plain data: `scored`, `rows`, `differences`, `conclusion`.

    Intervals hold 95 of 100 logs like this one, drawn by whole study days: answers of one day are alike.
    """
    seen, said = predictions(log)
    n = len(seen.row)
    if n < ENOUGH:
        return {
            "scored": n,
            "reviews": len(log),
            "rows": [],
            "differences": [],
            "conclusion": f"Not enough data: {n} of the {ENOUGH} reviews on a later day that it takes.",
        }
    loss: dict[str, Floats] = {}
    rows: list[dict[str, Any]] = []
    for name in list(said):
        p = said.pop(name)  # a million predictions are 8 MB, and six models have them
        loss[name] = metrics.losses(p, seen.recalled)
        area = metrics.auc(p, seen.recalled)
        rows.append(
            {
                "model": name,
                "what": WHAT[name],
                "log_loss": round(float(loss[name].mean()), 6),
                "rmse_bins": round(metrics.rmse_bins(p, seen.recalled, seen.bin_of), 6),
                "auc": None if area is None else round(area, 6),
                "log_loss_later": round(float(loss[name][n // PARTS :].mean()), 6),
                "calibration": metrics.calibration(p, seen.recalled),
            }
        )
    best = min(rows, key=lambda row: float(row["log_loss"]))["model"]
    simple = min(("constant", "moving-average"), key=lambda name: float(loss[name].mean()))

    pairs = [*PAIRS, *([] if best == simple else [(best, simple)])]
    ends = metrics.intervals([*loss.values(), *(loss[a] - loss[b] for a, b in pairs)], seen.day)
    gaps = ends[len(rows) :]
    for row, (low, _, high) in zip(rows, ends, strict=False):
        row["log_loss_95"] = [round(low, 6), round(high, 6)]
    found = [
        {
            "model": a,
            "against": b,
            "log_loss": round(middle, 6),
            "low": round(low, 6),
            "high": round(high, 6),
        }
        for (a, b), (low, middle, high) in zip(pairs, gaps, strict=True)
    ]
    lead = None if best == simple else found[-1]
    return {
        "scored": n,
        "reviews": len(log),
        "rows": rows,
        "differences": found,
        "conclusion": _sentence(best, lead, found, float(seen.recalled.mean())),
    }


NAMES = {
    "constant": "a constant",
    "moving-average": "the moving average",
    "sm2": "SM-2 with its stand-in",
    "sm2-curve": "SM-2 with a fitted curve",
    "fsrs": "FSRS with its published parameters",
    "fsrs-fitted": "fitted FSRS",
}


def _sentence(best: str, lead: dict[str, Any] | None, found: list[dict[str, Any]], share: float) -> str:
    """What the figures mean, in words; a difference counts when its 95 % interval leaves out 0."""
    recalled = f"{share:.0%} of these reviews were recalled."
    name = f"{NAMES[best][0].upper()}{NAMES[best][1:]} predicts best which ones"
    if lead is None or lead["high"] >= 0:
        name = "No model predicts which ones surely better than a number that is the same for every card"
    fitted, rival = found[0], found[1]
    return (
        f"{recalled} {name}. Fitted FSRS is {_phrase(fitted)} {NAMES['fsrs']} and {_phrase(rival)} "
        f"{NAMES['sm2-curve']} (95 % intervals over study days)."
    )


def _phrase(row: dict[str, Any]) -> str:
    if row["high"] < 0:
        return "surely better than"
    return "surely worse than" if row["low"] > 0 else "not surely better or worse than"
