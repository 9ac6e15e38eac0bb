"""The runner's life: started late, proven, refusing where it must, and never leaving a process behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from quizzer.confinement import policy
from quizzer.errors import NoSandbox
from quizzer.model import Limits
from quizzer.sandbox import make_runner, probe
from quizzer.sandbox.link import Link
from quizzer.sandbox.proof import proven
from quizzer.sandbox.runner import ForkRunner

linux = pytest.mark.skipif(sys.platform != "linux", reason="about Linux' own means")


def run(code: str, *, user: int | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(code)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, user=user, cwd="/")


def gone(pid: int, seconds: float = 5) -> bool:
    """Whether a process ends within the time (a zombie has ended)."""
    stop = time.monotonic() + seconds
    while time.monotonic() < stop:
        try:
            state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


def test_importing_the_room_loads_nothing_heavy() -> None:
    code = """
    import sys
    import quizzer.sandbox
    runner = quizzer.sandbox.make_runner()
    print(runner.versions, runner.isolation)
    print(sorted({"numpy", "landlockpy", "seccompy", "subprocess", "hypothesis"} & set(sys.modules)))
    """
    made = run(code)
    assert made.stdout.splitlines()[1:] == ["[]"], made.stderr
    assert made.stdout.startswith(f"Python {sys.version_info.major}.{sys.version_info.minor}.")
    assert made.stdout.splitlines()[0].endswith(" ()")


def test_quizzer_itself_never_loads_numpy(runner: ForkRunner) -> None:
    code = """
    import sys
    from quizzer.model import Limits
    from quizzer.sandbox import make_runner
    with make_runner() as runner, runner.start("import numpy as np\\ndef f(): return np.ones(2)", Limits()) as child:
        print(child.call("f", []).value, "numpy" in sys.modules)
    """
    assert run(code).stdout == "Array(dtype='float64', shape=(2,), items=(1.0, 1.0)) False\n"


def test_the_layers_that_hold_are_named(runner: ForkRunner) -> None:
    assert {"landlock", "seccomp", "rlimits", "unprivileged"} <= set(runner.isolation)
    with runner.start("", Limits()) as child:
        assert child.isolation == runner.isolation


def test_probe_tries_and_tells(runner: ForkRunner) -> None:
    layers = {layer.name: layer for layer in probe()}
    assert set(layers) >= {"sandbox", "landlock", "seccomp", "rlimits", "unprivileged", "modules", "numpy"}
    assert [layer for layer in layers.values() if not layer.holds and layer.name != "namespaces"] == []
    assert all(layer.note for layer in layers.values())


def test_warming_up_and_spares(limits: Limits, runner: ForkRunner) -> None:
    with make_runner() as made:
        made.warm()
        made.warm()
        sizes = [Limits(), Limits(), limits, limits, Limits()]
        for number, size in enumerate(sizes):
            with made.start(f"def f(): return {number}", size) as child:
                assert child.call("f", []).value == number
        tight = Limits(memory_mb=64)
        with made.start("def f(): return len(bytearray(100 << 20))", tight) as child:
            assert child.call("f", []).status == "memory"


def test_children_live_side_by_side(runner: ForkRunner, limits: Limits) -> None:
    children = [runner.start(f"x = []\ndef f(): x.append({n}); return x", limits) for n in range(5)]
    assert [child.call("f", []).value for child in children] == [[n] for n in range(5)]
    assert [child.call("f", []).value for child in children] == [[n, n] for n in range(5)]
    for child in children:
        child.close()
        child.close()
    assert children[0].call("f", []).status == "died"


def test_threads_share_a_runner(runner: ForkRunner, limits: Limits) -> None:
    found: list[int] = []

    def work(number: int) -> None:
        for _ in range(5):
            with runner.start(f"def f(x): return x + {number}", limits) as child:
                found.append(child.call("f", [100]).value - number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [100] * 20


@linux
def test_an_interrupt_ends_the_child_that_was_asked(runner: ForkRunner) -> None:
    with runner.start("def f():\n    while True: pass\ndef g(): return 1", Limits()) as child:
        assert child._process is not None
        pid = child._process.pid
        timer = threading.Timer(0.1, signal.raise_signal, [signal.SIGINT])
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            child.call("f", [])
        assert gone(pid)
        assert child.call("g", []).status == "died"


def test_a_killed_child_is_gone_and_its_descriptors_too(runner: ForkRunner, limits: Limits) -> None:
    with runner.start("", limits):
        pass
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a count of names
    pids = []
    for _ in range(10):
        child = runner.start("def f():\n    while True: pass", limits)
        assert child._process is not None
        pids.append(child._process.pid)
        child.close()
    assert all(gone(pid) for pid in pids)
    assert len(os.listdir("/proc/self/fd")) <= before + 4  # noqa: PTH208 - at most a spare's


@linux
def test_children_end_with_quizzer_however_it_ends(runner: ForkRunner) -> None:
    code = """
    import os, signal
    from quizzer.model import Limits
    from quizzer.sandbox import make_runner
    runner = make_runner()
    child = runner.start("", Limits())
    print(runner._link._pid, child._process.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
    """
    pids = [int(pid) for pid in run(code).stdout.split()]
    assert len(pids) == 2
    assert all(gone(pid) for pid in pids)


def test_a_server_that_died_is_replaced(limits: Limits, runner: ForkRunner) -> None:
    with make_runner() as made:
        with made.start("", limits) as child:
            assert made._link is not None
            os.kill(made._link._pid, 9)
            assert gone(made._link._pid)
            assert child.evaluate("1").status == "died"
        with made.start("def f(): return 1", limits) as child:
            assert child.call("f", []).value == 1


def test_a_busy_machine_changes_no_verdict(runner: ForkRunner) -> None:
    """Limits count the child's own computing time, however long it has to wait for a processor."""
    source = """
import time
def f():
    stop = time.process_time() + 0.2
    while time.process_time() < stop:
        pass
    return 1
"""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(3 * (os.cpu_count() or 1))]
    try:
        with runner.start(source, Limits(seconds=0.4)) as child:
            reply = child.call("f", [])
    finally:
        for process in busy:
            process.kill()
            process.wait()
    assert (reply.status, reply.value) == ("value", 1)
    assert 0.2 <= reply.seconds < 0.3


# --- failing closed ---------------------------------------------------------------------------------------------------


def allow_everything() -> bytes:
    from seccompy import Action, Filter

    return bytes(Filter(default=Action.ALLOW).program)


@pytest.mark.parametrize("missing", ["landlock", "seccomp"])
def test_a_policy_that_stops_nothing_is_noticed(missing: str, runner: ForkRunner) -> None:
    link = Link()
    try:
        paths = [Path("/")] if missing == "landlock" else policy.readable_paths()
        ruleset = policy.landlock_ruleset(paths)
        hello = link.hello()
        link.lock(ruleset, allow_everything() if missing == "seccomp" else policy.seccomp_program())
        os.close(ruleset)
        with pytest.raises(NoSandbox, match=missing):
            proven(link, hello)
    finally:
        link.close()


@linux
@pytest.mark.parametrize(
    ("call", "says"),
    [("landlock_create_ruleset", "Landlock"), ("landlock_restrict_self", "locked down"), ("seccomp", "locked down")],
)
def test_a_kernel_without_a_layer_is_refused(call: str, says: str) -> None:
    """A filter over the whole test process plays the kernel that lacks the call."""
    code = f"""
    import errno
    from seccompy import Action, Filter
    from quizzer.errors import NoSandbox
    from quizzer.model import Limits
    from quizzer.sandbox import make_runner, probe
    lacking = Filter(default=Action.ALLOW)
    lacking.errno("{call}", errno.ENOSYS)
    lacking.load()
    runner = make_runner()
    for _ in range(2):
        try:
            runner.start("", Limits())
            print("started")
        except NoSandbox as error:
            print(error)
    print(runner.isolation, [layer.name for layer in probe() if layer.holds])
    """
    made = run(code)
    lines = made.stdout.splitlines()
    assert len(lines) == 3, made.stderr
    assert says in lines[0]
    assert lines[0] == lines[1]
    assert lines[2].startswith("()")
    assert "sandbox" not in lines[2]


@linux
def test_a_run_without_a_layer_asserts_the_refusal_and_names_what_could_not_run() -> None:
    code = f"""
    import errno, os, pytest
    from seccompy import Action, Filter
    lacking = Filter(default=Action.ALLOW)
    lacking.errno("landlock_create_ruleset", errno.ENOSYS)
    lacking.load()
    os.chdir({str(Path(__file__).parents[2])!r})
    pytest.main(["-p", "no:cacheprovider", "-q", "tests/sandbox/test_sandbox_submissions.py", "-k", "fork_bomb"])
    """
    said = run(code).stdout
    assert "safety tests that could not run here" in said
    assert "test_submission[fork_bomb]: Skipped: running code is refused here: This kernel offers no Landlock" in said


def test_another_system_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with make_runner() as made:
        for trusted in (False, True):
            with pytest.raises(NoSandbox, match="Linux"):
                made.start("", Limits(), trusted=trusted)


# --- trusted code -----------------------------------------------------------------------------------------------------

TRUSTED = """
import os
from quizzer.errors import NoSandbox
from quizzer.model import Limits
from quizzer.sandbox import make_runner
with make_runner() as runner:
    source = "import os\\ndef f(path): return open(path).read(4)\\ndef g():\\n    while True: pass"
    try:
        with runner.start(source, Limits(seconds=0.3), trusted=True) as child:
            print(child.call("f", ["/proc/self/comm"]).status, child.isolation, child.call("g", []).status)
    except NoSandbox as error:
        print(error)
"""


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root is refused")
def test_trusted_code_is_refused_to_root() -> None:
    assert run(TRUSTED).stdout == "--unsafe is refused to root. Use an ordinary user's account\n"


@linux
def test_trusted_code_of_an_ordinary_user_has_limits_only() -> None:
    user = 65534 if os.getuid() == 0 else None
    try:
        made = run(TRUSTED, user=user)
    except PermissionError:
        pytest.skip("an ordinary user can't reach this Python")
    assert made.stdout == "value ('rlimits',) timeout\n", made.stderr


@linux
def test_an_ordinary_user_needs_no_privilege(runner: ForkRunner) -> None:
    code = """
    import os
    from quizzer.model import Limits
    from quizzer.sandbox import make_runner
    with make_runner() as runner, runner.start("def f(): return open('/etc/passwd').read()", Limits()) as child:
        held = {"landlock", "seccomp", "rlimits", "unprivileged"} <= {*child.isolation}
        print(os.getuid() != 0, child.call("f", []).status, held)
    """
    try:
        made = run(code, user=65534 if os.getuid() == 0 else None)
    except PermissionError:
        pytest.skip("an ordinary user can't reach this Python")
    assert made.stdout == "True forbidden True\n", made.stderr
