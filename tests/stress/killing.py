"""kill -9 at random moments, and what must hold after each.

    python tests/stress/killing.py --kills 1000 --seed 1
    python tests/stress/killing.py --kills 500 --seed 1 --postgresql

Each round starts one or two programs (a session, submits, undos, an import, a migration, deck compilation, a report, an
export, a backup, a restore), kills them at a random moment, starts the next one as a person would, and compares the
database with a ledger kept outside: every acknowledged answer is there exactly once, states equal their replay, files
are whole or absent, nothing needs repair. On PostgreSQL the server is made to fall, too; files that only SQLite has are
left out.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from children import Child
from ledger import Ledger, acts_of
from postgres import await_quiet, await_server, crash, new_schema, old_database, running

from quizzer.store import backups, open_store, queries

RELEASED = sorted((Path(__file__).resolve().parents[1] / "store").glob("version_*.sql"))
QUESTION = """  - id: q{n}
    kind: numeric
    prompt: What is <<n>> of {n}?
    variables:
      n: {{int: [2, 9]}}
    answer: n
    mistakes:
      - value: n + 1
        say: One too many.
"""
PER_DATABASE = 25
"""Kills after which a new database is begun, so that proving it stays quick."""
Run = Callable[[Sequence[str]], int]


class Stress:
    """One run: a seed, a folder, and counts of what was done and found."""

    def __init__(self, folder: Path, seed: int, server: str = "") -> None:
        """`server` is the URL of a PostgreSQL server of our own; without one, databases are SQLite files."""
        self.folder = folder
        self.server = server
        self.draw = random.Random(seed)
        self.done: Counter[str] = Counter()
        self.found: list[str] = []
        self.acknowledged = 0
        self.landed = 0
        self.refused = 0
        """Answers that a program refused because its server had fallen."""
        self.number = 0
        self.day = 0
        self.usual: dict[str, float] = {}
        self.ledger = Ledger(self._new_place("q0"))
        self.decks = folder / "decks"
        self.decks.mkdir()
        self._write_deck("one", 12)
        self._write_deck("two", 12)

    def _new_place(self, name: str) -> str:
        return new_schema(self.server) if self.server else str(self.folder / f"{name}.db")

    # --- what there is to study ----------------------------------------------------------------------------------

    def _write_deck(self, slug: str, questions: int) -> None:
        text = f"format: 1\ndeck: {slug}\ntitle: {slug}\nquestions:\n"
        text += "".join(QUESTION.format(n=n) for n in range(questions))
        (self.decks / f"{slug}.yaml").write_text(text, "utf-8")

    def _unique(self) -> str:
        self.number += 1
        return str(1_000_000 + self.number)

    def _base(self, place: str = "") -> list[str]:
        now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC) + timedelta(days=self.day)
        return ["--db", place or self.ledger.place, "--decks", str(self.decks), "--now", now.isoformat()]

    # --- rounds -----------------------------------------------------------------------------------------------------

    def round(self, kind: str) -> None:
        """One kill (or two) of this kind, and the examination after it."""
        self.day += self.draw.choice((0, 0, 1, 1, 3))
        before = len(self.found)
        getattr(self, f"_kill_{kind}")()
        self.done[kind] += 1
        for problem in self.found[before:]:
            print(f"round {sum(self.done.values())} ({kind}): {problem}", file=sys.stderr)
        if sum(self.done.values()) % PER_DATABASE == 0:
            self.ledger = Ledger(self._new_place(f"q{sum(self.done.values())}"))

    def _examine(self) -> None:
        """The next start, as a person makes it, and the comparison with the ledger."""
        if self.server:
            await_quiet(self.server)
        self._starts(self._base())
        before = self.ledger.landed
        self.found += self.ledger.settle()
        self.landed += self.ledger.landed - before

    def _starts(self, base: list[str]) -> None:
        child = Child(lambda run: run([*base, "due", "--json"]) and None, self.folder)
        child.rest()
        code, complaints = child.end(), child.complaints()
        child.close()
        if code != 0 or complaints:
            self.found.append(f"the next start gave {code}: {complaints}")

    def _moment(self, kind: str) -> None:
        """Wait for a random part of the time that this usually takes."""
        time.sleep(self.draw.random() * 1.15 * self.usual.get(kind, 0.15))

    def _timed(self, kind: str, commands: Callable[[Run], None], *, kill: bool = True) -> tuple[Child, list[str]]:
        """Run to the end once to learn how long it takes, later kill it within that time."""
        begin = time.monotonic()
        child = Child(commands, self.folder)
        if kill and kind in self.usual:
            self._moment(kind)
            child.kill()
        lines = child.rest()
        child.end()
        if child.ended == 0:
            took = time.monotonic() - begin
            self.usual[kind] = min(took, self.usual.get(kind, took) * 1.2)
        return child, lines

    # --- sessions, submits, undos -------------------------------------------------------------------------------------

    def _session(self) -> Child:
        return Child(
            lambda run: run([*self._base(), "study", "--jsonl", "--minutes", "60", "--new", "5"]) and None, self.folder
        )

    def _converse(self, child: Child, turns: int) -> None:
        """Answer and take back for some turns; the last thing typed may be open."""
        for _ in range(turns + 1):
            line = child.line()
            while line is not None and json.loads(line)["event"] not in ("question", "finished"):
                self._note(json.loads(line))
                line = child.line()
            if line is None or json.loads(line)["event"] == "finished":
                return
            self._say(child)

    def _say(self, child: Child) -> None:
        if self.ledger.standing and self.draw.random() < 0.2:
            self.ledger.open_undo = True
            child.type('{"command": "undo"}')
            return
        text = self._unique()
        self.ledger.open_answers.add(text)
        child.type(json.dumps({"answer": text}))

    def _note(self, event: dict[str, object]) -> None:
        if event["event"] == "graded":
            (text,) = self.ledger.open_answers
            self.ledger.answered(text)
            self.acknowledged += 1
        elif event["event"] == "undone":
            self.ledger.took_back()
            self.acknowledged += 1
        elif event["event"] == "error":
            self.found.append(f"a session said {event}")

    def _kill_session(self) -> None:
        child = self._session()
        self._converse(child, self.draw.randrange(6))
        time.sleep(self.draw.random() * 0.03)
        child.kill()
        for line in child.rest():
            self._note(json.loads(line))
        child.close()
        self._examine()

    def _submits(self, texts: Sequence[str], *, undo: bool = False) -> Child:
        cards = [f"{self.draw.choice(('one', 'two'))}/q{self.draw.randrange(12)}" for _ in texts]

        def commands(run: Run) -> None:
            for card, text in zip(cards, texts, strict=True):
                run([*self._base(), "submit", card, "--answer", text, "--json"])
                if undo:
                    run([*self._base(), "undo", "--json"])

        return Child(commands, self.folder)

    def _hear(self, lines: Sequence[str], texts: list[str], *, undo: bool = False) -> None:
        """Take in what submits said, in order; what comes next in line is open."""
        steps = [step for text in texts for step in ((text, ""), *([("", text)] if undo else []))]
        for line, (given, _) in zip(lines, steps, strict=False):
            event = json.loads(line)
            if given and event.get("recorded"):
                self.ledger.answered(given)
            elif not given and event.get("undone"):
                self.ledger.took_back()
            else:
                self.found.append(f"a submit said {line}")
            self.acknowledged += 1
        if len(lines) < len(steps):
            given, back = steps[len(lines)]
            if given:
                self.ledger.open_answers.add(given)
            self.ledger.open_undo = bool(back)

    def _kill_submit(self, *, undo: bool = False) -> None:
        texts = [self._unique() for _ in range(4)]
        child = self._submits(texts, undo=undo)
        lines = [line for _ in range(self.draw.randrange(4)) if (line := child.line()) is not None]
        time.sleep(self.draw.random() * 0.06)
        child.kill()
        self._hear([*lines, *child.rest()], texts, undo=undo)
        child.close()
        self._examine()

    def _kill_server(self) -> None:
        """The database server falls while answers are given, and recovers."""
        texts = [self._unique() for _ in range(7)]
        child = self._submits(texts)
        lines = [line for _ in range(self.draw.randrange(4)) if (line := child.line()) is not None]
        time.sleep(self.draw.random() * 0.06)
        crash(self.server)
        lines += child.rest()
        self.ledger.open_answers |= set(texts)
        for line, text in zip(lines, texts, strict=False):
            event = json.loads(line)
            if event.get("recorded"):
                self.ledger.answered(text)
                self.acknowledged += 1
            elif "error" in event:
                self.refused += 1
            else:
                self.found.append(f"a submit said {line}")
        if "Traceback" in (said := child.complaints()):
            self.found.append(f"a fallen server was told as: {said}")
        child.close()
        await_server(self.server)
        self._examine()

    def _kill_server_migrating(self) -> None:
        """The server falls while the newest program leads a database of a released version forward."""
        place = self._old_place(self.draw.choice(RELEASED).read_text("utf-8"))
        before = acts_of(place)
        child = Child(lambda run: run([*self._base(place), "due", "--json"]) and None, self.folder)
        self._moment("migrate")
        crash(self.server)
        child.rest()
        child.end()
        if "Traceback" in (said := child.complaints()):
            self.found.append(f"a fallen server was told as: {said}")
        child.close()
        await_server(self.server)
        await_quiet(self.server)
        self._starts(self._base(place))
        self._proven(place, {tuple(before)})

    def _kill_undo(self) -> None:
        self._kill_submit(undo=True)

    def _kill_both(self) -> None:
        """A session and submits at once, both killed."""
        texts = [self._unique() for _ in range(3)]
        submits, session = self._submits(texts), self._session()
        given = []
        for _ in range(self.draw.randrange(1, 4)):
            line = session.line()
            while line is not None and json.loads(line)["event"] not in ("question", "finished"):
                line = self._heard_in_session(line, session)
            if line is None or json.loads(line)["event"] == "finished":
                break
            given.append(self._unique())
            self.ledger.open_answers.add(given[-1])
            session.type(json.dumps({"answer": given[-1]}))
        time.sleep(self.draw.random() * 0.1)
        for child in self.draw.sample((submits, session), 2):
            child.kill()
        line = None
        for line in session.rest():
            self._heard_in_session(line, None)
        self.ledger.open_answers |= set(texts)
        for line, text in zip(submits.rest(), texts, strict=False):
            if json.loads(line).get("recorded"):
                self.ledger.answered(text)
                self.acknowledged += 1
            else:
                self.found.append(f"a submit said {line}")
        for child in (submits, session):
            child.close()
        self._examine()

    def _heard_in_session(self, line: str, session: Child | None) -> str | None:
        event = json.loads(line)
        if event["event"] == "graded":
            self.ledger.answered(str(event["got"]) if str(event["got"]) in self.ledger.open_answers else self._oldest())
            self.acknowledged += 1
        elif event["event"] == "error":
            self.found.append(f"a session said {event}")
        return session.line() if session is not None else None

    def _oldest(self) -> str:
        return min(self.ledger.open_answers)

    # --- files in and out ---------------------------------------------------------------------------------------------

    def _kill_import(self) -> None:
        size, learner = self.draw.randrange(60, 160), f"laptop-{sum(self.done.values())}"
        source = self.folder / "history.jsonl"
        self._history(source, learner, size)
        self.ledger.imports[learner] = (size, False)
        child, lines = self._timed("import", lambda run: run([*self._base(), "import", str(source), "--json"]) and None)
        if lines and json.loads(lines[0]).get("acts") == size:
            self.ledger.imports[learner] = (size, True)
            self.acknowledged += 1
        child.close()
        self._examine()

    def _history(self, path: Path, learner: str, size: int) -> None:
        """A file that another machine exported, with acts before and after those that are here."""
        header = {"record": "header", "format": 1, "program": "stress", "cards": 3, "acts": size}
        lines: list[dict[str, object]] = [header]
        uids = {}
        for n in range(3):
            from quizzer.store.cards import card_uid

            uids[n] = card_uid("one", f"q{n}")
            lines.append({"record": "card", "uid": uids[n], "name": f"one/q{n}", "born": f"one/q{n}"})
        at_ms, day = 1_772_000_000_000 + self.day * 86_400_000, 20_500 + self.day
        review = {
            "grade": 4, "verdict": "passed", "kind": "review", "question_kind": "numeric", "rung": "", "trial": False,
            "seed": 1, "drawn": "{}", "hints": 0, "attempts": 1, "scheduler": "sm2", "parameters": "{}",
            "prompt_hash": "", "grader_hash": "", "mistake": "", "detail": "{}",
        }  # fmt: skip
        for n in range(size):
            uuid = f"{self.draw.getrandbits(128):032x}"
            lines.append({
                "record": "act", "uuid": uuid, "type": "review", "card": uids[n % 3], "learner": learner,
                "at_ms": at_ms + n, "offset_min": 0, "day": day + n // 3, "order_ms": at_ms + n, "review": review,
            })  # fmt: skip
        lines.append({"record": "end", "acts": size})
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")

    def _kill_report(self) -> None:
        target = self.folder / "report.html"
        child, _ = self._timed("report", lambda run: run([*self._base(), "report", "-o", str(target)]) and None)
        child.close()
        if target.exists() and not target.read_text("utf-8").rstrip().endswith("</html>"):
            self.found.append("half a report")
        self._examine()

    def _kill_export(self) -> None:
        target = self.folder / "export.jsonl"
        command = ["export", "reviews", "-o", str(target)]
        child, _ = self._timed("export", lambda run: run([*self._base(), *command]) and None)
        child.close()
        if target.exists() and '"record": "end"' not in target.read_text("utf-8").splitlines()[-1]:
            self.found.append("half an export")
        self._examine()

    # --- decks --------------------------------------------------------------------------------------------------------

    def _kill_compile(self) -> None:
        """A deck changes and is compiled at the next start."""
        self._write_deck("two", 12 + self.draw.randrange(30))
        self._write_deck("three", 200)
        child, _ = self._timed("compile", lambda run: run([*self._base(), "due", "--json"]) and None)
        child.close()
        self._examine()
        (self.decks / "three.yaml").unlink()

    # --- versions and copies ------------------------------------------------------------------------------------------

    def _kill_migrate(self) -> None:
        """The newest program opens a database of a released version."""
        old = self.draw.choice(RELEASED).read_text("utf-8")
        place = self._old_place(old)
        before = acts_of(place)
        child, _ = self._timed("migrate", lambda run: run([*self._base(place), "due", "--json"]) and None)
        child.close()
        if self.server:
            await_quiet(self.server)
        self._starts(self._base(place))
        self._proven(place, {tuple(before)})
        if self.server:
            return
        for copy in backups.find(place):
            if copy.acts != len(before):
                self.found.append(f"the backup {copy.path.name} holds {copy.acts} acts, not {len(before)}")
        self._whole_backups(Path(place))
        self._remove(Path(place))

    def _old_place(self, dump: str) -> str:
        if self.server:
            return old_database(self.server, dump)
        path = self.folder / f"old-{sum(self.done.values())}.db"
        raw = sqlite3.connect(path)
        raw.executescript(dump)
        raw.execute("PRAGMA journal_mode = WAL")
        raw.close()
        return str(path)

    def _whole_backups(self, place: Path) -> set[Path]:
        """The backups beside a database; half a one is a finding."""
        whole = {one.path for one in backups.find(str(place))}
        self.found += [f"half a backup {p.name}" for p in place.parent.glob(f"{place.name}.*.backup") if p not in whole]
        return whole

    def _kill_backup(self) -> None:
        child, _ = self._timed("backup", lambda run: run([*self._base(), "db", "backup", "--json"]) and None)
        child.close()
        for one in self._whole_backups(Path(self.ledger.place)):
            one.unlink()
        self._examine()

    def _kill_restore(self) -> None:
        """A copy of the database goes back to an earlier state, or stays as it is."""
        number = sum(self.done.values())
        path, copy = self.folder / f"restore-{number}.db", self.folder / f"restore-{number}.db.earlier.backup"
        there = Path(self.ledger.place).exists()
        backups.copy(self.ledger.place, copy) if there else open_store(str(copy)).close()
        shutil.copy(copy, path)
        earlier = acts_of(str(path))
        with open_store(str(path)) as store:
            from quizzer.model import ReviewData

            for n in range(5):
                moment = datetime(2027, 3, 2 + n, tzinfo=UTC)
                review = ReviewData(4, "passed", "review", response="x")
                store.record_review(store.card("one", f"q{n}"), review, at=moment, day=20_900 + n)
        later = acts_of(str(path))
        command = [*self._base(str(path)), "db", "restore", str(copy), "--json"]
        child, _ = self._timed("restore", lambda run: run(command) and None)
        child.close()
        self._starts(self._base(str(path)))
        self._proven(str(path), {tuple(earlier), tuple(later)})
        if acts_of(str(path)) == earlier and not any(one.acts == len(later) for one in backups.find(str(path))):
            self.found.append("what was there before a restore was not kept")
        self._remove(path)

    def _proven(self, place: str, logs: set[tuple[str, ...]]) -> None:
        with open_store(place) as store:
            self.found += store.check()
            schema = dict(store._connection.execute(queries.META))["schema"]
        if schema != str(queries.SCHEMA_VERSION):
            self.found.append(f"the database stayed at version {schema}")
        if tuple(acts_of(place)) not in logs:
            self.found.append(f"the log of {place} is another one now")

    def _remove(self, path: Path) -> None:
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()


KINDS = (
    "session", "session", "session", "submit", "submit", "undo", "both", "import", "import", "report", "export",
    "compile", "migrate", "migrate", "backup", "restore",
)  # fmt: skip


ON_SERVER = (*(kind for kind in KINDS if kind not in ("backup", "restore")), "server", "server_migrating")


def stress(folder: Path, kills: int, seed: int, *, seconds: float | None = None, server: str = "") -> Stress:
    """So many rounds in `folder`, or as many as `seconds` allow."""
    kinds = ON_SERVER if server else KINDS
    for module in ("cli.study", "cli.submit", "session.study", "store.compiling", "store.migrate", "store.schema"):
        importlib.import_module(f"quizzer.{module}")  # so that children start warm
    if server:
        importlib.import_module("psycopg")
        importlib.import_module("quizzer.store.alchemy_road")
    run, begin = Stress(folder, seed, server), time.monotonic()
    while sum(run.done.values()) < kills and (seconds is None or time.monotonic() - begin < seconds):
        first = sorted(set(kinds))[len(run.done) :]
        run.round(first[0] if first else run.draw.choice(kinds))
    return run


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="kill -9 at random moments, and what must hold after each.")
    options.add_argument("--kills", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--json", action="store_true", help="the outcome as one JSON value")
    options.add_argument("--postgresql", action="store_true", help="on a server of our own, which must be installed")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as place, running() if given.postgresql else nullcontext("") as url:
        began = time.monotonic()
        result = stress(Path(place), given.kills, given.seed, server=url)
        if given.json:
            shape = {
                "rounds": result.done,
                "acknowledged": result.acknowledged,
                "landed": result.landed,
                "refused": result.refused,
            }
            print(json.dumps({**shape, "found": result.found}))
            sys.exit(1 if result.found else 0)
        rounds, took = sum(result.done.values()), time.monotonic() - began
        print(f"{rounds} rounds in {took:.0f} s: {dict(sorted(result.done.items()))}")
        print(
            f"{result.acknowledged} acknowledgements, {result.landed} on disk but cut off, {result.refused} refused, "
            f"{len(result.found)} findings"
        )
        sys.exit(1 if result.found else 0)
