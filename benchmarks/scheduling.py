"""Replay, examination and fit, as ratios to plain Python and to the `fsrs` and `fsrs-rs-python` packages.

    pip install --group bench                            (for the part beside Anki's own library, at the end)
    python benchmarks/scheduling.py [--rows 1000000] [--cards 20000]

An invented log: cards asked at growing intervals, forgotten the more often the longer they waited. CPU time, medians.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import large
import numpy as np
import peer_anki

from quizzer.model import CardState
from quizzer.scheduling import fitting, fsrs, sm2
from quizzer.scheduling.arrays import replay_fsrs, replay_sm2, rounds
from quizzer.scheduling.evaluate import evaluate
from quizzer.scheduling.reviewlog import ReviewLog


def invented(rows: int, seed: int = 5) -> ReviewLog:
    """about `rows` reviews over two years, thirty or so a card, in the order of days."""
    dice = np.random.default_rng(seed)
    cards = rows // 28
    day, gap = 20_000 + dice.integers(0, 365, cards), np.zeros(cards)
    hard, parts = dice.normal(0, 0.6, cards), []
    for _ in range(40):
        open_ = np.flatnonzero(day < 20_730)
        right = dice.random(len(open_)) < 1 / (1 + np.exp(-(2.2 - 0.35 * np.log1p(gap[open_]) - hard[open_])))
        parts.append((open_, day[open_].copy(), np.where(right, dice.choice([3, 4, 4, 4, 5], len(open_)), 1)))
        gap[open_] = np.where(right, np.maximum(1, np.round(gap[open_] * 1.9)), 1)
        day[open_] += gap[open_].astype(np.int64) + dice.integers(0, 2, len(open_))
    card, days, grade = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(days, kind="stable")
    return ReviewLog(card[order], days[order], grade[order])


def took(work: Callable[[], object], runs: int = 3) -> float:
    """Median CPU seconds of a few runs: the machine may have other work."""
    times = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return statistics.median(times)


def plainly(log: ReviewLog, step: Callable[..., CardState], rules: object) -> None:
    """Replay card by card with the code that answers use."""
    states: dict[int, CardState] = {}
    for card, day, grade in zip(log.card.tolist(), log.day.tolist(), log.grade.tolist(), strict=True):
        states[card] = step(states.get(card, CardState()), grade, day, "review", rules)


def peer(log: ReviewLog) -> None:
    """Replay with the `fsrs` package."""
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    cards: dict[int, Card] = {}
    noon = datetime(1970, 1, 1, 12, tzinfo=UTC)
    for card, day, grade in zip(log.card.tolist(), log.day.tolist(), log.grade.tolist(), strict=True):
        rating = Rating(fsrs.RATING[grade])
        cards[card], _ = scheduler.review_card(cards.get(card, Card(card_id=card)), rating, noon + timedelta(days=day))


def rust_items(log: ReviewLog) -> list[object]:
    """The log as `fsrs-rs-python` wants it: an item a scored review, with the whole history before it."""
    from fsrs_rs_python import FSRSItem, FSRSReview

    last: dict[int, int] = {}
    histories: dict[int, list[object]] = {}
    items = []
    for card, day, grade in zip(log.card.tolist(), log.day.tolist(), log.grade.tolist(), strict=True):
        history = histories.setdefault(card, [])
        history.append(FSRSReview(rating=fsrs.RATING[grade], delta_t=day - last.get(card, day)))
        if len(history) > 1:
            items.append(FSRSItem(reviews=list(history)))
        last[card] = day
    return items


STORE = """
import resource, sys, time
from quizzer.store import open_store
from quizzer.scheduling.evaluate import evaluate
with open_store(sys.argv[1], read_only=True) as store:
    begin = time.process_time(); log = store.review_log(); read = time.process_time() - begin
    begin = time.process_time(); found = evaluate(log); done = time.process_time() - begin
print(read, done, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, found["scored"])
"""


def stored(log: ReviewLog) -> list[float]:
    """Seconds to read the log from SQLite, seconds to examine it, peak MiB of that process."""
    import sqlite3

    from quizzer.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "q.db"))
        open_store(path).close()
        raw = sqlite3.connect(path)
        uid = [f"{n:032x}" for n in range(int(log.card.max()) + 1)]
        acts = zip(log.card.tolist(), log.day.tolist(), log.grade.tolist(), strict=True)
        with raw:
            # The states are left new: only the log is read here.
            raw.executemany(large.NEW_CARD, ((u, u) for u in uid))
            for seq, (card, day, grade) in enumerate(acts, 1):
                raw.execute(large.ADD_ACT, (seq, f"{seq:032x}", uid[card], 0, day))
                raw.execute(large.ADD_REVIEW, (seq, grade))
        raw.close()
        done = subprocess.run([sys.executable, "-c", STORE, path], capture_output=True, text=True, check=True)
        return [float(word) for word in done.stdout.split()]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--cards", type=int, default=20_000, help="cards given to Anki's library and to quizzer")
    given = parser.parse_args()
    log = invented(given.rows)
    n, few = len(log), 60_000
    small = ReviewLog(log.card[:few], log.day[:few], log.grade[:few])
    print(f"{n} reviews of {int(log.card.max()) + 1} cards\n\n| what | rows | M rows/s | ratio |\n|---|---|---|---|")

    def line(what: str, rows: int, seconds: float, floor: float | None = None) -> float:
        rate = rows / seconds
        print(f"| {what} | {rows} | {rate / 1e6:.3f} | {'1' if floor is None else f'{rate / floor:.1f}'} |")
        return rate

    plain = line("SM-2, card by card", few, took(lambda: plainly(small, sm2.advance, sm2.Rules())))
    laid = rounds(log)
    line("SM-2 on arrays, laying out included", n, took(lambda: replay_sm2(rounds(log), sm2.Rules())), plain)
    line("SM-2 on arrays, the replay alone", n, took(lambda: replay_sm2(laid, sm2.Rules())), plain)
    peers = line("the fsrs package", few, took(lambda: peer(small), 1))
    line("FSRS-6, card by card", few, took(lambda: plainly(small, fsrs.advance, fsrs.FsrsRules())), peers)
    line("FSRS-6 on arrays, laying out included", n, took(lambda: replay_fsrs(rounds(log), fsrs.DEFAULTS)), peers)
    print("\n| fit | rows | seconds | ratio |\n|---|---|---|---|")
    for rows in (10_000, 100_000):
        part = log.card < int(log.card.max()) * rows // n
        some = ReviewLog(log.card[part], log.day[part], log.grade[part])
        from fsrs_rs_python import FSRS

        items = rust_items(some)
        rust = took(lambda items=items: FSRS(list(fsrs.DEFAULTS)).compute_parameters(items), 1)  # type: ignore[misc]  # a default as a closure
        own = took(lambda some=some: fitting.fit(some), 1)  # type: ignore[misc]  # a default as a closure
        print(
            f"| fsrs-rs-python | {len(some)} | {rust:.2f} | 1 |\n| ours | {len(some)} | {own:.2f} | {own / rust:.1f} |"
        )
    alone = took(lambda: evaluate(log), 1)
    read, done, peak, scored = stored(log)
    print(f"\nevaluate: {alone:.1f} s on arrays; from SQLite {read:.1f} s to read + {done:.1f} s, {peak:.0f} MiB, "
          f"{scored:.0f} of {n} reviews scored; this process peaked at "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")  # fmt: skip
    print("\nBeside Anki's own library: ", end="")
    peer_anki.compare(given.cards, 150) if peer_anki.is_here() else print(peer_anki.MISSING)


if __name__ == "__main__":
    main()
