"""The cases of a code question: inputs and expected outputs, made in sandboxed children and kept in a cache.

They are a function of the question's content alone, never of the day. Generated inputs come from a numpy generator
seeded with the content's hash; expected outputs come from the reference in a child of its own.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from typing import Any

from quizzer.errors import GraderFault
from quizzer.grading.children import alive, loaded, said_of_check, value_of
from quizzer.grading.keeping import fetch, keep
from quizzer.grading.showing import show, show_call
from quizzer.grading.values import same, size_of
from quizzer.lean import dataclass
from quizzer.model import Child, OutputCache, Runner
from quizzer.questions.code import CodeBody, WrongAnswer

_VERSION = "2"
"""Raised when what is kept changes its shape."""
_AUTHOR_SECONDS = 10.0
"""CPU seconds of one call of a generator or of a checker: not the learner's limit."""
_SMALL_SIZES, _SMALL_SEEDS = range(1, 9), range(1, 13)
"""What `generate` is asked for when a smaller counterexample is sought."""
_REMEMBERED = 8
"""Questions whose cases stay in memory, so that a session reads them once."""

_memory: OrderedDict[str, Any] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Case:
    """One input with its expected output. `text` is the call as a learner would type it."""

    args: list[Any]
    kwargs: dict[str, Any]
    expected: Any
    text: str
    written: bool

    @property
    def size(self) -> int:
        """How large the input is."""
        return size_of(self.args) + size_of(self.kwargs)


def seed_of(body: CodeBody) -> list[int]:
    """The seed of the generated cases: the content's hash as unsigned 32-bit integers."""
    digest = hashlib.sha256(body.content.encode()).digest()
    return [int.from_bytes(digest[i : i + 4], "big") for i in range(0, 16, 4)]


def cases_of(body: CodeBody, runner: Runner, cache: OutputCache | None) -> list[Case]:
    """Every case, smallest input first. Raises GraderFault where the deck's own code fails."""

    def make() -> list[Case]:
        return sorted(_made(body, runner), key=lambda case: (case.size, not case.written))

    return _kept("cases", body, runner, cache, make)


def small_cases(body: CodeBody, runner: Runner, cache: OutputCache | None) -> list[Case]:
    """Further small inputs of the deck's own generator: for a readable counterexample, never for the verdict."""

    def make() -> list[Case]:
        if not body.generate:
            return []
        with closing(runner.start(body.generate, author_limits(body))) as author:
            loaded(author, "the deck's `generate`")
            seed = seed_of(body)
            made = [_generated(author, [*seed, extra], size) for size in _SMALL_SIZES for extra in _SMALL_SEEDS]
        different = {show_call(body.entry, args): args for args in made}
        inputs: list[_Input] = [(args, {}, text, None) for text, args in different.items()]
        return sorted(_answered(body, inputs, runner), key=lambda case: case.size)

    return _kept("small", body, runner, cache, make)


def _kept(
    what: str, body: CodeBody, runner: Runner, cache: OutputCache | None, make: Callable[[], list[Case]]
) -> list[Case]:
    key = f"{what}:{_VERSION}:{body.content}:{runner.versions}"
    found: list[Case] | None = _memory.get(key) if cache is not None else None
    if found is None:
        rows = fetch(cache, key)
        if rows is not None:
            found = [Case(*row) for row in rows]
        else:
            found = make()
            keep(cache, key, [[case.args, case.kwargs, case.expected, case.text, case.written] for case in found])
        remember(key, found)
    return found


def remember(key: str, value: Any) -> Any:
    """Keep a value in memory for this run; the oldest goes."""
    _memory[key] = value
    while len(_memory) > 3 * _REMEMBERED:
        try:
            _memory.popitem(last=False)
        except KeyError:  # another thread was quicker
            break
    return value


def recalled(key: str) -> Any:
    """What `remember` kept, or None."""
    return _memory.get(key)


_Input = tuple[list[Any], dict[str, Any], str, str | None]


def _made(body: CodeBody, runner: Runner) -> Iterator[Case]:
    inputs: list[_Input] = []
    with closing(runner.start(body.generate or "pass", author_limits(body))) as author:
        loaded(author, "the deck's `generate`")
        for case in body.cases:
            reply = value_of(author.arguments(case.call, body.entry), f"the case `{case.call}`")
            inputs.append((reply.value[0], reply.value[1], case.call, case.gives))
        for size in range(1, body.generated + 1):
            args = _generated(author, seed_of(body), size)
            inputs.append((args, {}, show_call(body.entry, args), None))
    return _answered(body, inputs, runner)


def _answered(body: CodeBody, inputs: Sequence[_Input], runner: Runner) -> Iterator[Case]:
    """The cases of inputs. What the reference gives is what is expected; `gives` must agree with it."""
    with ExitStack() as stack:
        reference = stack.enter_context(closing(runner.start(body.reference, body.limits)))
        loaded(reference, "the reference")
        stated = stack.enter_context(closing(runner.start("pass", author_limits(body))))
        checker = checker_of(body, runner, stack)
        for args, kwargs, text, gives in inputs:
            reply = value_of(reference.call(body.entry, args, kwargs), f"the reference on `{cut(text)}`")
            if reply.mutated and not body.mutates:
                raise GraderFault(
                    f"the reference changes its arguments on `{cut(text)}`", "Copy them, or `mutates: true`"
                )
            if gives is not None:
                given = value_of(stated.evaluate(gives), f"`gives: {gives}`").value
                if checker is None and not same(given, reply.value, body.accept):
                    raise GraderFault(
                        f"the reference gives {show(reply.value, 80)} for `{cut(text)}`, "
                        f"the case says {show(given, 80)}",
                        "Mend the reference or `gives`",
                    )
                if checker is not None and (said := said_of_check(checker.call("check", [args, given, given]))):
                    raise GraderFault(f"`check` refuses `gives: {gives}` ({said})", "Mend `check` or `gives`")
            if checker is not None and (said := said_of_check(checker.call("check", [args, reply.value, reply.value]))):
                raise GraderFault(
                    f"`check` refuses what the reference gives for `{cut(text)}` ({said})", "Mend `check`"
                )
            yield Case(args, kwargs, reply.value, text, gives is not None)


def checker_of(body: CodeBody, runner: Runner, stack: ExitStack) -> Child | None:
    """The deck's `check` in a child of its own, closed with the stack; None where the deck has none."""
    if not body.check:
        return None
    return loaded(stack.enter_context(closing(runner.start(body.check, author_limits(body)))), "the deck's `check`")


def author_limits(body: CodeBody) -> Any:
    """The limits of the author's own helpers."""
    from dataclasses import replace

    return replace(body.limits, seconds=max(_AUTHOR_SECONDS, body.limits.seconds))


def _generated(author: Child, seed: list[int], size: int) -> list[Any]:
    made = value_of(author.generate("generate", seed, size), f"`generate` at size {size}").value
    if not isinstance(made, list | tuple):
        raise GraderFault("`generate` must return the list of arguments", f"It returned {show(made, 60)}")
    return list(made)


def outputs_of(
    wrong: WrongAnswer, body: CodeBody, cases: Sequence[Case], runner: Runner, cache: OutputCache | None
) -> list[list[Any]]:
    """What a declared wrong answer does on the cases: [status, value or error name] for each, up to its death."""
    digest = hashlib.sha256(wrong.source.encode()).hexdigest()[:20]
    key = f"wrong:{_VERSION}:{body.content}:{digest}:{runner.versions}"
    found: list[list[Any]] | None = fetch(cache, key)
    if found is not None:
        return found
    rows: list[list[Any]] = []
    with closing(runner.start(wrong.source, body.limits)) as child:
        for case in cases:
            reply = child.call(body.entry, case.args, case.kwargs) if child.loaded.status == "value" else child.loaded
            rows.append([alive(reply).status, reply.value if reply.status == "value" else reply.error])
            if reply.status not in ("value", "exception", "bad-result"):
                break
    keep(cache, key, rows)
    return rows


def cut(text: str, most: int = 120) -> str:
    """A call's text, cut when long."""
    return text if len(text) <= most else text[:most] + "…"
