"""Formulas set apart, over several lines: fractions with a bar, limits above and below, matrices in tall brackets.

Only what stands at the top of a formula is laid out so; inside scripts and roots the linear form of `mathtext` is used,
which is also the answer to everything that is too long, too deep or too wide. Art is never broken.
"""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.lean import dataclass
from quizzer.text import width
from quizzer.views.mathtext import BRACKETS, CASES, Piece, Reader, TooDeep, joined

MAX_CHARACTERS = 400
MAX_NESTING = 40

_SIDEWAYS = frozenset("∫∬∮")
"""Big signs whose limits stand beside them."""
_LIMITED = frozenset({"max", "min", "sup", "inf", "lim", "limsup", "liminf", "argmax", "argmin", "arg max", "arg min"})
_TALL = {
    "(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "⌊": "⎢⎢⎣", "⌋": "⎥⎥⎦", "⌈": "⎡⎢⎢", "⌉": "⎤⎥⎥", "|": "│││",
    "‖": "‖‖‖",
}  # fmt: skip
"""Top, extension and foot of a bracket."""
_BRACES = {"{": "⎧⎪⎨⎩", "}": "⎫⎪⎬⎭"}
"""Top, extension, middle and foot of a brace."""


@dataclass(frozen=True, slots=True)
class Box:
    """Lines of one width; `base` is the line that stands level with the text around."""

    lines: tuple[str, ...]
    base: int

    @property
    def columns(self) -> int:
        """The width of display."""
        return width(self.lines[0]) if self.lines else 0


@dataclass(slots=True)
class _Tall(Piece):
    """A piece that has a box; it counts while nothing was written on to the text."""

    box: Box | None = None
    made: str = ""


@dataclass(slots=True)
class _Limited(Piece):
    """A big sign, or `max`, with what stands under and over it."""

    sign: str = ""
    under: str = ""
    over: str = ""
    made: str = ""


def display(latex: str, columns: int) -> list[str] | None:
    """The formula over several lines; None where one line says it as well, or where it can't be set in `columns`.

    >>> display(r"\\\\frac{a+b}{2}", 40)
    [' a + b ', '───────', '   2   ']
    """
    source = latex.strip().strip("$").strip()
    if len(source) > MAX_CHARACTERS:
        return None
    reader = _BoxReader(source)
    try:
        row = reader.row()
        if reader.i < len(reader.tokens):
            return None
        box = _layout(row)
    except (TooDeep, RecursionError):
        return None
    if len(box.lines) < 2 or box.columns > columns:
        return None
    return list(box.lines)


class _BoxReader(Reader):
    """Reads as the linear printer does, and keeps the shape of what can be set over several lines."""

    deepest = MAX_NESTING

    def divided(self, top: list[Piece], bottom: list[Piece]) -> Piece:
        flat = Reader.divided(self, top, bottom)
        above, below = _layout(top), _layout(bottom)
        wide = max(above.columns, below.columns) + 2
        lines = (*_centred(above, wide), "─" * wide, *_centred(below, wide))
        return _Tall(flat.text, flat.kind, Box(lines, len(above.lines)), flat.text)

    def symbol(self, out: list[Piece], token: str, name: str) -> None:
        Reader.symbol(self, out, token, name)
        last = out[-1]
        if (last.kind == "big" and last.text not in _SIDEWAYS) or (last.kind == "word" and last.text in _LIMITED):
            out[-1] = _Limited(last.text, last.kind, last.text, made=last.text)

    def named(self, out: list[Piece], name: str) -> None:
        Reader.named(self, out, name)
        last = out[-1]
        if last.kind == "word" and last.text in _LIMITED:
            out[-1] = _Limited(last.text, last.kind, last.text, made=last.text)

    def script(self, out: list[Piece], mark: str) -> None:
        while out and out[-1].kind == "space":
            out.pop()
        last = out[-1] if out else None
        if isinstance(last, _Limited) and last.text == last.made:
            text = joined([piece for piece in self.argument() if piece.kind != "space"])
            last.text += f"{mark}({text})"
            last.made = last.text
            if mark == "^":
                last.over = text
            else:
                last.under = text
        elif isinstance(last, _Tall) and last.kind == "atom" and last.box is not None and last.text == last.made:
            alone = [Piece("x", "atom")]
            Reader.script(self, alone, mark)
            text = alone[0].text[1:]
            last.text = last.made = last.text + text
            last.box = _scripted(last.box, text, above=mark == "^")
        else:
            Reader.script(self, out, mark)

    def table(self, name: str, cells: list[list[list[Piece]]]) -> Piece:
        flat = Reader.table(self, name, cells)
        rows = [[_layout(cell) for cell in row] for row in cells]
        rows = [row for row in rows if any(box.columns for box in row)]
        if not rows:
            return flat
        if name in CASES:
            box = _bracketed("{", _grid(rows, "l", 3), "")
        elif name.endswith("matrix") or name == "array":
            left, right = BRACKETS.get(name, ("[", "]"))
            box = _bracketed(left, _grid(rows, "c", 2), right)
        else:
            box = _grid(rows, "rl", 0)
        return _Tall(flat.text, flat.kind, box, flat.text)


# --- laying out ----------------------------------------------------------------------------------------------------


def _layout(row: Sequence[Piece]) -> Box:
    """A row of pieces as one box: runs of text as they are on one line, brackets as tall as what they hold."""
    parts: list[Box] = []
    run: list[Piece] = []

    def flush() -> None:
        if run:
            text = joined(run)
            run.clear()
            if parts and text[:1].isalnum() and len(parts[-1].lines) > 1:
                text = f" {text}"
            parts.append(Box((text,), 0))

    place = 0
    while place < len(row):
        piece = row[place]
        box = _box_of(piece)
        if box is not None:
            if run and run[-1].text[-1:].isalnum():
                run.append(Piece(" ", "space"))
            flush()
            parts.append(box)
        elif piece.kind == "open" and (end := _closing(row, place)) and any(map(_box_of, row[place + 1 : end])):
            inner = _layout(row[place + 1 : end])
            flush()
            parts.append(_bracketed(piece.text, inner, row[end].text))
            place = end
        else:
            run.append(piece)
        place += 1
    flush()
    return _beside(parts)


def _box_of(piece: Piece) -> Box | None:
    if isinstance(piece, _Tall) and piece.text == piece.made:
        return piece.box
    if isinstance(piece, _Limited) and piece.text == piece.made and (piece.under or piece.over):
        wide = max(width(piece.sign), width(piece.under), width(piece.over))
        above = [_centre(piece.over, wide)] if piece.over else []
        below = [_centre(piece.under, wide)] if piece.under else []
        lines = [f" {line} " for line in (*above, _centre(piece.sign, wide), *below)]
        return Box(tuple(lines), len(above))
    return None


def _closing(row: Sequence[Piece], place: int) -> int | None:
    depth = 0
    for n in range(place, len(row)):
        depth += (row[n].kind == "open") - (row[n].kind == "close")
        if not depth:
            return n
    return None


def _beside(parts: Sequence[Box]) -> Box:
    """Boxes in a line, their base lines level."""
    if not parts:
        return Box(("",), 0)
    above = max(box.base for box in parts)
    below = max(len(box.lines) - box.base for box in parts)
    lines = []
    for n in range(above + below):
        line = ""
        for box in parts:
            own = n - above + box.base
            line += box.lines[own] if 0 <= own < len(box.lines) else " " * box.columns
        lines.append(line)
    return Box(tuple(lines), above)


def _centre(text: str, wide: int) -> str:
    room = wide - width(text)
    return " " * (room // 2) + text + " " * (room - room // 2)


def _centred(box: Box, wide: int) -> tuple[str, ...]:
    return tuple(_centre(line, wide) for line in box.lines)


def _bracketed(left: str, inner: Box, right: str) -> Box:
    """A box between brackets of its height; what was written on to the closing one stands at its top or foot."""
    tall = len(inner.lines)
    script = right[1:]
    before, after = _bracket(left[:1], tall, inner.base), _bracket(right[:1], tall, inner.base)
    lines = [f"{a}{line}{b}" for a, line, b in zip(before, inner.lines, after, strict=True)]
    box = Box(tuple(lines), inner.base)
    return _scripted(box, script, above=script[0] not in "_₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ") if script else box


def _scripted(box: Box, text: str, *, above: bool) -> Box:
    """A box with a script at its top right or foot right."""
    at = 0 if above else len(box.lines) - 1
    lines = [line + (text if n == at else " " * width(text)) for n, line in enumerate(box.lines)]
    return Box(tuple(lines), box.base)


def _bracket(sign: str, tall: int, base: int) -> list[str]:
    if tall == 1 or sign == "":
        return [sign] * tall
    if sign in _BRACES:
        top, more, middle, foot = list(_BRACES[sign])
        if tall == 2:
            return [top, foot]
        return [top, *(middle if n == tall // 2 else more for n in range(1, tall - 1)), foot]
    if sign in _TALL:
        top, more, foot = list(_TALL[sign])
        return [top, *[more] * (tall - 2), foot]
    return [sign if n == base else " " for n in range(tall)]


def _grid(rows: Sequence[Sequence[Box]], sides: str, gap: int) -> Box:
    """Cells in columns; `sides` says how each stands: left, right, centre, the pattern repeated."""
    count = max(len(row) for row in rows)
    sizes = [max((row[n].columns for row in rows if n < len(row)), default=0) for n in range(count)]
    lines: list[str] = []
    for row in rows:
        cells = []
        for n in range(count):
            box = row[n] if n < len(row) else Box(("",), 0)
            cells.append(Box(tuple(_placed(line, sizes[n], sides[n % len(sides)]) for line in box.lines), box.base))
            if n + 1 < count:
                cells.append(Box((" " * gap,), 0))
        lines += _beside(cells).lines
    return Box(tuple(lines), (len(lines) - 1) // 2)


def _placed(text: str, wide: int, side: str) -> str:
    room = " " * (wide - width(text))
    return text + room if side == "l" else room + text if side == "r" else _centre(text, wide)
