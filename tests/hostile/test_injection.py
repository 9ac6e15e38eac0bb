"""Text from decks, answers, submissions, feeds and file names steers no terminal, no page, no query and no path."""

from __future__ import annotations

import json
import os
from html.parser import HTMLParser
from pathlib import Path

import pytest
from learner import DATA, Learner, Said

STEERING = set("\x00\x07\x08\x1b\x7f\x9b\x9d\u202a\u202e\u2066\u200b\u2028\ufeff\U000e0041")
ODD = "\x1b[2J\x1b]8;;https://evil.example\x07x\x9b31m\x9d0;t\x07\u202e321\u2066\u200b\u2028\x7f\x08\ufeff\U000e0041"
LIVE = '<script>alert(1)</script><img src=x onerror="alert(1)"><a href="javascript:alert(1)">x</a><svg/onload=alert(1)>'
LINK = "[click](javascript:alert(1)) ![i](https://evil.example/p.png) [d](data:text/html,x) <https://evil.example>"
SQL = "'); DROP TABLE act; DELETE FROM card; --"
TEXT = f"{LIVE} {LINK} {SQL} $x<y$ {{{{7*7}}}} %s ${{HOME}} `id` $(id)"


def quoted(text: str) -> str:
    """A text in a deck file as the author means it."""
    return "'" + text.replace("'", "''") + "'"


DECK = f"""format: 1
deck: hostile
title: {quoted(TEXT)}
authors:
  - {quoted(TEXT)}
license: {quoted(TEXT)}
source:
  title: {quoted(TEXT)}
  url: https://example.org/<script>"'
tags:
  - {quoted(SQL)}
questions:
  - id: pick
    kind: choice
    prompt: {quoted(TEXT)}
    hints:
      - {quoted(TEXT)}
    explanation: {quoted(TEXT)}
    quote: {quoted(TEXT)}
    tags:
      - {quoted(LIVE)}
    choices:
      - right: {quoted(TEXT + " a")}
        say: {quoted(TEXT)}
      - wrong: {quoted(TEXT + " b")}
        say: {quoted(TEXT)}
  - id: number
    kind: numeric
    prompt: {quoted(TEXT)}
    answer: '7'
    mistakes:
      - value: '8'
        say: {quoted(TEXT)}
  - id: word
    kind: short
    prompt: {quoted(TEXT)}
    answers:
      - {quoted(TEXT)}
  - id: code
    kind: code
    prompt: {quoted(TEXT)}
    reference: |
      def f(x):
          return "<script>alert(1)</script>" + chr(27) + "[31m" + chr(0x202e) + str(x)
    cases:
      - call: f(1)
    wrong:
      - name: {quoted(LIVE[:60])}
        say: {quoted(TEXT)}
        code: |
          def f(x):
              return 1
"""
SUBMISSION = """
import sys
def f(x):
    print("\\x1b[2J\\x9b31m\\u202e<script>alert(1)</script>")
    if x == 1:
        raise ValueError("\\x1b]8;;https://evil.example\\x07\\u202e<img src=x onerror=alert(1)>")
"""


class Page(HTMLParser):
    """What of a page could do something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.live: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        for name, value in attrs:
            text = (value or "").strip().lower()
            if name.startswith("on") or (name in ("href", "src", "action", "formaction", "xlink:href", "srcset")
                                         and not text.startswith("#")):  # fmt: skip
                self.live.append(f"{tag} {name}={text}")


def harmless(said: Said) -> Said:
    shown = said.out + said.err
    assert not STEERING & set(shown), sorted(map(hex, map(ord, STEERING & set(shown))))
    assert "Traceback" not in shown
    assert "quizzer failed" not in shown, shown[-400:]
    assert said.code in (0, 1, 2), said.err
    return said


@pytest.fixture
def hostile(learner: Learner) -> Learner:
    """A learner who was sent a deck, under a name of its own."""
    folder = learner.folder / f"decks {ODD.replace(chr(0), '').replace('/', '')} <b>"
    folder.mkdir()
    (folder / "<img src=x onerror=alert(1)>.yaml").write_text(DECK, "utf-8")
    learner.decks = (folder,)
    learner.environment["QUIZZER_LEARNER"] = "me"
    return learner


def studied(learner: Learner) -> None:
    """Answers as hostile as the deck, in every way there is to give one."""
    code = learner.folder / "code.py"
    code.write_text(SUBMISSION, "utf-8")
    answers = (TEXT, ODD.replace("\x00", ""), SQL, "?", "1", "[" + LIVE, "学\u202e")
    for answer in answers:
        for card in ("pick", "number", "word"):
            harmless(learner.run("grade", f"hostile/{card}", f"--answer={answer}"))
            harmless(learner.run("grade", f"hostile/{card}", f"--answer={answer}", "--json"))
            harmless(learner.run("submit", f"hostile/{card}", f"--answer={answer}", "--grade", "2"))
    for options in ((), ("--json",)):
        harmless(learner.run("submit", "hostile/code", str(code), "--rung", "write", *options))
    lines = [json.dumps({"answer": answer}) for answer in answers] + ['{"command": "hint"}', '{"grade": 1}']
    harmless(learner.wait(30).run("study", "hostile", "--jsonl", "--minutes", "90", typed="\n".join(lines)))
    typed = "\n".join(answer.replace("\n", " ") for answer in answers) + "\n:hint\n:quit\n"
    harmless(learner.wait(30).run("study", "hostile", "--minutes", "90", typed=typed))


COMMANDS = (
    (), ("due",), ("stats",), ("decks",), ("decks", "--json"), ("decks", "list"), ("show", "hostile/pick"),
    ("show", "hostile/pick", "--solution"), ("show", "hostile/number", "--json"),
    ("show", "hostile/code", "--solution"),
    ("search", "alert"), ("search", SQL), ("search", ODD.replace("\x00", "")), ("card", "history", "hostile/pick"),
    ("card", "history", "hostile/code", "--json"), ("card", "leeches"), ("export", "reviews"), ("export", "cards"),
    ("export", "reviews", "--csv"), ("doctor",), ("doctor", "--json"), ("db", "check"), ("db", "path"), ("config",),
    ("study", f"--tag={SQL}", "--jsonl"), ("study", ODD.replace("\x00", "")), ("grade", f"hostile/{SQL}"), (SQL,),
    ("show", ODD.replace("\x00", "")), ("card", "bury", SQL), ("scheduler", "use", "fsrs", SQL), ("undo",),
)  # fmt: skip


def test_nothing_steers_a_terminal_or_the_database(hostile: Learner) -> None:
    studied(hostile)
    before = harmless(hostile.run("export", "reviews")).out.count('"type": "review"')
    for command in COMMANDS:
        harmless(hostile.run(*command))
    harmless(hostile.bare("check", str(hostile.decks[0]), "--no-cache"))
    assert hostile.run("export", "reviews").out.count('"type": "review"') == before > 10
    assert hostile.run("db", "check").code == 0


def test_nothing_steers_the_report(hostile: Learner) -> None:
    plain, page = hostile.folder / "plain.html", hostile.folder / "report.html"
    hostile.run("report", "-o", str(plain))
    studied(hostile)
    harmless(hostile.run("report", "-o", str(page)))
    text = page.read_text("utf-8")
    assert not STEERING & set(text)
    clean, found = Page(plain.read_text("utf-8")), Page(text)
    assert "alert(1)" in text  # the deck's own words are shown, as words
    assert found.live == clean.live
    assert found.elements.count("script") == clean.elements.count("script")
    assert not {"img", "iframe", "object", "embed", "form", "base", "link", "meta-refresh"} & (
        set(found.elements) - set(clean.elements)
    )


def test_a_deck_can_not_hold_what_steers_a_terminal(learner: Learner) -> None:
    path = learner.folder / "odd.yaml"
    for char in "\x00\x08\x1b\x7f\x9b\u202e\u200b\U000e0041":
        for text in (f"a{char}b", f'"a\\u{ord(char):04x}b"' if ord(char) < 0x10000 else f'"a\\U{ord(char):08x}b"'):
            path.write_text(DECK.replace("deck: hostile\n", f"deck: hostile\nlanguage: {text}\n"), "utf-8")
            said = harmless(learner.bare("check", str(path), "--no-cache"))
            assert said.code == 2 or ord(char) > 0xFF, (char, said.out)  # the others are shown as what they are


def test_names_of_files_and_settings_are_shown_harmlessly(learner: Learner) -> None:
    odd = ODD.replace("\x00", "").replace("/", "")
    db = learner.folder / f"{odd}.db"
    deck = str(DATA / "sample.yaml")
    for command in (("due",), ("db", "path"), ("db", "path", "--json"), ("db", "backup"), ("db", "restore", "--list"),
                    ("db", "restore"), ("doctor",), ("report", "-o", str(learner.folder / f"{odd}.html")),
                    ("export", "reviews", "-o", str(learner.folder / f"{odd}.jsonl")), ("import", f"{odd}.none"),
                    ("check", f"{odd}.yaml"), ("--decks", odd, "due"), ("--now", odd, "due"), ("config", "get", odd),
                    ("config", "set", "editor", odd), ("config", "get", "editor"), ("config", "show"),
                    ("submit", "sample/area", odd), ("grade", "sample/running-max", str(learner.folder))):  # fmt: skip
        harmless(learner.bare("--db", str(db), "--decks", deck, "--now", learner.now.isoformat(), *command))
    db.write_bytes(b"no database at all, but long enough to be looked at" * 50)
    harmless(learner.bare("--db", str(db), "due"))


def test_a_feed_writes_nowhere_but_where_it_is_told(learner: Learner) -> None:
    pytest.importorskip("trafilatura", reason="the libraries that read articles are not installed")
    sentence = "The learning rate is the step size of gradient descent. Gradient descent is an algorithm. "
    titles = ("../../../evil", "/etc/cron.d/evil", "..", ".hidden", "CON", "a/b\\c", ODD.replace("\x00", ""), LIVE, SQL)
    items = "".join(
        f"<item><title><![CDATA[{title}]]></title><link>https://e.org/{n}</link><guid>../../{n}</guid>"
        f"<description><![CDATA[<h1>{title}</h1><p>{sentence * 5}</p><p>{LIVE} {ODD}</p>]]></description></item>"
        for n, title in enumerate(titles)
    )
    feed = learner.folder / "feed.xml"
    feed.write_text(f'<rss version="2.0"><channel><title>T {LIVE}</title>{items}</channel></rss>', "utf-8", "replace")
    out = learner.folder / "drafts"
    out.mkdir()
    before = {path for path in learner.folder.rglob("*") if not path.is_relative_to(out)}
    harmless(learner.run("read", str(feed)))
    harmless(learner.run("read", str(feed), "--json"))
    harmless(learner.run("draft", str(feed), "-o", str(out)))
    outside = {path for path in learner.folder.rglob("*") if not path.is_relative_to(out)} - before
    assert {path.suffix for path in outside if path.is_file()} <= {".db", ".txt", ""}, outside
    for path in out.rglob("*"):
        assert not path.name.startswith("."), path
        assert os.path.commonpath([path.resolve(), out]) == str(out)
        if path.is_file():
            assert not STEERING & set(path.read_text("utf-8"))
    assert not Path("/etc/cron.d/evil").exists()
