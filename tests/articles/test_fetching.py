"""Fetching from strangers: addresses, redirects, sizes, slow servers, what is refused and what is asked for."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from http.server import BaseHTTPRequestHandler

import page_shapes
import pytest
from learner import Learner
from web_server import Site

from quizzer.articles.addresses import is_public, reachable
from quizzer.articles.fetching import Manners, fetch
from quizzer.errors import BadInput, Unable

OWN = Manners(allow_private=True, silent_seconds=2, whole_seconds=2)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("192.168.0.1", False), ("172.16.5.5", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False),
        ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fc00::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False),
        ("64:ff9b::5db8:d822", True), ("nonsense", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_only_the_public_ones_of_a_host_are_used() -> None:
    def both(host: str, port: int) -> list[str]:
        return ["127.0.0.1", "93.184.216.34"]

    assert reachable("h", 80, allow_private=False, resolver=both) == ["93.184.216.34"]
    with pytest.raises(BadInput, match="no public address"):
        reachable("h", 80, allow_private=False, resolver=lambda host, port: ["127.0.0.1", "::1"])


def test_a_private_address_is_refused_unless_it_is_allowed(learner: Learner, site: Site) -> None:
    address = site.put("/post", page_shapes.page())
    said = learner.bare("read", address)
    assert said.code == 2
    assert "--allow-private" in said.err
    assert site.requests == []
    said = learner.bare("read", address, "--allow-private", "--json")
    assert said.code == 0
    assert said.json["articles"][0]["link"] == address


def test_the_name_is_resolved_once_and_the_checked_address_is_connected_to(site: Site) -> None:
    """A name that changes its address between the check and the connection gains nothing."""
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    address = site.put("/", b"<p>hello</p>").replace("127.0.0.1", "names.invalid")
    found = fetch(address, Manners(allow_private=True, resolver=rebinding))  # the system could not resolve this name
    assert found.data == b"<p>hello</p>"
    assert asked == ["names.invalid"]
    assert site.requests[0][1]["Host"] == address.split("/")[2]


def test_each_redirect_is_checked_again(site: Site) -> None:
    """The first host is allowed here because the resolver calls it public; where it sends us is not."""
    port = int(site.address.rsplit(":", 1)[1])
    real = socket.create_connection

    def connect(target: tuple[str, int], *rest: object, **options: object) -> socket.socket:
        return real(("127.0.0.1", target[1]), *rest, **options)  # type: ignore[arg-type]

    def names(host: str, _: int) -> list[str]:
        return ["93.184.216.34"] if host == "public.example" else ["127.0.0.1"]

    site.redirect("/a", f"http://inner.example:{port}/secret")
    site.put("/secret", b"inner")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quizzer.articles.fetching.socket.create_connection", connect)
        with pytest.raises(BadInput, match=r"inner\.example"):
            fetch(f"http://public.example:{port}/a", Manners(resolver=names))
    assert [path for path, _ in site.requests] == ["/a"]


def test_redirects_end(site: Site) -> None:
    site.redirect("/loop", "/loop")
    with pytest.raises(BadInput, match="redirects more than"):
        fetch(site.address + "/loop", OWN)
    site.redirect("/file", "file:///etc/passwd")
    with pytest.raises(BadInput, match="only http"):
        fetch(site.address + "/file", OWN)
    site.redirect("/old", "/new", 301)
    site.put("/new", b"x")
    found = fetch(site.address + "/old", OWN)
    assert (found.address, found.moved, found.data) == (site.address + "/new", True, b"x")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw"])
def test_sizes_are_counted_after_decompression(site: Site, encoding: str) -> None:
    squeeze = {"gzip": gzip.compress, "deflate": zlib.compress, "raw": lambda data: zlib.compress(data, wbits=-15)}[
        encoding
    ]
    name = "deflate" if encoding == "raw" else encoding
    small = site.put("/small", squeeze(b"text " * 1000), Content_Encoding=name)
    assert fetch(small, OWN).data == b"text " * 1000
    bomb = squeeze(b"\0" * 30_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(BadInput, match="more than 10 MB"):
        fetch(site.put("/bomb", bomb, Content_Encoding=name), OWN)


def test_large_and_damaged_bodies(site: Site) -> None:
    with pytest.raises(BadInput, match="more than"):
        fetch(site.put("/large", b"x" * 3000), Manners(allow_private=True, most_bytes=2000))
    with pytest.raises(Unable, match="damaged"):
        fetch(site.put("/damaged", b"no gzip at all", Content_Encoding="gzip"), OWN)
    with pytest.raises(Unable, match="not asked for"):
        fetch(site.put("/odd", b"x", Content_Encoding="br"), OWN)

    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"only this")

    site.pages["/cut"] = cut
    with pytest.raises(Unable, match=r"incomplete|could not be fetched"):
        fetch(site.address + "/cut", OWN)


def test_a_server_that_drips_is_left(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b".")
            handler.wfile.flush()
            time.sleep(0.05)

    site.pages["/drip"] = drip
    with pytest.raises(Unable, match="took too long"):
        fetch(site.address + "/drip", Manners(allow_private=True, whole_seconds=0.4))

    def silent(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(1)

    site.pages["/silent"] = silent
    with pytest.raises(Unable, match="took too long"):
        fetch(site.address + "/silent", Manners(allow_private=True, silent_seconds=0.3))


@pytest.mark.parametrize(
    ("status", "error", "says"),
    [
        (404, BadInput, "404"),
        (403, BadInput, "refuses programs"),
        (500, Unable, "500"),
        (429, Unable, "in 7 s"),
        (503, Unable, "often"),
    ],
)
def test_refusals_say_what_to_do(site: Site, status: int, error: type[Exception], says: str) -> None:
    address = site.put("/x", b"", status=status, Retry_After="7")
    with pytest.raises(error, match=says):
        fetch(address, OWN)


def test_conditional_requests(site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == '"1"'
        handler.send_response(304 if known else 200)
        handler.send_header("ETag", '"1"')
        handler.send_header("Last-Modified", "Tue, 03 Feb 2026 04:05:06 GMT")
        handler.end_headers()
        if not known:
            handler.wfile.write(b"body")

    site.pages["/f"] = answer
    first = fetch(site.address + "/f", OWN)
    assert (first.data, first.etag, first.modified) == (b"body", '"1"', "Tue, 03 Feb 2026 04:05:06 GMT")
    again = fetch(site.address + "/f", OWN, etag=first.etag, modified=first.modified)
    assert again.data is None
    assert site.requests[1][1]["If-Modified-Since"] == first.modified


def test_nobody_answers(learner: Learner) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = learner.bare("read", f"http://127.0.0.1:{port}/x", "--allow-private")
    assert said.code == 3
    assert len(said.err.splitlines()) == 1


def test_reading_happens_in_a_child_with_limits(learner: Learner) -> None:
    """Markup that would take all memory or time ends as one line."""
    import subprocess
    import sys

    probe = (
        "import resource; from quizzer.articles.child import limit; limit();"
        "print([resource.getrlimit(what)[0] for what in (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_FSIZE)])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True)
    assert done.stdout.strip() == "[30, 1500000000, 0]"
