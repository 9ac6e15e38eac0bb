"""`draft --model`: what it will cost, the questions a model proposes, what it did cost."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from quizzer.errors import BadUsage

if TYPE_CHECKING:
    from quizzer.cli.world import World
    from quizzer.drafting.gates import Known
    from quizzer.drafting.offline import Drafted
    from quizzer.model import Article

Work = tuple[str, "Article", "Drafted"]


def with_model(
    here: World, works: Sequence[Work], known: Known, most: int, *, yes: bool
) -> tuple[list[Work], dict[str, Any]]:
    """The works with a model's drafts added, and the report. What fails half-way keeps what has come.

    Raises BadUsage where no model is set, BadInput or Unable as its server answers.
    """
    from dataclasses import replace

    from quizzer.cli.world import is_interactive
    from quizzer.drafting.model_client import Reply, Server
    from quizzer.drafting.modelled import Bill, Shelf, draft_with_model, estimate

    name = here.settings["model"]
    if not name:
        raise BadUsage(
            "no language model is set", "Set QUIZZER_MODEL and QUIZZER_MODEL_URL (see `quizzer draft --help`)"
        )
    prices = _prices(here.settings["model_prices"])
    key = os.environ.get("QUIZZER_MODEL_KEY") or os.environ.get("OPENAI_API_KEY") or ""
    seconds = float(here.settings["model_seconds"])
    model = Server(name, here.settings["model_url"], key, seconds=seconds)
    sizes = [estimate(article, most) for _, article, _ in works]
    before = sum(size[0] for size in sizes), sum(size[1] for size in sizes)
    cost = _cost(before, prices)
    click.echo(
        f"{name}: about {before[0]:,} tokens to send, at most {before[1]:,} back{f', at most {cost}' if cost else ''}.",
        err=True,
    )
    if is_interactive() and not here.json and not yes and not click.confirm("Ask it?", default=True, err=True):
        raise click.Abort
    library = here.store(write=True).library

    def keep(request: str, reply: Reply) -> None:
        library.keep_reply(request, name, reply.text, (reply.tokens_in, reply.tokens_out), at=here.clock.now())

    bill, shelf = Bill(), Shelf(library.reply, keep)
    click.get_current_context().call_on_close(model.close)
    out: list[Work] = []
    rows: list[dict[str, str]] = []
    hidden = here.json or not sys.stderr.isatty()
    with click.progressbar(works, label="asking", file=sys.stderr, hidden=hidden) as bar:
        for article_id, article, drafted in bar:
            drafts, dropped = draft_with_model(article, known, model, shelf, here.runner(), most, bill)
            bill.proposed += len(drafts) + len(dropped)
            known.drafted.update({draft.key: article.title for draft in drafts})
            taken = {draft.id for draft in drafted.drafts}
            named = [draft if draft.id not in taken else replace(draft, id=f"{draft.id}-model") for draft in drafts]
            out.append((article_id, article, replace(drafted, drafts=(*drafted.drafts, *named))))
            rows += [{"what": what, "why": why} for what, why in dropped]
    spent = bill.tokens_in, bill.tokens_out
    return out, {
        "name": name, "requests": bill.requests, "reused": bill.reused, "tokens_in": spent[0], "tokens_out": spent[1],
        "cost": _cost(spent, prices) or None, "kept": bill.proposed - len(rows), "dropped": rows, "notes": bill.notes,
    }  # fmt: skip


def report_lines(report: dict[str, Any]) -> Iterator[str]:
    """What a model proposed and what it took."""
    from quizzer.text import printable

    yield ""
    cost = f", {report['cost']}" if report["cost"] else ""
    again = f" ({report['reused']} replies were there already)" if report["reused"] else ""
    yield printable(
        f"{report['name']}: {report['requests']} requests{again}, {report['tokens_in']:,} tokens sent, "
        f"{report['tokens_out']:,} back{cost}; {report['kept']} drafts kept, {len(report['dropped'])} dropped.",
        newlines=False,
    )
    for drop in report["dropped"]:
        yield printable(f"  - {drop['what']}: {drop['why']}", newlines=False)
    for note in report["notes"]:
        yield printable(f"  ! {note}", newlines=False)


def _prices(text: str) -> tuple[float, float] | None:
    """Prices per million tokens, in and out. Raises BadUsage."""
    if not text.strip():
        return None
    try:
        sent, back = (float(part) for part in text.split(","))
    except ValueError:
        raise BadUsage(
            f"`{text}` are no prices", "Write two numbers per million tokens, in and out: 0.15,0.60"
        ) from None
    return sent, back


def _cost(tokens: tuple[int, int], prices: tuple[float, float] | None) -> str:
    if prices is None:
        return ""
    return f"{(tokens[0] * prices[0] + tokens[1] * prices[1]) / 1e6:.4f} in the prices' currency"
