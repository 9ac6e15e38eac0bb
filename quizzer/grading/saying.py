"""What the learner is told about a submission that failed: plain words, only their own lines."""

from __future__ import annotations

from itertools import groupby

from quizzer.model import Limits, Reply, VerdictName
from quizzer.questions.code import CodeBody

NAMES: dict[str, VerdictName] = {
    "value": "wrong-answer",
    "exception": "exception",
    "timeout": "timeout",
    "memory": "memory",
    "output-limit": "output-limit",
    "forbidden": "forbidden",
    "invalid": "invalid",
    "no-function": "invalid",
    "bad-result": "wrong-answer",
    "died": "exception",
}
"""The verdict on a call that ended so and was not right."""
DEADLY = frozenset({"timeout", "memory", "output-limit", "died"})
"""After these the process is gone."""
MUTATED = "The value is right, but your function changed its arguments; work on a copy."
STATEFUL = (
    "Called alone, it is right here: your function keeps something between calls (a default argument such as `[]`, or "
    "a variable outside the function)."
)


def words(reply: Reply, body: CodeBody, limits: Limits | None = None) -> str:
    """Why a call gave no value, in a sentence."""
    limits = limits or body.limits
    match reply.status:
        case "exception" | "died" | "invalid":
            return f"{reply.error}: {reply.message}" if reply.error else reply.message
        case "timeout":
            waiting = "spent waiting" in reply.message or "all calls" in reply.message
            why = f" ({reply.message})" if waiting else ""
            return f"It did not finish within {limits.seconds:g} s of CPU time on one call{why}."
        case "memory":
            return f"It needed more than {limits.memory_mb} MiB."
        case "output-limit":
            return "It printed more than is read."
        case "forbidden":
            return f"It tried what a submission may not do: {reply.message or reply.error}"
        case "no-function":
            found = f" {reply.message.partition('; ')[2]}".rstrip() if "; " in reply.message else ""
            return f"There is no function `{body.entry}` in it.{f' ({found.strip()})' if found else ''}"
        case "bad-result":
            return reply.message
    return ""


def trace(reply: Reply) -> str:
    """The learner's own lines on the way to an exception, outermost first; a repeated one once, with its count."""
    out = []
    for (line, text), same in groupby(reply.frames):
        times = sum(1 for _ in same)
        out.append(f"line {line}: {text.strip()}" + (f"   ({times} times)" if times > 1 else ""))
    return "\n".join(out)


def after_limit(tried: int, right: int, untried: int) -> str:
    """What was tried after a limit had ended the process."""
    if not tried and not untried:
        return ""
    if not tried:
        return f"The {_cases(untried)} after it could not be tried."
    said = f"In a fresh process, {right} of the {_cases(tried)} after it are right"
    return f"{said}; {untried} not tried." if untried else f"{said}."


def _cases(number: int) -> str:
    return f"{number} case" if number == 1 else f"{number} cases"
