"""One session, several faces: the same answers through each leave the same log."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from terminals import Desk, Screen

KINDS = ("choice", "spot", "order", "cloze", "short", "numeric", "derivation")
OPTIONS = ["--minutes", "30", "--new", "30", *(part for kind in KINDS for part in ("--kind", kind))]
DATA = Path(__file__).resolve().parent.parent / "data"
KEPT = (
    "type",
    "grade",
    "graded",
    "verdict",
    "rung",
    "seed",
    "response",
    "hints",
    "interval_days",
    "kind",
    "undone",
    "day",
)
"""Of an act in the log: all but what names a moment or a process."""

Step = tuple[str, list[str]]


def run(desk: Desk, *arguments: str, typed: str = "") -> str:
    """quizzer as a process with pipes."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "quizzer", *arguments],
        env=desk.variables(), input=typed, capture_output=True, text=True, cwd=desk.folder, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def log(desk: Desk, cards: set[str]) -> list[dict[str, Any]]:
    """What was recorded of these cards."""
    acts = [
        {"card": card, **{key: act.get(key) for key in KEPT}}
        for card in sorted(cards)
        for act in json.loads(run(desk, "card", "history", card, "--json"))["acts"]
    ]
    assert acts
    return acts


def through_jsonl(desk: Desk) -> tuple[list[Step], set[str]]:
    """A whole session as a program holds it: every third card is answered wrong at first. What was answered."""
    steps: list[Step] = []
    seen: list[str] = []
    command = [sys.executable, "-P", "-m", "quizzer", "study", "--jsonl", *OPTIONS]
    with subprocess.Popen(
        command, env=desk.variables(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=desk.folder
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in process.stdout:
            event = json.loads(line)
            assert event["event"] in ("question", "graded", "ask-grade", "finished"), event
            if event["event"] == "ask-grade":
                steps.append(("own grade", ["4"]))
                process.stdin.write('{"grade": 4}\n')
                process.stdin.flush()
            if event["event"] == "question":
                card = event["card"]
                shown = json.loads(run(desk, "show", card, "--solution", "--json"))
                answers = [str(text) for text in shown["solution"]]
                if card not in seen and len(set(seen)) % 3 == 1:
                    answers = [wrong(shown)] if len(answers) == 1 and shown["kind"] not in ("cloze", "short") else ["?"]
                seen.append(card)
                steps.append((shown["kind"], answers))
                process.stdin.write(json.dumps({"answer": answers if len(answers) > 1 else answers[0]}) + "\n")
                process.stdin.flush()
    return steps, set(seen)


def wrong(shown: dict[str, Any]) -> str:
    """An answer that can be read and is not right."""
    right = shown["solution"][0]
    if shown["kind"] == "choice":
        return next(str(n) for n in range(1, len(shown["choices"]) + 1) if str(n) not in right.split(","))
    if shown["kind"] in ("order", "derivation"):
        return " ".join(reversed(right.split()))
    return "1" if right != "1" else "2"


def press(screen: Screen, kind: str, answers: list[str]) -> None:
    """Give an answer by the keys of the face with keys."""
    if kind in ("choice", "spot"):
        several = "Enter confirm" in screen.wait("d don't know")
        if answers == ["?"]:
            screen.press("d")
            return
        if answers[0].startswith("b"):
            screen.press("\t")
        screen.press(answers[0].replace(",", "").replace("b", "").replace("none", "0"))
        if several:
            screen.press("\r")
    elif kind in ("order", "derivation"):
        screen.wait("t type letters")
        screen.press("t")
        screen.wait("order ›")
        screen.type(answers[0])
    elif kind == "own grade":
        screen.wait("your own grade")
        screen.press(answers[0])
    else:
        for text in answers:
            screen.wait("›")
            screen.type(text)
            screen.wait(f"{text}\n")


def test_the_same_answers_through_each_face_leave_the_same_log(tmp_path: Path) -> None:
    decks = (DATA / "sample.yaml", DATA / "words.yaml")
    programs, lines, keys = (Desk(tmp_path / name, decks) for name in ("programs", "lines", "keys"))
    for desk in (programs, lines, keys):
        desk.folder.mkdir()
    steps, cards = through_jsonl(programs)
    assert {kind for kind, _ in steps} == {*KINDS, "own grade"}
    assert len(steps) > len(cards)  # some came back

    typed = "".join(f"{text}\n" for _, answers in steps for text in answers)
    said = run(lines, "study", "--plain", *OPTIONS, typed=typed)
    assert said.count("   grade ") == sum(kind != "own grade" for kind, _ in steps)

    with keys.terminal("study", *OPTIONS) as screen:
        for (kind, answers), (following, _) in zip(steps, [*steps[1:], ("end", [])], strict=True):
            press(screen, kind, answers)
            if following != "own grade":
                screen.wait("Enter next")
                screen.press("\r")
        screen.wait("Done:")
        assert screen.ends() == 0
    recorded = log(programs, cards)
    assert recorded == log(lines, cards)
    assert recorded == log(keys, cards)
