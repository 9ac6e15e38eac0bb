"""Foreign text in a page: through `printable` first, then markup is escaped. The page's half of the one door.

Templates get their environment here and nowhere else, so that no page can be made without it.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from quizzer.text import printable

if TYPE_CHECKING:
    from jinja2 import Environment


def safe(text: str) -> str:
    """`text` ready to stand in HTML, in an element or between quotes of an attribute.

    >>> safe("<b>\\x1b[31m")
    '&lt;b&gt;\\\\x1b[31m'
    """
    return escape(printable(text))


def environment(load: Callable[[str], str]) -> Environment:
    """A jinja2 environment for our own templates; `load` gives a template's text by its name.

    Every text put into a template passes `printable`, whether or not the template's author thought of it, and is then
    escaped: autoescape is always on. A name that isn't there raises. `| line` does the same and joins lines, `| prose`
    writes formulas as MathML as well, `| markdown` a prompt or an explanation as blocks, `| math` one LaTeX formula.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["printable"] = printable
    made.filters["line"] = _line
    made.filters["prose"] = _prose
    made.filters["markdown"] = _markdown
    made.filters["math"] = _math
    return made


def _finalize(value: Any) -> Any:
    """What jinja2 puts out for an expression: plain text made printable, finished markup and numbers as they are."""
    return printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _prose(text: str) -> Any:
    """A deck's words on one line, their mathematics as MathML."""
    if "$" not in text:
        return _line(text)
    from markupsafe import Markup

    from quizzer.views.mathml import math_prose

    return Markup(math_prose(text, newlines=False))  # noqa: S704 - math_prose escapes all but the MathML it built itself


def _markdown(text: str) -> Any:
    """A deck's text as blocks: what a prompt, a hint or an explanation is shown as."""
    from markupsafe import Markup

    from quizzer.views.blocks import blocks

    return Markup(blocks(text))  # noqa: S704 - it escapes all but the closed markup that it built itself


def _math(latex: str, display: bool = False) -> Any:
    """One formula in LaTeX, without its dollars."""
    from markupsafe import Markup

    from quizzer.views.mathml import mathml

    return Markup(mathml(latex, display=display))  # noqa: S704 - mathml builds its elements from a closed list


def _line(text: str) -> str:
    return printable(text, newlines=False)
