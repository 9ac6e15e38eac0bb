"""The page in a real browser: nothing refused, nothing thrown, nothing wider than the window."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import histories
import pytest
from page_reading import read
from test_report_page import HOSTILE, empty, first_day, hostile_figures, year

from quizzer.report import render

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
    "--v=0",
)


@pytest.fixture(scope="module")
def browser() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        reason = f"no browser: the report was not opened in one (looked for {', '.join(BROWSERS)})"
        print(f"\nNOTICE: {reason}")
        pytest.skip(reason)
    return found


def open_page(browser: str, html: str, folder: Path, width: int = 900) -> tuple[str, list[str]]:
    """The page's document after its script ran, and what the browser's console said."""
    page = folder / "page.html"
    page.write_text(html, encoding="utf-8")
    command = [browser, *QUIET, f"--user-data-dir={folder / 'profile'}", f"--window-size={width},900", "--dump-dom"]
    done = subprocess.run(
        [*command, page.as_uri()], capture_output=True, timeout=120, check=True, encoding="utf-8", errors="replace"
    )
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


@pytest.mark.parametrize(
    "made",
    [empty, first_day, year, lambda: hostile_figures("".join(HOSTILE))],
    ids=["empty", "first", "year", "hostile"],
)
def test_the_browser_has_nothing_to_complain_of(browser: str, made: object, tmp_path: Path) -> None:
    assert callable(made)
    document, console = open_page(browser, render(made()), tmp_path)
    assert console == []
    # The script ran under the policy: it takes the titles away to show them itself.
    plots = [one for one in read(document).all("svg") if str(one.attributes.get("class")).startswith("plot")]
    assert plots
    assert not any(one.all("title") for one in plots)


def test_the_policy_refuses_what_is_not_ours(browser: str, tmp_path: Path) -> None:
    foreign = '<script>document.title = "owned"</script><p style="color: red"></p><img src="x.png" onerror="alert(1)">'
    document, console = open_page(browser, render(empty()).replace("</main>", foreign + "</main>"), tmp_path)
    assert "<title>owned" not in document
    assert sum("Content Security Policy" in line for line in console) >= 3


@pytest.mark.parametrize("width", [500, 1600])
def test_nothing_is_wider_than_the_window(browser: str, width: int, tmp_path: Path) -> None:
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", render(year()))
    measure = "<script>document.title = [innerWidth, document.documentElement.scrollWidth].join(' ')</script></body>"
    document, _ = open_page(browser, html.replace("</body>", measure), tmp_path, width)
    found = re.search(r"<title>(\d+) (\d+)</title>", document)
    assert found is not None
    assert int(found[1]) == width
    assert int(found[2]) <= width


def test_arrow_keys_read_a_chart_bar_by_bar(browser: str, tmp_path: Path) -> None:
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", render(first_day()))
    press = """<script>
      const plot = document.querySelector("#forecast .plot");
      for (const key of ["Home", "ArrowRight"]) plot.dispatchEvent(new KeyboardEvent("keydown", { key }));
      document.title = document.getElementById("reading").textContent;
    </script></body>"""
    document, console = open_page(browser, html.replace("</body>", press), tmp_path)
    assert console == []
    assert re.search(r"<title>\w+ \d+ \w+ 2026: 3 cards", document)


def test_the_year_is_a_year() -> None:
    assert histories.year(3000)[0][0].day < histories.TODAY - 300
