"""What shells, prompts and cron jobs call every day: home, `due --porcelain`, `remind`, completion."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from learner import DATA, Learner

ROOT = Path(__file__).resolve().parent.parent.parent


def test_home_says_the_day_in_three_lines(learner: Learner) -> None:
    said = learner.run().out.splitlines()
    assert len(said) == 3
    assert said[0].startswith("Today: 0 due, 8 new")
    assert "everything answered is saved" in said[1]  # no tour: its cards are not among these decks
    assert said[2] == "Next: quizzer study"
    learner.right("sample/first-step")
    learner.wait(1)
    said = learner.run().out.splitlines()
    assert said[0].startswith("Today: 1 due")
    assert "about 10 minutes" in said[1]


def test_porcelain_is_three_numbers(learner: Learner) -> None:
    learner.right("sample/first-step")
    learner.right("sample/off-by-one")
    assert [int(text) for text in learner.run("due", "--porcelain").out.split()][::2] == [0, 2]
    learner.wait(1)
    due, new, tomorrow = (int(text) for text in learner.run("due", "--porcelain").out.split())
    told = learner.run("due", "--json").json
    assert (due, new, tomorrow) == (told["due"], told["new"], told["forecast"][1]["due"])
    assert due == 2
    assert learner.run("due", "--porcelain", "sample").out == f"{due} {new} {tomorrow}\n"
    assert learner.run("due", "--porcelain", "--days", "1", "--exit-code").code == 1
    assert learner.run("due", "--porcelain", "--json").code == 2


def test_remind_is_silent_while_nothing_is_due(learner: Learner) -> None:
    assert learner.run("remind") == learner.run("remind", "--at-least", "9")
    assert learner.run("remind").out == ""
    learner.right("sample/first-step")
    assert learner.run("remind").out == ""
    learner.wait(1)
    assert learner.run("remind").out.startswith("1 card due, ")
    assert learner.run("remind", "--at-least", "2").out == ""
    assert learner.run("remind", "--json").json["remind"] is True
    assert learner.run("remind", "--notify").code in (0, 3)


def test_remind_hands_its_line_to_the_desktop(learner: Learner) -> None:
    learner.right("sample/first-step")
    learner.wait(1)
    said = learner.folder / "said"
    program = learner.folder / "notify-send"
    program.write_text(f'#!/bin/sh\necho "$3" > {said}\n', "utf-8")
    program.chmod(0o755)
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{learner.folder}{os.pathsep}{path}"
    try:
        assert learner.run("remind", "--notify").code == 0
    finally:
        os.environ["PATH"] = path
    assert said.read_text("utf-8").startswith("1 card due")


SHELLS = {
    "bash": 'source "$1"; COMP_WORDS=({words}); COMP_CWORD={last}; _quizzer_completion quizzer; '
    'echo "${{COMPREPLY[@]}}"',
    "fish": 'source $argv[1]; complete -C "{line}"',
}


def at_the_shell(learner: Learner) -> dict[str, str]:
    """The environment of a shell in which `quizzer` is a command."""
    bin_folder = learner.folder / "bin"
    bin_folder.mkdir(exist_ok=True)
    program = bin_folder / "quizzer"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -P -m quizzer "$@"\n', "utf-8")
    program.chmod(0o755)
    return {
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}", "HOME": str(learner.folder), "PYTHONPATH": str(ROOT),
        "QUIZZER_DB": str(learner.db), "QUIZZER_DECKS": str(learner.decks[0]), "LANG": "C.UTF-8",
    }  # fmt: skip


def completed(learner: Learner, shell: str, line: str) -> list[str]:
    """What a real shell offers behind `line`."""
    environment = at_the_shell(learner)
    script = learner.folder / f"completion.{shell}"
    script.write_text(learner.run("completion", shell).out, "utf-8")
    words = line.split(" ")
    text = SHELLS[shell].format(words=" ".join(f"'{word}'" for word in words), last=len(words) - 1, line=line)
    arguments = [shell, "-c", text, shell, str(script)] if shell == "bash" else [shell, "-c", text, str(script)]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return [item.split("\t")[0] for item in (done.stdout.split() if shell == "bash" else done.stdout.splitlines())]


@pytest.mark.parametrize("shell", [pytest.param(name, marks=[] if shutil.which(name) else pytest.mark.skip(
    reason=f"no {name} here")) for name in SHELLS])  # fmt: skip
def test_a_real_shell_completes_commands_cards_and_decks(learner: Learner, shell: str) -> None:
    learner.run("decks")
    assert completed(learner, shell, "quizzer stu") == ["study"]
    assert completed(learner, shell, "quizzer show sample/fi") == ["sample/first-step"]
    assert completed(learner, shell, "quizzer study sam") == ["sample"]
    assert completed(learner, shell, "quizzer study --kind c") == ["choice", "cloze", "code"]
    assert completed(learner, shell, "quizzer card hist") == ["history"]


@pytest.mark.skipif(not shutil.which("zsh"), reason="no zsh here")
def test_the_tab_key_at_a_real_zsh(learner: Learner) -> None:
    """Its completion works at its line editor only: a shell on a pseudo-terminal, and Tab pressed."""
    import pexpect

    learner.run("decks")
    environment = {**at_the_shell(learner), "TERM": "xterm-256color"}
    shell = pexpect.spawn("zsh", ["-f", "-i"], env=environment, dimensions=(40, 120), encoding="utf-8", timeout=60)
    try:
        shell.send("PS1='ready> '; autoload -Uz compinit; compinit -u -D; eval \"$(quizzer completion zsh)\"\r")
        shell.expect("ready> .*ready> ")
        for typed, added in (
            ("quizzer stu", "study"),
            ("quizzer show sample/fi", "first-step"),
            ("quizzer study sam", "sample"),
            ("quizzer card hist", "history"),
        ):
            shell.send(f"{typed}\t")
            shell.expect_exact(added)
            shell.send("\x01print -r -- \x05 behind\r")  # Ctrl-A, Ctrl-E: what now stands in the line is printed
            shell.expect(r"\n(quizzer [^\r]*)\r")
            assert shell.match[1] == f"{typed.rpartition(' ')[0]} {'sample/' * ('/' in typed)}{added} behind"
            shell.expect_exact("ready> ")
        shell.send("quizzer study --kind c\t")
        shell.expect(r"choice +cloze +code")
    finally:
        shell.close(force=True)


def test_the_tab_key_imports_no_command_and_no_database_library(learner: Learner) -> None:
    learner.run("decks")
    script = (
        "import sys, atexit; names = ['sqlalchemy', 'numpy', 'yaml', 'jinja2', 'quizzer.session', 'quizzer.cli.grade'];"
        "atexit.register(lambda: print([n for n in names if n in sys.modules]));"
        "from quizzer.__main__ import main; main()"
    )
    for words, last in (("quizzer s", 1), ("quizzer show sample/", 2)):
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True,
            env={**os.environ, "_QUIZZER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(last),
                 "QUIZZER_DB": str(learner.db), "QUIZZER_DECKS": str(DATA / "sample.yaml")},
        )  # fmt: skip
        assert done.stdout.splitlines()[-1] == "[]"
        assert len(done.stdout.splitlines()) > 5
