"""A deck from a stranger can do no more than a submission: everything of it that runs, runs in the sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest
from learner import Learner

HEAD = "format: 1\ndeck: d\ntitle: t\nquestions:\n"
CODE = """  - id: a
    kind: code
    prompt: p
    reference: |
      {reference}
    cases:
      - call: {call}
    generate: |
      {generate}
    generated: 2
"""
GOOD = "def f(x):\n          return x"
GENERATE = "def generate(rng, size):\n          return [size]"


def deck(learner: Learner, **parts: str) -> None:
    parts = {"reference": GOOD, "generate": GENERATE, "call": "f(1)", **parts}
    path = learner.folder / "d.yaml"
    text = HEAD + CODE.format(**{key: value for key, value in parts.items() if key != "extra"}) + parts.get("extra", "")
    path.write_text(text, "utf-8")
    learner.decks = (path,)


def attack(body: str) -> str:
    return body.replace("\n", "\n          ")


@pytest.fixture
def planted(learner: Learner) -> Path:
    path = learner.folder / "secret"
    path.write_text("the secret")
    path.chmod(0o644)
    return path


@pytest.mark.parametrize("place", ["reference", "generate", "check", "call"])
@pytest.mark.parametrize("deed", ["read", "write", "socket", "fork", "kill"])
def test_a_hostile_deck_is_contained(learner: Learner, planted: Path, place: str, deed: str) -> None:
    marker = learner.folder / "written"
    deeds = {
        "read": f"open({str(planted)!r}).read()",
        "write": f"open({str(marker)!r}, 'w')",
        "socket": "__import__('socket').socket()",
        "fork": "__import__('os').fork()",
        "kill": "__import__('os').kill(__import__('os').getppid(), 9)",
    }
    does = deeds[deed]
    if place == "reference":
        deck(learner, reference=f"def f(x):\n          {does}\n          return x")
    elif place == "generate":
        deck(learner, generate=f"def generate(rng, size):\n          {does}\n          return [size]")
    elif place == "check":
        deck(
            learner,
            extra=f"    check: |\n      def check(args, expected, got):\n          {does}\n          return True\n",
        )
    else:
        deck(learner, call=f"f({does})")
    answer = learner.folder / "answer.py"
    answer.write_text("def f(x):\n    return x\n")
    said = learner.run("submit", "d/a", str(answer), "--json")
    assert said.json["verdict"] == "grader-error", said.out
    assert said.code == 3
    assert said.json["recorded"] is False
    assert "the secret" not in said.out + said.err
    assert not marker.exists()
    checked = learner.run("check", str(learner.folder / "d.yaml"))
    assert checked.code == 1
    assert "the secret" not in checked.out + checked.err
    assert not marker.exists()
    assert learner.history("d/a")["acts"] == []


def test_a_hostile_simulation_is_contained(learner: Learner, planted: Path) -> None:
    path = learner.folder / "d.yaml"
    path.write_text(
        HEAD
        + f"""  - id: a
    kind: derivation
    prompt: p
    symbols:
      r: {{real: [0.1, 0.9]}}
    milestones:
      - id: one
        say: one
        expect: r + 1
      - id: two
        say: two
        expect: r + 2
    simulate: |
      def simulate(rng, r):
          raise ValueError(open({str(planted)!r}).read())
""",
        "utf-8",
    )
    said = learner.run("check", str(path))
    assert said.code == 1
    assert "`simulate` failed" in said.out
    assert "the secret" not in said.out + said.err


def test_texts_of_a_deck_cannot_steer_the_terminal(learner: Learner) -> None:
    path = learner.folder / "d.yaml"
    text = "\u202eevil\u2066 \ue000"
    path.write_text(
        HEAD
        + f"  - id: a\n    kind: choice\n    prompt: '{text}'\n    choices:\n"
        + f"      - right: 'x{text}'\n        say: 'x{text}'\n      - wrong: 'y{text}'\n        say: 'y{text}'\n",
        "utf-8",
    )
    learner.decks = (path,)
    for arguments in (("show", "d/a"), ("study",), ("grade", "d/a", "--answer", "1"), ("search", "evil")):
        said = learner.run(*arguments, typed="1\n")
        assert "evil" in said.out
        assert not set(said.out) & {"\u202e", "\u2066", "\ue000", "\x1b"}
