"""Judging a submission: it runs alone in a child, one case at a time; every comparison happens here.

Source of the design: the parent holds the reference's outputs and decodes data only, so nothing that the submission
does to its own process can change a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import field, replace
from typing import Any

from quizzer.errors import NoSandbox
from quizzer.grading.cases import Case, cases_of, checker_of, outputs_of, small_cases
from quizzer.grading.children import Gone, alive, lost
from quizzer.grading.faults import Failure, fault_of
from quizzer.grading.growing import large_input, too_slow
from quizzer.grading.saying import DEADLY, MUTATED, NAMES, STATEFUL, after_limit, trace, words
from quizzer.grading.showing import difference, show, show_pair
from quizzer.grading.smallest import simplest
from quizzer.grading.values import same
from quizzer.lean import dataclass
from quizzer.model import Child, Counterexample, OutputCache, Reply, Runner, Verdict
from quizzer.questions.code import CodeBody

_BUDGET = 5.0
"""CPU seconds that are spent on further cases after the first failure; a case not run counts as not passed."""
_SECOND_LOOK = 0.25
"""CPU seconds of a call, at most, in the fresh process that tries the cases after a limit was hit."""
_RESTARTS = 2
"""How often a fresh process is started for them."""
_LONGEST_CALL = 2000
_TRIES = 3
"""How often a submission is judged from the start when the sandbox's server is lost on the way."""


def judge_code(
    body: CodeBody,
    source: str,
    runner: Runner,
    cache: OutputCache | None = None,
    *,
    trusted: bool = False,
    only_shown: bool = False,
    name: bool = True,
) -> Verdict:
    """The verdict on a submission.

    `trusted` lifts the sandbox for this source alone (`--unsafe`). `only_shown` runs the shown cases only, which is
    free. `name` looks for a declared wrong answer that behaves like a failing submission. Raises NoSandbox where
    nothing can be run, GraderFault where the deck's own code fails, or the sandbox's server again and again.
    """
    judging = Judging(body, source, runner, cache, trusted)
    gone: Gone | None = None
    for _ in range(_TRIES):
        try:
            return judging.verdict(only_shown=only_shown, name=name)
        except (Gone, OSError) as error:  # a pipe to the server that broke tells the same
            gone = error if isinstance(error, Gone) else lost()
        except NoSandbox:  # after its server was lost, a process that was forked ahead can be dead as well
            if gone is None:
                raise
    assert gone is not None  # noqa: S101 - otherwise it has returned or raised
    raise gone


def prepare(body: CodeBody, runner: Runner, cache: OutputCache) -> None:
    """Work out beforehand, or read from the cache, everything that verdicts on this question may need."""
    cases = cases_of(body, runner, cache)
    small_cases(body, runner, cache)
    for wrong in body.wrong:
        outputs_of(wrong, body, cases, runner, cache)
    if body.growth is not None:
        large_input(body, body.growth, runner, cache)


@dataclass(slots=True)
class Run:
    """What came of running the cases. `rows` are the replies of the first process; the rest counts the later ones."""

    passed: int = 0
    seconds: float = 0.0
    stdout: str = ""
    first: Failure | None = None
    rows: list[list[Any]] = field(default_factory=list)
    tried: int = 0
    right: int = 0
    untried: int = 0


@dataclass(frozen=True, slots=True)
class Judging:
    """One submission before the cases of its question."""

    body: CodeBody
    source: str
    runner: Runner
    cache: OutputCache | None = None
    trusted: bool = False

    def verdict(self, *, only_shown: bool = False, name: bool = True) -> Verdict:
        """Run it case by case; see `judge_code`."""
        cases = cases_of(self.body, self.runner, self.cache)
        if only_shown:
            shown = {case.call for case in self.body.cases if case.shown}
            cases = [case for case in cases if case.text in shown]
        with ExitStack() as stack:
            child = self._child(stack)
            checker = checker_of(self.body, self.runner, stack)
            run = self._run(cases, child, checker, stack)
            base = Verdict(
                "passed",
                f"all {len(cases)} cases",
                1.0,
                cases_passed=run.passed,
                cases_total=len(cases),
                stdout=run.stdout,
                seconds=round(run.seconds, 4),
                isolation=() if self.trusted else self.runner.isolation,
            )
            if alive(child.loaded).status != "value":
                return self._not_loaded(base, child.loaded)
            if run.first is not None:
                return self._failed(base, run, checker, stack, name)
        if self.body.growth is not None and cases and not only_shown:
            slow = too_slow(self.body, self.source, self.runner, self.cache, trusted=self.trusted)
            if slow is not None:
                return replace(
                    base, verdict=slow.verdict, message=slow.message, score=0.5, counterexample=slow.counterexample,
                    expected=slow.expected, got=slow.got, traceback=slow.traceback, stdout=slow.stdout,
                )  # fmt: skip
        return base

    def _child(self, stack: ExitStack, seconds: float | None = None) -> Child:
        limits = self.body.limits if seconds is None else replace(self.body.limits, seconds=seconds)
        return stack.enter_context(closing(self.runner.start(self.source, limits, trusted=self.trusted)))

    def _run(self, cases: Sequence[Case], child: Child, checker: Child | None, stack: ExitStack) -> Run:
        """All cases in order; after a limit the rest in a fresh process, within a budget."""
        run = Run(seconds=child.loaded.seconds, stdout=child.loaded.stdout)
        if child.loaded.status != "value":
            return run
        after, restarts = 0.0, 0
        for number, case in enumerate(cases):
            reply = alive(child.call(self.body.entry, case.args, case.kwargs))
            run.seconds += reply.seconds
            run.stdout = run.stdout or reply.stdout
            fault = fault_of(self.body, case, reply, checker)
            if not restarts:
                run.rows.append([reply.status, reply.value if reply.status == "value" else reply.error])
            else:
                run.tried += 1
                run.right += not fault
            run.passed += not fault
            if fault and run.first is None:
                run.first = Failure(case, reply, fault)
            if run.first is not None:
                after += reply.seconds
                run.untried = len(cases) - number - 1
                if after > _BUDGET:
                    break
            if reply.status in DEADLY:
                restarts += 1
                if restarts > _RESTARTS:
                    break
                child = self._child(stack, min(_SECOND_LOOK, self.body.limits.seconds))
        return run

    def _not_loaded(self, base: Verdict, reply: Reply) -> Verdict:
        name = NAMES.get(reply.status, "wrong-answer")
        return replace(
            base, verdict=name, message=words(reply, self.body), score=None if name == "invalid" else 0.0,
            stdout=reply.stdout, traceback=trace(reply),
        )  # fmt: skip

    def _failed(self, base: Verdict, run: Run, checker: Child | None, stack: ExitStack, name: bool) -> Verdict:
        first = run.first
        assert first is not None  # noqa: S101 - the caller asks only where there is one
        verdict = NAMES.get(first.reply.status, "wrong-answer")
        if verdict == "invalid":  # no such function: nothing was run
            return self._not_loaded(replace(base, cases_passed=0), first.reply)
        mistake = self._named(run) if name else ("", "")
        notes: list[str] = []
        if first.reply.status in DEADLY:
            notes.append(after_limit(run.tried, run.right, run.untried))
        else:
            alone, first = simplest(self.body, first, self._child(stack), checker, self.runner, self.cache)
            notes += [] if alone else [STATEFUL]
        reply, case = first.reply, first.case
        expected, got = show(case.expected), reply.error or reply.status
        message = words(reply, self.body)
        if reply.status == "value":
            if first.fault == "mutated-input":
                verdict, message = "mutated-input", MUTATED
            else:
                message = first.fault if first.fault != "wrong-answer" else ""
            expected, got = show_pair(case.expected, reply.value, self.body.accept)
            if checker is None:
                notes.insert(0, difference(case.expected, reply.value, self.body.accept))
        call = case.text if len(case.text) <= _LONGEST_CALL else case.text[:_LONGEST_CALL] + "…"
        return replace(
            base,
            verdict=verdict,
            message="\n".join(filter(None, (message, *notes, mistake[1]))),
            score=run.passed / (base.cases_total or 1),
            expected=expected,
            got=got,
            mistake=mistake[0],
            counterexample=Counterexample(call, expected, got),
            stdout=reply.stdout,
            traceback=trace(reply),
        )

    def _named(self, run: Run) -> tuple[str, str]:
        """The declared wrong answer that behaves like this submission on every case it ran, if exactly that is so."""
        cases = cases_of(self.body, self.runner, self.cache)
        for wrong in self.body.wrong:
            theirs = outputs_of(wrong, self.body, cases, self.runner, self.cache)
            if len(theirs) >= len(run.rows) and all(map(self._alike, run.rows, theirs)):
                return wrong.name, wrong.say
        return "", ""

    def _alike(self, mine: list[Any], theirs: list[Any]) -> bool:
        if mine[0] != theirs[0]:
            return False
        return same(theirs[1], mine[1], self.body.accept) if mine[0] == "value" else mine[1] == theirs[1]
