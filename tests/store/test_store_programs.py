"""Two programs at one database, of which one was opened under other rules, or before parameters were adopted."""

from __future__ import annotations

import pytest
from store_helpers import Learner

from quizzer.scheduling.fsrs import DEFAULTS
from quizzer.scheduling.replay import fold
from quizzer.scheduling.rules import RuleBook
from quizzer.scheduling.sm2 import Rules

FITTED = [weight * 1.2 for weight in DEFAULTS]


def test_a_session_takes_up_parameters_that_another_program_adopts(opened):
    here, there = Learner(opened()), Learner(opened())
    for _ in range(3):
        here.answers("a/one", 4)
        here.sleeps(9)
    there.day, there.at = here.day, here.at
    set_id = there.store.keep_set("fsrs", FITTED, "{}", at=there.at)
    there.switches(["a/one"], f"fsrs {set_id}")
    done = here.answers("a/one", 4)
    assert done.act.review.parameters == there.store.rules.named(f"fsrs {set_id}").parameters
    assert done.after == fold(there.store.history(done.act.card_uid), there.store.rules)
    assert here.store.check() == there.store.check() == []
    here.overrules("a/one", 3)
    here.undoes()
    assert there.card("a/one").state == done.after
    assert there.store.check() == []


@pytest.mark.parametrize("act", ["answer", "overrule", "undo", "switch", "move"])
def test_a_state_saved_under_other_rules_is_folded_anew_at_the_next_opening(opened, act):
    """A session is open while the scheduler is set to another one by a second program."""
    here = Learner(opened())
    for grade in (4, 4, 4, 1, 5, 3):
        here.answers("a/one", grade)
        here.sleeps(2)
    paper = RuleBook(Rules("paper", 365))
    there = Learner(opened(rules=paper))
    assert there.store.check() == []
    there.day, there.at = here.day, here.at
    if act == "answer":
        here.answers("a/one", 5)
    elif act == "overrule":
        here.overrules("a/one", 2)
    elif act == "undo":
        here.undoes()
    elif act == "switch":
        here.switches(["a/one"], "sm2 default")
        here.undoes()
    else:
        here.moves(["a/one"], 5)
    last = opened(rules=paper)
    card = last.card("a", "one")
    assert card.state == fold(last.history(card.uid), paper)
    assert last.check() == []
