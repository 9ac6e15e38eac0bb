"""What quizzer acknowledged, kept outside of it, and the comparison with what its database says."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from quizzer.store import open_store

ANSWERS = (
    "SELECT p.text, EXISTS (SELECT 1 FROM act u WHERE u.type = 'undo' AND u.target = a.uuid) "
    "FROM act a JOIN response p ON p.seq = a.seq WHERE a.learner = 'me' ORDER BY a.seq"
)


@dataclass
class Ledger:
    """The answers of one database, each with a text of its own, in the order in which they were acknowledged.

    `standing` were acknowledged, `undone` were acknowledged and taken back; `open_answers` may have been recorded when
    their program was killed, `open_undo` says that one undo may have been. `imports` maps the learner of an imported
    file to (acts in it, whether the import was acknowledged).
    """

    place: str
    standing: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    open_answers: set[str] = field(default_factory=set)
    open_undo: bool = False
    imports: dict[str, tuple[int, bool]] = field(default_factory=dict)
    landed: int = 0
    """Answers and imports on disk whose acknowledgement the kill cut off."""

    def answered(self, text: str) -> None:
        """The screen said that this answer counts."""
        self.open_answers.discard(text)
        self.standing.append(text)

    def took_back(self) -> None:
        """The screen said that the newest answer was taken back."""
        self.open_undo = False
        self.undone.append(self.standing.pop())

    def settle(self) -> list[str]:
        """Compare with the database; what is wrong, one line each. What was open is known afterwards."""
        wrong: list[str] = []
        with open_store(self.place) as store:
            wrong += [f"check: {problem}" for problem in store.check()]
            rows = store._connection.execute(ANSWERS)
            counts = dict(store._connection.execute("SELECT learner, COUNT(*) FROM act GROUP BY learner"))
        texts = [text for text, _ in rows]
        wrong += [f"{text} is there {texts.count(text)} times" for text in set(texts) if texts.count(text) > 1]
        there = set(texts)
        void = {text for text, gone in rows if gone}
        wrong += [
            f"{text} was acknowledged and is lost" for text in (*self.standing, *self.undone) if text not in there
        ]
        wrong += [f"{text} was taken back and stands" for text in self.undone if text not in void]
        strangers = there - set(self.standing) - set(self.undone)
        wrong += [f"{text} was never given" for text in strangers - self.open_answers]
        lost = [text for text in self.standing if text in void]
        if lost and not (self.open_undo and lost == self.standing[-1:]):
            wrong += [f"{text} was acknowledged and is void" for text in lost]
        for learner, (size, acknowledged) in self.imports.items():
            count = counts.get(learner, 0)
            if count not in (0, size) or (acknowledged and not count):
                wrong.append(f"of {size} acts of {learner}, {count} are there; acknowledged: {acknowledged}")
        self.landed += len(self.open_answers & there)
        self.landed += sum(counts.get(name, 0) == size and not done for name, (size, done) in self.imports.items())
        # From here on what the database says is known to everybody.
        self.standing = [text for text, gone in rows if not gone]
        self.undone = [text for text, gone in rows if gone]
        self.open_answers.clear()
        self.open_undo = False
        self.imports = {
            learner: (size, done or counts.get(learner, 0) == size) for learner, (size, done) in self.imports.items()
        }
        return wrong


def acts_of(place: str) -> list[str]:
    """The names of all acts in a database, read as it lies."""
    sql = "SELECT uuid FROM act ORDER BY seq"
    if "://" in place:
        import psycopg

        with psycopg.connect(place) as connection:
            return [row[0] for row in connection.execute(sql)]
    raw = sqlite3.connect(place)
    try:
        return [row[0] for row in raw.execute(sql)]
    finally:
        raw.close()
