"""Pages: formulas, code, Chinese and everything else that extractors lose."""

from __future__ import annotations

import json

import page_shapes
import pytest
from learner import Learner

from quizzer.articles.bodies import guarded, looks_like_html, parsed, to_markdown
from quizzer.articles.losses import told
from quizzer.articles.mathml import to_tex
from quizzer.articles.pages import read_page
from quizzer.articles.reading import read_bytes
from quizzer.model import Article


def squeezed(text: str) -> str:
    return "".join(text.split())


def read(source: str) -> Article:
    return read_page(source).articles[0]


@pytest.fixture(scope="module")
def whole() -> Article:
    return read(page_shapes.page().decode())


@pytest.mark.parametrize("name", page_shapes.MUST_KEEP)
def test_a_page_keeps_what_matters(whole: Article, name: str) -> None:
    assert squeezed(page_shapes.MUST_KEEP[name]) in squeezed(whole.text)


def test_a_page_drops_what_is_around_its_text(whole: Article) -> None:
    assert [text for text in page_shapes.MUST_DROP if text in whole.text] == []
    assert whole.text.count(r"\beta_1 m_{t-1}") == 1  # drawn twice on the page
    assert page_shapes.CODE in whole.text  # indentation and all
    assert (whole.title, whole.published) == ("Of keeping formulas", "2026-03-01T08:00:00+08:00")
    assert told(whole) == []


@pytest.mark.parametrize("name", [name for name in page_shapes.MUST_KEEP if name not in ("table",)])
def test_the_body_of_a_feed_entry_keeps_it_too(name: str) -> None:
    body = page_shapes.page().decode().split("</h1>")[1].split("</article>")[0]
    assert squeezed(page_shapes.MUST_KEEP[name]) in squeezed(to_markdown(body))


def test_a_page_is_read_at_the_command_line(learner: Learner) -> None:
    page = learner.folder / "页面.html"
    page.write_bytes(page_shapes.page("gb2312", declared=False))
    said = learner.bare("read", str(page), "--json")
    assert said.code == 0
    value = said.json
    assert list(value) == ["kind", "title", "articles"]
    assert (value["kind"], value["title"]) == ("article", "Of keeping formulas")
    assert list(value["articles"][0]) == ["title", "link", "published", "text", "losses"]
    assert page_shapes.MUST_KEEP["chinese"] in value["articles"][0]["text"]
    assert "guessed to be gb18030" in said.err
    shown = learner.bare("read", str(page))
    assert shown.code == 0
    assert r"\hat{m}_t = \frac{m_t}{1-\beta_1^t}" in shown.out


@pytest.mark.parametrize(
    ("charset", "declared"),
    [("utf-8", True), ("utf-8", False), ("gb2312", True), ("gb18030", False), ("utf-16", True), ("utf-16-le", False)],
)
def test_encodings_of_a_page(charset: str, declared: bool) -> None:
    text = read_bytes(page_shapes.page(charset, declared=declared), "page.html").articles[0].text
    assert page_shapes.MUST_KEEP["chinese"] in text


def test_a_wrong_declaration_is_seen_through(learner: Learner) -> None:
    page = learner.folder / "page.html"
    page.write_bytes(page_shapes.page("utf-8").replace(b'charset="utf-8"', b'charset="us-ascii"'))
    page.write_bytes(page.read_bytes().replace(b"us-ascii", b"big5"))
    said = learner.bare("read", str(page), "--json")
    assert page_shapes.MUST_KEEP["chinese"] in said.json["articles"][0]["text"]
    assert "declared as big5" in said.err


@pytest.mark.parametrize(
    ("markup", "tex"),
    [
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_{i}^{2}"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>x</mi>",
         r"\sum_{i=1}^{n}x"),
        ("<mover><mi>m</mi><mo>^</mo></mover><mo>⋅</mo><mi>log</mi><mi>p</mi>", r"\hat{m}\cdot\log p"),
        ("<mi>θ</mi><mo>←</mo><mi>θ</mi><mo>−</mo><mi>η</mi><mi>g</mi>", r"\theta\leftarrow\theta-\eta g"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot><mtext>for all</mtext>", r"\sqrt[3]{x}\text{for all}"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>", r"\begin{matrix} 1 & 2 \end{matrix}"),
        ("<mrow><mo>(</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><mo>)</mo></mrow>", r"(\frac{1}{2})"),
        ("<mi mathvariant='double-struck'>E</mi><mi>softmax</mi>", r"\mathbb{E}\operatorname{softmax}"),
    ],
)  # fmt: skip
def test_mathml_becomes_latex(markup: str, tex: str) -> None:
    assert to_tex(next(parsed(f"<math>{markup}</math>").iter("math"))) == tex


def test_a_bare_less_than_is_no_tag() -> None:
    assert guarded("<p>x<y and n < k</p>") == "<p>x&lt;y and n &lt; k</p>"
    assert not looks_like_html("if a < b and b > c")
    assert to_markdown("<p>if x<y then n < k > 0</p>") == "if x<y then n < k > 0"


def test_a_formula_drawn_without_its_source_is_told(learner: Learner) -> None:
    drawn = '<mjx-container class="MathJax" jax="SVG"><svg></svg></mjx-container>'
    article = read(
        f"<html><body><main><p>{'A sentence of some length stands here. ' * 8} {drawn}</p></main></body></html>"
    )
    assert told(article) == ["[formula] stands where a formula was"]


def test_images_are_told(learner: Learner) -> None:
    text = "A sentence of some length stands here, as everywhere. " * 8
    article = read(
        f'<html><body><article><p>{text}</p><p><img src="/a.png" alt="net"></p><p>{text}</p></article></body></html>'
    )
    assert "![net](/a.png)" in article.text
    assert "an image, of which nothing was read" in told(article)


def test_a_page_without_text_says_so(learner: Learner) -> None:
    page = learner.folder / "app.html"
    page.write_text(
        "<!doctype html><html><head><title>App</title></head><body><div id=root></div><script>x()</script></body></html>",
        "utf-8",
    )
    said = learner.bare("read", str(page), "--json")
    assert said.code == 0
    assert said.json["articles"][0]["text"] == ""
    assert "drawn by scripts" in said.err


def test_a_list_of_excerpts_gives_its_articles(learner: Learner) -> None:
    cards = "".join(
        f'<article class="card"><h2><a href="/p/{i}">Post {i}</a></h2><time datetime="2026-01-0{i}">x</time>'
        f"<p>What post {i} is about in a few words, cut off as lists do it...</p></article>"
        for i in range(1, 6)
    )
    page = learner.folder / "list.html"
    page.write_text(
        f"<!doctype html><html><head><title>Blog</title></head><body><h1>Latest</h1>{cards}</body></html>", "utf-8"
    )
    value = learner.bare("read", str(page), "--json").json
    assert value["kind"] == "feed"
    assert [(a["title"], a["published"]) for a in value["articles"]] == [
        (f"Post {i}", f"2026-01-0{i}") for i in range(1, 6)
    ]
    assert all("the text is cut off at its end" in a["losses"] for a in value["articles"])


def test_deeply_nested_markup_is_survived(learner: Learner) -> None:
    page = learner.folder / "deep.html"
    page.write_text("<html><body>" + "<div>" * 20_000 + "<p>Text at the bottom</p>", "utf-8")
    said = learner.bare("read", str(page), "--json")
    assert said.code in (0, 2)
    assert len(json.loads(said.out)) in (2, 3)
