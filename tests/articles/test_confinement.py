"""The child that reads feeds, pages and PDFs: it reads them as ever, and can do nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import page_shapes
import pytest
from learner import Learner
from test_texts import make_pdf

from quizzer.articles import extraction
from quizzer.articles.extraction import confinement, extract, feeds_on, opml
from quizzer.articles.libraries import NEEDED, installed
from quizzer.articles.reading import read_bytes
from quizzer.errors import BadInput

ROOT = Path(__file__).parents[2]
MATHML = (
    "<!doctype html><title>T</title><article><p>The sum of all the terms is what is meant by this formula here: "
    "<math><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></math></p></article>"
)
OPML = b'<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/f"/></body></opml>'
FEED = page_shapes.feed("rss20", "感受野是卷积神经网络中的一个重要概念")

# What a library could be made to do by a file that exploits it, done by the library itself.
HOSTILE = """
import errno, importlib, json, os, socket, sys

def said(act, *args):
    try:
        act(*args)
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))
    except ImportError as error:
        return type(error).__name__
    return "DONE"

def start():
    number = os.fork()
    if number == 0:
        os._exit(0)

def write(path):
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT))

def send():
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).connect(("127.0.0.1", 9))

planted, folder, home, package = json.loads({given!r})
found = {{
    "read a file": said(open, planted),
    "read the database": said(open, folder + "/q.db"),
    "read a deck": said(open, folder + "/deck.yaml"),
    "read passwords": said(open, "/etc/passwd"),
    "read the environment": said(open, "/proc/self/environ"),
    "read memory": said(open, "/proc/self/mem"),
    "list the home folder": said(os.listdir, home),
    "list the root": said(os.listdir, "/"),
    "write a new file": said(write, folder + "/new"),
    "write into its own package": said(write, package + "/new.py"),
    "change a file": said(os.truncate, planted, 0),
    "remove a file": said(os.unlink, planted),
    "link": said(os.symlink, planted, folder + "/link"),
    "connect": said(send),
    "listen": said(socket.socket, socket.AF_UNIX, socket.SOCK_STREAM),
    "fork": said(start),
    "execute": said(os.execv, "/bin/true", ["true"]),
    "spawn": said(os.posix_spawn, "/bin/true", ["true"], {{}}),
    "signal": said(os.kill, os.getppid(), 0),
    "import the store": said(importlib.import_module, "quizzer.store"),
    "import another library": said(importlib.import_module, "sqlalchemy"),
    "import what lies in the working folder": said(importlib.import_module, "planted_module"),
}}

class Info(dict):
    title = json.dumps(found)

class PdfReader:
    is_encrypted, pages, metadata = False, [], Info()

    def __init__(self, *_, **__):
        pass
"""


@pytest.fixture(scope="module")
def confined() -> dict[str, str]:
    """What is seen of both layers; the tests that need them are named at the end of the run where one is missing."""
    found = confinement()
    missing = [f"{layer}: {why}" for layer, why in found.items() if why and not why.startswith("NOT refused")]
    if missing:
        pytest.skip(f"articles are read with less confinement here: {', '.join(missing)}")
    return found


def test_every_layer_is_seen_to_hold(confined: dict[str, str]) -> None:
    assert confined == {"landlock": "", "seccomp": ""}


@pytest.mark.usefixtures("confined")
def test_a_library_that_was_taken_over_can_do_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, folder = tmp_path / "site" / "pypdf", tmp_path / "mine"
    package.mkdir(parents=True)
    folder.mkdir()
    planted = folder / "secret.txt"
    for name in ("secret.txt", "q.db", "deck.yaml"):
        (folder / name).write_text("planted", "utf-8")
    (package.parent / "planted_module.py").write_text("", "utf-8")
    given = json.dumps([str(planted), str(folder), str(Path.home()), str(package)])
    (package / "__init__.py").write_text(HOSTILE.format(given=given), "utf-8")
    (package / "errors.py").write_text("class PyPdfError(Exception): pass\nclass DependencyError(Exception): pass\n")
    monkeypatch.syspath_prepend(str(package.parent))
    monkeypatch.chdir(package.parent)
    found = json.loads(extract(b"%PDF-1.4\n", "a.pdf").title)
    assert len(found) == 22
    assert {name: error for name, error in found.items() if error == "DONE"} == {}
    assert {found[name] for name in ("read a file", "list the home folder", "write a new file")} <= {"EACCES", "EPERM"}
    assert found["connect"] == "EPERM"
    assert found["import another library"] == "ModuleNotFoundError"
    assert sorted(path.name for path in folder.iterdir()) == ["deck.yaml", "q.db", "secret.txt"]
    assert planted.read_text("utf-8") == "planted"


LIES = {
    "an article of another shape": {"reading": {"kind": "article", "title": "T", "articles": [{"title": 1}]}},
    "a number for a title": {"reading": {"kind": "feed", "title": 5, "articles": [], "shape": "", "link": "",
                                         "warnings": []}},
    "fields that nobody has": {"reading": {"kind": "feed", "title": "", "articles": [], "shape": "", "link": "",
                                           "warnings": [], "kidn": ""}},
    "no reading": {"feeds": []},
    "a list": [],
    "a refusal without words": {"refused": [1, 2]},
    "a library that is none": {"lacking": {"a": 1}},
}  # fmt: skip
TAKEN_OVER = """
import json, os, sys
said = {said}
try:
    while said:
        os.write(1, said)
        if {once}:
            os._exit(0)
except OSError:
    pass
os._exit(0)
"""


@pytest.mark.parametrize("lie", [*LIES, "depth", "no end"])
def test_what_a_child_that_was_taken_over_says_is_not_believed(
    lie: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = json.dumps(LIES[lie]).encode() if lie in LIES else b"[" * 100_000
    package = tmp_path / "pypdf"
    package.mkdir()
    (package / "__init__.py").write_text(TAKEN_OVER.format(said=said, once=lie != "no end"), "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(extraction, "REPLY_BYTES", 1_000_000)
    with pytest.raises(BadInput, match="reading it failed and was stopped"):
        extract(b"%PDF-1.4\n", "a.pdf")


def test_a_child_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "pypdf"
    package.mkdir()
    (package / "__init__.py").write_text("import time\ntime.sleep(1000)\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(extraction, "SECONDS", 2.0)
    with pytest.raises(BadInput, match="more than 2 s and was stopped"):
        extract(b"%PDF-1.4\n" * 1_000_000, "a.pdf")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        *((page_shapes.page(charset, declared=False), "page.html") for charset in ("utf-8", "gb18030", "utf-16-le")),
        (FEED.encode("big5", "ignore"), "feed.xml"),
        (FEED.replace("感受野", "受容野").encode("euc_jp", "ignore"), "feed.xml"),
        (page_shapes.feed("atom").encode(), "feed.xml"),
        (page_shapes.feed("json").encode(), "feed.json"),
        (MATHML.encode(), "math.html"),
        (make_pdf(["Stochastic approximation is a family of itera-", "tive methods."]), "paper.pdf"),
    ],
    ids=["utf-8", "gb18030", "utf-16", "big5", "euc-jp", "atom", "json", "mathml", "pdf"],
)
def test_what_is_read_is_what_an_unconfined_reader_reads(data: bytes, name: str) -> None:
    there = extract(data, name)
    assert there == read_bytes(data, name)
    assert there.articles[0].text


def test_lists_of_feeds_and_the_feeds_of_a_page() -> None:
    page = b"<html><head><link rel=alternate type='application/rss+xml' href='/feed'></head><body>x</body></html>"
    assert feeds_on(page, "https://a.example/") == ["https://a.example/feed"]
    assert opml(OPML) == [("A", "https://a.example/f")]


def test_the_libraries_are_those_of_the_extra_and_what_they_rest_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extra = project["project"]["optional-dependencies"]["articles"]
    assert {re.split(r"[<>=!~;\[ ]", line)[0] for line in extra} == set(NEEDED)
    modules, records = installed()
    assert {*NEEDED, "bs4", "lxml_html_clean", "six", "urllib3"} <= set(modules)  # an extra of lxml among them
    assert not {"quizzer", "sqlalchemy", "numpy", "openai", ".."} & set(modules)
    assert all(Path(record).is_dir() for record in records)


@pytest.mark.usefixtures("confined")
@pytest.mark.parametrize(
    ("call", "lost"), [("landlock_create_ruleset", "landlock"), ("landlock_restrict_self", "landlock"), ("prctl", "")]
)
def test_where_a_layer_is_missing_articles_are_still_read_and_the_doctor_says_so(
    call: str, lost: str, learner: Learner
) -> None:
    """A filter over the whole process plays the kernel that lacks the call."""
    page = learner.folder / "math.html"
    page.write_text(MATHML, "utf-8")
    code = f"""
import errno, json, sys
from seccompy import Action, Filter
lacking = Filter(default=Action.ALLOW)
lacking.errno("{call}", errno.ENOSYS{", args={0: 22}" if call == "prctl" else ""})
lacking.load()
from quizzer.articles.extraction import extract, confinement
from pathlib import Path
print(json.dumps([extract(Path({str(page)!r}).read_bytes(), "math.html").articles[0].text, confinement()]))
from quizzer.cli.ailments import article_rows
print(json.dumps(article_rows()))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert made.stderr == ""
    lines = [json.loads(line) for line in made.stdout.splitlines()]
    assert "$x_{i}^{2}$" in lines[0][0]
    missing = lost or "seccomp"
    assert {layer for layer, why in lines[0][1].items() if why} == {missing}
    told = {name: (good, note) for name, good, note in lines[1]}
    assert not told[f"articles: {missing}"][0]
    assert "Function not implemented; feeds, pages and PDFs are read with" in told[f"articles: {missing}"][1]
    assert sum(good for good, _ in told.values()) == 1


def test_the_doctor_shows_it(learner: Learner) -> None:
    said = learner.bare("doctor", "--json")
    rows = {row["name"]: row for row in said.json["checks"]}
    assert {"articles: landlock", "articles: seccomp"} <= set(rows)
