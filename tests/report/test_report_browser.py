"""The page in a real browser, from disk, without a network: nothing refused, nothing thrown, everyone can use it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import histories
import pytest
from test_report_page import HOSTILE, Made, empty, first_day, hostile_figures, year

from quizzer.report import render
from quizzer.stats import examined
from quizzer.stats.columns import columns

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: the report was not opened in a browser")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def hostile() -> Made:
    return hostile_figures("".join(HOSTILE))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        reason = f"no browser: the report was not opened in one (looked for {', '.join(BROWSERS)})"
        print(f"\nNOTICE: {reason}")
        pytest.skip(reason)
    with sync_api.sync_playwright() as tools:
        made = tools.chromium.launch(executable_path=found, args=list(QUIET))
        yield made
        made.close()


class Opened:
    """A page that was opened from disk with the network cut; `complaints` is what its console said."""

    def __init__(self, browser: Any, html: str, folder: Path, width: int = 1100, scheme: str = "light") -> None:
        path = folder / "report.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
        self.page = context.new_page()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())
        self.uri = path.as_uri()

    def table(self, figure: str) -> list[list[str]]:
        """The cells of the table behind a figure."""
        found: list[list[str]] = self.page.evaluate(
            "id => [...document.querySelectorAll(`#${id} .numbers tbody tr`)]"
            ".map(row => [...row.children].map(cell => cell.textContent))",
            figure,
        )
        return found

    def choose(self, **chosen: str) -> None:
        for name, label in chosen.items():
            self.page.select_option(f"#filter-{name}", label=label)


situations = pytest.mark.parametrize("situation", [empty, first_day, year, hostile])
schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@situations
@schemes
def test_nothing_to_complain_of_and_nothing_asked(
    browser: Any, situation: Callable[[], Made], scheme: str, tmp_path: Path
) -> None:
    opened = Opened(browser, render(*situation()), tmp_path, scheme=scheme)
    assert opened.complaints == []
    assert opened.asked == [opened.uri]
    # The script ran under the policy: it takes the titles away to show them itself.
    assert opened.page.locator(".plot").count()
    assert opened.page.locator(".plot title").count() == 0
    ground = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(246, 245, 241)" if scheme == "light" else "rgb(20, 23, 27)")
    assert opened.page.title().startswith("quizzer report")
    opened.page.close()


@pytest.mark.parametrize(
    ("situation", "scheme"),
    [(empty, "light"), (first_day, "dark"), (year, "light"), (year, "dark"), (hostile, "light")],
)
def test_accessible_to_everyone(browser: Any, situation: Callable[[], Made], scheme: str, tmp_path: Path) -> None:
    """axe-core finds nothing, all details open; in the dark with a filter on."""
    from axe_playwright_python.sync_playwright import Axe

    # axe brings its own script; the policy is tested elsewhere.
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", render(*situation()))
    opened = Opened(browser, html, tmp_path, scheme=scheme)
    opened.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    if situation is year and scheme == "dark":
        opened.choose(deck="ddpg", span="13 weeks")
    found = Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()
    opened.page.close()


def test_the_policy_refuses_what_is_not_ours(browser: Any, tmp_path: Path) -> None:
    foreign = '<script>document.title = "owned"</script><p style="color: red"></p><img src="x.png" onerror="alert(1)">'
    opened = Opened(browser, render(*empty()).replace("</main>", foreign + "</main>"), tmp_path)
    assert opened.page.title() != "owned"
    assert sum("Content Security Policy" in line for line in opened.complaints) >= 3
    opened.page.close()


@pytest.mark.parametrize("width", [360, 820, 1600])
def test_nothing_is_wider_than_the_window(browser: Any, width: int, tmp_path: Path) -> None:
    for made in (year(), hostile()):
        opened = Opened(browser, render(*made), tmp_path, width)
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        opened.page.close()


def test_arrow_keys_read_a_chart_bar_by_bar(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, render(*first_day()), tmp_path)
    opened.page.focus("#forecast .plot")
    opened.page.keyboard.press("Home")
    opened.page.keyboard.press("ArrowRight")
    assert re.match(r"\w+ \d+ \w+ 2026: 3 cards", opened.page.inner_text("#reading"))
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#reading").is_hidden()
    opened.page.close()


DRAWN = ("activity", "forecast", "year-ahead", "retention", "weeks", "calibration", "mastery", "intervals", "eases",
         "hours", "year")  # fmt: skip


def test_a_filter_that_leaves_everything_changes_nothing(browser: Any, tmp_path: Path) -> None:
    """What the page adds up from its counts is what was computed from the log; quantiles of times within 6 %."""
    opened = Opened(browser, render(*year()), tmp_path)
    came = {name: opened.table(name) for name in DRAWN}
    times = opened.table("kinds")
    marks = opened.page.locator(".plot .m").count()
    opened.page.evaluate(
        "for (const name in charts)"
        " replaceChart(document.getElementById(name), charts[name](data.groups.map(() => true), 4))"
    )
    for name in DRAWN:
        expected = [row for row in came[name] if row[0] != "Last 30 days"]
        assert_alike(opened.table(name), expected)
    assert opened.page.locator(".plot .m").count() == marks - 1
    again = {row[0]: row for row in opened.table("kinds")}
    for row in times:
        assert again[row[0]][1] == row[1]
        for was, now in zip(row[2:7], again[row[0]][2:7], strict=True):
            assert seconds(now) == pytest.approx(seconds(was), rel=0.1, abs=31 if "min" in was + now else 0.6)
    assert opened.complaints == []
    opened.page.close()


def assert_alike(found: list[list[str]], expected: list[list[str]]) -> None:
    """Every cell is the same; lengths of time, which are added up in whole seconds a group, nearly so."""
    assert len(found) == len(expected)
    for own, other in zip(found, expected, strict=True):
        for now, was in zip(own, other, strict=True):
            if now != was:
                assert seconds(now) == pytest.approx(seconds(was), rel=0.02, abs=61 if "min" in now + was else 2)


def seconds(text: str) -> float:
    assert re.search(r"\d (s|min|h)", text), text
    return sum(float(n) * {"s": 1, "min": 60, "h": 3600}[unit] for n, unit in re.findall(r"([\d.]+) (s|min|h)", text))


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({"deck": "ddpg"}, lambda row, tags: row.deck == "ddpg"),
        ({"tag": "gradients"}, lambda row, tags: "gradients" in tags),
        ({"kind": "code", "deck": "bias"}, lambda row, tags: row.deck == "bias" and row.question_kind == "code"),
        ({"span": "13 weeks", "tag": "arrays"}, lambda row, tags: "arrays" in tags and row.day > histories.TODAY - 91),
    ],
    ids=["deck", "tag", "kind and deck", "time and tag"],
)
def test_filtered_figures_are_those_of_the_answers_that_are_left(
    browser: Any, chosen: dict[str, str], left: Callable[[Any, Any], bool], tmp_path: Path
) -> None:
    rows, cards, decks = histories.year(3000)
    topics = histories.topics(rows, cards)
    kept = [row for row in rows if left(row, topics[row.deck, row.question][1])]
    alone, cube = examined(columns(kept), [], decks, histories.TODAY, "", topics=topics)
    opened = Opened(browser, render(*year()), tmp_path)
    expected = Opened(browser, render(alone, cube), tmp_path)
    opened.choose(**chosen)
    names = ["retention", "calibration", "hours"] + ([] if "span" in chosen else ["activity", "year"])
    for name in names:
        assert_alike(opened.table(name), [row for row in expected.table(name) if row[0] != "Last 30 days"])
    assert "Shown: " + " · ".join(chosen[name] for name in ("deck", "tag", "kind", "span") if name in chosen) in (
        opened.page.inner_text("#filtered")
    )
    assert opened.page.locator("#weakest tbody tr:visible").count() < 12
    assert opened.complaints == []
    opened.page.close()
    expected.page.close()


def test_filters_work_by_keyboard_alone_and_go_away_again(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, render(*year()), tmp_path)
    before = opened.page.inner_html("main")
    opened.page.focus("#filter-deck")
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.inner_text("#filtered").startswith("Shown: ")
    assert opened.page.inner_html("#retention") not in before
    opened.page.focus("#clear")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "filter-deck"
    assert opened.page.inner_text("#filtered") == ""
    assert opened.page.inner_html("main") == before
    opened.page.focus("#measure")
    opened.page.keyboard.press("ArrowDown")
    assert "by minutes" in str(opened.page.get_attribute("#year .plot", "aria-label"))
    opened.page.close()


def test_paper_gets_the_charts_without_the_controls(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, render(*year()), tmp_path)
    opened.page.emulate_media(media="print")
    assert opened.page.locator("#filters").is_hidden()
    assert opened.page.locator("#year .plot").is_visible()
    assert opened.page.pdf(format="A4").startswith(b"%PDF")
    opened.page.close()
