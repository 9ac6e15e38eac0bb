"""Drafting with a language model: passages are asked about one by one, every proposal goes through every gate.

A model is never trusted, only what it hands over is run: the quote must stand in the article, the deck reader must take
the question, numbers must evaluate, derivations agree with their simulation, references pass and wrong answers fail in
the sandbox. Replies are kept as they come, so that nothing is paid for twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from quizzer.decks.writing import clean
from quizzer.drafting import model_prompt
from quizzer.drafting.draft import Draft, digest, slug
from quizzer.drafting.gates import Known, as_deck, marked, refusal
from quizzer.drafting.model_client import Model, Reply
from quizzer.drafting.prose import language, stands_alone
from quizzer.drafting.proving import faults
from quizzer.drafting.spans import find
from quizzer.errors import DeckError
from quizzer.model import Article, Runner
from quizzer.questions import KINDS, kind_of
from quizzer.questions.build import COMMON

PASSAGE = 6000
"""Characters of a passage at most."""
MOST_TOKENS = 4000
"""Of one reply."""
_QUOTE = 8
_NEVER = frozenset({"id", "kind", "quote", "status", "was", "requires", "file"})
"""Keys that are ours to set, or that would reach beyond the question."""


@dataclass(slots=True)
class Bill:
    """What was asked and what it took. `reused` counts replies that were there already."""

    requests: int = 0
    reused: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    proposed: int = 0
    notes: list[str] = field(default_factory=list)


class Shelf:
    """Where replies are kept, so that an interrupted run goes on where it ended."""

    def __init__(self, get: Callable[[str], tuple[str, int, int] | None], put: Callable[[str, Reply], None]) -> None:
        self.get, self.put = get, put


def passages(text: str) -> Iterator[str]:
    """The text in pieces of bearable length, cut between paragraphs."""
    piece = ""
    for part in re.split(r"(?<=\n)\s*\n", text):
        for start in range(0, len(part), PASSAGE):
            bit = part[start : start + PASSAGE]
            if piece and len(piece) + len(bit) > PASSAGE:
                yield piece.strip()
                piece = ""
            piece += bit + "\n"
    if piece.strip():
        yield piece.strip()


def estimate(article: Article, most: int) -> tuple[int, int]:
    """About how many tokens go out and at most come back for an article."""
    pieces = list(passages(article.text))
    sent = sum(_tokens(message["content"]) for piece in pieces for message in _request(article, piece, most))
    return sent, len(pieces) * MOST_TOKENS


def _tokens(text: str) -> int:
    wide = sum(ord(char) > 0x2E80 for char in text)
    return wide + (len(text) - wide) // 4 + 4


def _request(article: Article, passage: str, most: int) -> list[dict[str, str]]:
    return model_prompt.messages(article.title, passage, language(article.text), most)


def draft_with_model(
    article: Article, known: Known, model: Model, shelf: Shelf, runner: Runner | None, most: int, bill: Bill
) -> tuple[list[Draft], list[tuple[str, str]]]:
    """Drafts of one article, and what was dropped with the reason. Raises what the model's door raises."""
    kept: list[Draft] = []
    dropped: list[tuple[str, str]] = []
    for passage in passages(article.text):
        request = _request(article, passage, most)
        reply = _asked(model, shelf, request, bill)
        good, bad, problems = _sorted(reply, article, passage, known, model, runner)
        if problems and not reply.cut:
            reply = _asked(model, shelf, model_prompt.repair(request, reply.text, problems), bill)
            again, bad_again, _ = _sorted(reply, article, passage, known, model, runner)
            names = {draft.key for draft in good}
            good += [draft for draft in again if draft.key not in names]
            bad = (
                [item for item in bad_again if item[0] not in {draft.prompt for draft in good}]
                if again or bad_again
                else bad
            )
        for draft in good:
            if any(other.key == draft.key for other in kept):
                continue
            if len(kept) >= most:
                dropped.append((_what(draft.kind, draft.prompt), "there are enough of this article"))
            else:
                ids = {other.id for other in kept}
                kept.append(
                    draft if draft.id not in ids else replace(draft, id=f"{draft.id}-{digest(draft.prompt)[:4]}")
                )
        dropped += bad
    return kept, dropped


def _asked(model: Model, shelf: Shelf, request: Sequence[Mapping[str, str]], bill: Bill) -> Reply:
    """The reply to a request: the kept one, else a new one, kept before anything else is done with it."""
    told = json.dumps(
        [model.name, model_prompt.VERSION, MOST_TOKENS, list(request)], ensure_ascii=False, sort_keys=True
    )
    name = sha256(told.encode("utf-8", "replace")).hexdigest()
    before = shelf.get(name)
    if before is not None:
        bill.reused += 1
        return Reply(before[0], before[1], before[2], cut=_is_cut(before[0]))
    reply = model.ask(request, model_prompt.SCHEMA, MOST_TOKENS)
    bill.requests += 1
    bill.tokens_in += reply.tokens_in
    bill.tokens_out += reply.tokens_out
    if reply.refused or not reply.text.strip():
        bill.notes.append(f"the model would not answer: {' '.join(reply.refused.split())[:120] or 'an empty reply'}")
    if reply.cut:
        bill.notes.append("a reply was cut off at its limit; what was whole in it was looked at")
    shelf.put(name, reply)
    return reply


def _sorted(
    reply: Reply, article: Article, passage: str, known: Known, model: Model, runner: Runner | None
) -> tuple[list[Draft], list[tuple[str, str]], list[str]]:
    """Drafts that pass, those that don't with the reason, and what a repair could mend."""
    questions = proposals(reply.text)
    if questions is None:
        refused = reply.refused or not reply.text.strip()
        return (
            [],
            [("a reply", "the model would not answer" if refused else "it holds no questions as JSON")],
            ([] if refused else ["the reply is no JSON object with a list `questions`"]),
        )
    good: list[Draft] = []
    bad: list[tuple[str, str]] = []
    mend: list[str] = []
    for question in questions:
        found = _gated(question, article, passage, known, model, runner)
        if isinstance(found, Draft):
            good.append(found)
        else:
            what = _what(str(question.get("kind", "?")), str(question.get("prompt", "")))
            bad.append((what, found))
            if not _is_known(found):  # what is asked already, nobody is to mend
                mend.append(f"{str(question.get('id', '?'))[:40]}: {found}")
    return good, bad, mend


def _is_known(why: str) -> bool:
    return why.endswith(("asks it already", "rejected before", "rests on the same words"))


def _what(kind: str, prompt: str) -> str:
    return f"{kind}: {' '.join(prompt.split())[:70]}"


def proposals(text: str) -> list[dict[str, Any]] | None:
    """The questions of a reply: its outermost object, fenced or not; of one that was cut off, those that are whole."""
    start = text.find("{")
    if start < 0:
        return None
    for end in (match.start() + 1 for match in reversed(list(re.finditer(r"\}", text)))):
        try:
            found = json.loads(text[start:end])
        except (ValueError, RecursionError):
            break
        listed = found.get("questions") if isinstance(found, dict) else None
        return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else None
    opened = re.search(r"\"questions\"\s*:\s*\[", text)
    if opened is None:
        return None
    whole: list[dict[str, Any]] = []
    at, decoder = opened.end(), json.JSONDecoder()
    while True:
        gap = re.compile(r"[\s,]*").match(text, at)
        at = gap.end() if gap else at
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return whole or None
        if isinstance(item, dict):
            whole.append(item)


def _is_cut(text: str) -> bool:
    try:
        json.loads(text[text.find("{") : text.rfind("}") + 1])
    except ValueError:
        return "{" in text
    return False


def _gated(
    question: Mapping[str, Any], article: Article, passage: str, known: Known, model: Model, runner: Runner | None
) -> Draft | str:
    """A draft, or why it is none."""
    kind, quote, prompt = (question.get(key) for key in ("kind", "quote", "prompt"))
    if not isinstance(kind, str) or kind not in KINDS:
        return f"there is no kind `{str(kind)[:40]}`"
    if not isinstance(prompt, str) or not prompt.strip() or not isinstance(quote, str):
        return "it has no prompt or no quote"
    # The passage that was asked about must hold it: another place would be a coincidence.
    inside = find(quote, passage) if len("".join(quote.split())) >= _QUOTE else None
    place = find(quote, article.text) if inside else None
    if place is None:
        return (
            "its quote does not stand in the article word for word"
            if len(quote.strip()) >= _QUOTE
            else "its quote is too short"
        )
    if not stands_alone(prompt):
        return "its prompt can't be understood without the article"
    known_keys = {key.name for key in (*COMMON, *kind_of(kind).keys)} - _NEVER
    fields = {key: _plain(value) for key, value in question.items() if key in known_keys and value is not None}
    start, end = place
    name = slug(str(question.get("id", "")), f"{kind}-{digest(prompt)}")
    draft = Draft(
        name, kind, fields, clean(article.text[start:end]), start, end, f"model:{model.name}",
        f"model/{kind}/{digest(prompt)}",
    )  # fmt: skip
    return _proven(draft, runner) or refusal(draft, article, known) or marked(draft, article)


def _plain(value: Any) -> Any:
    """A JSON value without what no deck can hold: null, nesting without end."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_plain(item) for item in value if item is not None]
    return value


def _proven(draft: Draft, runner: Runner | None) -> str:
    """Why the question does not hold; "" where everything about it was seen to."""
    try:
        deck = as_deck([draft])
    except (DeckError, RecursionError) as error:
        return str(getattr(error, "message", "it is nested too deeply")).split("error: ", 1)[-1][:200]
    if deck.unfinished:
        return deck.unfinished[0].problems[0].message
    question = deck.questions[0]
    if draft.kind == "code" and len(draft.fields.get("wrong", ())) < 2:
        return "a code question needs two wrong answers"
    if draft.kind == "derivation" and not draft.fields.get("simulate"):
        return "a derivation needs `simulate`, by which its result is checked"
    if draft.kind in ("code", "derivation") and runner is None:
        return "its code can't be run safely here"
    found = (fault for fault in faults(question, runner, strict=True) if not fault.startswith("a mutant passes"))
    return next(found, "")[:300]
