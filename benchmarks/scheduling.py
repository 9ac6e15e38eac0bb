"""Replay, examination and fit, as ratios to plain Python and to the `fsrs` and `fsrs-rs-python` packages.

    pip install --group bench                            (for the part beside Anki's own library, at the end)
    python benchmarks/scheduling.py [--rows 1000000] [--cards 20000]

An invented log: cards asked at growing intervals, forgotten the more often the longer they waited. CPU time, medians.
"""

from __future__ import annotations

import argparse
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
import resource, sqlite3, sys, time
raw = sqlite3.connect(sys.argv[1])
def timed(work):
    wall, used = time.perf_counter(), time.process_time()
    made = work()
    print(time.perf_counter() - wall, time.process_time() - used)
    return made
if sys.argv[2] == "floor":
    timed(raw.execute("SELECT a.seq, a.card_uid, a.day, r.grade FROM act a JOIN review r ON r.seq = a.seq").fetchall)
else:
    from quizzer.scheduling.evaluate import evaluate
    from quizzer.store import open_store
    with open_store(sys.argv[1], read_only=True) as store:
        log = timed(store.review_log)
    print(timed(lambda: evaluate(log))["scored"])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def examined(log: ReviewLog, runs: int = 3) -> None:
    """Reading a log from SQLite and examining it, beside fetching its rows one by one; the best of a few processes."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "q.db"))
        store_log(path, log)

        def best(what: str) -> list[float]:
            made = [
                subprocess.run([sys.executable, "-c", STORE, path, what], capture_output=True, text=True, check=True)
                for _ in range(runs)
            ]
            return min(([float(word) for word in one.stdout.split()] for one in made), key=lambda row: sum(row[:-2:2]))

        best("floor")  # the file is in memory from here on
        (wall, used, memory), found = best("floor"), best("quizzer")
    read, read_used, done, done_used, scored, peak = found
    print(f"\n{scored:.0f} of {len(log)} reviews are scored.\n")
    print("| what | seconds | of CPU | x floor | peak MiB |\n|---|---|---|---|---|")
    for name, seconds, cpu, mib in (
        ("floor: the rows fetched one by one", wall, used, f"{memory:.0f}"),
        ("the log read", read, read_used, ""),
        ("examined", done, done_used, f"{peak:.0f}"),
        ("both", read + done, read_used + done_used, f"{peak:.0f}"),
    ):
        print(f"| {name} | {seconds:.2f} | {cpu:.2f} | {seconds / wall:.2f} | {mib} |")


def store_log(path: str, log: ReviewLog) -> None:
    """A database with this log; its states are left new, for only the log is read."""
    import sqlite3

    from quizzer.store import open_store

    open_store(path).close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA synchronous = OFF")
    uid = [f"{n:032x}" for n in range(int(log.card.max()) + 1)]
    with raw:
        raw.executemany(large.NEW_CARD, ((u, u) for u in uid))
    for start in range(0, len(log), 500_000):
        rows = slice(start, start + 500_000)
        acts = list(zip(log.card[rows].tolist(), log.day[rows].tolist(), log.grade[rows].tolist(), strict=True))
        with raw:
            raw.executemany(
                large.ADD_ACT,
                ((seq, f"{seq:032x}", uid[card], 0, day) for seq, (card, day, _) in enumerate(acts, start + 1)),
            )
            raw.executemany(large.ADD_REVIEW, ((seq, grade) for seq, (_, _, grade) in enumerate(acts, start + 1)))
    raw.close()


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--cards", type=int, default=20_000, help="cards given to Anki's library and to quizzer")
    parser.add_argument("--examine", action="store_true", help="only read and examine a log, of any length")
    given = parser.parse_args()
    log = invented(given.rows)
    if given.examine:
        examined(log)
        return
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
    examined(log)
    print("\nBeside Anki's own library: ", end="")
    peer_anki.compare(given.cards) if peer_anki.is_here() else print(peer_anki.MISSING)


if __name__ == "__main__":
    main()
