"""A deck's Markdown in a page: blocks, formulas as MathML, nothing of it live."""

from __future__ import annotations

import random
from html.parser import HTMLParser
from pathlib import Path

import pytest
from test_mathml import ELEMENTS, FORMULAS, INJECTIONS

from quizzer.store.compiling import parse_deck
from quizzer.views.blocks import blocks
from quizzer.views.html import environment

ROOT = Path(__file__).parent.parent
OURS = {*ELEMENTS, "p", "strong", "em", "a", "pre", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}


class Page(HTMLParser):
    """Fails on markup that is not ours, or not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, html

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in OURS, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in ("style", "src", "id"), name
            assert name != "href" or (value or "").startswith(("http://", "https://")), value
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one\ntwo</p>\n<p>three</p>"),
        ("a **b** *c* `d*e*`", "<p>a <strong>b</strong> <em>c</em> <code>d*e*</code></p>"),
        ("2 * 3 * 4 and a_b_c", "<p>2 * 3 * 4 and a_b_c</p>"),
        (r"\*not\* `a`", "<p>*not* <code>a</code></p>"),
        ("- one\n- two\n  more\n\nend", "<ul><li>one</li><li>two\nmore</li></ul>\n<p>end</p>"),
        ("First:\n1. a\n2. b", "<p>First:</p>\n<ol><li>a</li><li>b</li></ol>"),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |",
            (
                '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
                "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
            ),
        ),
        ("```python\nif a < b:\n    $x$\n```\nend", "<pre><code>if a &lt; b:\n    $x$</code></pre>\n<p>end</p>"),
        (
            "[page](https://example.org/a?b=1&c=2)",
            '<p><a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">page</a></p>',
        ),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("costs \\$5 and $x$", "<p>costs $5 and <math><mi>x</mi></math></p>"),
        ("中文 **重参数** $x$", "<p>中文 <strong>重参数</strong> <math><mi>x</mi></math></p>"),
        ("", ""),
    ],
)
def test_blocks(text: str, html: str) -> None:
    assert blocks(text) == html


@pytest.mark.parametrize("latex", FORMULAS)
def test_formulas_are_mathml_in_every_place(latex: str) -> None:
    for text in (
        f"a ${latex}$ b",
        f"$$\n{latex}\n$$",
        f"- ${latex}$",
        f"| h |\n|---|\n| ${latex.replace('|', ' ')}$ |",
    ):
        assert "math" in Page(blocks(text)).seen


@pytest.mark.parametrize("hostile", INJECTIONS)
def test_nothing_becomes_live(hostile: str) -> None:
    for shape in (
        "{}",
        "${}$",
        "$${}$$",
        "`{}`",
        "**{}**",
        "- {}",
        "| {} |\n|---|\n| {} |",
        "```\n{}\n```",
        "[{}]({})",
    ):
        Page(blocks(shape.replace("{}", hostile)))


def test_set_aside_markup_cannot_be_forged() -> None:
    page = blocks("\ue0000\ue001 `x` \ue0009\ue001")
    assert page == "<p>\\ue0000\\ue001 <code>x</code> \\ue0009\\ue001</p>"


def test_random_texts_stay_closed() -> None:
    words = (
        "** * ` `` $ $$ \\ <b> & [ ](http://x ) - 1. | |---| ``` ~~~ a _ { } \\frac \ue000 \u202e \x00 \ue0000\ue001 #"
    )
    pieces = [*words.split(" "), "\n", "\n\n", " "]
    rng = random.Random(4)
    for _ in range(3000):
        Page(blocks("".join(rng.choices(pieces, k=rng.randrange(1, 40)))))


def test_templates_have_the_filters() -> None:
    made = environment({"p": "{{ text | markdown }}{{ latex | math }}{{ text }}"}.__getitem__)
    page = made.get_template("p").render(text="**a** <b>", latex="x^2")
    assert page == "<p><strong>a</strong> &lt;b&gt;</p><math><msup><mi>x</mi><mn>2</mn></msup></math>**a** &lt;b&gt;"


@pytest.mark.parametrize("path", sorted((ROOT / "decks").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_bundled_text_is_a_page_without_raw_latex(path: Path) -> None:
    for question in parse_deck(path, path.read_bytes()).questions:
        for text in (question.prompt, question.explanation, *question.hints):
            page = Page(blocks(text))
            if "$" in text and "<<" not in text:
                assert "math" in page.seen, text
                assert not any("\\frac" in word for word in page.words), text
