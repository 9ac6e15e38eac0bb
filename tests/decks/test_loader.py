"""Decks from text: every problem at once with its place, and a compiled form that is the same question."""

from __future__ import annotations

from pathlib import Path

import pytest
from learner import Learner

from quizzer.decks.loader import load_deck, pack, unpack
from quizzer.decks.yamltext import read
from quizzer.errors import BadInput, DeckError
from quizzer.store.compiling import compile_deck, parse_deck, reader

ROOT = Path(__file__).parents[2]
DECKS = [*sorted((ROOT / "decks").glob("*.yaml")), ROOT / "tests" / "data" / "sample.yaml"]


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_the_compiled_form_is_the_same_question(path: Path) -> None:
    node = read(path.read_bytes(), str(path))
    deck = load_deck(node, str(path))
    listed = node.get("questions")
    assert listed is not None
    for element, question in zip(listed.elements(), deck.questions, strict=True):
        again = unpack(pack(element, lambda name: name), deck.slug, question.line)
        assert again == question
        assert (again.prompt_hash, again.grader_hash) == (question.prompt_hash, question.grader_hash)


def problems(text: str) -> list[str]:
    with pytest.raises(DeckError) as caught:
        parse_deck(Path("d.yaml"), text.encode())
    return [str(problem) for problem in caught.value.problems]


HEAD = "format: 1\ndeck: d\ntitle: t\nquestions:\n"
QUESTION = "  - id: a\n    kind: choice\n    prompt: p\n    choices:\n      - right: x\n      - wrong: y\n"


def test_every_problem_is_told_at_once_with_its_place() -> None:
    text = HEAD + QUESTION.replace("prompt", "promt") + QUESTION.replace("id: a", "id: B b").replace("right", "wrong")
    found = problems(text)
    assert any("d.yaml:7:5" in line and "Did you mean `prompt`?" in line and "[a]" in line for line in found)
    assert any("`B b` is no name" in line for line in found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (HEAD.replace("1", "2", 1) + QUESTION, "deck format 2 is not known"),
        (HEAD + QUESTION + QUESTION, "the id `a` is used twice"),
        (HEAD + QUESTION + "    requires: [nobody]\n", "`requires` names no question"),
        (HEAD + QUESTION + "    requires: [a]\n", "can't require itself"),
        (HEAD + "  []\n", "`questions` must be a list"),
        (HEAD.replace("title: t\n", "") + QUESTION, "the key `title` is missing"),
        (HEAD + QUESTION.replace("choice", "essay"), "`essay` is not known here"),
        (HEAD + QUESTION + "    minutes: soon\n", "expected a number"),
        (HEAD + QUESTION + "    variables: {n: {int: [3, 1]}}\n", "n"),
        (HEAD + QUESTION + "    variables: {n: 5.5x}\n", "n"),
        (HEAD + QUESTION.replace("prompt: p", "prompt: p <<m>>") + "    variables: {n: {int: [1, 3]}}\n", "`m`"),
        ("just text\n", "a deck must be a map"),
    ],
)
def test_problem(text: str, wanted: str) -> None:
    found = problems(text)
    assert any(wanted in line for line in found), found


def test_a_typo_in_say_leaves_the_graders_hash_alone() -> None:
    one = parse_deck(Path("d.yaml"), (HEAD + QUESTION).encode()).questions[0]
    said = parse_deck(Path("d.yaml"), (HEAD + QUESTION + "        say: because\n").encode()).questions[0]
    right = parse_deck(Path("d.yaml"), (HEAD + QUESTION.replace("right: x", "right: z")).encode()).questions[0]
    assert one.grader_hash == said.grader_hash != right.grader_hash


def test_a_reference_beside_the_deck_and_none_outside(tmp_path: Path) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "f.py").write_text("def f(x):\n    return x\n")
    (tmp_path / "secret.py").write_text("def f(x):\n    return 1\n")
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "code").symlink_to(tmp_path / "code")
    (folder / "own.py").write_text("def f(x):\n    return x\n")
    deck = folder / "d.yaml"
    code = "  - id: a\n    kind: code\n    prompt: p\n    file: {}\n    cases:\n      - call: f(1)\n"
    compiled = compile_deck(deck, (HEAD + code.format("own.py")).encode())
    assert "def f" in compiled.questions[0].data
    for name in ("../secret.py", "/etc/hostname", "code/f.py", "missing.py", "."):
        with pytest.raises(BadInput):
            reader(deck)(name)
        with pytest.raises(DeckError):
            compile_deck(deck, (HEAD + code.format(name)).encode())


def test_a_changed_reference_is_seen_although_the_deck_is_not_touched(learner: Learner, tmp_path: Path) -> None:
    folder = tmp_path / "decks"
    folder.mkdir()
    code = "  - id: a\n    kind: code\n    prompt: p\n    file: own.py\n    cases:\n      - call: f(1)\n"
    (folder / "own.py").write_text("def f(x):\n    return x\n")
    (folder / "d.yaml").write_text(HEAD + code)
    learner.decks = (folder,)
    answer = tmp_path / "answer.py"
    answer.write_text("def f(x):\n    return x + 1\n")
    assert learner.run("grade", "d/a", str(answer)).code == 1
    (folder / "own.py").write_text("def f(x):\n    return x + 1\n")
    assert learner.run("grade", "d/a", str(answer)).code == 0
