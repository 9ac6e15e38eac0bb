"""What the last week's pass before an exam brings and costs, in a world that belongs to neither scheduler.

    python benchmarks/exam.py [--learners 12]

600 cards in 60 days, the exam on day 120. Known on the evening before and 30 days after it: the mean share over
learners; minutes a day until the exam, and the most answers of a day in its last week.
"""

from __future__ import annotations

import argparse

import numpy as np

from quizzer.scheduling.simulate import Schedule, World, live

EXAM, LATER = 120, 30


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, default=12)
    given = parser.parse_args()
    learners = range(1, given.learners + 1)
    print("| schedule | last pass | known before it | 30 days later | minutes a day | most answers a day |")
    print("|---|---|---|---|---|---|")
    for name, target in (("SM-2", None), ("FSRS, published, 0.8", 0.8), ("FSRS, published, 0.9", 0.9)):
        for exam in (None, EXAM):
            schedule = Schedule(name, target, exam=exam)
            until = live(World(600, 10, EXAM, given.learners), schedule, learners, [EXAM - 1])
            after = live(World(600, 10, EXAM + LATER + 1, given.learners), schedule, learners, [EXAM + LATER])
            known, later = float(until.knowledge.mean()), float(after.knowledge.mean())
            week = until.log.day[until.log.day >= EXAM - 7]
            most = np.bincount(week - week.min()).max() / given.learners
            print(f"| {name} | {'yes' if exam else 'no'} | {known:.3f} | {later:.3f} | {until.minutes.mean():.2f} "
                  f"| {most:.0f} |")  # fmt: skip


if __name__ == "__main__":
    main()
