"""Which scheduler predicts a learner's recalls best: each model judged only on reviews it was never fitted to.

Scored are the reviews on a later study day than the card's last, all of them. In order of time they make six equal
parts, and each part is predicted by models fitted to everything before it, as the public benchmark does
(open-spaced-repetition/srs-benchmark). It leaves the first part out; here it is divided again, each piece four times
the one before, and the first 64 reviews are predicted by the priors (published parameters, a curve from theory).
`log_loss_later` is over the five later parts alone, for comparison with published tables.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import pairwise
from math import exp, inf
from typing import TYPE_CHECKING, Any

import numpy as np

from quizzer.lean import dataclass
from quizzer.scheduling import curve, fitting, metrics
from quizzer.scheduling.arrays import Rounds, replay_fsrs, rounds
from quizzer.scheduling.fsrs import DEFAULTS
from quizzer.scheduling.intervals import Days
from quizzer.scheduling.reviewlog import ReviewLog
from quizzer.scheduling.scored import PIECE, Scored, fetched, pieces, scored

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.integer[Any]]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

ENOUGH = 200
"""Scored reviews under which nothing is said."""
PARTS = 6
FIRST = 64
MANY = 300_000
"""Scored reviews above which a log is a very long one."""
WORKERS = 2
"""Threads. More would want their own memory for as many models at once."""
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


def parts(n: int) -> list[tuple[int, int]]:
    """Where each part of n scored reviews begins and ends: 64, four times that … up to a sixth, then sixths.

    >>> parts(3000)
    [(0, 64), (64, 256), (256, 500), (500, 1000), (1000, 1500), (1500, 2000), (2000, 2500), (2500, 3000)]
    """
    # In a very long log a little more of the past changes no parameter: fits are fewer, at sixteen and three times.
    times, later = (16, (1, 3, PARTS)) if n > MANY else (4, range(1, PARTS + 1))
    early = [FIRST * times**k for k in range(n.bit_length()) if FIRST * times**k < n // PARTS]
    return list(pairwise([0, *early, *(n * k // PARTS for k in later)]))


def predictions(log: ReviewLog) -> tuple[Scored, dict[str, Floats]]:
    """The scored reviews and what each model predicted for them without having seen them."""
    layout = rounds(log)
    seen = scored(log, layout)
    models = _models(log, layout, seen)
    return seen, {name: models[name]() for name in WHAT}


def _models(log: ReviewLog, layout: Rounds, seen: Scored) -> dict[str, Callable[[], Floats]]:
    """How each model's predictions come about: the longest work first, last what keeps other threads waiting."""
    return {
        "fsrs-fitted": lambda: _fsrs_fitted(log, layout, seen),
        "fsrs": lambda: fetched(replay_fsrs(layout, DEFAULTS).recall, seen.laid),
        "sm2-curve": lambda: _sm2_curve(seen),
        "sm2": seen.stand_in,
        "constant": lambda: _constant(seen.recalled),
        "moving-average": lambda: _moving_average(seen.recalled),
    }


def _constant(recalled: Bools) -> Floats:
    """The share recalled before each review, with nine of ten before the first."""
    known: Floats = np.cumsum(recalled, dtype=float)
    known -= recalled
    known += 1.8
    known /= np.arange(2.0, len(recalled) + 2.0)
    return known


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


def _sm2_curve(seen: Scored) -> Floats:
    """SM-2's curve, fitted before each part to the reviews before it."""
    out = np.empty(len(seen))
    for start, end in parts(len(seen)):
        stride = slice(0, start, 1 + start // FIT_ROWS)
        bent = curve.fit(seen.features(stride), seen.recalled[stride])
        for part in pieces(end - start):
            some = slice(start + part.start, start + part.stop)
            out[some] = curve.recall(bent, seen.features(some))
    return out


def _fsrs_fitted(log: ReviewLog, layout: Rounds, seen: Scored) -> Floats:
    """FSRS, fitted before each part to the reviews before it."""
    out, weights = np.empty(len(seen)), DEFAULTS
    for start, end in parts(len(seen)):
        if start:
            weights = fitting.fit(log.until(int(seen.row[start])), weights, most_rows=FIT_ROWS, evaluations=20,
                                  gain=1e-5)  # fmt: skip
        stop = int(seen.row[end - 1]) + 1
        short = layout if 2 * stop >= len(log) else rounds(log.until(stop))
        laid = seen.laid[start:end] if short is layout else short.place[seen.row[start:end]]
        out[start:end] = fetched(replay_fsrs(short, weights).recall, laid)
    return out


def evaluate(log: ReviewLog, progress: fitting.Progress = fitting.nobody) -> dict[str, Any]:
    """The whole examination as plain data: `scored`, `rows`, `differences`, `conclusion`.

    `progress` is told how many models are done, of how many.
    Intervals hold 95 of 100 logs like this one, see `intervals`.
    """
    layout = rounds(log)
    seen = scored(log, layout)
    if len(seen) < ENOUGH:
        return {
            "scored": len(seen),
            "reviews": len(log),
            "rows": [],
            "differences": [],
            "conclusion": f"Not enough data: {len(seen)} of the {ENOUGH} reviews on a later day that it takes.",
        }
    days, counts = Days(seen.day), np.bincount(seen.bin_of)

    def examined(model: Callable[[], Floats]) -> _Examined:
        return _examined(model(), seen, days, counts)

    # The models don't need each other, and numpy leaves room for another thread while it computes.
    with ThreadPoolExecutor(WORKERS) as pool:
        waiting = {pool.submit(examined, model): name for name, model in _models(log, layout, seen).items()}
        done: dict[str, _Examined] = {}
        for one in as_completed(waiting):
            done[waiting[one]] = one.result()
            progress(len(done), len(WHAT))
    rows = [{"model": name, "what": WHAT[name]} | done[name].figures for name in WHAT]
    best = min(WHAT, key=lambda name: done[name].loss)
    simple = min(("constant", "moving-average"), key=lambda name: done[name].loss)
    found = []
    lead = None
    for a, b in dict.fromkeys([*PAIRS, *([] if best == simple else [(best, simple)])]):
        gap = done[a].loss - done[b].loss
        low, high = _around(gap, days.reach(done[a].moved - done[b].moved), least=-inf) or (None, None)
        found.append({"model": a, "against": b, "log_loss": round(gap, 6), "low": low, "high": high})
        lead = found[-1] if (a, b) == (best, simple) else lead
    return {
        "scored": len(seen),
        "reviews": len(log),
        "rows": rows,
        "differences": found,
        "conclusion": _sentence(best, lead, found, float(seen.recalled.mean())),
    }


@dataclass(frozen=True, slots=True)
class _Examined:
    """A model's figures; its log loss, and what each study day moves that by."""

    figures: dict[str, Any]
    loss: float
    moved: Floats


def _examined(p: Floats, seen: Scored, days: Days, counts: Ints) -> _Examined:
    """The figures of one model's predictions `p`; `counts` is how many reviews each bin has."""
    n, right, bin_of = len(p), seen.recalled, seen.bin_of
    errors, levels = metrics.BinErrors(counts), metrics.Levels()
    moved, moved_rmse, moved_area = (np.empty(len(days)) for _ in range(3))
    for rows, these, starts in days.parts(PIECE):
        moved[these] = np.add.reduceat(metrics.losses(p[rows], right[rows]), starts)
        errors.add(p[rows] - right[rows], bin_of[rows])
        levels.add(p[rows], right[rows])
    area = metrics.auc(p, right)
    for rows, these, starts in days.parts(PIECE):
        moved_rmse[these] = np.add.reduceat(errors.influence(p[rows] - right[rows], bin_of[rows]), starts)
        if area is not None:
            moved_area[these] = np.add.reduceat(levels.auc_influence(p[rows], right[rows], area), starts)
    total, rmse = float(moved.sum()), errors.rmse()
    early = sum(float(metrics.losses(p[some], right[some]).sum()) for some in pieces(n // PARTS))
    moved -= np.diff(days.starts) * (total / n)
    moved /= n
    figures = {
        "log_loss": round(total / n, 6),
        "rmse_bins": round(rmse, 6),
        "auc": None if area is None else round(area, 6),
        "log_loss_95": _around(total / n, days.reach(moved)),
        "rmse_bins_95": _around(rmse, days.reach(moved_rmse)),
        "auc_95": None if area is None else _around(area, days.reach(moved_area), most=1.0),
        "log_loss_later": round((total - early) / (n - n // PARTS), 6),
        "calibration": levels.calibration(),
    }
    return _Examined(figures, total / n, moved)


def _around(figure: float, reach: float | None, least: float = 0.0, most: float = inf) -> list[float] | None:
    if reach is None:
        return None
    return [round(max(figure - reach, least), 6), round(min(figure + reach, most), 6)]


LABELS = {
    "constant": "constant",
    "moving-average": "moving average",
    "sm2": "SM-2, stand-in",
    "sm2-curve": "SM-2, fitted curve",
    "fsrs": "FSRS, published",
    "fsrs-fitted": "FSRS, fitted",
}
"""The models in tables."""
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
    if lead is None or lead["high"] is None or lead["high"] >= 0:
        name = "No model predicts which ones surely better than a number that is the same for every card"
    fitted, rival = found[0], found[1]
    return (
        f"{recalled} {name}. Fitted FSRS is {_phrase(fitted)} {NAMES['fsrs']} and {_phrase(rival)} "
        f"{NAMES['sm2-curve']} (95 % intervals over study days)."
    )


def _phrase(row: dict[str, Any]) -> str:
    if row["high"] is None:
        return "neither proven better nor worse than"
    if row["high"] < 0:
        return "surely better than"
    return "surely worse than" if row["low"] > 0 else "not surely better or worse than"
