"""Feeds of every shape and encoding, broken ones, hostile ones, lists of feeds."""

from __future__ import annotations

import subprocess
import sys

import page_shapes
import pytest
from learner import Learner

from quizzer.articles.feeds import read_json, read_opml, read_xml
from quizzer.articles.losses import told
from quizzer.articles.reading import read_bytes, shape_of

SHAPES = ("rss091", "rss092", "rss10", "rss20", "atom", "json")


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_titles_links_and_formulas(learner: Learner, shape: str) -> None:
    file = learner.folder / "feed"
    file.write_text(page_shapes.feed(shape), "utf-8")
    value = learner.bare("read", str(file), "--json").json
    assert (value["kind"], value["title"]) == ("feed", "一个博客")
    first, second = value["articles"]
    assert (first["title"], first["link"]) == ("感受野怎么算", "https://example.org/rf")
    assert "$r_n = 1 + \\sum_l (k_l-1)$" in first["text"]
    assert "< 号要保留" in first["text"]
    assert second["title"] == "Adam & AdamW"
    assert "x = a < b" in second["text"]
    assert first["published"] == (None if shape.startswith("rss09") else "2026-02-03T04:05:06+00:00")
    assert first["losses"] == second["losses"] == []


@pytest.mark.parametrize("encoding", ["gb2312", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "utf-16", "cp1252"])
@pytest.mark.parametrize("declared", [True, False])
def test_encodings(encoding: str, declared: bool) -> None:
    text = {
        "big5": "感受野是卷積神經網路中的一個重要概念，它指的是輸出特徵圖上的一個像素點。",
        "shift_jis": "受容野とは、畳み込みニューラルネットワークの重要な概念で、入力の範囲を指します。",
        "euc_jp": "受容野とは、畳み込みニューラルネットワークの重要な概念で、入力の範囲を指します。",
        "euc_kr": "수용 영역은 합성곱 신경망에서 출력의 한 단위에 영향을 주는 입력의 범위를 말한다.",
        "cp1252": "Größe und Höhe: ein ‘naïver’ Überblick über die Größenordnung – für Anfänger",
    }.get(encoding, "感受野是卷积神经网络中的一个重要概念，它指的是输出特征图上的一个像素点。")
    source = page_shapes.feed("rss20", text, ((text, "https://example.org/1", text),))
    head = f'<?xml version="1.0" encoding="{encoding}"?>' if declared else ""
    found = read_bytes((head + source).encode(encoding))
    assert (found.title, found.articles[0].title, found.articles[0].text) == (text, text, text)


def test_a_broken_feed_gives_what_can_be_had(learner: Learner) -> None:
    source = page_shapes.feed("rss20")
    file = learner.folder / "broken.xml"
    file.write_text(source[: source.index("Adam")] + "Adam & <b>no end", "utf-8")
    said = learner.bare("read", str(file), "--json")
    assert said.code == 0
    assert said.json["articles"][0]["title"] == "感受野怎么算"
    assert "no valid XML" in said.err


BOMB = '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">{more}]>'


def test_entities_are_never_expanded(learner: Learner, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text("the secret itself", "utf-8")
    source = BOMB.format(more=f'<!ENTITY f SYSTEM "file://{secret}">') + page_shapes.feed("rss20").replace(
        "Adam &amp; AdamW", "A &b; &f; &eacute; z"
    )
    file = learner.folder / "bomb.xml"
    file.write_text('<?xml version="1.0"?>' + source, "utf-8")
    said = learner.bare("read", str(file), "--json")
    assert said.code == 0
    title = said.json["articles"][1]["title"]
    assert "lol" not in said.out
    assert "secret itself" not in said.out
    assert "é" in title
    assert "not expanded" in said.err


def test_links_of_a_feed_lead_to_the_web_only() -> None:
    items = (("One", "file:///etc/passwd", "text"), ("Two", "javascript:alert(1)", "text"), ("Three", "/three", "text"))
    for shape in ("rss20", "atom", "json"):
        found = read_json(page_shapes.feed(shape, items=items), "https://h.example/f") if shape == "json" else read_xml(
            page_shapes.feed(shape, items=items), "https://h.example/f")  # fmt: skip
        assert [article.link[-6:] for article in found.articles] == ["", "", "/three"]


def test_summaries_are_told(learner: Learner) -> None:
    items = tuple((f"Post {i}", f"https://example.org/{i}", "Only how it begins...") for i in range(4))
    found = read_xml(page_shapes.feed("rss20", items=items))
    assert "4 of 4 entries are short" in found.warnings[0]
    assert told(found.articles[0]) == ["the text is cut off at its end"]


def test_json_that_is_no_feed_is_refused(learner: Learner) -> None:
    for text in (
        '{"a": 1}',
        '{"items": 3}',
        '{"items": [',
        '{"version": "https://jsonfeed.org/version/1", "items": {}}',
    ):
        file = learner.folder / "x.json"
        file.write_text(text, "utf-8")
        said = learner.bare("read", str(file), "--json")
        assert said.code in (0, 2), text
        assert len(said.out.splitlines()) == 1


def test_a_list_of_feeds() -> None:
    source = """<?xml version="1.0"?><opml version="2.0"><body><outline text="Folder">
      <outline type="rss" text="A" title="The A" xmlUrl="https://a.example/feed"/>
      <outline type="rss" text="B" xmlUrl="https://b.example/rss?x=1&amp;y=2"/></outline>
      <outline text="file" xmlUrl="file:///etc/passwd"/></body></opml>"""
    assert read_opml(source) == [("The A", "https://a.example/feed"), ("B", "https://b.example/rss?x=1&y=2")]
    assert shape_of(source.encode()) == "opml"


@pytest.mark.parametrize(
    ("data", "name", "shape"),
    [
        (b"%PDF-1.7\n", "x.txt", "pdf"), (b"<?xml version='1.0'?><!-- c --><rss/>", "", "xml"), (b"<!DOCTYPE html><p>", "", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html xmlns='y'>", "", "html"), (b"# Title\n\ntext", "a.md", "markdown"),
        (b"plain text", "", "text"), (b"plain", "notes.txt", "text"), (b'{"version": "https://jsonfeed.org/version/1"}', "", "json"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "page.html", "xml"), (b"<p>fragment</p>", "", "html"),
        ("<rss/>".encode("utf-16"), "", "xml"), (b"\xef\xbb\xbf<rdf:RDF>", "", "xml"),
    ],
)  # fmt: skip
def test_the_shape_is_told_by_the_bytes(data: bytes, name: str, shape: str) -> None:
    assert shape_of(data, name) == shape


@pytest.mark.parametrize(
    ("opening", "shape"),
    [
        ("<!---->" * 2000, "text"), ("<?a?>" * 2000, "text"), ("<!DOCTYPE a []>" * 1000, "text"),
        ("<!DOCTYPE" + " " * 19_000, "text"), ("<!DOCTYPE a [" + "]" * 19_000, "text"), ("<!--" * 4000, "text"),
        ("<?xml?> <!-- a > b -->\n" * 500 + "<rss>", "xml"), ('<!DOCTYPE rss [<!ENTITY a "]">]>\n<RSS>', "xml"),
        ("<!doctype HTML>\n<!-- x --><html>", "html"), ("<rdf:RDF>", "xml"), ("<opml>", "opml"), ("<p>x", "html"),
    ],
)  # fmt: skip
def test_no_opening_takes_for_ever_to_tell(opening: str, shape: str) -> None:
    """In a process of its own, since it would never end; telling the shape is not confined."""
    code = (
        "import sys; from quizzer.articles.reading import shape_of; print(shape_of(sys.stdin.buffer.read(), 'a', ''))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=opening.encode(), capture_output=True, timeout=60)
    assert (done.stdout.decode().strip(), done.stderr.decode()) == (shape, "")
