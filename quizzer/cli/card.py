"""`quizzer card …`: the whole story of one card, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from quizzer.cli import completing
from quizzer.cli.app import Group
from quizzer.model import ActType


@click.group(cls=Group)
def command() -> None:
    """One card: its history, and bury, suspend, resume, reset, flag. CARD is deck/question.

    \b
    Examples:
      quizzer card history receptive-field/rf-of-a-stack
      quizzer card suspend receptive-field/closed-form
    """


@command.command()
@click.argument("card", shell_complete=completing.cards)
@click.pass_context
def history(context: click.Context, card: str) -> None:
    """Every act on CARD, oldest first, undone ones marked.

    \b
    Example:
      quizzer card history sliding-window-maximum/window-max
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.scheduling.replay import effective_grades, voided
    from quizzer.views.acts import act_text
    from quizzer.views.shapes import next_shape
    from quizzer.views.tables import table
    from quizzer.views.terminal import day_text, when_text

    here = world(context)
    store = here.store(write=False)
    known = _card(here, card)
    acts = store.history(known.uid)
    gone, grades = voided(acts), effective_grades(acts)
    state = known.state
    use = _use(here, known)
    if here.json:
        say_json(
            {
                "card": known.name,
                "uid": known.uid,
                "state": {
                    **next_shape(state),
                    "repetition": state.repetition,
                    "reviews": state.reviews,
                    "lapses": state.lapses,
                    "suspended": state.suspended,
                    "flagged": state.flagged,
                    "buried_until": None if state.buried_until is None else day_text(state.buried_until),
                    "use": use,
                },
                "acts": [_act(act, gone, grades) for act in acts],
            }
        )
        return
    rows = [["day", "act", "grade", "verdict", "interval", "answer"]]
    for act in acts:
        review = act.review
        what = review.kind if review is not None else act.type
        mark = " (undone)" if act.uuid in gone else ""
        grade = grades.get(act.uuid)
        rows.append(
            [
                day_text(act.day),
                what + mark,
                "" if grade is None else str(grade),
                review.verdict if review is not None else "",
                f"{review.planned_interval} d" if review is not None and review.planned_interval is not None else "",
                act_text(act),
            ]
        )
    say(
        f"{known.name}: "
        + (when_text(state, here.day, "due ") or "new")
        + (f", ease {state.ease / 100:.2f}" if state.stability is None else f", stability {state.stability:.1f} d")
        + f", {state.lapses} lapse{'s' if state.lapses != 1 else ''}"
    )
    if use in _USES:
        say(_USES[use])
    say(table(rows, right=(2, 4)) if acts else "No act yet.")


@command.command()
@click.argument("card", required=False)
@click.pass_context
def leeches(context: click.Context, card: str | None) -> None:
    """Cards that keep failing: their wrong answers by mistake, and whether the item or the learner is at fault.

    A card is a leech from as many lapses on as the setting `leech` says. CARD: this one, whatever its lapses.

    \b
    Example:
      quizzer card leeches
    """
    from quizzer.cli.output import columns, say, say_json
    from quizzer.cli.world import world
    from quizzer.views.leeches import leech_lines
    from quizzer.views.shapes import leech_shape

    here = world(context)
    desk = here.desk(write=False)
    found = desk.leeches() if card is None else [desk.examined(card)]
    if here.json:
        say_json([leech_shape(leech) for leech in found])
        return
    if not found:
        say(f"No card has {here.settings['leech']} lapses." if here.settings["leech"] else "The setting `leech` is 0.")
        return
    for leech in found:
        say(leech_lines(leech, columns(), threshold=int(here.settings["leech"])))
    say("A question at fault: `quizzer card flag CARD`. Not now: `quizzer card suspend CARD`. Anew: `card reset CARD`.")


@command.command()
@click.argument("old")
@click.argument("new")
@click.pass_context
def rename(context: click.Context, old: str, new: str) -> None:
    """Give the history of OLD (deck/question) to the question NEW: for one that its author renamed without `was`.

    It is an act like any other; `quizzer undo` takes it back.

    \b
    Example:
      quizzer card rename adam/decay adam/weight-decay
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage, UnknownCard

    here = world(context)
    loaded, store = here.loaded(write=True), here.store(write=True)
    if new not in store.card_names(loaded):
        raise UnknownCard(f"there is no question `{new}`", "Name a question of a loaded deck as NEW")
    card = store.card(*old.split("/", 1)) if "/" in old else None
    if card is None or not store.history(card.uid):
        raise BadUsage(f"`{old}` has no history", "See what there is with: quizzer export cards")
    renamed = store.rename(old, new, at=here.clock.now(), day=here.day)
    if here.json:
        say_json({"card": renamed.name, "was": old, "reviews": renamed.state.reviews})
    else:
        say(f"{renamed.name} has the history of {old} now ({renamed.state.reviews} reviews).")


_USES = {
    "not in use": "not in use: its deck isn't loaded in this run; the history stays.",
    "orphan": "an orphan: its deck no longer has the question; the history stays. Renamed: `quizzer card rename`.",
    "changed": "what is right changed since the last review.",
}
"""Why a card isn't asked as its history has it, as it is said; `in use` needs no word."""


def _use(here: Any, card: Any) -> str:
    """`in use`, `changed` since the last review, `orphan` or `not in use`: computed for this run, never stored."""
    from quizzer.errors import BadUsage, UnknownCard

    try:
        desk = here.desk(write=False)
    except BadUsage:  # a history needs no deck file: it is told where the decks named for this run are gone, too
        return "not in use"
    if desk.loaded.get(card.deck) is None:
        return "not in use"
    try:
        question = desk.question(card.name)
    except UnknownCard:
        return "orphan"
    return "changed" if card.state.grader_hash not in ("", question.grader_hash) else "in use"


def _act(act: Any, gone: set[str], grades: dict[str, int]) -> dict[str, Any]:
    from quizzer.views.terminal import day_text

    out: dict[str, Any] = {
        "seq": act.seq, "uuid": act.uuid, "type": act.type, "day": day_text(act.day), "at_ms": act.at_ms,
        "undone": act.uuid in gone,
    }  # fmt: skip
    if act.value is not None:
        out["value"] = act.value
    if act.target is not None:
        out["target"] = act.target
    if act.review is not None:
        review = act.review
        out |= {
            "kind": review.kind, "grade": grades.get(act.uuid, review.grade), "graded": review.grade,
            "verdict": review.verdict, "rung": review.rung, "seed": review.seed, "drawn": review.drawn,
            "response": review.response, "interval_days": review.planned_interval, "hints": review.hints,
            "attempts": review.attempts, "duration_ms": review.duration_ms, "scheduler": review.scheduler,
        }  # fmt: skip
    return out


def _card(here: Any, name: str) -> Any:
    """The card of a name: of a loaded deck, or one that has a history though its deck isn't loaded."""
    from quizzer.errors import UnknownCard

    deck, _, question = name.partition("/")
    found = here.store(write=False).card(deck, question)
    if found.state.reviews or here.store(write=False).history(found.uid):
        return found
    try:
        here.desk(write=False).question(name)
    except UnknownCard:
        raise
    return found


def _simple(name: str, act: ActType, help_text: str, said: str) -> Callable[..., None]:
    @command.command(name, help=f"{help_text}\n\n\b\nExample:\n  quizzer card {name} receptive-field/rf-of-a-stack")
    @click.argument("card", shell_complete=completing.cards)
    @click.pass_context
    def run(context: click.Context, card: str) -> None:
        from quizzer.cli.output import say, say_json
        from quizzer.cli.world import world
        from quizzer.views.shapes import next_shape

        here = world(context)
        store = here.store(write=True)
        known = _card(here, card)
        value = str(here.day + 1) if act == "bury" else None
        state = store.record(known, act, at=here.clock.now(), day=here.day, value=value)
        if here.json:
            say_json({"card": known.name, "act": act, "next": next_shape(state)})
        else:
            say(f"{known.name}: {said} `quizzer undo` takes it back.")

    return run


_simple("bury", "bury", "Not before tomorrow.", "not asked before tomorrow.")
_simple("suspend", "suspend", "Not asked until resumed.", "suspended until `quizzer card resume`.")
_simple("resume", "resume", "Ask a suspended card again.", "asked again when due.")
_simple("reset", "reset", "As new again; the history stays.", "new again; its history is kept.")
_simple("flag", "flag", "Mark the question as in need of a look.", "flagged.")
_simple("unflag", "unflag", "Take the mark off.", "no longer flagged.")
