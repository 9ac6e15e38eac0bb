"""dev.py and the locks, as far as they can be tried without a network."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("run", "dev")


def load(folder: Path) -> ModuleType:
    """The dev.py of a checkout at `folder`."""
    shutil.copy(ROOT / "dev.py", folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements", dirs_exist_ok=True)
    spec = importlib.util.spec_from_file_location("dev", folder / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def dev(tmp_path: Path) -> ModuleType:
    return load(tmp_path)


def fill(dev: ModuleType) -> None:
    """A stand-in for an environment: a Python that only prints how it was called."""
    dev.PYTHON.parent.mkdir(parents=True)
    dev.PYTHON.write_text('#!/bin/sh\necho "$PYTHONPATH" "$@"\nexit 7\n', "utf-8")
    dev.PYTHON.chmod(0o755)


def pins(name: str) -> dict[str, set[str]]:
    """Name to pinned versions."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").splitlines():
        if match := re.match(r"([a-z0-9-]+)==([^ ;]+)", line):
            found.setdefault(match[1], set()).add(match[2])
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=sha256:[0-9a-f]{64})", text, re.MULTILINE)
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) == len(re.findall(r"^[a-z]", text, re.MULTILINE)) > 10
    for block in blocks:
        assert re.match(r"[a-z0-9-]+==[0-9][\w.]*( ; [^\n\\]+)? \\\n( +--hash=sha256:[0-9a-f]{64}( \\\n)?)+$", block), (
            block
        )


def test_the_locks_hold_what_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    run, dev = pins("run"), pins("dev")
    for wanted, lock in (
        (project["project"]["dependencies"], run),
        (project["dependency-groups"]["dev"], dev),
        (project["build-system"]["requires"], dev),
        *((extra, dev) for extra in project["project"]["optional-dependencies"].values()),
    ):
        for requirement in wanted:
            name = re.match(r"[\w-]+", requirement)
            assert name is not None
            assert name[0].lower() in lock, f"{requirement} is not locked: python3 dev.py lock"


def test_dev_holds_all_that_run_does() -> None:
    dev = pins("dev")
    assert {name: versions for name, versions in pins("run").items() if dev.get(name) != versions} == {}


def test_nothing_is_installed_at_first(dev: ModuleType) -> None:
    assert dev.installed() == []


@pytest.mark.parametrize("name", LOCKS)
def test_the_marker_is_what_counts(dev: ModuleType, name: str) -> None:
    fill(dev)
    assert dev.installed() == []  # interrupted: everything but the marker
    dev.MARKER.write_text(dev.signature(name), "utf-8")
    assert dev.installed() == [name]
    dev.LOCKS[name].write_text("another==1\n", "utf-8")
    assert dev.installed() == []  # the lock changed


def test_an_environment_does_not_move(dev: ModuleType, tmp_path: Path) -> None:
    fill(dev)
    dev.MARKER.write_text(dev.signature("run"), "utf-8")
    there = tmp_path / "there"
    there.mkdir()
    shutil.copytree(dev.ENV, there / ".venv")
    assert load(there).installed() == []


def test_an_environment_without_its_python_is_made_anew(dev: ModuleType) -> None:
    fill(dev)
    dev.MARKER.write_text(dev.signature("run"), "utf-8")
    dev.PYTHON.unlink()
    assert dev.installed() == []


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
@pytest.mark.parametrize(
    ("lock", "given", "called"),
    [
        ("run", ["study", "a deck", "--minutes", "3"], "-P -m quizzer study a deck --minutes 3"),
        ("dev", ["due", "--json"], "-P -m quizzer due --json"),
        ("run", [], "-P -m quizzer"),
        ("dev", ["test", "-k", "name or other"], "-m pytest -k name or other"),
    ],
)
def test_arguments_and_exit_code_pass_through(
    dev: ModuleType, tmp_path: Path, lock: str, given: list[str], called: str
) -> None:
    fill(dev)
    dev.MARKER.write_text(dev.signature(lock), "utf-8")
    command = [sys.executable, str(tmp_path / "dev.py"), *given]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path.parent)
    assert (done.returncode, done.stdout) == (7, f"{tmp_path} {called}\n")
    assert done.stderr == ""  # nothing was installed


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
def test_the_first_check_that_fails_is_named_and_ends_the_run(dev: ModuleType, tmp_path: Path) -> None:
    fill(dev)
    dev.MARKER.write_text(dev.signature("dev"), "utf-8")
    command = [sys.executable, str(tmp_path / "dev.py"), "test"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 7
    assert done.stdout.splitlines()[0] == "== formatting"
    assert done.stdout.splitlines()[-1] == "== stopped: formatting did not pass (exit code 7)"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for uv is a shell script")
def test_a_failed_installation_leaves_no_marker(dev: ModuleType, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    uv = tools / "uv"
    uv.write_text('#!/bin/sh\n[ "$1" = venv ] || { echo no network >&2; exit 1; }\n', "utf-8")
    uv.chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    command = [sys.executable, str(tmp_path / "dev.py"), "study"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PATH": path})
    assert done.returncode == 3
    assert done.stderr.splitlines()[0].startswith("Installing ")
    assert done.stderr.splitlines()[-1].startswith("dev.py: the libraries could not be installed. ")
    assert not dev.MARKER.exists()


def test_it_is_small_and_needs_only_the_standard_library() -> None:
    text = (ROOT / "dev.py").read_text("utf-8")
    assert len(text.splitlines()) <= 150
    imported = set(re.findall(r"^(?:from|import) ([a-z_]+)", text, re.MULTILINE))
    assert imported - {"__future__"} <= sys.stdlib_module_names
