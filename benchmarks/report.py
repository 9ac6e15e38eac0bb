"""A report on a long history: reading, figures, page, as ratios to Anki's graph data and to one GROUP BY, in one run.

    pip install --group bench        (Anki's library is nothing quizzer needs)
    python benchmarks/report.py --cards 100000

Both keep as many cards with as many reviews. CPU time of one process each, the least of three, and the page's size.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import large
from peer_anki import DAY, MAKE_ANKI, PER_CARD, run

GRAPHS = """
import sys, time
from anki.collection import Collection
col = Collection(sys.argv[1])
best = 9e9
for _ in range(3):
    begin = time.process_time()
    col._backend.graphs(search="deck:d", days=0)
    best = min(best, time.process_time() - begin)
print(best)
"""
GROUP_BY = """
import sqlite3, sys, time
raw = sqlite3.connect(sys.argv[1])
best = 9e9
for _ in range(3):
    begin = time.process_time()
    raw.execute("SELECT a.day, COUNT(*), SUM(r.duration_ms), SUM(r.grade >= 3) FROM review r JOIN act a "
                "ON a.seq = r.seq GROUP BY a.day").fetchall()
    best = min(best, time.process_time() - begin)
print(best)
"""
OURS = """
import resource, sys, time
from pathlib import Path
from quizzer.report import render
from quizzer.stats import DeckSummary, examined
from quizzer.store import open_store
day = int(sys.argv[3])
with open_store(sys.argv[1]) as store:
    loaded = store.load_decks([Path(sys.argv[2])], None)
    decks = [DeckSummary(deck.deck, deck.title, "en", 100, True, 0, 0) for deck in loaded.decks]
    topics = store.topics(loaded)
    times = [[], [], [], []]
    def timed(place, work):
        begin = time.process_time()
        made = work()
        times[place].append(time.process_time() - begin)
        return made
    for _ in range(3):
        data = timed(0, store.answers)
        cards = timed(1, lambda: store.cards(loaded))
        found = timed(2, lambda: examined(data, cards, decks, day, "", topics=topics, leech=8))
        page = timed(3, lambda: render(*found))
print(*(min(own) for own in times), len(page.encode()), len(data),
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cards", type=int, default=20_000)
    given = parser.parse_args()
    try:
        import anki  # noqa: F401 - only to say early that it is missing
    except ImportError:
        sys.exit("Anki's library is not installed: pip install --group bench")
    with tempfile.TemporaryDirectory() as folder:
        theirs, ours = Path(folder, "a.anki2"), Path(folder, "q.db")
        run(MAKE_ANKI, theirs, given.cards, PER_CARD)
        decks = large.write_decks(Path(folder, "decks"), 100, given.cards // 100 + 10)
        large.make(ours, decks, decks=100, questions=given.cards // 100 + 10, per_card=PER_CARD, day=DAY, spread=20)
        (graphs,) = run(GRAPHS, theirs)
        (floor,) = run(GROUP_BY, ours)
        read, cards, figures, page, size, rows, peak = run(OURS, ours, decks, DAY)
    print(f"{given.cards} cards, {rows:.0f} reviews; page {size / 1000:.0f} kB; our process peaked at {peak:.0f} MiB\n")
    print("| what | CPU ms | x GROUP BY | x Anki's graphs |\n|---|---|---|---|")
    lines = (
        ("floor: one GROUP BY over the log", floor),
        ("Anki's data for its graphs", graphs),
        ("the log read as columns", read),
        ("cards read", cards),
        ("all figures, and the counts behind the filters", figures),
        ("the page written", page),
        ("all of quizzer's", read + cards + figures + page),
    )
    for what, seconds in lines:
        print(f"| {what} | {seconds * 1000:.0f} | {seconds / floor:.1f} | {seconds / graphs:.1f} |")


if __name__ == "__main__":
    main()
