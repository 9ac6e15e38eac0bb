"""What a person names on the command line → `Reading`: a file, `-` for what is piped in, or an http(s) address."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from quizzer.articles.extraction import extract
from quizzer.articles.fetching import Manners, fetch
from quizzer.articles.reading import read_bytes, shape_of
from quizzer.errors import BadInput
from quizzer.model import Reading

MOST_FILE_BYTES = 50_000_000


def is_address(source: str) -> bool:
    """Whether a source is fetched rather than opened."""
    return source.lower().startswith(("http://", "https://"))


def read_source(source: str, manners: Manners, stdin: BinaryIO | None = None) -> Reading:
    """What a source holds. Raises BadInput or Unable."""
    if source == "-" and stdin is not None:
        return read_data(stdin.read(MOST_FILE_BYTES), "")
    if is_address(source):
        found = fetch(source, manners)
        return extract(found.data or b"", "", found.address, found.content_type)
    if "://" in source.partition("/")[0] + "/" and not Path(source).exists():
        raise BadInput(f"`{source}` is not fetched: only http and https are", "Give a file by its path")
    return read_data(read_file(Path(source)), Path(source).name)


def read_file(path: Path) -> bytes:
    """A file's bytes. Raises BadInput."""
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise BadInput(f"{path} is larger than {MOST_FILE_BYTES // 1_000_000} MB", "Give a part of it")
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadInput(
            f"`{path}` can't be read ({reason})", "Give a file, an http(s) address, or the id of a pulled article"
        ) from None


def read_data(data: bytes, name: str) -> Reading:
    """Bytes that lie here. Text is read in this process, everything with a parser in a child."""
    if shape_of(data, name) in ("markdown", "text"):
        return read_bytes(data, name)
    return extract(data, name)
