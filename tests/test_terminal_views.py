"""What stands on a terminal: widths, styles that carry no meaning alone, signs that any stream can write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import CardState
from quizzer.text import width
from quizzer.views.diff import compared
from quizzer.views.markdown import text_lines
from quizzer.views.paint import GLYPHS, Painter, ascii_signs, bare
from quizzer.views.progress import Standing, header_lines
from quizzer.views.reply import outlook_line, source_lines
from quizzer.views.wrap import MARKS, parts_lines

COLORED = Painter(True, many=True)
PLAIN = Painter(words=True)
WORDS = st.lists(
    st.sampled_from(["gradient", "感受野", "**strong words**", "`code(x)`", "*soft*", "η", "（全角）", "a", "1,024"]),
    min_size=1, max_size=60,
)  # fmt: skip


@given(words=WORDS, columns=st.integers(60, 200))
def test_prose_keeps_within_the_width_and_loses_no_word(words: list[str], columns: int) -> None:
    text = " ".join(words)
    coloured = text_lines(text, COLORED, columns)
    plain = text_lines(text, Painter(), columns)
    assert [bare(line) for line in coloured] == plain
    assert all(width(line) <= columns for line in plain)
    assert not any(mark in line for mark in MARKS for line in coloured)
    said = "".join(plain).replace(" ", "")
    assert said == text.replace("**", "").replace("*soft*", "soft").replace(" ", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a `b` c", "a `b` c"),
        ("**All** of it", "All of it"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a*b*c", "a*b*c"),
        ("see [the page](https://example.org/a)", "see the page (https://example.org/a)"),
        ("`**not bold**`", "`**not bold**`"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
    ],
)
def test_markdown_is_read_as_it_was_meant(text: str, said: str) -> None:
    assert [bare(line) for line in text_lines(text, COLORED, 80)] == [said]


def test_code_blocks_stay_as_they_are() -> None:
    lines = text_lines("Look:\n\n```\nx  =  `1` * *args*\n```\nEnd **here**.", Painter(), 60)
    assert lines == ["Look:", "", "    x  =  `1` * *args*", "End here."]


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 100, 200])
@pytest.mark.parametrize("paint", [COLORED, Painter(), Painter(unicode=False), PLAIN])
def test_a_header_fits_its_line(columns: int, paint: Painter) -> None:
    title = "重参数化 Gumbel-max and Gumbel-softmax, a rather long title of a deck"
    at = Standing(7, 12, 2, 3, 1, 8.2, title, "topic", "numeric (formula)", "due, changed since your last review")
    lines = [bare(line) for line in header_lines(at, paint, columns)]
    assert "8 of 12" in lines[0]
    if not paint.words and columns >= 40:
        assert all(width(line) <= columns for line in lines)
    if paint.words:
        assert lines[0] == "Question 8 of 12. Left: 2 new, 3 due, 1 again, about 8 min."


def test_every_sign_of_ours_has_an_ascii_form() -> None:
    assert all(ascii_signs(sign).isascii() for sign in GLYPHS)
    at = Standing(1, 4, 1, 2, 0, 0.2, "A deck", "topic", "choice", "new")
    assert all(line.isascii() or "·" in line for line in header_lines(at, Painter(unicode=False), 80))
    assert ascii_signs("\n".join(header_lines(at, Painter(unicode=False), 80))).isascii()


def test_the_plain_mode_says_words_and_no_marks() -> None:
    assert (PLAIN.beside(True, "Correct"), Painter().beside(True, "Correct")) == ("Correct", "✓ Correct")
    assert Painter(unicode=False).beside(False, "Not yet") == "x Not yet"


def test_the_difference_is_marked_by_more_than_colour() -> None:
    assert compared("[3, 3, 5]", "[3, 4, 5]", Painter()) == [
        "  expected  [3, 3, 5]",
        "  yours     [3, 4, 5]",
        "                ^",
    ]
    assert len(compared("19", "7", Painter())) == 2  # nothing in common: no mark helps
    assert compared("a b", "a 受 b", Painter())[2].strip() == "^^^"
    assert len(compared("x\ny", "x\nz", Painter())) == 4


def test_what_each_grade_would_do() -> None:
    states = [CardState(due_day=101 if grade < 3 else 106) for grade in range(6)]
    assert outlook_line(states, 100, 4, Painter()) == "  grades: 0–2 tomorrow  [3–5 in 6 days]"
    assert outlook_line([CardState(due_day=101)] * 6, 100, 4, Painter()) == "  the same for every grade"


def test_a_source_links_to_pages_only() -> None:
    from quizzer.model import Question

    question = Question("d", "q", "choice", "p", None, quote="感受野\x1b[31m")
    told = source_lines(question, {"source": {"title": "T", "url": "https://example.org/a"}}, Painter(), 100)
    assert told == ["  source  “感受野\\x1b[31m”  T  https://example.org/a"]
    assert source_lines(question, {"source": {"title": "", "url": "javascript:x"}}, Painter(), 100)[0].endswith("”")
    assert source_lines(Question("d", "q", "choice", "p", None), {}, Painter(), 100) == []


def test_key_lines_break_between_keys() -> None:
    lines = parts_lines(["1-4 choose", "d don't know", "h hint (2)", "q pause"], 30)
    assert lines == ["  1-4 choose · d don't know", "  h hint (2) · q pause"]
