"""The page: figures laid out by the templates, under a policy that allows only the page's own style and script."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from quizzer.lean import dataclass
from quizzer.report import charts, heat, recall
from quizzer.report.embedded import embedded
from quizzer.report.topics import STATES, deck_rows, decks_table, topic_rows, topics_table
from quizzer.stats import next_steps
from quizzer.stats.cube import Cube
from quizzer.stats.values import Figures
from quizzer.stats.words import counted, duration, iso, long_date, number, percent, when
from quizzer.views.html import environment

SCRIPTS = ("words.js", "drawing.js", "filters.js", "report.js")
"""The page's script, in the order in which its parts need each other."""

VERDICTS = {
    "passed": "passed",
    "wrong-answer": "wrong answer",
    "exception": "raised an exception",
    "timeout": "ran out of time",
    "memory": "ran out of memory",
    "output-limit": "printed too much",
    "too-slow": "too slow on large input",
    "mutated-input": "changed its input",
    "forbidden": "tried what the sandbox refuses",
    "self-graded": "graded by yourself",
    "no-answer": "given up",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that answers a question at a glance."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of the page's filters; `others` says that some decks can't be chosen alone."""

    decks: tuple[str, ...]
    tags: tuple[str, ...]
    kinds: tuple[str, ...]
    others: bool


def render(figures: Figures, cube: Cube) -> str:
    """One self-contained HTML page. For one that is shared, give it figures `without_code`.

    Every foreign text passes `quizzer.views.html`, or `embedded` on its way into the page's data; the policy in the
    page's head refuses every request, every style and every script but the two whose hashes it names.
    """
    style, script = _own("report.css"), "".join(_own(name) for name in SCRIPTS)
    from markupsafe import Markup

    html: str = _template().render(
        figures=figures,
        when=lambda day: when(day, figures.today),
        groups=_groups(cube),
        steps=next_steps(figures),
        tiles=tiles(figures),
        choices=choices(cube),
        date=long_date(figures.today),
        now_line=figures.now_text or long_date(figures.today),
        states=STATES,
        verdicts=VERDICTS,
        known=charts.KNOWN,
        deck_rows=deck_rows(figures),
        decks_table=decks_table(figures),
        topic_rows=topic_rows(figures),
        topics_table=topics_table(figures),
        activity=charts.activity(figures),
        forecast=charts.forecast(figures),
        year_ahead=charts.year_ahead(figures),
        mastery=charts.mastery(figures),
        intervals=charts.intervals(figures),
        eases=charts.eases(figures),
        hours=charts.hours(figures),
        kinds=charts.kinds(figures),
        retention=recall.retention(figures),
        weeks=recall.weeks(figures),
        calibration=recall.calibration(figures),
        year=heat.year(figures),
        data=Markup(embedded(cube, figures.today)),  # noqa: S704 - ASCII, with `<`, `>` and `&` escaped
        style=Markup(style),  # noqa: S704 - the package's own file, and the policy holds its hash
        script=Markup(script),  # noqa: S704 - the same
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return html


def tiles(figures: Figures) -> tuple[Tile, ...]:
    """What do I know, what slips, what comes next, in four numbers."""
    today = figures.forecast[0]
    lately = figures.retention.last_30
    begun, total = sum(deck.begun for deck in figures.decks), sum(deck.total for deck in figures.decks)
    mature = sum(deck.mature for deck in figures.decks)
    week = [day for day in figures.days if figures.today - 7 < day.day <= figures.today]
    spent = sum(day.minutes for day in week)
    if lately.total:
        interval = f"{percent(lately.low)} to {percent(lately.high)}, {counted(lately.total, 'answer')}"
        recall = Tile("Recalled, 30 days", percent(lately.value), interval)
    else:
        recall = Tile("Recalled, 30 days", "–", "known once a card comes back on a later day")
    if today.due:
        note = f"about {duration(today.minutes * 60)}" if today.minutes else "ready"
    else:
        later = [day for day in figures.forecast if day.due]
        note = (
            f"next: {counted(later[0].due, 'card')} {when(later[0].day, figures.today)}" if later else "nothing waits"
        )
    return (
        Tile("Due today", number(today.due), note),
        recall,
        Tile("Cards begun", number(begun), f"of {number(total)}, {number(mature)} mature"),
        Tile(
            "Days this month",
            f"{figures.month.studied} of {figures.month.so_far}",
            f"{duration(spent * 60)} in 7 days" if week else "no answer in 7 days",
        ),
    )


def choices(cube: Cube) -> Choices:
    """What can be filtered by."""
    groups = cube.groups
    return Choices(groups.decks, groups.tags, groups.kinds, -1 in groups.deck)


def _groups(cube: Cube) -> Any:
    """The groups that the page's filters know cards by (`deck/question`, one or several), as words of an attribute."""
    names = {f"{deck}/{question}": group for (deck, question), group in cube.groups.names.items()}
    slugs = {slug: i for i, slug in enumerate(cube.groups.decks)}

    def words(cards: str | Iterable[str]) -> str:
        wanted = [cards] if isinstance(cards, str) else cards
        return " ".join(str(group) for group in sorted({names[card] for card in wanted if card in names}))

    def of_deck(slug: str) -> str:
        at = slugs.get(slug, -1)
        return " ".join(str(i) for i, deck in enumerate(cube.groups.deck) if deck == at)

    tags = {tag: i for i, tag in enumerate(cube.groups.tags)}

    def of_tag(tag: str) -> str:
        return " ".join(str(i) for i, tagged in enumerate(cube.groups.tagged) if tags.get(tag) in tagged)

    return lambda cards, what="": of_deck(cards) if what == "deck" else of_tag(cards) if what == "tag" else words(cards)


@cache
def _template() -> Any:
    """The page's template, compiled once."""
    made = environment(_own)
    made.filters.update(counted=counted, duration=duration, iso=iso, number=number, percent=percent)
    return made.get_template("page.html.j2")


@cache
def _own(name: str) -> str:
    """A file of the templates folder, from a wheel or a checkout, with the line ends a browser hashes."""
    text = files("quizzer.report").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _hash(text: str) -> str:
    """The text's hash as a Content-Security-Policy names it."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
