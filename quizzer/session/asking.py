"""The desk: one card from question to recorded review. Every face (study, grade, submit, show) works through it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from quizzer.clock import study_day
from quizzer.decks.loader import unpack
from quizzer.errors import BadUsage, NoSandbox, UnknownCard
from quizzer.grading import TIMED_KINDS, Evidence, GradeRules, draw, grade_of, judge
from quizzer.lean import dataclass, replace
from quizzer.model import (
    Card,
    CardState,
    Clock,
    Graded,
    Presented,
    Question,
    ReviewData,
    Rung,
    Runner,
    Variant,
    Verdict,
)
from quizzer.questions import kind_of
from quizzer.scheduling.leech import Leech, becomes_leech, examine, is_leech
from quizzer.scheduling.rungs import choose, is_trial, seen_rungs
from quizzer.scheduling.seeds import seed_for
from quizzer.settings import Settings
from quizzer.text import nearest

if TYPE_CHECKING:
    from quizzer.grading.simulation import Demonstration
    from quizzer.store import LoadedDecks, Recorded, Store

IDLE_TIMES = 10
"""Answer time is capped at so many times the expected one: beyond it nobody was answering."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A card as it is asked now."""

    card: Card
    variant: Variant
    presented: Presented
    minutes: float
    changed: bool = False
    """What is right was edited since the card's last review."""

    @property
    def question(self) -> Question:
        """What the author wrote."""
        return self.variant.question


@dataclass(slots=True)
class Desk:
    """What is needed to ask, grade and record: handed in, made in one file of the CLI.

    `runner` makes the sandbox at the first need and gives None where code can't be run safely. `unsafe` lifts the
    sandbox for the learner's own submission.
    """

    store: Store
    loaded: LoadedDecks
    clock: Clock
    settings: Settings
    runner: Callable[[], Runner | None]
    unsafe: bool = False

    def now(self) -> datetime:
        """The present instant in the learner's zone."""
        return self.clock.now()

    @property
    def day(self) -> int:
        """Today's study day."""
        return study_day(self.clock.now(), self.settings["rollover"])

    def question(self, name: str) -> Question:
        """The question of a card name. Raises UnknownCard with the nearest one."""
        deck, _, question = name.partition("/")
        row = self.store.question_data(self.loaded, deck, question) if question else None
        if row is None:
            raise self._unknown(name)
        return unpack(row.data, deck, row.line)

    def _unknown(self, name: str) -> UnknownCard:
        deck, slash, _ = name.partition("/")
        decks = [item.deck for item in self.loaded.decks]
        if not slash:
            near = [card for card in self.store.card_names(self.loaded) if card.partition("/")[2] == name]
            hint = f"Did you mean `{near[0]}`?" if near else "Name a card as deck/question"
            return UnknownCard(f"`{name}` is no card", hint)
        if deck not in decks:
            close = nearest(deck, decks)
            hint = f"Did you mean `{close}`?" if close else f"Decks here: {', '.join(decks) or 'none'}"
            return UnknownCard(f"there is no deck `{deck}`", hint)
        close = nearest(name, list(self.store.card_names(self.loaded)), 4)
        hint = f"Did you mean `{close}`?" if close else f"See `quizzer search {deck}`"
        return UnknownCard(f"the deck `{deck}` has no question `{name.partition('/')[2]}`", hint)

    def ask(self, name: str, seed: int | None = None, rung: str | None = None) -> Ask:
        """A card as it is asked now. The seed is a function of the card and the answers that count, unless given.

        Raises UnknownCard, BadUsage for a rung the kind doesn't have, Unreadable where no draw fits.
        """
        question = self.question(name)
        kind = kind_of(question.kind)
        rungs = kind.rungs_of(question)
        if rung is not None and rung not in rungs:
            have = ", ".join(item for item in rungs if item) or "none"
            whose = f"`{question.kind}` has" if rung not in kind.rungs else f"{question.name} has"
            raise BadUsage(f"{whose} no rung `{rung}`", f"Its rungs: {have}")
        card = self.store.card(question.deck, question.id)
        asked = next((item for item in rungs if item == rung), None)
        chosen = choose(question.kind, rungs, card.state) if asked is None else asked
        number = seed if seed is not None else seed_for(card.uid, card.state.counted)
        variant = draw(question, number, chosen, runner=self.runner, cache=self.store.outputs)
        changed = bool(card.state.grader_hash) and card.state.grader_hash != question.grader_hash
        minutes = kind.minutes_on(chosen, question.minutes)
        return Ask(card, variant, kind.present(variant), minutes, changed)

    def shorter(self, ask: Ask) -> Rung | None:
        """The lowest rung below the one asked, for a learner short of time; None where there is none."""
        rungs = kind_of(ask.question.kind).rungs_of(ask.question)
        return rungs[0] if rungs[0] and rungs.index(ask.variant.rung) > 0 else None

    def solution(self, ask: Ask) -> tuple[str, ...]:
        """The right answers as typed, one a blank; nothing where only running could show them and nothing can run."""
        try:
            if ask.variant.rung not in ("trace", "break"):
                return kind_of(ask.question.kind).solution(ask.variant)
            from quizzer.grading.rungs import solution

            return solution(ask.variant, self.runner(), self.store.outputs)
        except NoSandbox:
            return ()

    def explain(self, ask: Ask) -> str:
        """The right answer in words."""
        try:
            told = kind_of(ask.question.kind).explain(ask.variant)
        except NoSandbox as error:
            return str(error)
        if ask.variant.rung not in ("trace", "break"):
            return told
        found = "\n".join(self.solution(ask))
        return "\n".join(part for part in dict.fromkeys((found, told)) if part)

    def demonstrate(self, ask: Ask) -> Demonstration | None:
        """The derivation's own simulation at values that the seed chooses; None where there is none to run."""
        if ask.question.kind != "derivation" or not ask.question.body.simulate:
            return None
        runner = self.runner()
        if runner is None:
            return None
        from quizzer.grading.simulation import demonstrate

        return demonstrate(ask.question.body, runner, ask.variant.seed)

    def judge(self, ask: Ask, answers: Sequence[str], *, only_shown: bool = False) -> Verdict:
        """The verdict on an answer; nothing is recorded."""
        needs_code = ask.question.kind == "code"
        return judge(
            ask.variant,
            answers,
            runner=self.runner() if needs_code else None,
            cache=self.store.outputs if needs_code else None,
            trusted=self.unsafe,
            only_shown=only_shown,
        )

    def grade(self, ask: Ask, verdict: Verdict, evidence: Evidence) -> Graded:
        """The grade a verdict earns, the learner's own answer times considered."""
        timed = evidence.duration_ms is not None and ask.question.kind in TIMED_KINDS
        if timed and verdict.passed and not evidence.hints and evidence.attempts == 1 and not evidence.times:
            evidence = replace(evidence, times=tuple(self.store.kind_times(ask.question.kind)))
        rules = GradeRules(self.settings["time_share"], self.settings["time_needed"])
        return grade_of(verdict, ask.question.kind, evidence, rules)

    def record(
        self, ask: Ask, graded: Graded, answers: Sequence[str], evidence: Evidence, *, cram: bool = False
    ) -> Recorded:
        """Write one review. When this returns, it is on disk."""
        if ask.question.status == "draft":
            raise BadUsage(
                f"{ask.question.name} is a draft", "Accept it first: quizzer drafts accept " + ask.question.name
            )
        if graded.grade is None:
            raise BadUsage("nothing is decided yet, so nothing can be recorded")
        verdict = graded.verdict
        review = ReviewData(
            grade=graded.grade,
            verdict=verdict.verdict,
            kind="review",
            question_kind=ask.question.kind,
            rung=ask.variant.rung,
            trial=self._is_trial(ask),
            seed=ask.variant.seed,
            drawn=json.dumps(_values(ask.variant), default=str),
            response=_storable(answers[0] if len(answers) == 1 else json.dumps(list(answers), ensure_ascii=False)),
            hints=evidence.hints,
            attempts=evidence.attempts,
            duration_ms=evidence.duration_ms,
            scheduler=self.settings["scheduler"],
            prompt_hash=ask.question.prompt_hash,
            grader_hash=ask.question.grader_hash,
            score=verdict.score,
            mistake=_storable(verdict.mistake),
            detail=json.dumps(_detail(verdict)),
        )
        return self.store.record_review(ask.card, review, at=self.now(), day=self.day, cram=cram)

    def leech(self, name: str, before: CardState, after: CardState) -> Leech | None:
        """What is to be said where an answer made the card a leech; None where it did not."""
        if not becomes_leech(before, after, self.settings["leech"]):
            return None
        return self.examined(name)

    def examined(self, name: str) -> Leech:
        """The failures of a card, by mistake, and whom they point to."""
        card, question = self.store.card(*name.split("/", 1)), self.question(name)
        return examine(name, card.state.lapses, self.store.history(card.uid), question.grader_hash)

    def leeches(self) -> list[Leech]:
        """The loaded cards that are leeches, most lapses first."""
        here = set(self.store.card_names(self.loaded))
        cards = [card for card in self.store.cards(self.loaded) if is_leech(card.state, self.settings["leech"])]
        cards.sort(key=lambda card: (-card.state.lapses, card.name))
        return [self.examined(card.name) for card in cards if card.name in here]

    def _is_trial(self, ask: Ask) -> bool:
        """Whether this is the card's first time at a higher rung, by its log since it was last new."""
        rungs = kind_of(ask.question.kind).rungs_of(ask.question)
        if ask.variant.rung == rungs[0] or ask.card.state.is_new:
            return False
        return is_trial(rungs, ask.variant.rung, seen_rungs(self.store.history(ask.card.uid)))


def _values(variant: Variant) -> dict[str, Any]:
    """The drawn values, and under `compute:` what the deck's own code made of them."""
    return {**variant.drawn, **({"compute:": variant.computed} if variant.computed is not None else {})}


def _storable(text: str) -> str:
    """Text that every database takes: NUL and lone surrogates, which JSON lets through, become visible."""
    return text.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")


def _detail(verdict: Verdict) -> dict[str, Any]:
    """What the report shows of a verdict later."""
    out: dict[str, Any] = {"message": verdict.message[:1000]} if verdict.message else {}
    if verdict.cases_total is not None:
        out["cases"] = {"passed": verdict.cases_passed, "total": verdict.cases_total}
    if verdict.parts:
        out["steps"] = {part.label: part.verdict == "passed" for part in verdict.parts}
    if verdict.counterexample is not None:
        found = verdict.counterexample
        out["counterexample"] = {"call": found.call, "expected": found.expected, "got": found.got}
    return out
