"""What may follow an answer: a small question on the side, and a simulation whose result comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzer.model import Aside
from quizzer.views.paint import Painter
from quizzer.views.terminal import safe
from quizzer.views.wrap import prose

if TYPE_CHECKING:
    from quizzer.grading.simulation import Demonstration


def aside_lines(aside: Aside, paint: Painter, columns: int = 80) -> list[str]:
    """The question and its numbered choices."""
    lines = [*prose(safe(aside.prompt), columns - 2), ""]
    for number, text in enumerate(aside.choices, 1):
        first, *rest = prose(safe(text), columns - 5)
        lines.append(f"  {paint.paint(str(number), bold=True)}  {first}")
        lines += [f"     {line}" for line in rest]
    return lines


def demonstration_lines(found: Demonstration) -> list[str]:
    """The estimate beside the result."""
    where = ", ".join(f"{name} = {_short(value)}" for name, value in found.values.items())
    return [
        safe(f"simulated at {where}"),
        f"estimate  {found.estimate:.5g} ± {found.error:.2g}",
        f"result    {found.result:.5g}",
    ]


def _short(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_short(item) for item in value) + "]"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
