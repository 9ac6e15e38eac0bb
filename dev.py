#!/usr/bin/env python3
"""Sets quizzer up and runs it from a checkout, with nothing but Python 3.11 or newer and pip (or uv).

    python3 dev.py study          any quizzer command: due, show, check, report …
    python3 dev.py test [ARGS]    every check, fast to slow; ARGS (`-k name`, `--cov`) go to pytest, then run alone
    python3 dev.py lock           resolves requirements/*.txt anew (needs uv)

The libraries go into .venv, from the hashed locks; after that no network is needed. The marker of a complete set-up is
written last, so one that was interrupted is done again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
MARKER = ENV / "quizzer-lock"
BIN = "Scripts" if os.name == "nt" else "bin"
PYTHON = ENV / BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS = {"run": ROOT / "requirements" / "run.txt", "dev": ROOT / "requirements" / "dev.txt"}
RESOLVE = """uv pip compile pyproject.toml --quiet --universal --python-version=3.11 --generate-hashes --no-header
--no-annotate --no-emit-index-url --no-emit-find-links --prerelease=disallow""".split()  # noqa: SIM905  # one command
CHECKS: dict[str, list[str]] = {
    "formatting": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "lint": ["-m", "ruff", "check", "--quiet", "."],
    "types": ["-m", "mypy", "--no-error-summary"],
    "layers": ["-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache", "--no-logo"],
    "spelling": ["-m", "codespell_lib", "."],
    "decks": ["-m", "quizzer", "check", "--strict", "decks"],
    "tests": ["-m", "pytest", "-q", "-n", "2"],
}


def signature(name: str) -> str:
    """What an environment made from this lock, here, by this Python is known by."""
    text = LOCKS[name].read_bytes() + f"\n{ROOT}\n{PYTHON.resolve()}".encode()
    return f"{name} {hashlib.sha256(text).hexdigest()}"


def installed() -> list[str]:
    """Which locks .venv holds, complete and up to date."""
    held = MARKER.read_text("utf-8") if PYTHON.exists() and MARKER.exists() else ""
    return [name for name in LOCKS if signature(name) == held]


def run(command: Sequence[str | Path], cwd: str | Path | None = None) -> int:
    """A program's exit code. It finds quizzer in this checkout, unless it is told to look nowhere else."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([*map(str, command)], check=False, cwd=cwd, env=environment).returncode


def make(where: Path) -> list[str]:
    """Makes an empty environment and gives the command that installs into it: uv's if present, else pip's."""
    python = str(where / BIN / PYTHON.name)
    shutil.rmtree(where, ignore_errors=True)
    if (uv := shutil.which("uv")) and run([uv, "venv", "--quiet", "--python", sys.executable, where]) == 0:
        return [uv, "pip", "install", "--quiet", "--python", python, "--compile-bytecode"]
    # Debian ships a pip that may not install for itself and no ensurepip: its pip can still fill another environment.
    outside = importlib.util.find_spec("pip") is not None
    if not outside and importlib.util.find_spec("ensurepip") is None:
        stop("this Python has neither pip nor uv", "Install one (Debian, Ubuntu: apt install python3-pip)")
    shutil.rmtree(where, ignore_errors=True)
    venv.create(where, with_pip=not outside, symlinks=os.name != "nt")
    pip = [sys.executable, "-m", "pip", "--python", python] if outside else [python, "-m", "pip"]
    return [*pip, "--disable-pip-version-check", "--no-input", "install", "--quiet"]


def prepare(name: str) -> None:
    """Makes .venv hold a lock; says so in one line when there is anything to do."""
    if name in (have := installed()) or "dev" in have:  # dev holds all that run does, in the same versions
        return
    count = sum(line[:1].isalnum() for line in LOCKS[name].read_text("utf-8").splitlines())
    print(f"Installing {count} libraries into {ENV} (once; about a minute) …", file=sys.stderr, flush=True)
    MARKER.unlink(missing_ok=True)
    if run([*make(ENV), "--require-hashes", "-r", str(LOCKS[name])]):
        stop("the libraries could not be installed", "See above (is there a network?), then start again")
    MARKER.write_text(signature(name), "utf-8")


def stop(what: str, cure: str) -> NoReturn:
    """Ends with one line and the exit code for what the machine lacks."""
    print(f"dev.py: {what}. {cure}.", file=sys.stderr)
    sys.exit(3)


def check_wheel() -> int:
    """Builds the wheel and uses it outside the checkout, in an environment that holds nothing else."""
    with tempfile.TemporaryDirectory(prefix="quizzer-wheel-") as folder:
        code = run([PYTHON, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], ROOT)
        install = [] if code else make(Path(folder, "env"))
        code = code or run([*install, "--require-hashes", "-r", str(LOCKS["run"])])
        code = code or run([*install, "--no-deps", *map(str, Path(folder).glob("*.whl"))])
        journey = ROOT / "tests" / "setup" / "installed_journey.py"
        return code or run([Path(folder, "env", BIN, PYTHON.name), "-I", journey, ROOT], cwd=folder)


def test(arguments: list[str]) -> int:
    """Every check in turn up to the first that fails; with arguments pytest alone."""
    prepare("dev")
    if arguments:
        return run([PYTHON, "-m", "pytest", *arguments], ROOT)
    for name, command in {**CHECKS, "wheel": []}.items():
        print(f"== {name}", flush=True)
        begin = time.monotonic()
        if code := run([PYTHON, *command], ROOT) if command else check_wheel():
            print(f"== stopped: {name} did not pass (exit code {code})", flush=True)
            return code
        print(f"   passed in {time.monotonic() - begin:.0f} s", flush=True)
    return 0


def lock() -> int:
    """Resolves the locks anew, dev first: it has more to agree on, and run takes its versions."""
    dev = run([*RESOLVE, "--group=dev", "--all-extras", f"-o{LOCKS['dev']}"], ROOT)
    return dev or run([*RESOLVE, "--extra=articles", "--extra=llm", f"-c{LOCKS['dev']}", f"-o{LOCKS['run']}"], ROOT)


def main(arguments: list[str]) -> int:
    """The command's exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  # run by whatever `python3` is, before anything is installed
        stop("Python 3.11 or newer is needed", f"This one is {sys.version.split()[0]}")
    if arguments[:1] in (["test"], ["lock"]):
        return test(arguments[1:]) if arguments[0] == "test" else lock()
    prepare("run")
    command = [str(PYTHON), "-P", "-m", "quizzer", *arguments]
    if os.name == "nt":
        return run(command)
    os.environ["PYTHONPATH"] = str(ROOT)
    os.execv(command[0], command)  # noqa: S606  # our own interpreter; signals and exit code are then quizzer's own


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except (OSError, subprocess.CalledProcessError) as error:
        stop(f"the set-up failed: {error}", "Mend that, then start again")
