"""The YAML reader: what it takes, what it refuses with a mended line, and that nothing else ever comes out of it."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.decks.yamltext import read
from quizzer.errors import DeckError, Problem
from quizzer.questions.nodes import Node

SAMPLE = """\
format: 1
deck: sample
title: 样本 deck
tags: [cat, dog, x_1, 3, 1e-3, true]
questions:
  - id: first  
    kind: numeric
    prompt: |
      What is $\\theta$? # not a comment
        - kept
    variables:
      n: {int: [2, 9]}
      s: {value: 'max_i x_i + 1'}
    answer: 2 * n + 1
    note: "he said \\"so\\" \\\\ done"
    empty:
  - id: second
    prompt: >-
      folded
      text
    right: 'it''s: fine # really'
    minutes: 1.50 # a comment
"""  # noqa: W291  # the trailing spaces are part of what is read


def problems(text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(DeckError) as caught:
        read(text, "d.yaml")
    return caught.value.problems


def one(text: str | bytes) -> Problem:
    found = problems(text)
    assert len(found) == 1, found
    return found[0]


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for key, value in node.items():
        yield key
        yield from nodes(value)
    for element in node.elements():
        yield from nodes(element)


@pytest.fixture(params=["c", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML was built without libyaml")
    return str(request.param)


@pytest.mark.usefixtures("parser")
def test_a_deck_reads_with_places() -> None:
    deck = read(SAMPLE, "d.yaml")
    assert deck.plain()["questions"] == [
        {
            "id": "first",
            "kind": "numeric",
            "prompt": "What is $\\theta$? # not a comment\n  - kept\n",
            "variables": {"n": {"int": [2, 9]}, "s": {"value": "max_i x_i + 1"}},
            "answer": "2 * n + 1",
            "note": 'he said "so" \\ done',
            "empty": None,
        },
        {"id": "second", "prompt": "folded text", "right": "it's: fine # really", "minutes": Decimal("1.50")},
    ]
    lines = SAMPLE.split("\n")
    for node in nodes(deck):
        if node.kind in {"text", "number", "bool"} and node.raw and "\n" not in node.raw:
            written = lines[node.line - 1][node.column - 1 :]
            assert written.startswith((node.raw, "'", '"', ">")), node
    title = deck.get("title")
    assert title is not None
    assert (title.line, title.column) == (3, 8)
    minutes = deck.get("questions").elements()[1].get("minutes")  # type: ignore[union-attr]  # it has questions
    assert minutes is not None
    assert (minutes.raw, minutes.line, minutes.column) == ("1.50", 22, 14)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None),
        ("0", 0), ("-12", -12), ("+7", 7), ("0o17", 15), ("0xFf", 255),
        ("1e-3", Decimal("0.001")), (".5", Decimal("0.5")), ("5.", Decimal(5)), ("-2.5E+3", Decimal(-2500)),
        ("0.10", Decimal("0.10")),
        *((text, text) for text in (
            "no", "on", "yes", "Off", "y", "12:30", "2024-01-01", "08", "007", "08.5", "1_000", "0b11", "1e", ".", "-",
            "--1", "0x", "0o8", "NaN", "inf", "1/2", "=", "１２", "1e5x", "猫", "tRue",
        ) if text != "-"),
    ],
)  # fmt: skip
def test_plain_scalars_mean_what_yaml_1_2_says(written: str, value: Any) -> None:
    node = read(f"a: {written}\n", "d.yaml").get("a")
    assert node is not None
    assert (node.value, type(node.value), node.raw) == (value, type(value), written)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("line", "mended"),
    [
        # unquoted texts in flow context
        ("a: [a + b]", "a: ['a + b']"),
        ("- [f(a, b), c + d]", "- ['f(a, b)', 'c + d']"),
        ("- {value: max_i x_i + 1}", "- {value: 'max_i x_i + 1'}"),
        ("a: {value: f(x, y), int: [1, n/2]}", "a: {value: 'f(x, y)', int: [1, 'n/2']}"),
        ("a: [x[1], y]", "a: ['x[1]', y]"),
        ("a: [it's, 'kept, so']", "a: ['it''s', 'kept, so']"),
        ("a: [two words, 3]", "a: ['two words', 3]"),
        ("a: {two words: 1}", "a: {'two words': 1}"),
        ("a: {t: a: b}", "a: {t: 'a: b'}"),
        ("a: [12:30]  # at noon", "a: ['12:30']  # at noon"),
        # escapes
        (r'a: "\theta"', r"a: '\theta'"),
        (r'a: "\sigma"', r"a: '\sigma'"),
        (r'- "$\\alpha$ \"so\" it\'s \n" # so', r"""- '$\alpha$ "so" it\''s \n' # so"""),
        # comments that cut
        ("a: C # is a language", "a: 'C # is a language'"),
        ("- answer # 42", "- 'answer # 42'"),
        # first characters
        ("a: {x} is a set", "a: '{x} is a set'"),
        ("a: [0, 1) is half open", "a: '[0, 1) is half open'"),
        ("a: [0, 1] is closed", "a: '[0, 1] is closed'"),
        ("a: *not* this", "a: '*not* this'"),
        ("a: **bold** text", "a: '**bold** text'"),
        ("a: *alias", "a: '*alias'"),
        ("a: &anchor x", "a: '&anchor x'"),
        ("a: &", "a: '&'"),
        ("a: !important x", "a: '!important x'"),
        ("a: !!str 5", "a: '!!str 5'"),
        ("a: |x| is positive", "a: '|x| is positive'"),
        ("a: > 3 apples", "a: '> 3 apples'"),
        ("a: >= 3", "a: '>= 3'"),
        ("a: %timeit", "a: '%timeit'"),
        ("a: @decorated", "a: '@decorated'"),
        ("a: `code`", "a: '`code`'"),
        ("- b: `code` and 'quotes'", "- b: '`code` and ''quotes'''"),
        ("a: - b", "a: '- b'"),
        ("a: , b", "a: ', b'"),
        # colons and quotes
        ("a: note: this", "a: 'note: this'"),
        ("- the loss: a: b", "- 'the loss: a: b'"),
        ("a: 'it's'", "a: 'it''s'"),
        ("a: 'x' is a letter", "a: '''x'' is a letter'"),
        ('a: "x" is a letter', "a: '\"x\" is a letter'"),
        ("a: 'open", "a: 'open'"),
        ('a: "open', "a: 'open'"),
        ("a: [1, 2", "a: [1, 2]"),
        ("a: {x: y", "a: {x: y}"),
        ("a:\n\tb: 1", "b: 1"),
    ],
)  # fmt: skip
def test_a_changed_text_is_refused_with_the_line_mended(line: str, mended: str) -> None:
    problem = one(line + "\n")
    assert problem.fix.endswith(f"Write: {mended}")
    assert problem.line == line.count("\n") + 1
    if "\t" not in line:
        read(mended + "\n", "d.yaml")


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "text",
    [
        "- {int: [2, n]}",
        "- [cat, dog, decay-lines, x_1, 猫, -1, .5, null, ~, 'a + b', \"c d\"]",
        "- 3 # why\n- true # so",
        "a: # nothing yet\nb:   # nor here\n  - 'x' # quoted",
        "a: $[0, 1]$ is closed\nb: x|y\nc: a*b\nd: f(a, b)\ne: 50% off\nf: C#\ng: a:b",
        "a: |2\n   x\nb: >-\n  y\nc: |- # note\n  z",
        "---\na: 1\n",
        "a: |\n  all:\n  \tmake\n",
        "a: <<n>> apples\nb: '<<'",
    ],
)
def test_what_changes_nothing_is_let_through(text: str) -> None:
    assert read(text, "d.yaml").kind in {"map", "list"}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "line", "mended"),
    [
        ("b: 1\na： x\nc: 2\n", 2, "a: x"),
        ("b：\n  - id: x\n", 1, "b:"),
        ("q:\n  - id： x\n    kind: short\n", 2, "- id: x"),
        ("q:\n  - id: x\n    prompt：问：答\n    kind: short\n", 3, "prompt: 问：答"),
    ],
)
def test_a_full_width_colon_is_told_on_its_line(text: str, line: int, mended: str) -> None:
    problem = one(text)
    assert (problem.line, problem.fix) == (line, f"Write: {mended}")


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "the key `a` stands twice, on lines 1 and 3"),
        ("1: x\n'1': y\n", 2, "stands twice, on lines 1 and 2"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("%YAML 1.2\n---\na: 1\n", 1, "directive"),
        ("<<: {a: 1}\n", 1, "merges maps"),
        ("[a]: b\n", 1, "a key must be text"),
        ("? {a: b}\n: c\n", 1, "a key must be text"),
        ("a: .inf\n", 1, "`.inf` is not a number"),
        ("a: -.INF\n", 1, "`-.INF` is not a number"),
        ("a: .nan\n", 1, "`.nan` is not a number"),
        ("a: 1e99999999999999999999\n", 1, "too long or too large"),
        ("a: 1e-401\n", 1, "too long or too large"),
        (f"a: {'9' * 5000}\n", 1, "too long or too large"),
        ("a: foo\n  b: bar\n", 2, "deeper than the keys above"),
        ("a:\n    b: 1\n  c: 2\n", 3, "fits no map or list"),
        ("a:\n- b\n c: 2\n", 3, "can't stand here"),
        ("a: x\x00y\n", 1, "U+0000"),
        ("a: x\ny: \x1bx\n", 2, "U+001B"),
        ("a: x\u2028y\n", 1, "U+2028"),
        ("a: \ud800\n", 1, "U+D800"),
        ("", 0, "the file is empty"),
        ("# only a comment\n", 0, "the file is empty"),
    ],
)
def test_one_clear_line_for_what_is_wrong(text: str, line: int, part: str) -> None:
    problem = one(text)
    assert part in problem.message
    assert problem.fix
    assert problem.line == line
    assert "\n" not in str(problem)
    assert str(problem).startswith(f"d.yaml:{line}:" if line else "d.yaml: ")


@pytest.mark.parametrize(
    ("data", "line", "part"),
    [
        ("a: é\n".encode("latin-1"), 1, "not UTF-8: byte 0xe9"),
        ("a: 1\nb: 人\n".encode("gb18030"), 2, "not UTF-8: byte"),
        ("a: 1\n".encode("utf-16"), 0, "UTF-16"),
        ("a: 1\n".encode("utf-16-le"), 0, "UTF-16"),
        ("a: 1\n".encode("utf-32-be"), 0, "UTF-32"),
    ],
)
def test_other_encodings_are_named(data: bytes, line: int, part: str) -> None:
    problem = one(data)
    assert (problem.line, part in problem.message) == (line, True)


def test_marks_and_line_breaks_of_every_kind() -> None:
    assert read(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n", "d").plain() == {"a": 1, "b": "x\ny\n"}
    assert one("a: 1\r\nb: [a + b]\r\n").line == 2


def test_many_problems_in_one_go_each_with_its_question() -> None:
    text = """\
deck: x # cut
questions:
  - kind: a
    text: "\\t"
    id: first
  - prompt: @bad
    more: note: this
    id: second
  - id: third
    parts:
      - id: inner
        answer: [a + b]
    last: {x} y
after: 'it's'
"""
    found = problems(text)
    assert [(p.line, p.question) for p in found] == [
        (1, ""), (4, "first"), (6, "second"), (7, "second"), (12, "third"), (13, "third"), (14, ""),
    ]  # fmt: skip


def test_reading_goes_on_after_a_control_character() -> None:
    found = problems("questions:\n  - id: q\n    a: \x07\n    b: [c d]\n")
    assert [(p.line, p.column, p.question) for p in found] == [(3, 8, "q"), (4, 9, "q")]


@pytest.mark.usefixtures("parser")
def test_bombs_are_refused_soon() -> None:
    begin = time.perf_counter()
    laughs = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdef", "bcdefg", strict=True))
    assert all("anchor" in p.message or "alias" in p.message for p in problems(laughs))
    assert "too deep" in one("[" * 100_000).message
    assert "too deep" in one("\n".join(" " * n + "- " for n in range(60)) + "x").message
    assert "MB" in one("a" * 5_000_001).message
    assert "MB" in one(b"a" * 5_000_001).message
    assert read("[" * 40 + "]" * 40, "d").kind == "list"
    assert time.perf_counter() - begin < 120  # tells a hang from work


def test_too_many_values_are_refused() -> None:
    assert "200,000 values" in one("- 1\n" * 200_001).message


def test_collecting_is_switched_back_on() -> None:
    assert gc.isenabled()
    problems("a: [a b]")
    assert gc.isenabled()


_PIECES = ["'", '"', "[", "]", "{", "}", ": ", " #", "\t", "\n", "- ", "*", "&", "!", "|", ">", "%", "@", "`", "\\",
           "\\t", "?", ",", "猫", "\x00", "\x85", "---", "...", "<<: ", "  ", "😀", "0x", "1e999", "\r"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(SAMPLE)), st.integers(0, 6), st.sampled_from(["", *_PIECES]) | st.text(max_size=4)
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_broken_deck_gives_a_tree_or_a_deck_error(edits: list[tuple[int, int, str]]) -> None:
    text = SAMPLE
    for at, length, piece in edits:
        text = text[:at] + piece + text[at + length :]
    check_read(text)


def test_a_flow_text_over_two_lines_is_told_in_one() -> None:
    check_read("a: [t\n\n  rue + 1]\n")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*_PIECES, "a", "b: ", "\n  "]), max_size=25).map("".join) | st.binary(max_size=40))
def test_noise_gives_a_tree_or_a_deck_error(text: str | bytes) -> None:
    check_read(text)


def check_read(text: str | bytes) -> None:
    tree, found = None, ()
    try:
        tree = read(text, "d.yaml")
    except DeckError as error:
        found = error.problems
    if tree is None:
        assert found
        for problem in found:
            assert problem.message
            assert problem.fix
            assert "\n" not in str(problem)
            assert (problem.line > 0) == (problem.column > 0)
    else:
        assert all(node.line > 0 and node.column > 0 for node in nodes(tree))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff")))
def test_single_quotes_change_nothing(text: str) -> None:
    from quizzer.decks.yamlmend import quoted

    if any(ord(c) in {0xFFFE, 0xFFFF} for c in text):
        return
    assert read(f"a: {quoted(text)}\n", "d").plain() == {"a": text}


def test_a_comment_set_apart_by_two_spaces_is_a_comment() -> None:
    assert read("deck: adam-vs-adamw      # slug\nlanguage: en  # BCP 47\n", "d").plain() == {
        "deck": "adam-vs-adamw",
        "language": "en",
    }
