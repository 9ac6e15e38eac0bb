"""The cases of a code question: inputs and expected outputs, made in sandboxed children and kept in a cache.

They are a function of the question's content alone, never of the day. Generated inputs come from a numpy generator
seeded with the content's hash; expected outputs come from the reference in a child of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quizzer.errors import GraderFault
from quizzer.grading.values import dump, load, same, show, size_of
from quizzer.model import Child, OutputCache, Reply, Runner
from quizzer.questions.code import CodeBody, WrongAnswer

_VERSION = "1"
"""Raised when what is kept changes its shape."""


@dataclass(frozen=True, slots=True)
class Case:
    """One input with its expected output. `text` is the call as a learner would type it."""

    args: list[Any]
    kwargs: dict[str, Any]
    expected: Any
    text: str
    written: bool


def seed_of(body: CodeBody) -> list[int]:
    """The seed of the generated cases: the content's hash as unsigned 32-bit integers."""
    digest = hashlib.sha256(body.content.encode()).digest()
    return [int.from_bytes(digest[i : i + 4], "big") for i in range(0, 16, 4)]


def cases_of(body: CodeBody, runner: Runner, cache: OutputCache | None) -> list[Case]:
    """Every case, smallest input first. Raises GraderFault where the deck's own code fails."""
    key = f"cases:{_VERSION}:{body.content}:{runner.versions}"
    if cache is not None and (kept := cache.get(key)) is not None:
        return [Case(*row) for row in load(kept)]
    cases = sorted(_made(body, runner), key=lambda case: (size_of(case.args) + size_of(case.kwargs), not case.written))
    if cache is not None:
        cache.put(key, dump([[case.args, case.kwargs, case.expected, case.text, case.written] for case in cases]))
    return cases


def _made(body: CodeBody, runner: Runner) -> list[Case]:
    inputs: list[tuple[list[Any], dict[str, Any], str, str | None]] = []
    author = runner.start(body.generate or "pass", body.limits)
    try:
        _loaded(author, "the deck's `generate`")
        for case in body.cases:
            reply = _value(author.arguments(case.call, body.entry), f"the case `{case.call}`")
            inputs.append((reply.value[0], reply.value[1], case.call, case.gives))
        for number in range(body.generated):
            reply = _value(author.generate("generate", seed_of(body), number + 1), f"`generate` at size {number + 1}")
            args = list(reply.value) if isinstance(reply.value, list | tuple) else None
            if args is None:
                raise GraderFault(
                    "`generate` must return the list of arguments", f"It returned {show(reply.value, 60)}"
                )
            inputs.append((args, {}, f"{body.entry}({', '.join(show(arg, 4000) for arg in args)})", None))
        gives = [
            None if text is None else (_value(author.evaluate(text), f"`gives: {text}`").value,) for *_, text in inputs
        ]
    finally:
        author.close()
    reference = runner.start(body.reference, body.limits)
    try:
        _loaded(reference, "the reference")
        out = []
        for (args, kwargs, text, _), given in zip(inputs, gives, strict=True):
            reply = _value(reference.call(body.entry, args, kwargs), f"the reference on `{show_call(text)}`")
            if given is not None and not body.check and not same(given[0], reply.value, body.accept):
                raise GraderFault(
                    f"the reference gives {show(reply.value, 80)} for `{show_call(text)}`, "
                    f"the case says {show(given[0], 80)}",
                    "Mend the reference or `gives`",
                )
            expected = given[0] if given is not None else reply.value
            out.append(Case(args, kwargs, expected, text, given is not None))
        return out
    finally:
        reference.close()


def outputs_of(
    wrong: WrongAnswer, body: CodeBody, cases: Sequence[Case], runner: Runner, cache: OutputCache | None
) -> list[list[Any]]:
    """What a declared wrong answer does on the cases: [status, value or error name] for each, up to its death."""
    digest = hashlib.sha256(wrong.source.encode()).hexdigest()[:20]
    key = f"wrong:{_VERSION}:{body.content}:{digest}:{runner.versions}"
    if cache is not None and (kept := cache.get(key)) is not None:
        loaded: list[list[Any]] = load(kept)
        return loaded
    child = runner.start(wrong.source, body.limits)
    rows: list[list[Any]] = []
    try:
        for case in cases:
            reply = child.call(body.entry, case.args, case.kwargs) if child.loaded.status == "value" else child.loaded
            rows.append([reply.status, reply.value if reply.status == "value" else reply.error])
            if reply.status not in ("value", "exception", "bad-result"):
                break
    finally:
        child.close()
    if cache is not None:
        cache.put(key, dump(rows))
    return rows


def show_call(text: str, most: int = 120) -> str:
    """A call's text, cut when long."""
    return text if len(text) <= most else text[:most] + "…"


def _loaded(child: Child, what: str) -> None:
    _value(child.loaded, what)


def _value(reply: Reply, what: str) -> Reply:
    if reply.status != "value":
        reason = f"{reply.error}: {reply.message}" if reply.error else reply.message or reply.status
        raise GraderFault(f"{what} failed ({reason})", "The deck's author can see more with `quizzer check`")
    return reply
