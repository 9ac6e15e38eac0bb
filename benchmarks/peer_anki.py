"""The same work given to Anki's own library and to quizzer, in one run: opening, answering, undoing, examining a log.

    pip install --group bench        (Anki's library is nothing quizzer needs)
    python benchmarks/peer_anki.py --cards 100000

Both keep the same cards with the same numbers of reviews, both commit each answer with a write-ahead log and full
synchronisation. Opening and examining are CPU time, answering and undoing wall time, in turns. An answer's floor is
a bare sqlite3 commit of one row of like size under the same settings, given its turns in the same run.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import large

MISSING = "Anki's library is not installed: pip install --group bench"
ROOT = Path(__file__).resolve().parent.parent
DAY = 20_700
PER_CARD = 10

MAKE_ANKI = """
import sys
from anki.collection import AddNoteRequest, Collection
path, cards, per_card = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
col = Collection(path)
model, deck = col.models.by_name("Basic"), col.decks.id("d")
for start in range(0, cards, 10_000):
    requests = []
    for n in range(start, min(start + 10_000, cards)):
        note = col.new_note(model)
        note["Front"], note["Back"] = f"What is the {n}th word of this list?", f"word{n}"
        requests.append(AddNoteRequest(note, deck))
    col.add_notes(requests)
today = col.sched.today
conf = col.decks.config_dict_for_deck_id(deck)
conf["rev"]["perDay"] = 9999
col.decks.update_config(conf)
col.close()
import sqlite3
raw = sqlite3.connect(path)
with raw:
    raw.execute("update cards set type = 2, queue = 2, ivl = 1 + id % 200, factor = 2500, reps = ?, "
                "due = ? + (id % 20)", (per_card, today - 1))
    ids = [row[0] for row in raw.execute("select id from cards order by id")]
    start = 1_700_000_000_000
    raw.executemany(
        "insert or ignore into revlog values (?, ?, -1, ?, 6, 6, 2500, 9000, ?)",
        ((start + (nth * 29 + k % 20) * 86_400_000 + 100 * k + nth, card, (3, 1, 3, 4, 3, 2)[(k + nth) % 6],
          min(nth, 1)) for nth in range(per_card) for k, card in enumerate(ids)))
raw.close()
"""
FIRST_ANKI = """
import sys
from anki.collection import Collection
col = Collection(sys.argv[1])
col.decks.select(col.decks.id("d"))
card = col.sched.getCard()
assert card.question()
"""
WORK_ANKI = """
import sys, time
from anki.collection import Collection
from anki.scheduler.v3 import CardAnswer
col = Collection(sys.argv[1])
col.decks.select(col.decks.id("d"))
def answer():
    queued = col.sched.get_queued_cards(fetch_limit=1)
    top = queued.cards[0]
    from anki.cards import Card
    card = Card(col, backend_card=top.card)
    card.start_timer()
    col.sched.answer_card(col.sched.build_answer(card=card, states=top.states, rating=CardAnswer.GOOD))
for _ in range(10): answer()
for line in sys.stdin:
    begin, used = time.perf_counter(), time.process_time()
    for _ in range(int(line)): answer()
    print(time.perf_counter() - begin, time.process_time() - used, flush=True)
begin = time.perf_counter()
for _ in range(10): col.undo()
print((time.perf_counter() - begin) / 10)
begin = time.process_time()
col._backend.evaluate_params(search="deck:d", ignore_revlogs_before_ms=0, num_of_relearning_steps=1)
print(time.process_time() - begin)
"""
OURS = """
import sys, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from quizzer.session.asking import Desk
from quizzer.session.study import Study, Wish
from quizzer.settings import resolve
from quizzer.store import open_store
class Clock:
    def now(self): return datetime(1970, 1, 1, 12, tzinfo=UTC) + timedelta(days=int(sys.argv[3]))
    def monotonic(self): return time.monotonic()
store = open_store(sys.argv[1])
loaded = store.load_decks([Path(sys.argv[2])], None)
study = Study(Desk(store, loaded, Clock(), resolve({}, {}, {}), lambda: None), Wish(minutes=600.0))
"""
FIRST_OURS = (
    OURS
    + """
study.wish = Wish()
study.begin()
assert study.next().presented.prompt
"""
)
WORK_OURS = (
    OURS
    + """
from quizzer.model import ReviewData
from quizzer.scheduling.evaluate import evaluate
clock, day = Clock(), study.desk.day
names = [row.name for row in store.due_rows(loaded, day) if row.kind == "short"]
def answer():
    card = store.card(*names.pop().split("/"))
    store.record_review(card, ReviewData(4, "passed", "review", "short", duration_ms=9000), at=clock.now(), day=day)
for _ in range(10): answer()
for line in sys.stdin:
    begin, used = time.perf_counter(), time.process_time()
    for _ in range(int(line)): answer()
    print(time.perf_counter() - begin, time.process_time() - used, flush=True)
begin = time.perf_counter()
for _ in range(10): store.undo(at=clock.now(), day=day)
print((time.perf_counter() - begin) / 10)
begin = time.process_time()
evaluate(store.review_log())
print(time.process_time() - begin)
"""
)
WORK_FLOOR = """
import sqlite3, sys, time
raw = sqlite3.connect(sys.argv[1], isolation_level=None)
raw.execute("PRAGMA journal_mode = WAL")
raw.execute("PRAGMA synchronous = FULL")
raw.execute("CREATE TABLE IF NOT EXISTS answer (seq INTEGER PRIMARY KEY, text TEXT)")
def answer():
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO answer (text) VALUES (?)", ("x" * 400,))
    raw.execute("COMMIT")
for _ in range(10): answer()
for line in sys.stdin:
    begin, used = time.perf_counter(), time.process_time()
    for _ in range(int(line)): answer()
    print(time.perf_counter() - begin, time.process_time() - used, flush=True)
"""
TURNS = 30
"""Answers are given in so many turns, Anki's, ours, the floor's, one after the other; medians of turns count: the disk
and the processor are others' too."""


def run(code: str, *arguments: object) -> list[float]:
    """The figures a script prints."""
    command = [sys.executable, "-c", code, *(str(argument) for argument in arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return [float(word) for word in done.stdout.split()]


def cpu(code: str, *arguments: object, runs: int = 5) -> float:
    """The least CPU seconds of a few whole processes."""
    times = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run(code, *arguments)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def in_turns(commands: list[list[object]], answers: int) -> tuple[list[list[float]], list[list[float]]]:
    """Median wall and CPU seconds of an answer of each worker, and what each says when it has no more to answer."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    workers = [subprocess.Popen([sys.executable, "-c", *map(str, words)], **pipes) for words in commands]
    found: list[list[list[float]]] = [[] for _ in workers]
    for _ in range(TURNS):
        for worker, turns in zip(workers, found, strict=True):
            worker.stdin.write(f"{answers}\n")
            worker.stdin.flush()
            turns.append([float(word) / answers for word in worker.stdout.readline().split()])
    said = [[float(word) for word in worker.communicate()[0].split()] for worker in workers]
    return [[statistics.median(column) for column in zip(*turns, strict=True)] for turns in found], said


def is_here() -> bool:
    """Whether Anki's library is installed."""
    return find_spec("anki") is not None


def compare(cards: int, answers: int = 20) -> None:
    """Measure Anki's library, quizzer and the floor in turns, and print a table.

    A tenth of the cards is due; each turn answers some of them, fewer than `answers` where there are few.
    """
    answers = min(answers, (cards // 10 - 20) // TURNS)
    with tempfile.TemporaryDirectory() as folder:
        theirs, ours = Path(folder, "a.anki2"), Path(folder, "q.db")
        run(MAKE_ANKI, theirs, cards, PER_CARD)
        decks = large.write_decks(Path(folder, "decks"), 100, cards // 100 + 10)
        large.make(ours, decks, decks=100, questions=cards // 100 + 10, per_card=PER_CARD, day=DAY, spread=20)
        bare = cpu("pass")
        opened = cpu(FIRST_ANKI, theirs), cpu(FIRST_OURS, ours, decks, DAY)
        workers = [[WORK_ANKI, theirs], [WORK_OURS, ours, decks, DAY], [WORK_FLOOR, Path(folder, "floor.db")]]
        times, said = in_turns(workers, answers)
    (wall, used), (own_wall, own_used), (floor, floor_used) = times
    (undo, examined), (own_undo, own_examined), _ = said
    print(f"{cards} cards, {cards * PER_CARD} reviews; a bare interpreter takes {bare * 1000:.0f} ms of CPU\n")
    print("| what | Anki | quizzer | quizzer / Anki | a bare commit |\n|---|---|---|---|---|")
    print(f"| open to the first due card, x bare interpreter | {opened[0] / bare:.1f} | {opened[1] / bare:.1f} "
          f"| {opened[1] / opened[0]:.2f} | |")  # fmt: skip
    print(f"| answers a second, each committed | {1 / wall:.0f} | {1 / own_wall:.0f} | {wall / own_wall:.2f} "
          f"| {1 / floor:.0f} |")  # fmt: skip
    print(f"| an answer beyond the bare commit, ms | {(wall - floor) * 1000:.2f} "
          f"| {(own_wall - floor) * 1000:.2f} | {(own_wall - floor) / (wall - floor):.2f} | 0 |")  # fmt: skip
    print(f"| CPU of an answer, ms | {used * 1000:.2f} | {own_used * 1000:.2f} | {own_used / used:.2f} "
          f"| {floor_used * 1000:.2f} |")  # fmt: skip
    print(f"| undo, ms | {undo * 1000:.2f} | {own_undo * 1000:.2f} | {own_undo / undo:.1f} | |")
    print(f"| examine the log, s of CPU (Anki: one model as it is; quizzer: six, fits included) | {examined:.1f} "
          f"| {own_examined:.1f} | {own_examined / examined:.2f} | |")  # fmt: skip


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cards", type=int, default=20_000)
    parser.add_argument("--answers", type=int, default=20, help="of each turn")
    given = parser.parse_args()
    if not is_here():
        sys.exit(MISSING)
    compare(given.cards, given.answers)


if __name__ == "__main__":
    main()
