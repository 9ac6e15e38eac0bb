"""Fetching over http(s), as from a stranger: the address that was checked is the one that is connected to.

A host is resolved once, its addresses are checked, and the connection goes to one of those very addresses (the name is
only used for `Host` and for the certificate), anew at each redirect. Sizes are counted after decompression. No proxy
of the environment is used: it would resolve the name again.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from quizzer import __version__
from quizzer.articles.addresses import Resolver, reachable, resolve
from quizzer.errors import BadInput, Unable
from quizzer.lean import dataclass

MOST_BYTES = 10_000_000
"""After decompression."""
CONNECT_SECONDS = 10.0
SILENT_SECONDS = 20.0
"""How long a server may say nothing."""
WHOLE_SECONDS = 60.0
"""One request, from connecting to its last byte."""
_REDIRECTS = 5
_CHUNK = 65_536
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave. `address` is where it was found in the end, `moved` whether it said so for ever.

    `data` is None where nothing has changed since `etag` and `modified` were given.
    """

    address: str
    data: bytes | None
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Manners:
    """How to fetch: private addresses allowed or not, and the limits (seconds, bytes)."""

    allow_private: bool = False
    most_bytes: int = MOST_BYTES
    silent_seconds: float = SILENT_SECONDS
    whole_seconds: float = WHOLE_SECONDS
    resolver: Resolver = resolve


def fetch(address: str, manners: Manners | None = None, *, etag: str = "", modified: str = "") -> Fetched:
    """Fetch an address, following redirects. `etag` and `modified` make the request conditional.

    Raises BadInput for an address that can't or must not be fetched, Unable where the network or the server fails.
    """
    manners = manners or Manners()
    moved = True
    for _ in range(_REDIRECTS + 1):
        parts = split(address)
        with _asked(address, parts, manners, etag, modified) as (status, headers, body):
            if status in (301, 302, 303, 307, 308) and headers.get("Location"):
                moved = moved and status in (301, 308)
                address = urljoin(address, str(headers["Location"]).strip())
                continue
            if status == 304:
                return Fetched(address, None, "", etag, modified)
            if status != 200:
                raise _refused(address, status, str(headers.get("Retry-After") or ""))
            data = b"".join(body)
        return Fetched(
            address, data, str(headers.get("Content-Type") or ""), str(headers.get("ETag") or ""),
            str(headers.get("Last-Modified") or ""), moved,
        )  # fmt: skip
    raise BadInput(
        f"{address} redirects more than {_REDIRECTS} times", "Open it in a browser and give the address it ends at"
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    secure: bool
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """For the `Host` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def split(address: str) -> _Parts:
    """Scheme, host, port and path. Raises BadInput for anything but http(s), and for passwords in an address."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        raise BadInput(f"`{address[:200]}` is no address", "Write it as https://host/path") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadInput(f"`{address[:200]}` is not fetched: only http and https are", "Give a file by its path")
    if "@" in parts.netloc:
        raise BadInput("an address with a name or password in it is not fetched", "Take it out of the address")
    secure = parts.scheme == "https"
    try:
        host = parts.hostname if parts.hostname.isascii() else parts.hostname.encode("idna").decode("ascii")
    except UnicodeError:
        raise BadInput(f"`{parts.hostname[:100]}` is no host name", "Mend the address") from None
    safe = "/%:@!$&'()*+,;=~-._?"
    path = urlunsplit(("", "", quote(parts.path or "/", safe=safe), quote(parts.query, safe=safe), ""))
    return _Parts(secure, host, port or (443 if secure else 80), path)


@contextlib.contextmanager
def _asked(
    address: str, parts: _Parts, manners: Manners, etag: str, modified: str
) -> Iterator[tuple[int, http.client.HTTPMessage, Iterator[bytes]]]:
    """One request; the status, the headers and the body as it comes."""
    headers = {
        "Host": parts.named, "User-Agent": f"quizzer/{__version__} (a reader of feeds and articles)", "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate", "Connection": "close",
    }  # fmt: skip
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    over = threading.Event()
    connection = http.client.HTTPConnection(parts.host, parts.port, timeout=manners.silent_seconds)
    try:
        sock = connection.sock = _connected(parts, manners)

        def end() -> None:
            # A server that drips one byte after the other never makes a read time out by itself.
            over.set()
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(manners.whole_seconds, end)
        timer.daemon = True
        timer.start()
        try:
            connection.request("GET", parts.path, headers=headers)
            response = connection.getresponse()
            yield response.status, response.headers, _body(response, address, manners.most_bytes, over)
        finally:
            timer.cancel()
    except TimeoutError:
        raise _slow(address) from None
    except (OSError, http.client.HTTPException) as error:
        if over.is_set():
            raise _slow(address) from None
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise Unable(
            f"{address} could not be fetched ({reason})", "See whether it opens in a browser, then try again"
        ) from None
    finally:
        connection.close()


def _connected(parts: _Parts, manners: Manners) -> socket.socket:
    """A connection to one of the addresses that were checked."""
    addresses = reachable(parts.host, parts.port, allow_private=manners.allow_private, resolver=manners.resolver)
    failed: OSError | None = None
    for address in addresses[:4]:
        try:
            plain = socket.create_connection(
                (address, parts.port), timeout=min(CONNECT_SECONDS, manners.silent_seconds)
            )
        except OSError as error:
            failed = error
            continue
        plain.settimeout(manners.silent_seconds)
        if not parts.secure:
            return plain
        try:
            return _trust().wrap_socket(plain, server_hostname=parts.host)
        except OSError:
            plain.close()
            raise
    raise failed or OSError("no address answered")


def _trust() -> ssl.SSLContext:
    """The system's certificates, and certifi's beside them where it is installed."""
    context = ssl.create_default_context()
    try:
        import certifi
    except ImportError:
        return context
    context.load_verify_locations(certifi.where())
    return context


def _body(response: http.client.HTTPResponse, address: str, most: int, over: threading.Event) -> Iterator[bytes]:
    """The body, decompressed, piece by piece. Raises BadInput beyond `most` bytes."""
    encoding = (response.headers.get("Content-Encoding") or "").strip().lower()
    too_much = BadInput(f"{address} holds more than {most / 1e6:g} MB", "Save the part you need and read the file")
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Unable(
            f"{address} is packed as `{encoding[:40]}`, which was not asked for", "Save the page and read the file"
        )
    if encoding in ("", "identity") and (response.length or 0) > most:
        raise too_much
    total, unpacker = 0, None
    while piece := response.read1(_CHUNK):
        if encoding in ("", "identity"):
            total += len(piece)
            if total > most:
                raise too_much
            yield piece
            continue
        if unpacker is None:
            raw = encoding == "deflate" and piece[0] & 0x0F != 8
            unpacker = zlib.decompressobj(-15 if raw else 47)
        while piece:
            try:
                part = unpacker.decompress(piece, _CHUNK * 16)
            except zlib.error:
                raise Unable(f"{address} came damaged", "Try again later") from None
            total += len(part)
            if total > most:
                raise too_much
            yield part
            piece = unpacker.unconsumed_tail
    if over.is_set():
        raise _slow(address)
    if response.length:
        raise Unable(f"{address} came incomplete", "Try again later")


def _slow(address: str) -> Unable:
    return Unable(f"{address} took too long", "Try again later")


def _refused(address: str, status: int, retry_after: str) -> BadInput | Unable:
    reason = http.client.responses.get(status, "")
    if status in (429, 503):
        wait = f" in {retry_after} s" if retry_after.isdigit() else " later"
        return Unable(f"{address} asks not to be called so often ({status} {reason})", f"Try again{wait}")
    if status >= 500:
        return Unable(f"{address} failed ({status} {reason})", "Try again later")
    cure = {
        401: "It needs a login: save the page and read the file",
        403: "It refuses programs: save the page and read the file",
        404: "Mend the address",
        410: "It is gone for good: take it from your list",
    }
    return BadInput(f"{address} gave {status} {reason}".rstrip(), cure.get(status, "See whether it opens in a browser"))
