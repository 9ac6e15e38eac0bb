"""Writing the page: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quizzer.errors import StorageFault
from quizzer.report import write


def test_a_page_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "报告 report.html"
    write(path, "<p>一</p>\n")
    path.chmod(0o644)
    write(path, "<p>二</p>\n")
    assert path.read_bytes() == "<p>二</p>\n".encode()
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.skipif(os.name != "posix", reason="permission bits and symbolic links are POSIX's")
def test_a_new_page_is_private_and_a_link_stays_a_link(tmp_path: Path) -> None:
    link, target = tmp_path / "link.html", tmp_path / "target.html"
    link.symlink_to(target)
    write(link, "x")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "x"
    assert target.stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_hold_it_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for path in (tmp_path / "no" / "such" / "r.html", tmp_path / "file" / "r.html", tmp_path):
        with pytest.raises(StorageFault) as caught:
            write(path, "x")
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)
        assert caught.value.fix


def test_a_page_that_cannot_be_encoded_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    write(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write(path, "x" * 100_000 + "\ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["r.html"]
