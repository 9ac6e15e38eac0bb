"""Markdown, plain text, PDFs, pages of excerpts; and what a text is seen to have lost."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from learner import Learner

from quizzer.articles.losses import losses_of, told
from quizzer.articles.texts import opening, read_plain

EXCERPTS = """A BLOG OF NOBODY

NEWEST
{}
第12条 单调栈 给你一个数组 heights ,返回每一根柱子右边第一根更高的柱子。 示例 1: 输入:heights = [2,1,3] 输出:[2,1,-1] 解释:没有更高的柱子时为 -1。 提示: 1 <= heights.length...
2.为什么需要归一化? 当输入的各个维度尺度不同时,梯度下降会沿着尺度大的方向震荡,所以先把输入归一化到相同的尺度,收敛就会快得多,并且学习率也更好选择,这是经验之谈 [公式] ,其中 x_1w_1 + x_2w_2 T ( T 为阈值)...
如何计算步长 公式一:这个算法从上往下迭代,得到每一层的步长。 [公式] 其中,n1层的步长记作 s ,它和卷积核大小没有关系,只是一个中间变量,不要和感受野混淆。
1 2
"""
FIRST = "文章先介绍连续的情形,然后再说离散的情形,主要的例子是高斯分布的均值和方差。 基本概念 采样 是指从分布里取出一个样本: \\[z=\\mu+\\sigma\\varepsilon\\] 为了最小化..."


def test_a_page_of_excerpts(learner: Learner) -> None:
    file = learner.folder / "snapshot.txt"
    file.write_text(EXCERPTS.format(FIRST), "utf-8")
    value = learner.bare("read", str(file), "--json").json
    assert (value["kind"], value["title"]) == ("feed", "NEWEST")
    assert [article["title"] for article in value["articles"]] == [
        "文章先介绍连续的情形,然后再说离散的情形,主要的例子是高斯分布的均值和方差", "第12条", "2.为什么需要归一化?", "如何计算步长"]  # fmt: skip
    assert value["articles"][0]["text"] == FIRST
    assert value["articles"][0]["losses"] == ["the text is cut off at its end"]
    third = value["articles"][2]["losses"]
    assert "[公式] stands where a formula was" in third
    assert any("perhaps < or >" in loss for loss in third)
    assert "the text is cut off at its end" not in value["articles"][3]["losses"]
    assert any("n-1" in loss for loss in value["articles"][3]["losses"])


def test_paragraphs_of_one_text_are_one_article(learner: Learner) -> None:
    text = "\n\n".join(
        "A paragraph of ordinary prose that goes on for a while and then comes to its end. " * 3 for _ in range(4)
    )
    found = read_plain(text)
    assert (found.kind, len(found.articles)) == ("article", 1)


def test_markdown_with_front_matter(learner: Learner) -> None:
    file = learner.folder / "post.md"
    file.write_text(
        '---\ntitle: "Soft updates"\ndate: 2026-02-01\nlink: https://example.org/p\n---\n# Head\n\n$a_1 < b$\n\n```python\nx = 1\n```\n',
        "utf-8",
    )
    value = learner.bare("read", str(file), "--json").json
    assert value["articles"] == [{
        "title": "Soft updates", "link": "https://example.org/p", "published": "2026-02-01",
        "text": "# Head\n\n$a_1 < b$\n\n```python\nx = 1\n```", "losses": []}]  # fmt: skip


def test_markdown_takes_its_title_from_the_heading(learner: Learner) -> None:
    said = learner.bare("read", "-", "--json", typed="Heading\n=======\n\nText.\n")
    assert said.json["kind"] == "article"
    file = learner.folder / "x.md"
    file.write_text("Heading\n=======\n\nText.\n", "utf-8")
    assert learner.bare("read", str(file), "--json").json["title"] == "Heading"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The loss is [Math] here.", "formula"), ("如下 [公式] 所示", "formula"), ("见【图片】", "image"),
        ("It goes on…", "cut off"), ("It goes on [...]", "cut off"), ("这里 阅读全文 »", "cut off"),
        ("必须使 x_1w_1 + x_2w_2 +....+x_nw_n T ( T 为阈值)", "perhaps < or >"), ("返回 1 或1。", "perhaps -"),
        ("it is valuebased", "hyphen"), ("答案 y^_i ,", "after ^"), ("broken \ufffd\ufffd sign", "could not be read"),
        ("式(3)与(4)消偏", "formula (3)"), ("如下图所示，网络", "figure"), ("as shown in Figure 2,", "figure"),
    ],
)  # fmt: skip
def test_losses_are_seen(text: str, what: str) -> None:
    found = list(losses_of(text))
    assert [loss for loss in found if what in loss.what], found
    assert all(0 <= loss.start < loss.end <= len(text) for loss in found)


@pytest.mark.parametrize(
    "text",
    [
        "An ordinary sentence. It is model-based, and 1 or 2 of them differ.", "$x_1 T$ and `x_n T` are exact.",
        "let x_1 = 3 and y_2 > T", "the 3 or 13 cases", "\\[ x_1w_1 T \\tag{3} \\] 由式(3)可知", "He was debased.",
        "```\nx_1w_1 T\n...\n```\nThe end.", "用 x_1 表示输入,用 T 表示阈值",
    ],
)  # fmt: skip
def test_whole_texts_have_no_losses(text: str) -> None:
    assert list(losses_of(text)) == []


def test_losses_are_counted() -> None:
    article = read_plain("一个 [公式] 和另一个 [公式] 在这里。").articles[0]
    assert told(article) == ["[公式] stands where a formula was (2 times)"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("129. 滑动窗口 题目 给你", "129. 滑动窗口"), ("引言与背景 随机逼近是一类算法。它", "随机逼近是一类算法"),
        ("# A heading\n\nText", "A heading"), ("A first sentence. And more", "A first sentence"),
    ],
)  # fmt: skip
def test_a_title_is_made_of_the_opening(text: str, title: str) -> None:
    assert opening(text) == title


def make_pdf(lines: list[str]) -> bytes:
    """A PDF of one page with these lines, written by hand."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 11 Tf 72 720 Td {shown}ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", b"<< /Title (A paper of ours) >>",
    ]  # fmt: skip
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(
        b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    )
    out.write(b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def test_a_pdf(learner: Learner) -> None:
    file = learner.folder / "paper.pdf"
    file.write_bytes(
        make_pdf(["Stochastic approximation is a family of itera-", "tive methods for root finding.", "", "17"])
    )
    value = learner.bare("read", str(file), "--json").json
    assert value["title"] == "A paper of ours"
    assert "a family of iterative methods for root finding." in value["articles"][0]["text"]
    assert "17" not in value["articles"][0]["text"]


def test_a_damaged_pdf_is_one_line(learner: Learner) -> None:
    file = learner.folder / "paper.pdf"
    file.write_bytes(b"%PDF-1.4\nthis is none")
    said = learner.bare("read", str(file))
    assert said.code == 2
    assert len(said.err.splitlines()) == 1
    assert "PDF" in said.err


@pytest.mark.parametrize(
    "source", ["nowhere.md", ".", "ftp://example.org/x", "file:///etc/passwd", "http://", "https://u:p@example.org/"]
)
def test_what_can_not_be_read_is_one_line(learner: Learner, source: str) -> None:
    said = learner.bare("read", source)
    assert said.code == 2
    assert len(said.err.splitlines()) == 1


def test_what_is_no_text_is_refused(learner: Learner) -> None:
    file = learner.folder / "x.bin"
    file.write_bytes(bytes(range(256)) * 20)
    said = learner.bare("read", str(file), "--json")
    assert said.code in (0, 2)
    empty = learner.folder / "empty.txt"
    empty.write_text("  \n", "utf-8")
    assert learner.bare("read", str(empty)).code == 2


def test_a_missing_library_is_told_with_its_cure(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in an installation without the extra: only the standard library and quizzer are found by the child."""

    from quizzer.articles.extraction import extract
    from quizzer.errors import Unable

    ours = str(Path(__file__).parents[2])
    monkeypatch.setattr(sys, "path", [ours, *(path for path in sys.path if "site-packages" not in path)])
    with pytest.raises(Unable, match=r"`\w+` that reads articles is not installed.*quizzer-study\[articles\]"):
        extract(b"<rss><channel><item><title>x</title></item></channel></rss>")


def test_a_text_of_empty_lines_is_read_at_once(tmp_path: Path) -> None:
    """In a process of its own, since it would take hours."""
    file = tmp_path / "empty.txt"
    file.write_text("A title\n" + "\n" * 500_000 + "A sentence that stands at the end.\n", "utf-8")
    code = "import sys; from quizzer.articles.reading import read_bytes; print(read_bytes(open(sys.argv[1], 'rb').read(), 'a.txt').title)"
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("A title\n", "")
