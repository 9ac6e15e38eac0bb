"""What `quizzer doctor` shows of the sandbox: a server of its own, and a child that tries what it must not do."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizzer.errors import NoSandbox, QuizzerError
from quizzer.sandbox.child import SandboxChild
from quizzer.sandbox.link import build_policy
from quizzer.sandbox.proof import LIMITS, SOURCE, value_of
from quizzer.sandbox.runner import ForkRunner


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the sandbox, whether it was seen to hold, and what was seen."""

    name: str
    holds: bool
    note: str = ""


def examine() -> tuple[Layer, ...]:
    """Every layer with what was seen of it; a server is started for this and ended again."""
    with ForkRunner() as runner:
        try:
            runner.start("", LIMITS).close()
        except QuizzerError as error:
            return (Layer("sandbox", False, str(error)), *_parts())
        held = runner.isolation
        child = runner.start(SOURCE, LIMITS)
        return (Layer("sandbox", True, runner.versions), *_layers(child, held))


def _layers(child: SandboxChild, held: tuple[str, ...]) -> list[Layer]:
    import tempfile

    from quizzer.sandbox.server import PROMISED

    with tempfile.TemporaryDirectory(prefix="quizzer-") as folder:
        secret = Path(folder) / "secret"
        secret.write_text("planted", encoding="utf-8")
        secret.chmod(0o644)
        Path(folder).chmod(0o755)  # so that nothing but the sandbox stands between a child and the file
        said: Mapping[str, Any] = value_of(child.call("more", [str(secret), folder, os.getpid()]))
        touched = sorted(path.name for path in Path(folder).iterdir()) != ["secret"]
    through = {name: [key for key, error in _pairs(name, value) if not error] for name, value in said.items()}
    files = [name for group in ("read", "list", "write", "link", "mode") for name in through[group]]
    calls = [name for group in ("tcp", "udp", "unix", "fork", "exec", "kill") for name in through[group]]
    if touched:
        files.append("a file appeared")
    missing: Mapping[str, str] = value_of(child.call("modules", [list(PROMISED)]))
    works = child.call("works", [])
    child.close()
    return [
        Layer("landlock", "landlock" in held and not files, _note("reading and writing files", files)),
        Layer("seccomp", "seccomp" in held and not calls, _note("sockets, new processes and signals", calls)),
        Layer("rlimits", "rlimits" in held, "memory, file size, processes" if "rlimits" in held else "limits not set"),
        Layer(
            "unprivileged", "unprivileged" in held, "children have no privileges" if "unprivileged" in held else "kept"
        ),
        Layer("namespaces", "namespaces" in held, _namespaces("namespaces" in held)),
        Layer("modules", not missing, f"missing: {', '.join(missing)}" if missing else f"{len(PROMISED)} import"),
        Layer("numpy", works.status == "value", works.message or "svd, fft, matmul, windows and draws work"),
    ]


def _parts() -> list[Layer]:
    """What can be said of the layers where no child can be started."""
    try:
        os.close(build_policy()[0])
    except NoSandbox as error:
        return [Layer("policy", False, str(error))]
    return [Layer("policy", True, "Landlock and seccomp are there")]


def _pairs(name: str, value: Any) -> list[tuple[str, str]]:
    return [(f"{name} {key}", error) for key, error in value.items()] if isinstance(value, dict) else [(name, value)]


def _note(what: str, through: list[str]) -> str:
    return f"NOT refused: {', '.join(through)}" if through else f"{what} were refused"


def _namespaces(held: bool) -> str:
    return "own network and IPC" if held else "not allowed here; not needed"
