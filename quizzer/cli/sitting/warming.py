"""Making ready, while the learner reads, what the answer will need: the sandbox, the arithmetic of formulas."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizzer.cli.world import World
    from quizzer.session.study import Study

_FORMULAS = ("numeric", "derivation")


def warm(study: Study, here: World) -> None:
    """Begin it in the background; what goes wrong is told at the first use."""
    ask = study.current
    if ask is None:
        return
    if ask.question.kind == "code" or any(_is_code(study, name) for name in study.queue[:2]):
        try:
            here.warm()
        except Exception:  # noqa: BLE001 - told at the first use, by the command that needs it
            return
    if ask.question.kind in _FORMULAS:
        threading.Thread(target=_formulas, daemon=True).start()


def _is_code(study: Study, name: str) -> bool:
    deck, _, question = name.partition("/")
    row = study.desk.store.question_data(study.desk.loaded, deck, question)
    return row is not None and row.kind == "code"


def _formulas() -> None:
    import mpmath  # noqa: F401 - imported so that the first verdict need not wait for it

    import quizzer.formulas.comparing  # noqa: F401 - as above
