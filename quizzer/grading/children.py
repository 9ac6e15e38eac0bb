"""What grading asks of children of the deck's own code: a value, or a fault that is never the learner's."""

from __future__ import annotations

from quizzer.errors import GraderFault
from quizzer.model import Child, Reply

_AUTHOR = "Tell the deck's author, who sees more with `quizzer check`; nothing is recorded"


class Gone(GraderFault):
    """The server of all sandboxed processes ended in the middle of grading. Worth one more try."""


def alive(reply: Reply) -> Reply:
    """The reply, if a process gave it. Raises Gone where there was none left to ask."""
    if reply.status == "died" and reply.error == "closed":
        raise lost()
    return reply


def lost() -> Gone:
    """The sandbox ended under our hands, which is no one's answer."""
    return Gone(
        "the sandbox ended while it was grading",
        "Free some memory, then try again; `quizzer doctor` examines it. Nothing is recorded",
    )


def value_of(reply: Reply, what: str) -> Reply:
    """A reply that carries a value. Raises GraderFault naming what of the deck failed."""
    if alive(reply).status != "value":
        reason = f"{reply.error}: {reply.message}" if reply.error else reply.message or reply.status
        raise GraderFault(f"{what} failed ({reason})", _AUTHOR)
    return reply


def loaded(child: Child, what: str) -> Child:
    """A child whose source loaded. Raises GraderFault."""
    value_of(child.loaded, what)
    return child


def said_of_check(reply: Reply) -> str:
    """What a deck's `check` says is wrong, empty where it accepts. Raises GraderFault where it is no true or text."""
    value = value_of(reply, "the deck's `check`").value
    if value is True:
        return ""
    if value is False:
        return "wrong-answer"
    if not isinstance(value, str) or not value.strip():
        raise GraderFault(f"the deck's `check` must return True or a message, not {value!r:.60}", _AUTHOR)
    return value
