"""The one error tree. A class carries its exit code; the text is one line that says what, where and how to mend it.

QuizzerError
├── BadInput (2)            what the person gave can't be used
│   ├── BadUsage            an option or argument
│   ├── DeckError           a deck file; carries every problem with file, line, column, question id
│   ├── UnknownCard         no such deck or question
│   ├── Unreadable          an answer that can't be read; nothing is graded
│   └── BadDatabase         a file that isn't ours, or one from a newer program
└── Unable (3)              the environment lacks something, or the fault is ours
    ├── StorageFault        disk full, read-only folder, no access
    ├── NoEditor            no editor to open
    ├── NoSandbox           code can't be run safely here
    └── GraderFault         our grading failed; never the learner's mistake
"""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.lean import dataclass


class QuizzerError(Exception):
    """Anything that is told to the person in one line.

    `message` says what is wrong and where, `fix` says how to mend it.
    """

    exit_code = 3

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.message}. {self.fix}" if self.fix else self.message


class BadInput(QuizzerError):
    """What the person gave can't be used as it is."""

    exit_code = 2


class BadUsage(BadInput):
    """An option or an argument is off."""


class UnknownCard(BadInput):
    """No loaded deck has this deck or question."""


class Unreadable(BadInput):
    """An answer that can't be read. It is neither right nor wrong: the learner types again.

    `position` is the offset in characters where reading stopped, if known; `text` what was typed, where several texts
    were and this is one of them.
    """

    def __init__(self, message: str, fix: str = "", position: int | None = None, text: str = "") -> None:
        super().__init__(message, fix)
        self.position = position
        self.text = text


class BadDatabase(BadInput):
    """The database is not ours, is damaged, or was written by a newer program."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a deck file. Lines and columns count from 1; 0 means the whole file."""

    path: str
    line: int
    column: int
    question: str
    message: str
    fix: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        name = f" [{self.question}]" if self.question else ""
        level = "warning" if self.warning else "error"
        fix = f" {self.fix}" if self.fix else ""
        return f"{place}: {level}:{name} {self.message}.{fix}"


class DeckError(BadInput):
    """A deck file that can't be used; `problems` holds every one found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class Unable(QuizzerError):
    """The environment lacks something, or the fault is ours."""

    exit_code = 3


class StorageFault(Unable):
    """The database can't be read or written: disk full, read-only, no access."""


class NoEditor(Unable):
    """No editor could be started."""


class NoSandbox(Unable):
    """Foreign code can't be run safely on this machine."""


class GraderFault(Unable):
    """Our own grading failed. Shown with what to do, never recorded against the learner."""
