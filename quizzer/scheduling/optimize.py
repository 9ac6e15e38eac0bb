"""Whether parameters fitted to a learner's log should be adopted: judged on the newest fifth, which the fit never saw.

Then fitted again to the whole log, for that is what the coming reviews will be predicted from.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from quizzer.scheduling import curve, fitting, metrics
from quizzer.scheduling.arrays import replay_fsrs, rounds
from quizzer.scheduling.evaluate import ENOUGH
from quizzer.scheduling.fsrs import DEFAULTS, Weights
from quizzer.scheduling.reviewlog import ReviewLog
from quizzer.scheduling.scored import scored

HELD_OUT = 5


def optimize(
    log: ReviewLog, current: Weights = DEFAULTS, progress: fitting.Progress = fitting.nobody
) -> dict[str, Any]:
    """Fit FSRS's parameters and SM-2's forgetting curve; what each scores on the newest fifth, and what to do.

    `current` are the parameters in use, which a fit must beat. Plain data: `scored`, `held_out`, `conclusion`, and
    for `fsrs` and `sm2_curve`: `log_loss` `before` and `after` on the fifth, `adopt`, `parameters`. `progress` is told
    how much of the work may be done.
    """
    layout = rounds(log)
    seen = scored(log, layout)
    n = len(seen.row)
    if n < ENOUGH:
        return {
            "scored": n,
            "held_out": 0,
            "fsrs": None,
            "sm2_curve": None,
            "conclusion": f"Too little to fit: {n} of the {ENOUGH} reviews on a later day that it takes.",
        }
    edge = n - n // HELD_OUT
    cut = int(seen.row[edge])
    test = slice(edge, n)

    def loss(weights: Weights) -> float:
        return float(metrics.losses(replay_fsrs(layout, weights).recall[seen.laid[test]], seen.recalled[test]).mean())

    trained = fitting.fit(log.until(cut), progress=lambda done, total: progress(done, 2 * total))
    before, after = loss(current), loss(trained)
    fsrs = _judged(before, after)
    fsrs["parameters"] = list(
        fitting.fit(log, trained, progress=lambda done, total: progress(total + done, 2 * total))
        if fsrs["adopt"]
        else trained
    )
    rows, guessed = seen.features(slice(None)), seen.stand_in()
    bent = curve.fit(rows[:edge], seen.recalled[:edge])
    stand_in = float(metrics.losses(guessed[test], seen.recalled[test]).mean())
    theory = float(metrics.losses(curve.recall(curve.PRIOR, rows[test]), seen.recalled[test]).mean())
    fitted = float(metrics.losses(curve.recall(bent, rows[test]), seen.recalled[test]).mean())
    sm2 = _judged(min(stand_in, theory), fitted)
    sm2["parameters"] = list(curve.fit(rows, seen.recalled) if sm2["adopt"] else bent)
    share = float(np.mean(seen.recalled[test]))
    return {
        "scored": n,
        "held_out": n - edge,
        "fsrs": fsrs,
        "sm2_curve": sm2,
        "conclusion": f"On the newest {n - edge} reviews ({share:.0%} recalled), which the fits never saw: "
        f"{_words('FSRS', fsrs)}; {_words('the curve of SM-2', sm2)}.",
    }


def _judged(before: float, after: float) -> dict[str, Any]:
    return {"log_loss": {"before": round(before, 6), "after": round(after, 6)}, "adopt": after < before}


def _words(name: str, found: dict[str, Any]) -> str:
    loss = found["log_loss"]
    verb = "improves" if found["adopt"] else "does not improve"
    return f"{name} {verb} when fitted (log loss {loss['before']:.4f} → {loss['after']:.4f})"
