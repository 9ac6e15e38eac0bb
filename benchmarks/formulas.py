"""How long reading and comparing a formula takes, over the test suite's pairs, as multiples of a floor of the same run.

    python benchmarks/formulas.py
    python benchmarks/formulas.py --seeds 20

The floor is 24 points of a hand-written softmax at 40 digits in mpmath: what the arithmetic alone of a typical
comparison costs. CPU time; the formula as it comes from the learner is read anew each time, the expected
one stands ready, as in a session. With --seeds the outcomes are counted as well.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "formulas")]


def floor() -> float:
    """Seconds of the arithmetic of a typical comparison, without any reading or walking."""
    import mpmath

    with mpmath.workdps(45):
        xs = [[mpmath.mpf(3 * i + j) / 7 - 2 for j in range(4)] for i in range(24)]
        began = time.process_time()
        for x in xs:
            for _ in range(2):
                parts = [mpmath.exp(v) for v in x]
                parts[0] / sum(parts)
        return time.process_time() - began


def judged(label: str, outcome: str) -> str:
    """What an outcome is for a pair labelled `equal`, `near`, `not equal` or with an outcome of its own."""
    if outcome == "undecided":
        return "undecided"
    if label == "equal":
        return "right" if outcome == "equal" else "false reject"
    if outcome == "equal":
        return "false accept"
    return "right" if label in ("near", "not equal", outcome) else "rejected by another reason"


def imports(name: str) -> float:
    """Milliseconds of CPU that importing a module costs a fresh interpreter, above a bare one."""
    code = "import time; t = time.process_time(); import {}; print(time.process_time() - t)"
    runs = [
        float(
            subprocess.run([sys.executable, "-c", code.format(name)], cwd=ROOT, capture_output=True, check=True).stdout
        )
        for _ in range(7)
    ]
    return statistics.median(runs) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()

    import article_pairs
    import formula_pairs
    import referenced_pairs

    from quizzer.errors import Unreadable
    from quizzer.formulas import Formula, compare, declare, parse, read_answer

    work: list[tuple[str, str, Formula]] = []
    corpora: list[Any] = [formula_pairs, article_pairs, referenced_pairs]
    for module in corpora:
        scopes = {group: declare(specs) for group, (specs, _) in module.GROUPS.items()}
        work += [(outcome, left, parse(right, scopes[group])) for group, outcome, left, right in module.PAIRS]
    floors = [floor() for _ in range(15)]
    reading: list[float] = []
    whole: list[float] = []
    calculus: list[float] = []
    outcomes: Counter[str] = Counter()
    for seed in range(given.seeds):
        for outcome, text, expected in work:
            parse.cache_clear()
            began = time.process_time()
            try:
                typed = read_answer(text, expected)
            except Unreadable:
                outcomes["unreadable"] += 1
                continue
            read = time.process_time()
            found = compare(typed, expected, seed=seed)
            ended = time.process_time()
            if (typed.features | expected.features) & {"integral", "derivative"}:
                calculus.append(ended - began)
            else:
                reading.append(read - began)
                whole.append(ended - began)
            outcomes[judged(outcome, found.outcome)] += 1
        floors += [floor() for _ in range(5)]
    unit = statistics.median(floors)

    def row(name: str, times: list[float]) -> None:
        ordered = sorted(times)
        shown: list[Any] = [statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1]]
        print(f"| {name} | " + " | ".join(f"{t * 1000:.2f} | {t / unit:.1f}" for t in shown) + " |")

    print(f"{len(work)} pairs, {given.seeds} seeds: " + ", ".join(f"{name} {n}" for name, n in outcomes.items()))
    print("\n| what | median ms | × floor | 95 % under ms | × floor | worst ms | × floor |")
    print("|---|---|---|---|---|---|---|")
    row("floor: the arithmetic alone", floors)
    row("reading the typed formula", reading)
    row("reading and comparing", whole)
    row("the same with an integral or a derivative", calculus)
    ours, theirs = imports("quizzer.formulas.comparing, quizzer.formulas.arithmetic"), imports("mpmath")
    print(f"\nimports, CPU: mpmath {theirs:.0f} ms, reading and comparing with mpmath {ours:.0f} ms")


if __name__ == "__main__":
    main()
