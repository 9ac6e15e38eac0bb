"""Filling a session: which cards could be asked, what each is expected to take, and the plan made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from quizzer.clock import day_to_date
from quizzer.errors import BadInput, BadUsage
from quizzer.lean import dataclass
from quizzer.model import CardState
from quizzer.questions import kind_of
from quizzer.scheduling import exam
from quizzer.scheduling.queue import Candidate, Plan, Room, plan
from quizzer.scheduling.rungs import choose
from quizzer.session.asking import Desk
from quizzer.session.sitting import Wish
from quizzer.store import Only

if TYPE_CHECKING:
    from quizzer.store import CandidateRow

RUNGED = ("derivation", "code")
"""Kinds whose rungs take very different times."""
TIMED = 15
"""The newest answers that make a card's usual time."""


QUICKEST = 0.05
"""Minutes under which nobody answers."""
AT_LEAST = 400
"""Candidates that are looked at for a short session: some are long, some of a group that had its turn."""
SPARE = 10
"""New cards of a deck that are looked at beyond twice those wanted: some wait for others or for tomorrow."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A plan, the expected minutes of every candidate, the names of those that are new, and what is worth a word."""

    plan: Plan
    minutes: dict[str, float]
    new: frozenset[str]
    notices: tuple[str, ...] = ()


def fill(desk: Desk, wish: Wish) -> Filled:
    """What is due and new, as much as fits. Raises BadUsage for a deck that isn't loaded."""
    known = [deck.deck for deck in desk.loaded.decks]
    check_decks(wish.decks, known)
    _check_files(desk, wish.decks)
    _start_decks(desk, wish, known)
    store, loaded, day, settings = desk.store, desk.loaded, desk.day, desk.settings
    wanted = list(wish.decks) or None
    minutes = wish.minutes if wish.minutes is not None else settings["minutes"]
    usual = Usual(desk)
    # A filter of tags or kinds may leave out any number: then all that passes it is read.
    most = None if wish.tags or wish.kinds else max(AT_LEAST, int(2 * minutes / QUICKEST))
    only = Only(wish.kinds, frozenset(wish.tags))
    rows = store.due_rows(loaded, day, wanted, order=settings["due_order"], most=most, only=only)
    beyond = 0 if most is None or len(rows) < most else store.due_count(loaded, day, wanted) - len(rows)
    if wish.ahead or wish.cram:
        rows += store.ahead_rows(loaded, day, 36500 if wish.cram else wish.ahead, wanted, most=most, only=only)
    exams = {} if wish.cram else {deck: on for deck, on in store.exams().items() if wanted is None or deck in wanted}
    swept = _swept(desk, exams, {row.name for row in rows}, usual)
    due = _candidates(wish, rows, usual) + _candidates(wish, swept, usual, pressing=True)
    reviewed, introduced = store.asked_on(day)
    new = _allowed(desk, wish, exams) - introduced
    fresh = [] if wish.cram else _fresh(desk, wish, wanted, usual, 2 * new + SPARE if new > 0 else 1)
    if exams:
        fresh = _pressed(desk, fresh, exams)
    limited = settings["reviews_per_day"] and not (wish.cram or wish.ahead)
    room = Room(
        minutes,
        max(0, new),
        wish.limit,
        wish.long,
        max(0, settings["reviews_per_day"] - reviewed) if limited else None,
        settings["due_order"],
        settings["mix"],
        frozenset(settings["block"]),
    )
    needed = [name for card in fresh for name in card.requires]
    groups = frozenset() if wish.cram else frozenset(store.groups_on(loaded, day))
    there = frozenset(store.introduced(needed))
    found = plan(due, [] if beyond else fresh, room, day=day, introduced=there, groups_today=groups)
    found = replace(found, due_left=found.due_left + beyond, new_left=found.new_left + (len(fresh) if beyond else 0))
    return Filled(
        found,
        {card.name: card.minutes for card in (*due, *fresh)},
        frozenset(card.name for card in fresh),
        notices(desk, found, exams),
    )


def _allowed(desk: Desk, wish: Wish, exams: Mapping[str, int]) -> int:
    """New cards today, more than the setting where an exam needs them in time."""
    if wish.new is not None:
        return wish.new
    usual: int = desk.settings["new_per_day"]
    counts = desk.store.counts(desk.loaded, desk.day) if exams else {}
    return max(usual, sum(exam.quota(counts[deck].new, desk.day, on) for deck, on in exams.items() if deck in counts))


def _pressed(desk: Desk, fresh: Sequence[Candidate], exams: Mapping[str, int]) -> list[Candidate]:
    """The same new cards; as many of a deck as its exam needs today are pressing."""
    counts = desk.store.counts(desk.loaded, desk.day)
    left = {deck: exam.quota(counts[deck].new, desk.day, on) for deck, on in exams.items() if deck in counts}
    out = []
    for card in fresh:
        pressing = left.get(card.deck, 0) > 0
        if pressing:
            left[card.deck] -= 1
        out.append(replace(card, pressing=pressing))
    return out


def _fresh(desk: Desk, wish: Wish, wanted: Sequence[str] | None, usual: Usual, most: int) -> list[Candidate]:
    """New cards, the first `most` of each deck; all of them where those wait for later ones."""
    filtered = bool(wish.tags or wish.kinds)
    only = Only(wish.kinds, frozenset(wish.tags))
    rows = desk.store.new_rows(desk.loaded, wanted, day=desk.day, limit=None if filtered else most, only=only)
    inside = {row.name for row in rows}
    if not filtered and rows and all(set(row.requires) - inside for row in rows):
        rows = desk.store.new_rows(desk.loaded, wanted, day=desk.day)
    return _candidates(wish, rows, usual)


def _swept(desk: Desk, exams: Mapping[str, int], there: set[str], usual: Usual) -> list[CandidateRow]:
    """Today's part of the last pass before exams: cards that would not come up before them."""
    found: list[CandidateRow] = []
    for deck, on in exams.items():
        if not exam.sweeps(desk.day, on):
            continue
        rows = desk.store.ahead_rows(desk.loaded, on - 1, 36_500, [deck])
        left = {row.name: row for row in rows if row.last_day is not None and row.last_day < on - exam.SWEEP}
        cards = [(name, row.interval, usual.minutes(row)) for name, row in left.items() if name not in there]
        found += [left[name] for name in exam.share(cards, desk.day, on)]
    return found


def notices(desk: Desk, found: Plan, exams: Mapping[str, int]) -> tuple[str, ...]:
    """What a session begins with, where there is something to say."""
    said = []
    if found.due_left:
        said.append(
            f"{found.due_left} more are due than fit; those where waiting costs most come first, nothing is "
            "rescheduled. `quizzer catch-up` shows how long it takes."
        )
    for deck, on in sorted(exams.items(), key=lambda item: item[1]):
        if on > desk.day:
            said.append(_of_exam(desk, deck, on))
    newest = desk.store.last_review()
    if newest is not None and newest.day > desk.day:
        said.append(
            f"Your newest answer is from {day_to_date(newest.day)}, your clock says {day_to_date(desk.day)}: until "
            "then its card only drills. Mend the clock, or take the answer back with `quizzer undo`."
        )
    return tuple(said)


def _of_exam(desk: Desk, deck: str, on: int) -> str:
    """When an exam is, and what would be known on its day."""
    from quizzer.session.examining import expected

    word = "tomorrow" if on == desk.day + 1 else f"in {on - desk.day} days"
    last = "; this is the last pass" if exam.sweeps(desk.day, on) else ""
    found = expected(desk, deck, on)
    return (
        f"The exam on {deck} is {word}{last}: on the day you would know about {found.known:.2f} "
        f"({found.low:.2f}–{found.high:.2f})."
    )


def check_decks(names: Sequence[str], known: Sequence[str]) -> None:
    """Raises BadUsage, with the nearest one, for a deck that isn't loaded."""
    for name in names:
        if name not in known:
            from quizzer.text import nearest

            near = nearest(name, list(known))
            hint = f"Did you mean `{near}`?" if near else f"Decks here: {', '.join(known) or 'none'}"
            raise BadUsage(f"there is no deck `{name}`", hint)


def _check_files(desk: Desk, names: Sequence[str]) -> None:
    """Raises BadInput where the file of a deck that was named can't be read now: whoever names it has it in hand."""
    for name in names:
        deck = desk.loaded.get(name)
        wrong = [said for said in desk.loaded.problems if deck is not None and said.startswith(f"{deck.path}:")]
        if wrong:
            cure = "\nMend it, or leave the name out: then its last good version is asked."
            raise BadInput("\n".join(wrong) + cure)


def _start_decks(desk: Desk, wish: Wish, known: Sequence[str]) -> None:
    """New cards come only from started decks: naming a deck starts it, and a first session starts what is here."""
    store, at = desk.store, desk.now()
    chosen = store.deck_choices()
    if wish.decks:
        to_start = [deck for deck in wish.decks if not chosen.get(deck)]
    else:
        to_start = list(known) if not any(deck in chosen for deck in known) else []
    for deck in to_start:
        store.start(deck, at=at)


def _candidates(wish: Wish, rows: Sequence[CandidateRow], usual: Usual, *, pressing: bool = False) -> list[Candidate]:
    """The rows that the wish lets through."""
    out = []
    for row in rows:
        if wish.kinds and row.kind not in wish.kinds:
            continue
        if wish.tags and not set(wish.tags) & set(row.tags):
            continue
        out.append(
            Candidate(
                row.name,
                row.uid,
                row.kind,
                usual.minutes(row),
                row.due_day,
                row.interval or 0,
                row.group,
                row.requires,
                row.position,
                row.tags,
                pressing,
            )
        )
    return out


class Usual:
    """What answers usually take this learner, each kind's figure read once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._medians = desk.store.median_by_kind()

    def minutes(self, row: CandidateRow) -> float:
        """Minutes an answer takes, never under three seconds: reading counts. See `_minutes`."""
        return max(self._minutes(row), QUICKEST)

    def _minutes(self, row: CandidateRow) -> float:
        """Minutes an answer takes: the learner's median for the card, then the kind, then the author's, then a table.

        Where a kind has rungs of very different lengths, only the card's answers on the rung to come count.
        """
        kind = kind_of(row.kind)
        if row.kind in RUNGED:
            rung = choose(row.kind, kind.rungs, _state(row))
            times = [] if row.median_ms is None else self._desk.store.rung_times(row.uid, rung, TIMED)
            return median(times) / 60_000 if times else kind.minutes_on(rung, row.minutes)
        if row.median_ms:
            return row.median_ms / 60_000
        if row.kind in self._medians:
            return self._medians[row.kind] / 60_000
        return kind.minutes_on("", row.minutes)


def _state(row: CandidateRow) -> CardState:
    """As much of a card's state as decides its rung."""
    return CardState(
        repetition=row.repetition,
        interval=row.interval or 0,
        last_day=row.last_day,
        reviews=row.reviews,
        streak=row.streak,
        last_grade=row.last_grade,
        rung=row.rung,
    )
