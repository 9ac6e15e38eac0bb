"""`quizzer scheduler …`: the scheduler, examined and chosen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli.app import Group

if TYPE_CHECKING:
    from quizzer.cli.world import World
    from quizzer.scheduling.reviewlog import ReviewLog
    from quizzer.store import Store

NAMES = click.Choice(["sm2", "sm2-paper", "fsrs"])
_LONG = 200_000
"""Reviews from which an examination takes long enough to show how far it is."""
_STEPS = 100


@click.group(cls=Group)
def command() -> None:
    """The scheduler, examined and chosen.

    \b
    Examples:
      quizzer scheduler preview --grades 5,4,3
      quizzer scheduler evaluate
    """


@command.command()
@click.option("--scheduler", type=NAMES, default="sm2", show_default=True,
              help="sm2: the author's program; sm2-paper: the published text; fsrs: FSRS-6.")  # fmt: skip
@click.option("--grades", required=True, help="Grades 0–5 in order, for instance 5,4,3,2,5.")
@click.option("--parameters", default="default", help="FSRS: the parameter set, as `optimize --adopt` names it.")
@click.pass_context
def preview(context: click.Context, scheduler: str, grades: str, parameters: str) -> None:
    """What a sequence of grades does, each review done on its due day.

    The settings `max_interval` and (fsrs) `retention` hold here as they do for cards.

    \b
    Examples:
      quizzer scheduler preview --scheduler sm2 --grades 5,4,3,2,5
      quizzer scheduler preview --scheduler fsrs --grades 4,4,1,4
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage
    from quizzer.scheduling import rules, sm2
    from quizzer.text import fold_width
    from quizzer.views.tables import table

    parts = [part for part in fold_width(grades).replace(",", " ").split() if part]
    if not parts or any(part not in "012345" or len(part) != 1 for part in parts):
        raise BadUsage(f"`{grades}` is no list of grades", "Write grades from 0 to 5 as 5,4,3,2,5")
    numbers, here = [int(part) for part in parts], world(context)
    if scheduler != "fsrs" and parameters != "default":
        raise BadUsage("only fsrs has parameter sets", "Leave out --parameters")
    head, last = ["grade", "repetition", "interval (days)"], ["ease"]
    if scheduler == "fsrs":
        known = here.rules if parameters == "default" else _with_set(here, parameters).rules
        named = known.named(f"fsrs {parameters}")
        assert not isinstance(named, sm2.Rules)  # noqa: S101 - the name says so
        memory = rules.preview(numbers, named)
        if here.json:
            say_json(memory)
            return
        last = ["stability", "difficulty"]
        body = [[*_common(row), f"{row['stability']:.2f}", f"{row['difficulty']:.2f}"] for row in memory]
    else:
        variant: sm2.SchedulerVariant = "paper" if scheduler == "sm2-paper" else "author"
        rows = sm2.preview(numbers, variant, here.rules.default.max_interval)
        if here.json:
            say_json(rows)
            return
        body = [[*_common(row), f"{row['ease']:.2f}"] for row in rows]
    say(table([[*head, *last], *body], right=range(len(head) + len(last))))


def _with_set(here: World, parameters: str, *, write: bool = False) -> Store:
    """The store, which has this parameter set. Raises BadUsage where it has not."""
    from quizzer.errors import BadUsage

    store = here.store(write=write)
    if parameters != "default" and parameters not in store.rules.sets:
        sets = ", ".join(["default", *store.rules.sets])
        raise BadUsage(f"there is no parameter set `{parameters}`", f"Sets: {sets}")
    return store


def _common(row: object) -> list[str]:
    values = dict(row)  # type: ignore[call-overload]  # a TypedDict of either scheduler
    return [str(values[key]) for key in ("grade", "repetition", "interval_days")]


@command.command()
@click.argument("scheduler", type=NAMES)
@click.argument("decks", nargs=-1, metavar="[DECK]…")
@click.option("--parameters", default="default", help="The parameter set, as `optimize --adopt` names it.")
@click.pass_context
def use(context: click.Context, scheduler: str, decks: tuple[str, ...], parameters: str) -> None:
    """Put the cards of the named decks (default: all decks) under SCHEDULER.

    The whole log of each card is folded anew under it; nothing is lost, and one `quizzer undo` takes the whole switch
    back. Cards that come to the deck later follow it. For every other card the setting `scheduler` holds.

    \b
    Example:
      quizzer scheduler use fsrs adam-vs-adamw
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage
    from quizzer.text import nearest

    here = world(context)
    store, loaded = here.store(write=True), here.loaded(write=True)
    known = [deck.deck for deck in loaded.decks]
    for deck in decks:
        if deck not in known:
            near = nearest(deck, known)
            raise BadUsage(f"there is no deck `{deck}`", f"Did you mean `{near}`?" if near else "See `quizzer decks`")
    if scheduler != "fsrs" and parameters != "default":
        raise BadUsage("only fsrs has parameter sets", "Leave out --parameters")
    _with_set(here, parameters, write=True)
    inside = set(decks or known)
    names = {name for name in store.card_names(loaded) if name.partition("/")[0] in inside}
    names |= {card.name for card in store.cards(loaded) if card.deck in inside}
    wanted = [store.card(*name.split("/", 1)) for name in sorted(names)]
    changed = store.switch(wanted, f"{scheduler} {parameters}", at=here.clock.now(), day=here.day)
    due = [sum(_is_due(card.state.due_day, here.day) for card in cards) for cards in zip(*changed, strict=True)]
    before, after = due or [0, 0]
    if here.json:
        said = {"scheduler": scheduler, "parameters": parameters, "decks": sorted(inside), "cards": len(changed)}
        say_json({**said, "due_before": before, "due_after": after})
    elif changed:
        say(f"{len(changed)} cards are under {scheduler} now; due among them: {before} before, {after} now.")
        say("`quizzer undo` takes all of it back.")
    else:
        say(f"All of these cards are under {scheduler} already.")


def _is_due(due_day: int | None, day: int) -> bool:
    return due_day is not None and due_day <= day


def _log_options(run: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that examine a log: the learner's own, or a foreign file."""
    foreign = (
        "A foreign log instead of yours: card,reviewed_at,grade (ISO-8601 UTC; 0–5) or card,reviewed_at_ms,rating."
    )
    for option in (
        click.option("--rollover", type=click.IntRange(0, 23), help="The hour at which they start [default: yours]."),
        click.option("--tz", metavar="ZONE", help="The zone of its study days [default: your setting, or UTC]."),
        click.option("--log", "path", metavar="FILE.csv", help=foreign),
    ):
        run = option(run)
    return run


def _log(here: World, path: str | None, tz: str | None, rollover: int | None) -> ReviewLog:
    """The log to examine. Raises BadInput, with the line, for a file that is none."""
    from datetime import UTC
    from zoneinfo import ZoneInfo

    from quizzer.errors import BadInput, BadUsage
    from quizzer.scheduling.reviewlog import read_csv
    from quizzer.settings import BY_NAME, checked

    if path is None:
        if tz is not None or rollover is not None:
            raise BadUsage(
                "--tz and --rollover are for a foreign log", "Your own has its study days; or add --log FILE"
            )
        return here.store(write=False).review_log()
    name = here.settings["timezone"] if tz is None else checked(BY_NAME["timezone"], tz, "--tz")
    hour = here.settings["rollover"] if rollover is None else rollover
    zone = ZoneInfo(name) if name else UTC
    try:
        with open(path, encoding="utf-8-sig", newline="") as lines:  # noqa: PTH123 - a path or a device, as given
            return read_csv(lines, path, zone=zone, rollover=hour)
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not written in UTF-8", "Save it as UTF-8") from None
    except OSError as error:
        raise BadInput(f"{path} can't be read: {error.strerror}", "Name a CSV file with --log") from None


@command.command()
@_log_options
@click.option("--calibration", metavar="MODEL", help="Also what MODEL predicted against what was recalled.")
@click.pass_context
def evaluate(
    context: click.Context, path: str | None, tz: str | None, rollover: int | None, calibration: str | None
) -> None:
    """How well each scheduler would have predicted your recalls, on reviews it was not fitted to.

    Log loss first (less is better), then RMSE over bins, then AUC (more is better), each with its 95 % interval over
    study days. A model is fitted to the past and judged on what came after. SM-2 makes no prediction:
    0.9^(days/interval) is the usual stand-in.

    \b
    Examples:
      quizzer scheduler evaluate
      quizzer scheduler evaluate --calibration fsrs-fitted
      quizzer scheduler evaluate --log reviews.csv --tz Europe/Berlin --rollover 4 --json
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage
    from quizzer.scheduling.evaluate import LABELS
    from quizzer.scheduling.evaluate import evaluate as examine
    from quizzer.views.tables import table

    here = world(context)
    if calibration is not None and calibration not in LABELS:
        raise BadUsage(f"there is no model `{calibration}`", f"Models: {', '.join(LABELS)}")
    log = _log(here, path, tz, rollover)
    with _shown("examining", len(log) >= _LONG) as progress:
        found = examine(log, progress)
    if here.json:
        say_json(found)
        return
    say(f"{found['scored']} of {found['reviews']} reviews are scored: those on a later study day than the card's last.")
    if found["rows"]:
        figures = (("log_loss", 4), ("rmse_bins", 3), ("auc", 3))
        body = [[LABELS[row["model"]], *(_give_or_take(row, *figure) for figure in figures)] for row in found["rows"]]
        say(table([["model", "log loss", "RMSE (bins)", "AUC"], *body], right=(1, 2, 3)))
        gaps = [
            [
                LABELS[row["model"]],
                LABELS[row["against"]],
                f"{row['log_loss']:+.4f}",
                "–" if row["low"] is None else f"{row['low']:+.4f} … {row['high']:+.4f}",
            ]
            for row in found["differences"]
        ]
        say(table([["model", "against", "log loss", "95 % interval"], *gaps], right=(2, 3)))
    if calibration is not None and found["rows"]:
        (row,) = (row for row in found["rows"] if row["model"] == calibration)
        told = [
            [f"{part['low']:.2f} to {part['high']:.2f}", str(part["n"]), f"{part['predicted']:.3f}",
             f"{part['recalled']:.3f}"]
            for part in row["calibration"]
        ]  # fmt: skip
        say(table([[f"{LABELS[calibration]}", "reviews", "on average", "recalled"], *told], right=(1, 2, 3)))
    say(found["conclusion"])


@contextmanager
def _shown(label: str, long: bool = True) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for `long` work, moved by telling it how many steps are done, of how many."""
    with click.progressbar(
        length=_STEPS, label=label, file=sys.stderr, hidden=not long or not sys.stderr.isatty()
    ) as bar:
        yield lambda done, total: bar.update(max(_STEPS * done // total - bar.pos, 0))


def _give_or_take(row: dict[str, Any], figure: str, digits: int) -> str:
    """A figure with how far its 95 % interval reaches; a dash where there is none."""
    if row[figure] is None:
        return "–"
    if row[f"{figure}_95"] is None:
        return f"{row[figure]:.{digits}f}"
    low, high = row[f"{figure}_95"]
    return f"{row[figure]:.{digits}f} ± {max(high - row[figure], row[figure] - low):.{digits}f}"


@command.command()
@_log_options
@click.option("--adopt", is_flag=True, help="Use the fitted parameters from now on, where they improve.")
@click.pass_context
def optimize(context: click.Context, path: str | None, tz: str | None, rollover: int | None, adopt: bool) -> int:
    """Fit FSRS's parameters, and a forgetting curve for SM-2, to your reviews.

    A fit is worth adopting only if it predicts the newest fifth of your reviews, which it never saw, better than the
    parameters in use. Without --adopt nothing changes. With it the new set is kept beside the old ones, every card
    under FSRS moves to it, and one `quizzer undo` takes that back. Exit code 1 where nothing improves.

    \b
    Example:
      quizzer scheduler optimize --adopt
    """
    import json

    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage
    from quizzer.scheduling.fsrs import DEFAULTS, FsrsRules
    from quizzer.scheduling.optimize import optimize as fit
    from quizzer.scheduling.rules import rules_of

    here = world(context)
    if adopt and path is not None:
        raise BadUsage("a foreign log's parameters are not yours", "Leave out --adopt or --log")
    log = _log(here, path, tz, rollover)
    bar = _shown("fitting", len(log) >= _LONG // 4)
    if path is not None:
        with bar as progress:
            found = fit(log, progress=progress)
    else:
        store = here.store(write=adopt)
        cards = store.cards(here.loaded(write=adopt))
        under = [card for card in cards if isinstance(rules_of(card.state, store.rules), FsrsRules)]
        used = [own.weights for card in under if isinstance(own := rules_of(card.state, store.rules), FsrsRules)]
        with bar as progress:
            found = fit(log, max(set(used), key=used.count) if used else DEFAULTS, progress)
    found["adopted"] = None
    if adopt and found["fsrs"] is not None and found["fsrs"]["adopt"]:
        detail = json.dumps({"scored": found["scored"], "log_loss": found["fsrs"]["log_loss"]})
        name = store.keep_set("fsrs", found["fsrs"]["parameters"], detail, at=here.clock.now())
        changed = store.switch(under, f"fsrs {name}", at=here.clock.now(), day=here.day)
        found["adopted"] = {"parameters": name, "cards": len(changed)}
    if adopt and found["sm2_curve"] is not None and found["sm2_curve"]["adopt"]:
        detail = json.dumps({"scored": found["scored"], "log_loss": found["sm2_curve"]["log_loss"]})
        store.keep_set("sm2-curve", found["sm2_curve"]["parameters"], detail, at=here.clock.now())
    improves = found["fsrs"] is not None and bool(found["fsrs"]["adopt"])
    if here.json:
        say_json(found)
        return 0 if improves else 1
    say(found["conclusion"])
    if found["fsrs"] is not None:
        say("FSRS's parameters: " + " ".join(f"{value:g}" for value in found["fsrs"]["parameters"]))
    if found["adopted"] is not None:
        name, count = found["adopted"]["parameters"], found["adopted"]["cards"]
        moved = f"{count} cards moved to it" if count else "no card is under FSRS yet"
        others = "others" if count else "a deck"
        say(f"Kept as parameter set {name}; {moved}. `quizzer scheduler use fsrs --parameters {name} DECK` puts "
            f"{others} under it.")  # fmt: skip
    elif improves:
        say("Nothing was changed. --adopt uses these parameters from now on.")
    return 0 if improves else 1


@command.command()
@click.option("--cards", type=click.IntRange(10, 5000), default=300, show_default=True, help="Cards a learner has.")
@click.option("--new", type=click.IntRange(1, 1000), default=4, show_default=True, help="New cards a day.")
@click.option("--days", type=click.IntRange(30, 1000), default=365, show_default=True, help="How far ahead.")
@click.option("--learners", type=click.IntRange(1, 100), default=6, show_default=True, help="Invented learners.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Other learners.")
@click.pass_context
def simulate(context: click.Context, cards: int, new: int, days: int, learners: int, seed: int) -> None:
    """Minutes a day against what is known, a year ahead, with invented learners.

    Their memory belongs to neither scheduler, so neither plays at home. Medians over learners, with the middle half.
    Compare schedulers at equal knowledge only: fewer minutes alone say nothing.

    \b
    Example:
      quizzer scheduler simulate --learners 12
    """

    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.scheduling.simulate import World as Invented
    from quizzer.scheduling.simulate import simulate as run
    from quizzer.views.tables import table

    with _shown("simulating") as progress:
        found = run(Invented(cards, new, days, learners, seed), progress=progress)
    if world(context).json:
        say_json(found)
        return
    head = ["scheduler", "target", "minutes a day", "known on average", "recalled when asked"]
    body = [
        [
            row["scheduler"],
            "" if row["target"] is None else f"{row['target']:.2f}",
            *(_band(row[key], digits) for key, digits in (("minutes", 1), ("knowledge", 3), ("recall_when_asked", 3))),
        ]
        for row in found["rows"]
    ]
    say(table([head, *body], right=(1, 2, 3, 4)))
    for row in found["at_equal_knowledge"]:
        ratio = row["minutes_ratio"]
        if ratio is not None:
            say(
                f"At the knowledge that {row['against']} gives, {row['scheduler']} takes {_band(ratio, 2)} "
                f"× its minutes (cheaper for {row['cheaper_for']} of {row['learners']} learners)."
            )


def _band(values: dict[str, float], digits: int) -> str:
    return f"{values['median']:.{digits}f} ({values['low']:.{digits}f}–{values['high']:.{digits}f})"
