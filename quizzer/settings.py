"""What can be configured, with defaults. Reading the file and the environment is the CLI's work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from quizzer.errors import BadUsage
from quizzer.lean import dataclass
from quizzer.text import nearest

Origin = Literal["option", "environment", "file", "default"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the file, its default, and what it is for. The environment has `QUIZZER_NAME`."""

    name: str
    default: Any
    doc: str
    least: float | None = None
    most: float | None = None
    words: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"QUIZZER_{self.name.upper()}"


SETTINGS: tuple[Setting, ...] = (
    Setting("db", "", "the database: a path or an SQLAlchemy URL; empty: a file in the user's data folder"),
    Setting("decks", [], "folders or files with decks, beside the bundled ones"),
    Setting("learner", "me", "whose reviews these are"),
    Setting("minutes", 10, "how long a session takes, in minutes", 1, 600),
    Setting("new_per_day", 10, "new cards a study day, at most", 0, 1000),
    Setting("rollover", 4, "the local hour at which a study day starts", 0, 23),
    Setting("timezone", "", "IANA name of the learner's zone; empty: the machine's"),
    Setting("scheduler", "sm2", "which intervals, where no deck has its own: sm2 (the author's program), sm2-paper "
            "(the published text) or fsrs", words=("sm2", "sm2-paper", "fsrs")),
    Setting("retention", 0.9, "the share of recalls that fsrs aims at", 0.7, 0.97),
    Setting("max_interval", 36500, "the longest interval, in days", 1, 36500),
    Setting("overdue_credit", 0, "percent of the days a card came late that its interval is credited with before it "
            "grows, on grades 4 and 5 (sm2)", 0, 100),
    Setting("fuzz", "off", "the due day: the interval's end (off), a day near it (spread), or rather one of those with "
            "little due (balance)", words=("off", "spread", "balance")),
    Setting("reviews_per_day", 0, "reviews a study day, at most, in ordinary sessions; 0: no limit", 0, 100000),
    Setting("due_order", "worth", "which due cards come first: where waiting costs most recall a minute (worth), most "
            "overdue for the interval (overdue), by due day (day)", words=("worth", "overdue", "day")),
    Setting("mix", "topics", "the order within a session: no two of a deck or topic in a row (topics), deck by deck "
            "(decks), as due_order has it (off)", words=("topics", "decks", "off")),
    Setting("block", [], "decks whose cards are asked one after another, whatever mix says: taking turns helps to tell "
            "like things apart, and hurts lists of words"),
    Setting("leech", 8, "lapses at which a card is called a leech, and again at every fourth after; 0: never", 0, 1000),
    Setting("repeat_below", 3, "cards graded below this come back in the session (4 is the letter of SM-2)", 0, 5),
    Setting("time_share", 0.15, "fastest and slowest share of right answers that earn 5 and 3", 0, 0.5),
    Setting("time_needed", 30, "right answers of a kind before time counts", 1, 100000),
    Setting("editor", "", "the editor for code answers; empty: $VISUAL, then $EDITOR"),
    Setting("math", "auto", "formulas in the terminal: on one line, over several (2d), or as LaTeX; auto: 2d but where "
            "signs are wide (Chinese, Japanese, Korean locales)", words=("auto", "line", "2d", "latex")),
    Setting("model", "", "the language model that `draft --model` asks; empty: none"),
    Setting("model_url", "https://api.openai.com/v1", "its server, any that speaks the OpenAI protocol; the key is "
            "only read from QUIZZER_MODEL_KEY"),
    Setting("model_prices", "", "its prices per million tokens in and out, such as 0.15,0.60, for costs"),
    Setting("model_seconds", 180, "how long one reply of it may take, in seconds", 1, 3600),
    Setting("color", "auto", "colours in the terminal", words=("auto", "always", "never")),
    Setting("glyphs", "auto", "signs such as ✓ and the bar's blocks; ascii where a terminal shows them badly",
            words=("auto", "unicode", "ascii")),
    Setting("plain", False, "the session line by line, for screen readers and simple terminals"),
)  # fmt: skip
BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """Resolved settings: values by name, and where each comes from."""

    values: Mapping[str, Any]
    origins: Mapping[str, Origin]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def resolve(
    options: Mapping[str, Any], environment: Mapping[str, str], file: Mapping[str, Any], separator: str = ":"
) -> Settings:
    """Flag > environment > file > default, each checked. Raises BadUsage for an unknown name or a bad value.

    `separator` splits lists in the environment.
    """
    for name in file:
        known(name)
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for setting in SETTINGS:
        name = setting.name
        if options.get(name) not in (None, (), []):
            values[name], origins[name] = options[name], "option"
        elif environment.get(setting.variable):
            text: Any = environment[setting.variable]
            if isinstance(setting.default, list):
                text = [part for part in text.split(separator) if part]
            values[name], origins[name] = checked(setting, text, setting.variable), "environment"
        elif name in file:
            values[name], origins[name] = checked(setting, file[name], f"`{name}` in the config file"), "file"
        else:
            values[name], origins[name] = setting.default, "default"
    return Settings(values, origins)


def known(name: str) -> Setting:
    """The setting of that name. Raises BadUsage with the nearest one."""
    if name not in BY_NAME:
        near = nearest(name, tuple(BY_NAME))
        hint = f"Did you mean `{near}`?" if near else f"Settings: {', '.join(BY_NAME)}"
        raise BadUsage(f"there is no setting `{name}`", hint)
    return BY_NAME[name]


def checked(setting: Setting, value: Any, where: str) -> Any:
    """`value` as the setting's type. Raises BadUsage."""
    default = setting.default
    if isinstance(default, list):
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
            raise BadUsage(f"{where} must be a list of texts", 'Write ["one", "another"]')
        return [item for item in items if item]
    if isinstance(default, str):
        if not isinstance(value, str):
            raise BadUsage(f"{where} must be text")
        if setting.words and value not in setting.words:
            raise BadUsage(f"{where} is `{value}`", f"Use one of: {', '.join(setting.words)}")
        if setting.name == "timezone" and value:
            _zone(value, where)
        return value
    if isinstance(default, bool):
        return _switch(value, where)
    try:
        number = float(value) if isinstance(default, float) else int(str(value))
    except (TypeError, ValueError):
        kind = "a number" if isinstance(default, float) else "a whole number"
        raise BadUsage(f"{where} must be {kind}, not `{value}`") from None
    if setting.least is not None and not setting.least <= number <= (setting.most or number):
        raise BadUsage(f"{where} is {number}", f"It must lie between {setting.least:g} and {setting.most:g}")
    return number


def _switch(value: Any, where: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    found = words.get(str(value).strip().lower())
    if found is None:
        raise BadUsage(f"{where} must be yes or no, not `{value}`")
    return found


def _zone(name: str, where: str) -> None:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise BadUsage(f"{where}: there is no time zone `{name}`", "Use an IANA name such as Europe/Berlin") from None
