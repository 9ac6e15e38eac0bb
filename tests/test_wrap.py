"""Prose is broken by display width; code and tables stay whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizzer.text import width
from quizzer.views.wrap import prose, wrap


def test_chinese_breaks_between_characters_and_counts_two() -> None:
    lines = wrap("重参数实际上是处理期望形式的目标函数的一种技巧", 20)
    assert all(width(line) <= 20 for line in lines)
    assert "".join(lines) == "重参数实际上是处理期望形式的目标函数的一种技巧"


def test_code_tables_and_lists_stay_whole() -> None:
    text = "one\ntwo\n\n```\nx = 1\n```\n| 1 | 2 |\n- item"
    assert prose(text, 10) == ["one two", "", "    x = 1", "| 1 | 2 |", "- item"]


@given(st.lists(st.text("ab重", min_size=1, max_size=8), min_size=1, max_size=20), st.integers(10, 40))
def test_no_word_is_lost_and_no_line_too_wide(words: list[str], columns: int) -> None:
    lines = wrap(" ".join(words), columns)
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert all(width(line) <= max(columns, 16) for line in lines)


def test_a_table_stands_in_columns_numbers_flush_right() -> None:
    text = "Sizes:\n\n| k | 核大小 |\n|---|---|\n| 3 | 一 |\n| 10 | zwei |\n\nafter"
    assert prose(text, 40) == ["Sizes:", "", "   k  核大小", "  --  ------", "   3  一", "  10  zwei", "", "after"]


def test_a_table_that_is_too_wide_or_none_stays_as_it_was_written() -> None:
    wide = "| a rather long heading | b |\n|---|---|\n| 1 | 2 |"
    assert prose(wide, 20) == wide.split("\n")
    uneven = "| 1 | 2 |\n|---|---|\n| 1 |"
    assert prose(uneven, 40) == uneven.split("\n")


def test_an_item_goes_on_in_its_next_lines_and_numbers_count_on() -> None:
    text = "Steps:\n1. take the mean\n   (of all rows)\n2. subtract it from each of the rows\n\nIn\n2020. it was so"
    assert prose(text, 24) == [
        "Steps:",
        "1. take the mean (of all",
        "  rows)",
        "2. subtract it from each",
        "  of the rows",
        "",
        "In 2020. it was so",
    ]
