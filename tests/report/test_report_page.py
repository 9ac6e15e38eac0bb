"""The page's structure: complete, self-contained, inert whatever the texts are."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from hashlib import sha256

import histories
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_reading import Element, read

from quizzer.model import Card, CardState, ReviewRow
from quizzer.report import render
from quizzer.stats import DeckSummary, Figures, MissedStep, examined
from quizzer.stats.columns import columns
from quizzer.stats.cube import Cube
from quizzer.stats.values import without_code
from quizzer.text import printable
from quizzer.views.html import environment, safe

Made = tuple[Figures, Cube]


@cache
def empty() -> Made:
    return histories.examine(([], [], histories.first_day()[2]))


@cache
def first_day() -> Made:
    return histories.examine(histories.first_day())


@cache
def year() -> Made:
    return histories.examine(histories.year(3000))


situations = pytest.mark.parametrize("situation", [empty, first_day, year], ids=["empty", "first day", "year"])


@situations
def test_every_figure_has_a_name_a_drawing_and_a_table(situation: Callable[[], Made]) -> None:
    page = read(render(*situation()))
    found = page.all("figure")
    assert found
    for figure in found:
        (details,) = [one for one in figure.all("details") if one.all("table")]
        assert details.all("th")
        assert details.all("summary")
        assert figure.all("figcaption")[0].all("h3")
        drawings = [one for one in figure.all("svg") if one.attributes.get("role") == "img"]
        assert drawings
        assert all(one.attributes.get("aria-label") for one in drawings)


@situations
def test_ids_are_unique_and_every_reference_leads_somewhere(situation: Callable[[], Made]) -> None:
    html = render(*situation())
    everything = read(html).all()
    ids = [one.attributes["id"] for one in everything if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    named = {one.attributes["aria-labelledby"] for one in everything if "aria-labelledby" in one.attributes}
    linked = {str(one.attributes["href"])[1:] for one in everything if "href" in one.attributes}
    assert named | linked | set(re.findall(r"url\(#([^)]*)\)", html)) <= set(ids)


@situations
def test_the_page_asks_nothing_of_any_network(situation: Callable[[], Made]) -> None:
    html = render(*situation())
    for one in read(html).all():
        assert one.tag not in {
            "img",
            "link",
            "iframe",
            "object",
            "embed",
            "form",
            "base",
            "image",
            "use",
            "audio",
            "video",
        }
        for name, value in one.attributes.items():
            assert not name.startswith("on"), (one.tag, name)
            assert name not in {"src", "srcset", "action", "style", "xlink:href", "background", "data", "poster"}
            assert name != "href" or str(value).startswith("#")
    # A namespace is a name; nothing is fetched from it.
    assert "http:" not in html.replace('"http://www.w3.org/2000/svg"', "")
    assert "https:" not in html
    assert "@import" not in html
    assert set(re.findall(r"url\((.)", html)) <= {"#"}


@situations
def test_the_policy_allows_the_page_s_own_style_and_script_alone(situation: Callable[[], Made]) -> None:
    html = render(*situation())
    page = read(html)
    (style,), (data, script) = page.all("style"), page.all("script")
    assert data.attributes == {"type": "application/json", "id": "counts"}
    metas = {one.attributes.get("http-equiv"): one.attributes.get("content") for one in page.all("meta")}
    policy = dict(part.strip().split(" ", 1) for part in str(metas["Content-Security-Policy"]).split(";"))

    def digest(text: str) -> str:
        return "'sha256-" + b64encode(sha256(text.encode()).digest()).decode() + "'"

    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == digest(style.text)
    assert policy["script-src"] == digest(script.text)
    assert html.index("Content-Security-Policy") < html.index("<style")


def hostile_figures(text: str) -> Made:
    """Figures in which every foreign text is `text`."""
    day = histories.TODAY
    detail = {
        "cases": {"passed": 1, "total": 2},
        "counterexample": {"call": text, "expected": text, "got": text},
        "message": text,
    }
    review = ReviewRow(
        uid="u",
        deck=text,
        question=text,
        question_kind="code",
        kind="review",
        rung=text,
        day=day,
        at_ms=day * 86_400_000,
        offset_min=0,
        grade=1,
        verdict=text,
        duration_ms=1000,
        elapsed=2,
        interval=2,
        predicted=0.9,
        mistake=text,
        response=text,
        detail=json.dumps(detail),
    )
    other_kind = replace(review, question_kind=text, day=day - 30)
    line = text.replace("\n", " ")
    first, second = replace(review, response=line), replace(review, response=f"{line}\nsecond")
    held = Card("u", text, text, CardState(0, 1, 250, day, day, day, 2, 2, 9))
    deck = DeckSummary(text, text, text, 3, True, 1, 2)
    rows = [other_kind, first] + [review] * 10 + [second]
    return examined(
        columns(rows), [held], [deck], day, text,
        topics={(text, text): (text, (text,))},
        code={f"{text}/{text}": rows[1:]},
        steps=[MissedStep(f"{text}/{text}", 1, 1, 2, day, text)],
        prompts={f"{text}/{text}": text},
        exams={text: day + 3},
        leech=8,
    )  # fmt: skip


def shape(element: Element) -> list[tuple[str, tuple[str, ...]]]:
    """Tags and attribute names in the page's order: what a text must not be able to change."""
    return [(one.tag, tuple(one.attributes)) for one in element.all()]


@cache
def plain_shape() -> list[tuple[str, tuple[str, ...]]]:
    """The shape with a harmless text: like the hostile ones no slug, and not empty."""
    return shape(read(render(*hostile_figures("Plain Text"))))


HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></svg></table><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="\' autofocus onfocus=\'alert(1)',
    "{{ 7 * 7 }}{% raw %}{# x #}${7*7}",
    "&lt;script&gt;&#60;b&#62;&amp;",
    "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe\u2066\u200b\ufeff\ue000",
    "]]><!-- --!> <![CDATA[",
    "</script><script>alert(1)</script><!--<script>",
    "[x](javascript:alert(1)) javascript:alert(1) <a href=javascript:alert(1)>",
    "滑动窗口 ｆｕｌｌ　ｗｉｄｔｈ <b>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_stays_text(text: str) -> None:
    html = render(*hostile_figures(text))
    page = read(html)
    assert shape(page) == plain_shape()
    assert printable(html) == html
    code = [one for one in page.all("code") if text.replace("\x1b", "\\x1b")[:8] in one.text]
    assert code, "the text itself must be there to read"


@given(st.text(st.characters(exclude_characters="$"), min_size=1))  # mathematics has tests of its own
@settings(max_examples=25, deadline=None)
def test_any_text_stays_text(text: str) -> None:
    html = render(*hostile_figures("X " + text))
    assert shape(read(html)) == plain_shape()
    assert printable(html) == html


def test_templates_made_by_anyone_escape() -> None:
    made = environment({"page": '<i title="{{ a }}">{{ a }}{{ a|line }}</i>'}.__getitem__)
    assert (
        made.get_template("page").render(a="<\x1b\n'")
        == '<i title="&lt;\\x1b\n&#39;">&lt;\\x1b\n&#39;&lt;\\x1b\\x0a&#39;</i>'
    )
    assert safe("<\u202e\"'&>") == "&lt;\\u202e&quot;&#x27;&amp;&gt;"
    with pytest.raises(Exception, match="'b' is undefined"):
        environment({"page": "{{ b }}"}.__getitem__).get_template("page").render()


def test_source_text_can_be_left_out() -> None:
    history, cube = year()
    assert "window.pop()" in render(history, cube)
    assert "<ins>+" in render(history, cube)
    shared = render(without_code(history), cube)
    assert "window.pop()" not in shared
    assert "nums[window" not in shared
    assert "window_max([2, 2], 1)" in shared


def test_the_data_of_the_filters_is_data() -> None:
    html = render(*hostile_figures("</script>\u202e<!--\u2028&\x00"))
    (data, _) = read(html).all("script")
    assert not set("<>&") & set(data.text)
    assert data.text.isascii()
    read_back = json.loads(data.text)
    assert read_back["decks"] == read_back["tags"] == ["</script>\\u202e<!--\\u2028&\\x00"]


def test_the_page_says_what_the_figures_say() -> None:
    history, cube = year()
    page = read(render(history, cube))
    words = re.sub(r"\s+", " ", page.words().replace("\u00a0", " "))
    assert f"{history.reviews:,} reviews in" in words
    assert f"{history.retention.last_30.total:,} answers" in words
    for weak in history.weakest:
        assert f"{weak.recalled} of {weak.total}" in words
        assert weak.command in words
    for deck in history.decks:
        assert deck.title in words
    (decks,) = [one for one in page.all("figure") if one.attributes["id"] == "decks"]
    states = [[cell.text for cell in one.all("td")[1:7]] for one in decks.all("tr")[1:]]
    assert states == [
        [str(n) for n in (deck.new, deck.learning, deck.young, deck.mature, deck.suspended, deck.due)]
        for deck in history.decks
    ]
    (forecast,) = [one for one in page.all("figure") if one.attributes["id"] == "forecast"]
    due = [one for one in forecast.all("tr")[1:] if one.all("td")]
    assert [int(one.all("td")[0].text) for one in due] == [day.due for day in history.forecast[:30] if day.due]
    for story in history.code:
        assert story.name in words
    assert "Exam on" in words
    assert "Take the gradient of" in words
    assert page.all("math"), "formulas stand as MathML"


def test_words_stand_out_from_their_ground_by_day_and_by_night() -> None:
    """Contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3) for every colour that letters have."""
    (style,) = read(render(*empty())).all("style")
    schemes = re.findall(r":root \{(.*?)\}", style.text, re.DOTALL)
    assert len(schemes) == 3  # light, dark, print
    for scheme in schemes:
        colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]+)", scheme))
        for ink in ("ink", "soft", "right", "wrong"):
            for ground in ("page", "card", "tag", "code"):
                assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground, scheme)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as WCAG defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_an_empty_history_invites() -> None:
    words = read(render(*empty())).words()
    assert "Your first ten minutes start here" in words
    assert "quizzer study" in words
    assert "nan" not in words.lower().split()


def test_no_deck_at_all_is_a_page_too() -> None:
    assert "quizzer decks list" in render(*histories.examine(([], [], [])))


def test_a_long_history_makes_no_long_page() -> None:
    assert len(render(*histories.examine(histories.year(30_000))).encode()) < 600_000
