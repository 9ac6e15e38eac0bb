"""The one file that makes the clock, the store, the decks and the sandbox runner from options and environment."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizzer.cli import places
from quizzer.clock import FIRST_YEAR, LAST_YEAR
from quizzer.errors import BadUsage, NoSandbox, StorageFault
from quizzer.settings import Settings, resolve
from quizzer.views.mathmode import choose

if TYPE_CHECKING:
    import click

    from quizzer.model import Runner
    from quizzer.scheduling.rules import RuleBook
    from quizzer.session.asking import Desk
    from quizzer.store import LoadedDecks, Store


class SystemClock:
    """The real time in a zone (None: the machine's)."""

    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone

    def now(self) -> datetime:
        """The present instant, aware."""
        return datetime.now(UTC).astimezone(self._zone)  # noqa: TID251 - this is the one file that makes the clock

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return time.monotonic()


class SetClock(SystemClock):
    """A clock set by `--now`: it starts there and runs on."""

    def __init__(self, start: datetime, zone: tzinfo | None) -> None:
        super().__init__(zone)
        self._start = start
        self._began = time.monotonic()

    def now(self) -> datetime:
        """The set instant plus what has passed since the program began."""
        passed = timedelta(seconds=time.monotonic() - self._began)
        return (self._start.astimezone(UTC) + passed).astimezone(self._zone or self._start.tzinfo)


class World:
    """What one run of the program works with, made lazily: a command pays only for what it touches."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self._store: Store | None = None
        self._loaded: LoadedDecks | None = None
        self._runner: Runner | None = None
        self._settings: Settings | None = None
        self._clock: SystemClock | None = None

    # --- settings and clock ------------------------------------------------------------------------------------------

    @property
    def json(self) -> bool:
        """Whether one JSON value is wanted on stdout."""
        return bool(self.given.get("json"))

    @property
    def settings(self) -> Settings:
        """Flag > environment > config file > default."""
        if self._settings is None:
            self._settings = resolve(
                {key: self.given.get(key) for key in ("db", "decks")}, os.environ, read_config(), os.pathsep
            )
            choose(self._settings["math"], os.environ, sys.stdout.encoding or "")
        return self._settings

    @property
    def clock(self) -> SystemClock:
        """The clock, in the learner's zone; `--now` or QUIZZER_NOW sets it."""
        if self._clock is None:
            zone = _zone(self.settings["timezone"])
            text = self.given.get("now") or os.environ.get("QUIZZER_NOW")
            self._clock = SystemClock(zone) if not text else SetClock(_instant(text, zone), zone)
        return self._clock

    @property
    def day(self) -> int:
        """Today's study day."""
        from quizzer.clock import study_day

        return study_day(self.clock.now(), self.settings["rollover"])

    # --- store and decks ---------------------------------------------------------------------------------------------

    @property
    def db(self) -> str:
        """Path or URL of the database."""
        return self.settings["db"] or str(data_folder() / "quizzer.db")

    @property
    def rules(self) -> RuleBook:
        """The scheduler's rules as the settings have them."""
        from quizzer.scheduling.rules import RuleBook
        from quizzer.scheduling.sm2 import Rules

        name, most = self.settings["scheduler"], self.settings["max_interval"]
        credit = self.settings["overdue_credit"]
        base = RuleBook(
            Rules("paper" if name == "sm2-paper" else "author", most, credit),
            self.settings["retention"],
            fuzz=self.settings["fuzz"],
            overdue_credit=credit,
        )
        return replace(base, default=base.named("fsrs default")) if name == "fsrs" else base

    def store(self, *, write: bool) -> Store:
        """The open store. `write`: the command records something, which with a set clock needs an explicit --db."""
        set_clock = self.given.get("now") or os.environ.get("QUIZZER_NOW")
        if write and set_clock and self.settings.origins["db"] not in ("option", "environment"):
            raise BadUsage("writing with a set clock needs an explicit database", "Add --db PATH, or leave out --now")
        if self._store is None:
            from quizzer.store import open_store

            rules = self.rules
            learner = self.settings["learner"]
            self._tell_of_absence()
            try:
                self._store = open_store(self.db, learner=learner, rules=rules)
                self._tell_of_rules(self._store.refolded)
            except StorageFault:
                if write:
                    raise
                # What only reads still answers where nothing can be written.
                self._store = open_store(self.db, learner=learner, rules=rules, read_only=True)
        return self._store

    def _tell_of_rules(self, cards: int) -> None:
        """Say that cards have other due days because a setting changed; nobody reschedules in silence."""
        if cards:
            names = "scheduler, retention, max_interval, overdue_credit"
            which = f"{cards} card has" if cards == 1 else f"{cards} cards have"
            _warn(
                f"Note: {which} another schedule: your log was replayed under settings that changed since the last "
                f"run ({names}). No answer is changed; putting the setting back puts it back."
            )

    def _tell_of_absence(self) -> None:
        """Warn where a database that was made here before is gone: its disk may not be mounted."""
        from quizzer.store.opening import file_of

        place = file_of(self.db)
        if place is None or place == ":memory:" or Path(place).exists():
            return
        known = data_folder() / "databases.txt"
        try:
            if place in known.read_text("utf-8").splitlines():
                from quizzer.text import printable

                cure = "If its disk is not mounted, mount it; if it was moved, name it with --db."
                _warn(printable(f"Warning: the database {place} is gone; a new one is begun. {cure}"))
                return
        except (OSError, UnicodeDecodeError):
            pass
        try:
            known.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with known.open("a", encoding="utf-8") as file:
                file.write(f"{place}\n")
        except OSError:
            pass  # then it isn't told one day

    def deck_paths(self) -> list[Path]:
        """Exactly the decks of --decks or QUIZZER_DECKS; else the configured ones and the bundled ones."""
        paths = [Path(text).expanduser() for text in self.settings["decks"]]
        if self.settings.origins["decks"] in ("option", "environment"):
            for path in paths:
                if not path.exists():
                    raise BadUsage(f"there is no deck file or folder `{path}`", "Mend the path given to --decks")
            return paths
        return [*paths, bundled_decks()]

    def loaded(self, *, write: bool = False) -> LoadedDecks:
        """The decks of this run, compiled into the store where a file changed; warnings go to stderr once."""
        if self._loaded is None:
            from quizzer.text import printable

            store = self.store(write=write)
            self._loaded = store.load_decks(self.deck_paths(), _compile)
            if write:
                # An author's `was` moves the history to the new name, as an act of its own.
                for old, new in store.pending_renames(self._loaded):
                    store.rename(old, new, at=self.clock.now(), day=self.day)
                for old, new in store.lookalikes(self._loaded):
                    cure = f"To keep its history: quizzer card rename {old} {new}"
                    _warn(printable(f"Note: `{new}` is what `{old}` was, which is gone. {cure}"))
            for problem in self._loaded.problems:
                _warn(printable(f"Warning: {problem}"))
        return self._loaded

    def reload(self) -> LoadedDecks:
        """The decks read again, after one of them was edited; what is wrong with them is in `problems`."""
        self._loaded = self.store(write=True).load_decks(self.deck_paths(), _compile)
        return self._loaded

    # --- running code ------------------------------------------------------------------------------------------------

    def runner(self) -> Runner | None:
        """The sandbox runner; None, after one line on stderr, where code can't be run safely."""
        if self._runner is None:
            from quizzer.sandbox import make_runner

            try:
                self._runner = make_runner()
            except NoSandbox as error:
                _warn(f"Code answers are graded by yourself: {error}")
                return None
        return self._runner

    def warm(self) -> None:
        """Start the sandbox in the background, for a command that will need it; trouble is told at the first use."""
        if self._runner is None:
            from quizzer.sandbox import make_runner

            made = make_runner()
            made.warm()
            self._runner = made

    def desk(self, *, write: bool, unsafe: bool = False) -> Desk:
        """Everything that asking and grading needs."""
        from quizzer.session.asking import Desk

        store = self.store(write=write)
        return Desk(store, self.loaded(write=write), self.clock, self.settings, self.runner, unsafe)

    def close(self) -> None:
        """Let go of the store and the sandbox."""
        if self._runner is not None:
            close: Callable[[], None] | None = getattr(self._runner, "close", None)
            if close is not None:
                close()
        if self._store is not None:
            self._store.close()


def world(context: click.Context) -> World:
    """The world of this run, one a process; closed when the command ends."""
    given = context.find_root().ensure_object(dict)
    if "world" not in given:
        given["world"] = World(given)
        context.find_root().call_on_close(given["world"].close)
    made: World = given["world"]
    return made


def _warn(text: str) -> None:
    encoding = sys.stderr.encoding or "ascii"
    sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _compile(path: Path, data: bytes) -> Any:
    from quizzer.store.compiling import compile_deck

    return compile_deck(path, data)


def data_folder() -> Path:
    """The user's data folder for quizzer."""
    return Path(places.data_folder())


def cache_folder() -> Path:
    """The user's cache folder for quizzer: what lies there may be deleted at any time."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("quizzer", appauthor=False))


def config_file() -> Path:
    """The config file: QUIZZER_CONFIG, else config.toml in the user's config folder."""
    return Path(places.config_file())


def read_config() -> dict[str, Any]:
    """The config file's settings, empty without one. Raises BadUsage where it can't be read."""
    path = config_file()
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise BadUsage(f"the config file {path} can't be read ({error})", "Mend or move it") from None
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadUsage(f"the config file {path} is no TOML: {error}", "Mend the line it names") from None


def bundled_decks() -> Path:
    """The folder of the decks that come with quizzer: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent / "decks"


def _zone(name: str) -> tzinfo | None:
    if not name:
        return None
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def _instant(text: str, zone: tzinfo | None) -> datetime:
    try:
        value = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadUsage(
            f"`{text}` is no ISO-8601 time", "Write it as 2026-11-24T08:00 or 2026-11-24T08:00+01:00"
        ) from None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise BadUsage(f"{value.year} is no year to study in", f"Name a time from {FIRST_YEAR} to {LAST_YEAR}")
    if value.tzinfo is not None:
        return value
    return value.astimezone() if zone is None else value.replace(tzinfo=zone)


def is_interactive() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()
