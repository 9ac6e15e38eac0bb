"""JSON Lines back to a history. The file may come from anybody: every field is checked before it is used."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from quizzer.errors import BadInput
from quizzer.exchange import fields
from quizzer.exchange.writing import FORMAT
from quizzer.model import Act, CardRecord, DeckChoice, LogRecord, ParameterSet, ReviewData

MAX_LINE = 16_000_000
"""Bytes of one line; a review with all that was answered takes a few thousand."""


def lines_of(stream: Any, name: str) -> Iterator[bytes]:
    """The lines of a binary stream. Raises BadInput for one that is too long, before it is read to its end."""
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise BadInput(f"{name}, line {number}: over {MAX_LINE // 1_000_000} MB long", "It is no exported history")
        yield line


def read(lines: Iterable[bytes], name: str, *, begun: Callable[[int], None] | None = None) -> Iterator[LogRecord]:
    """The records of an exported history; `name` is what messages call the file.

    `begun` is told how many acts the file announces. Raises BadInput with the line number for anything that is not as
    `writing.json_lines` writes it, and for a file that was cut off.
    """
    cards: set[str] = set()
    acts, announced, ended, number = 0, -1, False, 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{name}, line {number}"
        shape = _object(line, place)
        if ended:
            raise BadInput(f"{place}: something follows the end", "Import each exported file by itself")
        kind = shape.get("record")
        if (announced < 0) != (kind == "header"):
            raise BadInput(f"{place}: a history begins with one header", "Write it with: quizzer export reviews")
        try:
            if kind == "header":
                announced = _header(shape)
                if begun is not None:
                    begun(announced)
            elif kind == "end":
                ended = True
            elif kind == "act":
                act = _act(shape)
                if act.card_uid not in cards:
                    raise fields.Wrong("the act's card stands on no line before it")
                acts += 1
                yield act
            elif kind == "card":
                card = _card(shape)
                cards.add(card.uid)
                yield card
            elif kind == "deck":
                slug = fields.text(shape, "deck", fields.SLUG)
                yield DeckChoice(slug, fields.truth(shape, "started"), fields.instant(shape, "at_ms"))
            elif kind == "parameter-set":
                yield _parameters(shape)
            else:
                raise fields.Wrong(f"there is no record `{str(kind)[:40]}`")
        except fields.Wrong as error:
            raise BadInput(f"{place}: {error}", "Export it anew, or take the line out") from None
    if not ended or acts != announced:
        raise BadInput(
            f"{name} ends at line {number} after {acts} of {max(announced, 0)} acts: it was cut off",
            "Export it anew; nothing was imported",
        )


def _object(line: bytes, place: str) -> dict[str, Any]:
    try:
        shape = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadInput(f"{place}: this is no JSON object", "Import a file of: quizzer export reviews --jsonl") from None
    if not isinstance(shape, dict):
        raise BadInput(f"{place}: this is no JSON object", "Import a file of: quizzer export reviews --jsonl")
    return shape


def _header(shape: dict[str, Any]) -> int:
    number = fields.whole(shape, "format", 1, 1_000_000)
    if number > FORMAT:
        raise BadInput(f"this history is of format {number}, written by a newer quizzer", "Update quizzer")
    return fields.whole(shape, "acts", 0, 10**12)


def _card(shape: dict[str, Any]) -> CardRecord:
    name, born = fields.text(shape, "name", fields.CARD), fields.text(shape, "born", fields.CARD)
    deck, _, question = name.partition("/")
    uid, also = fields.text(shape, "uid", fields.UID), fields.uids(shape, "also")
    return CardRecord(uid, born, deck, question, also=also)


def _parameters(shape: dict[str, Any]) -> ParameterSet:
    scheduler = fields.text(shape, "scheduler", fields.WORD)
    weights = fields.weights(shape, scheduler)
    return ParameterSet(
        fields.text(shape, "id", fields.WORD),
        scheduler,
        weights,
        fields.json_text(shape, "detail"),
        fields.instant(shape, "at_ms"),
    )


def _act(shape: dict[str, Any]) -> Act:
    kind = fields.act_type(shape)
    review = shape.get("review")
    if (kind == "review") != isinstance(review, dict):
        raise fields.Wrong("a review, and nothing else, carries `review`")
    at_ms = fields.instant(shape, "at_ms")
    return Act(
        seq=0,
        uuid=fields.text(shape, "uuid", fields.UID),
        learner=fields.text(shape, "learner", fields.LEARNER),
        card_uid=fields.text(shape, "card", fields.UID),
        type=kind,
        at_ms=at_ms,
        offset_min=fields.whole(shape, "offset_min", -1_500, 1_500),
        day=fields.day(shape, "day"),
        target=fields.target(shape, kind),
        value=fields.value(shape, kind),
        review=_review(review) if isinstance(review, dict) else None,
        order_ms=fields.instant(shape, "order_ms"),
    )


def _review(shape: dict[str, Any]) -> ReviewData:
    optional = cast("dict[str, Any]", {})
    for key, most in (("duration_ms", 2**31 - 1), ("planned_interval", 2**31 - 1)):
        optional[key] = None if shape.get(key) is None else fields.whole(shape, key, 0, most)
    optional["chosen_due"] = None if shape.get("chosen_due") is None else fields.day(shape, "chosen_due")
    for key in ("predicted", "score"):
        optional[key] = None if shape.get(key) is None else fields.number(shape, key)
    for key in ("drawn", "parameters", "detail"):
        optional[key] = fields.json_text(shape, key)
    for key in ("question_kind", "rung", "scheduler", "prompt_hash", "grader_hash"):
        optional[key] = fields.text(shape, key, fields.WORD)
    return ReviewData(
        grade=fields.whole(shape, "grade", 0, 5),
        verdict=fields.text(shape, "verdict", fields.WORD),
        kind=fields.review_kind(shape),
        trial=fields.truth(shape, "trial"),
        seed=fields.whole(shape, "seed", -(2**63), 2**63 - 1),
        response=None if shape.get("response") is None else fields.text(shape, "response"),
        hints=fields.whole(shape, "hints", 0, 2**31 - 1),
        attempts=fields.whole(shape, "attempts", 0, 2**31 - 1),
        mistake=fields.text(shape, "mistake"),
        **optional,
    )
