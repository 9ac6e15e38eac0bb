"""`quizzer feed`: following, pulling, what is kept, what is asked of servers."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler

import page_shapes
import pytest
from learner import Learner, Said
from web_server import Site


def feed(learner: Learner, *arguments: str) -> Said:
    own = ("--allow-private",) if arguments[0] in ("add", "pull") else ()
    return learner.run("feed", *arguments, *own)


def test_the_life_of_a_feed(learner: Learner, site: Site) -> None:
    address = site.put("/feed", page_shapes.feed("rss20").encode(), "application/rss+xml")
    added = feed(learner, "add", address, "--json")
    assert added.json == {
        "added": [address],
        "url": address,
        "title": "一个博客",
        "new": 2,
        "updated": 0,
        "changed": True,
        "error": None,
    }
    listed = feed(learner, "list", "--json").json
    assert [(row["url"], row["title"], row["articles"], row["error"]) for row in listed] == [
        (address, "一个博客", 2, None)
    ]
    articles = feed(learner, "articles", "--json").json
    assert [row["title"] for row in articles] == ["感受野怎么算", "Adam & AdamW"] or len(articles) == 2
    name = next(row["id"] for row in articles if row["title"] == "感受野怎么算")
    read = learner.run("read", name[:6], "--json").json
    assert "$r_n = 1" in read["articles"][0]["text"]
    assert len(learner.run("read", "一个博客", "--json").json["articles"]) == 2
    assert feed(learner, "remove", "1").code == 0
    assert feed(learner, "list", "--json").json == []
    assert learner.run("read", name, "--json").code == 0  # what was pulled stays
    assert feed(learner, "add", address, "--json").json["new"] == 0


def test_articles_are_kept_once_by_id_and_by_link(learner: Learner, site: Site) -> None:
    items = page_shapes.ITEMS
    first = site.put("/a", page_shapes.feed("atom").encode())
    second = site.put("/b", page_shapes.feed("rss20").encode())  # the same links in another feed
    assert feed(learner, "add", first, "--json").json["new"] == 2
    assert feed(learner, "add", second, "--json").json["new"] == 0
    newer = (*items, ("Third", "https://example.org/3", "<p>Three</p>"))
    site.put("/a", page_shapes.feed("atom", items=newer).encode())
    site.put("/b", page_shapes.feed("rss20", items=((items[0][0], items[0][1], "<p>mended</p>"), items[1])).encode())
    rows = {row["url"]: row for row in feed(learner, "pull", "--json").json["feeds"]}
    assert (rows[first]["new"], rows[first]["updated"]) == (1, 0)
    assert (rows[second]["new"], rows[second]["updated"]) == (0, 1)
    assert sum(row["articles"] for row in feed(learner, "list", "--json").json) == 3


def test_servers_are_asked_only_for_what_changed(learner: Learner, site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == '"a"' and handler.headers.get("If-Modified-Since")
        handler.send_response(304 if known else 200)
        handler.send_header("ETag", '"a"')
        handler.send_header("Last-Modified", "Tue, 03 Feb 2026 04:05:06 GMT")
        handler.end_headers()
        if not known:
            handler.wfile.write(page_shapes.feed("rss20").encode())

    site.pages["/f"] = answer
    feed(learner, "add", site.address + "/f")
    row = feed(learner, "pull", "--json").json["feeds"][0]
    assert (row["changed"], row["new"], row["error"]) == (False, 0, None)
    assert "nothing new" in feed(learner, "pull").out
    assert site.requests[-1][1]["If-None-Match"] == '"a"'


def test_a_failing_feed_does_not_stop_the_others(learner: Learner, site: Site) -> None:
    site.put("/good", page_shapes.feed("rss20").encode())
    site.put("/bad", page_shapes.feed("atom").encode())
    feed(learner, "add", site.address + "/bad")
    feed(learner, "add", site.address + "/good")
    site.put("/bad", b"", status=500)
    said = feed(learner, "pull")
    assert said.code == 1
    assert "500" in said.out
    assert "0 new" in said.out
    assert "500" in feed(learner, "list", "--json").json[0]["error"]
    site.put("/bad", page_shapes.feed("atom").encode())
    assert feed(learner, "pull", "1").code == 0
    assert feed(learner, "list", "--json").json[0]["error"] is None


def test_a_page_names_its_feed(learner: Learner, site: Site) -> None:
    site.put(
        "/",
        b'<html><head><link rel="alternate" type="application/atom+xml" href="/atom.xml"></head><body>x</body></html>',
    )
    site.put("/atom.xml", page_shapes.feed("atom").encode())
    assert feed(learner, "add", site.address + "/", "--json").json["added"] == [site.address + "/atom.xml"]
    said = feed(learner, "add", site.put("/none", b"<html><body><p>nothing</p></body></html>"))
    assert said.code == 2
    assert "no feed" in said.err


def test_a_list_of_feeds_is_taken_in(learner: Learner, site: Site) -> None:
    for name in ("a", "b"):
        site.put(f"/{name}", page_shapes.feed("json", title=name.upper()).encode())
    lines = "".join(f'<outline type="rss" text="{name}" xmlUrl="{site.address}/{name}"/>' for name in ("a", "b"))
    file = learner.folder / "subs.opml"
    file.write_text(f'<opml version="1.0"><body>{lines}</body></opml>', "utf-8")
    assert len(feed(learner, "add", str(file), "--json").json["added"]) == 2
    assert len(feed(learner, "add", str(file), "--json").json["added"]) == 0
    assert [row["pulled"] for row in feed(learner, "list", "--json").json] == [None, None]
    assert feed(learner, "pull").code == 0
    assert [row["title"] for row in feed(learner, "list", "--json").json] == ["A", "B"]


def test_a_feed_that_moved_for_ever_is_followed_there(learner: Learner, site: Site) -> None:
    site.put("/old", page_shapes.feed("rss20").encode())
    feed(learner, "add", site.address + "/old")
    site.put("/new", page_shapes.feed("rss20").encode())
    site.redirect("/old", "/new", 301)
    assert feed(learner, "pull", "--json").json["feeds"][0]["new"] == 0
    assert [row["url"] for row in feed(learner, "list", "--json").json] == [site.address + "/new"]


@pytest.mark.parametrize(
    "arguments", [("remove", "7"), ("pull", "nothing"), ("add", "missing.opml"), ("add", "ftp://x/y")]
)
def test_what_is_not_there_is_one_line(learner: Learner, arguments: tuple[str, ...]) -> None:
    said = feed(learner, *arguments)
    assert said.code == 2
    assert len(said.err.splitlines()) == 1


def test_a_feed_that_can_not_be_read_is_not_kept(learner: Learner, site: Site) -> None:
    address = site.put("/x", b"<rss><channel></channel></rss>", status=404)
    assert feed(learner, "add", address).code == 2
    assert feed(learner, "list", "--json").json == []
