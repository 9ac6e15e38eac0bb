"""Which scheduler predicts a learner's recalls best: each model judged only on reviews it was never fitted to.

Scored are the reviews on a later study day than the card's last, all of them; `log_loss_later` is over the five later
sixths alone, which is what published tables show.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from quizzer.lean import dataclass
from quizzer.scheduling import fitting, metrics
from quizzer.scheduling.arrays import rounds
from quizzer.scheduling.intervals import Days
from quizzer.scheduling.models import PARTS, WHAT, models
from quizzer.scheduling.reviewlog import ReviewLog
from quizzer.scheduling.scored import PIECE, Scored, pieces, scored

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.integer[Any]]
    Floats = NDArray[np.float64]

ENOUGH = 200
"""Scored reviews under which nothing is said."""
WORKERS = 2
"""Threads. More would want their own memory for as many models at once."""
PAIRS = (("fsrs-fitted", "fsrs"), ("fsrs-fitted", "sm2-curve"), ("fsrs", "sm2-curve"), ("sm2-curve", "constant"))


def evaluate(log: ReviewLog, progress: fitting.Progress = fitting.nobody) -> dict[str, Any]:
    """The whole examination as plain data: `scored`, `rows`, `differences`, `conclusion`.

    Intervals hold 95 of 100 logs like this one, see `intervals`. `progress` is told how many models are done, of how
    many.
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
        waiting = {pool.submit(examined, model): name for name, model in models(log, layout, seen).items()}
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
