"""Offline drafting, by the command: what is found, what is not, what each draft says of itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import texts
from learner import Learner

from quizzer.drafting.spans import find, same
from quizzer.drafting.topics import topics

ROOT = Path(__file__).parents[2]


@pytest.fixture
def author(learner: Learner) -> Learner:
    """A learner whose decks lie in one folder."""
    folder = learner.folder / "decks"
    folder.mkdir()
    learner.decks = (folder,)
    return learner


def draft(author: Learner, text: str, *options: str, name: str = "post.md") -> list[dict[str, Any]]:
    file = author.folder / name
    file.write_text(text, "utf-8")
    said = author.run("draft", str(file), "--json", *options)
    assert said.code == 0, said.err
    rows: list[dict[str, Any]] = said.json["articles"][0]["drafts"]
    return rows


def kinds(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for row in rows:
        out.setdefault(row["method"].split(":")[-1], []).append(row["kind"])
    return out


def deck_text(author: Learner) -> str:
    return "".join(path.read_text("utf-8") for path in sorted(Path(author.decks[0]).glob("*.yaml")))


@pytest.mark.parametrize(
    ("text", "entry", "starter", "case"),
    [
        (texts.PROBLEM_EN, "longest_quiet_stretch", "def longest_quiet_stretch(loud: list[int], limit: int) -> int:",
         "call: 'longest_quiet_stretch([3, 1, 1, 5, 2], 3)'"),
        (texts.PROBLEM_ZH, "solve", "def solve(nums1: list[int], nums2: list[int]) -> list[int]:",
         "call: 'solve([1, 2, 3], [2, 5, 6])'"),
    ],
)  # fmt: skip
def test_a_problem_becomes_a_code_question(author: Learner, text: str, entry: str, starter: str, case: str) -> None:
    rows = draft(author, text)
    code = [row for row in rows if row["kind"] == "code"]
    assert len(code) == 1
    assert not code[0]["finished"]
    assert any("reference" in note for note in code[0]["supply"])
    written = deck_text(author)
    assert starter in written
    assert case in written
    assert "gives: '[1]'" in written or "gives: '0'" in written
    assert f"entry: {entry}" in written


def test_lost_superscripts_are_told(author: Learner) -> None:
    code = next(row for row in draft(author, texts.PROBLEM_EN) if row["kind"] == "code")
    assert any("104" in note and "superscript" in note for note in code["supply"])


def test_chinese_notes(author: Learner) -> None:
    rows = draft(author, texts.ZH_NOTES)
    found = kinds(rows)
    assert found["definition"] == ["cloze", "cloze"]
    assert found["question"] == ["short"]
    assert found["steps"] == ["order"]
    assert found["comparison"] == ["choice"]
    written = deck_text(author)
    assert "[[正则化(Regularization)|正则化|Regularization]]是一类用于限制模型复杂度的方法" in written
    assert "[[早停]]指的是在验证误差不再下降时就停止训练的做法。" in written
    assert "随机失活每次训练时随机丢弃一部分神经元" in written
    assert "language: zh" in written


def test_english_notes(author: Learner) -> None:
    rows = draft(author, texts.EN_NOTES)
    found = kinds(rows)
    assert found["definition"] == ["cloze", "cloze"]
    assert found["question"] == ["short"]
    assert found["steps"] == ["order"]
    assert found["comparison"] == ["choice"]
    assert sorted(found["formula"]) == ["derivation", "short"]
    prompts = " ".join(row["prompt"] for row in rows)
    assert "trivial" not in prompts
    assert "[[Importance sampling]] is a technique" in deck_text(author)
    assert "Information theory" not in deck_text(author)


def test_a_printed_exercise_is_a_choice(author: Learner) -> None:
    rows = draft(author, texts.CHOICES)
    choice = [row for row in rows if row["kind"] == "choice"]
    assert len(choice) == 1
    assert choice[0]["finished"]
    assert "- right: '平均时间复杂度是 O(n log n)'" in deck_text(author)
    assert deck_text(author).count("- wrong:") == 3


def test_nothing_is_made_of_nothing(author: Learner) -> None:
    said = author.folder / "walk.md"
    said.write_text(texts.NOTHING, "utf-8")
    result = author.run("draft", str(said))
    assert result.code == 0
    assert "Nothing new to draft" in result.out
    assert list(Path(author.decks[0]).iterdir()) == []


def test_a_known_topic_brings_template_questions(author: Learner) -> None:
    rows = draft(author, texts.RECEPTIVE)
    templates = [row for row in rows if row["method"] == "template"]
    assert len(templates) == 4
    assert all(row["finished"] and row["supply"] == [] for row in templates)
    checked = author.run("check", *map(str, author.decks), "--seeds", "20", "--json").json
    assert checked["passed"]
    shown = author.run("show", templates[0]["name"], "--json").json
    assert "<<" not in shown["prompt"]


@pytest.mark.parametrize(
    "text", [texts.PROBLEM_EN, texts.PROBLEM_ZH, texts.ZH_NOTES, texts.EN_NOTES, texts.CHOICES, texts.RECEPTIVE]
)
def test_every_draft_quotes_its_article_and_makes_a_deck_that_loads(author: Learner, text: str) -> None:
    rows = draft(author, text)
    stripped = text.strip("\n")
    assert rows
    for row in rows:
        assert find(row["quote"], stripped) is not None
        assert same(stripped[row["start"] : row["end"]], row["quote"])
    assert author.run("check", *map(str, author.decks), "--seeds", "20").code == 0
    assert len({row["name"] for row in rows}) == len(rows)


def test_drafting_twice_adds_nothing(author: Learner) -> None:
    first = draft(author, texts.ZH_NOTES)
    before = deck_text(author)
    assert draft(author, texts.ZH_NOTES) == []
    assert deck_text(author) == before
    assert first


def test_a_draft_that_touches_a_loss_says_so(author: Learner) -> None:
    rows = draft(author, "# 笔记\n\n随机逼近是一类用于求根 [公式] 的迭代算法,它不需要知道目标函数的表达式。\n")
    cloze = next(row for row in rows if row["kind"] == "cloze")
    assert cloze["supply"][0].startswith("its words touch a loss: [公式]")


def test_a_dry_run_writes_nothing(author: Learner) -> None:
    rows = draft(author, texts.ZH_NOTES, "--dry-run")
    assert rows
    assert list(Path(author.decks[0]).iterdir()) == []


def test_what_a_deck_asks_already_is_not_drafted(author: Learner) -> None:
    own = draft(author, texts.RECEPTIVE, "--dry-run")
    author.decks = (*author.decks, ROOT / "decks" / "receptive-field.yaml")
    file = author.folder / "post.md"
    article = author.run("draft", str(file), "--dry-run", "--json").json["articles"][0]
    assert len(article["drafts"]) < len(own)
    assert any(drop["why"] == "receptive-field/rf-of-a-stack asks it already" for drop in article["dropped"])


def test_drafts_go_into_a_deck_written_by_hand(author: Learner) -> None:
    deck = author.folder / "mine.yaml"
    by_hand = "# mine\nformat: 1\ndeck: mine\ntitle: Mine   # yes\nquestions:\n  - id: one\n    kind: short\n    prompt: One?\n    answers: [1]\n"
    deck.write_text(by_hand, "utf-8")
    rows = draft(author, texts.ZH_NOTES, "-o", str(deck))
    assert rows
    assert deck.read_text("utf-8").startswith(by_hand)
    assert author.run("check", str(deck)).code == 0


def test_without_a_folder_of_decks_the_drafts_are_loaded_from_now_on(learner: Learner) -> None:
    file = learner.folder / "post.md"
    file.write_text(texts.RECEPTIVE, "utf-8")
    db = ("--db", str(learner.db))
    said = learner.bare(*db, "draft", str(file), "--json")
    assert said.code == 0
    assert "loaded from now on" in said.err
    path = Path(said.json["articles"][0]["path"])
    assert path.is_relative_to(learner.folder / "data")
    assert len(learner.bare(*db, "drafts", "list", "--json").json) == len(said.json["articles"][0]["drafts"])


def test_every_template_passes_check_and_names_its_words() -> None:
    from quizzer.checking import check, deck_files
    from quizzer.store.compiling import parse_deck

    folder = ROOT / "quizzer" / "drafting" / "templates"
    findings = list(check(deck_files([folder]), parse_deck, None, seeds=25))
    assert [str(problem) for finding in findings for problem in finding.problems if not problem.warning] == []
    assert len(topics()) == len(findings) == 12
    assert all(len(topic.templates) >= 2 for topic in topics())


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("感受野,即", "一个感受野，即范围", True), ("Adam 优化器", "用Adam优化器训练", True), ("the mean", "is the **mean**", True),
        ("$x_1$ is", "so x\\_1 is it", True), ("“quoted”", 'a "quoted" word', True), ("x²", "so x2", False),
        ("a - b", "a + b", False), ("二阶矩", "一阶矩", False), ("is not", "is", False), ("a<b", "a>b", False), ("x", "y", False),
        ("m_t-1", "m_{t-1}", False), ("", "anything", False), ("１２３", "123 是", True),
    ],
)  # fmt: skip
def test_quotes_are_found_strictly(quote: str, text: str, found: bool) -> None:
    assert (find(quote, text) is not None) is found


def test_a_found_quote_has_its_place_in_the_original() -> None:
    text = "前言。 感受野（Receptive Field）是 **范围** 。"
    start, end = find("感受野(Receptive Field)是范围", text) or (0, 0)
    assert text[start:end] == "感受野（Receptive Field）是 **范围"


def test_a_statement_set_as_a_listing_is_read(author: Learner) -> None:
    code = next(row for row in draft(author, texts.FENCED) if row["kind"] == "code")
    assert code["name"].endswith("/three-sum")
    assert code["prompt"].startswith("给你一个整数数组")
    assert "```" not in code["quote"]
    assert "def three_sum(nums: list[int]) -> list[list[int]]:" in deck_text(author)


def test_steps_told_in_a_sentence_and_answers_of_one_paragraph(author: Learner) -> None:
    rows = draft(author, texts.DISTILLATION, name="notes.txt")
    written = deck_text(author)
    order = next(row for row in rows if row["kind"] == "order")
    assert order["prompt"] == "按正确的顺序排列:训练流程"
    assert "- '用教师产生软标签'" in written
    short = next(row for row in rows if row["kind"] == "short")
    assert short["prompt"] == "为什么要用软标签?"
    assert "model: '软标签包含了类别之间的相似程度,比独热标签提供更多的信息。'" in written
    assert "Its temperature" not in written
    assert "[[轉置卷積]]是一種" in written


def test_templates_name_questions_that_the_bundled_decks_have() -> None:
    from quizzer.decks.yamltext import read

    names = set()
    for path in (ROOT / "decks").glob("*.yaml"):
        tree = read(path.read_bytes(), str(path))
        deck, listed = tree.get("deck"), tree.get("questions")
        assert deck is not None
        assert listed is not None
        names |= {f"{deck.raw}/{key.raw}" for item in listed.elements() if (key := item.get("id")) is not None}
    assert [
        same for topic in topics() for template in topic.templates for same in template.same if same not in names
    ] == []


@pytest.mark.parametrize(
    "piece",
    ["x_1 + ", "感受野", "[", "$", "$$a=b", "\\(", "\\begin{align}", "![", "A. x 答案:A ", "1. a\n2. b\n3. c\n", "输入:[1] 输出:1 ",
     "甲与乙的区别 ", "Alpha vs Beta ", "首先做,", ".", '"A"指更新,', "## 什么是它?\n", "标题 ", "a_b", "```\n"],
)  # fmt: skip
def test_texts_made_to_be_slow_are_read_and_drafted(piece: str) -> None:
    """No rule may take time that grows with a power of the text: a hang would show here."""
    from quizzer.articles.texts import read_markdown
    from quizzer.drafting.gates import Known
    from quizzer.drafting.offline import draft_offline

    article = read_markdown(piece * (12_000 // len(piece))).articles[0]
    assert len(draft_offline(article, Known()).drafts) <= 8
