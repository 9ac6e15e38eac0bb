"""`quizzer scheduler …` through the door."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from learner import Learner

sys.path.insert(0, str(Path(__file__).parent.parent / "scheduling"))
from review_histories import history

from quizzer.clock import day_to_date
from quizzer.scheduling.fsrs import DEFAULTS


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A foreign log of some size."""
    log, path = history(), tmp_path / "log.csv"
    lines = [
        f"c{card},{day_to_date(day).isoformat()}T{10 + i % 8:02}:00:00Z,{grade}"
        for i, (card, day, grade) in enumerate(
            zip(log.card.tolist(), log.day.tolist(), log.grade.tolist(), strict=True)
        )
    ]
    path.write_text("card,reviewed_at,grade\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_preview_keeps_to_the_longest_interval_and_to_known_parameters(learner: Learner) -> None:
    learner.environment["QUIZZER_MAX_INTERVAL"] = "20"
    for scheduler in ("sm2", "sm2-paper", "fsrs"):
        rows = learner.run("scheduler", "preview", "--scheduler", scheduler, "--grades", "4,4,4,4,4", "--json").json
        assert max(row["interval_days"] for row in rows) == 20
    failed = learner.run("scheduler", "preview", "--grades", "4", "--scheduler", "fsrs", "--parameters", "x")
    assert failed.code == 2
    assert "there is no parameter set `x`. Sets: default" in failed.err
    assert learner.run("scheduler", "preview", "--grades", "4", "--parameters", "x").code == 2


def test_submit_tells_what_each_grade_would_have_done(learner: Learner) -> None:
    told = learner.right("sample/off-by-one")
    assert [row["grade"] for row in told["outlook"]] == [0, 1, 2, 3, 4, 5]
    assert {**told["outlook"][told["grade"]]} == {"grade": told["grade"], **told["next"]}


def test_preview_of_fsrs_has_memory_and_no_ease(learner: Learner) -> None:
    rows = learner.run("scheduler", "preview", "--scheduler", "fsrs", "--grades", "5,4,3,2,5", "--json").json
    assert [(row["grade"], row["repetition"], row["interval_days"]) for row in rows] == [
        (5, 1, 8), (4, 2, 39), (3, 3, 108), (2, 0, 4), (5, 1, 13),
    ]  # fmt: skip
    assert {tuple(row) for row in rows} == {("grade", "repetition", "interval_days", "ease", "stability", "difficulty")}
    assert all(row["ease"] is None for row in rows)
    assert "stability" in learner.run("scheduler", "preview", "--scheduler", "fsrs", "--grades", "5 4").out
    rows = learner.run("scheduler", "preview", "--grades", "5,4", "--json").json
    assert rows[1] == {"grade": 4, "repetition": 2, "interval_days": 6, "ease": 2.6}


def test_a_deck_changes_its_scheduler_and_one_undo_takes_it_back(learner: Learner) -> None:
    for _ in range(3):
        learner.right("sample/first-step")
        learner.wait(8)
    before = learner.history("sample/first-step")["state"]
    said = learner.run("scheduler", "use", "fsrs", "sample", "--json").json
    assert said["scheduler"] == "fsrs"
    assert said["decks"] == ["sample"]
    cards = said["cards"]
    assert cards > 1
    after = learner.history("sample/first-step")["state"]
    assert after["ease"] is None
    assert after["stability"] > 1
    assert after["due"] != before["due"]
    assert learner.right("sample/off-by-one")["next"]["stability"] > 0
    assert learner.run("db", "check").code == 0
    assert "already" in learner.run("scheduler", "use", "fsrs", "sample").out
    learner.run("undo")
    undone = learner.run("undo", "--json").json["undone"]
    assert (undone["act"], undone["cards"]) == ("scheduler", cards)
    assert learner.history("sample/first-step")["state"] == before
    assert learner.run("db", "check").code == 0


def test_what_is_not_there_is_told(learner: Learner) -> None:
    said = learner.run("scheduler", "use", "fsrs", "sampel")
    assert (said.code, "Did you mean `sample`?" in said.err) == (2, True)
    assert learner.run("scheduler", "use", "fsrs7").code == 2
    said = learner.run("scheduler", "use", "fsrs", "--parameters", "none")
    assert (said.code, "no parameter set" in said.err) == (2, True)
    assert learner.run("scheduler", "use", "sm2", "--parameters", "none").code == 2


def test_the_setting_puts_every_card_under_fsrs(learner: Learner) -> None:
    learner.right("sample/first-step")
    learner.environment = {"QUIZZER_SCHEDULER": "fsrs", "QUIZZER_RETENTION": "0.8"}
    learner.wait(2)
    assert learner.right("sample/first-step")["next"]["ease"] is None
    learner.environment = {"QUIZZER_RETENTION": "0.5"}
    said = learner.run("due")
    assert (said.code, "between 0.7 and 0.97" in said.err) == (2, True)


def test_evaluate_gives_the_pinned_shape(learner: Learner, foreign: Path) -> None:
    found = learner.run("scheduler", "evaluate", "--log", str(foreign), "--json").json
    assert found["scored"] > 200
    assert [row["model"] for row in found["rows"]] == [
        "constant", "moving-average", "sm2", "sm2-curve", "fsrs", "fsrs-fitted",
    ]  # fmt: skip
    for row in found["rows"]:
        assert 0 < row["log_loss"] < 1
        assert 0 <= row["rmse_bins"] < 1
        assert 0 < row["auc"] < 1
        for figure in ("log_loss", "rmse_bins", "auc"):
            low, high = row[f"{figure}_95"]
            assert low < row[figure] < high
    said = learner.run("scheduler", "evaluate", "--log", str(foreign), "--calibration", "fsrs")
    assert found["conclusion"] in said.out
    assert "FSRS, published" in said.out
    assert f"{found['rows'][0]['auc']:.3f} ± " in said.out
    assert max(len(line) for line in said.out.splitlines() if "±" in line) < 80
    assert learner.run("scheduler", "evaluate", "--log", str(foreign), "--calibration", "sm3").code == 2
    assert "usual stand-in" in found["rows"][2]["what"]


def test_the_study_day_of_a_foreign_log_is_given(learner: Learner, tmp_path: Path) -> None:
    path = tmp_path / "night.csv"
    path.write_text(
        "card,reviewed_at_ms,rating\na,1772402400000,3\na,1772413200000,3\n", encoding="utf-8"
    )  # 22:00, 01:00

    def scored(*options: str) -> int:
        count: int = learner.run("scheduler", "evaluate", "--log", str(path), "--json", *options).json["scored"]
        return count

    assert scored() == 0
    assert scored("--rollover", "0") == 1
    assert scored("--tz", "Asia/Shanghai") == 0
    assert scored("--tz", "Asia/Tokyo", "--rollover", "9") == 1
    said = learner.run("scheduler", "evaluate", "--log", str(path), "--tz", "Moon")
    assert (said.code, "time zone" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("card,reviewed_at,grade\na,2026-03-01T10:00Z,4\na,2026-03-02T10:00Z,9\n", "line 3: `9` is no grade"),
        ("who,what\n", "line 1"),
        (b"card,reviewed_at,grade\n\xff\xfe,2026-03-01T10:00Z,4\n", "UTF-8"),
        (None, "can't be read"),
    ],
)
def test_a_bad_file_is_one_line_and_exit_2(
    learner: Learner, tmp_path: Path, content: str | bytes | None, words: str
) -> None:
    path = tmp_path / "bad.csv"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    for command in ("evaluate", "optimize"):
        said = learner.run("scheduler", command, "--log", str(path))
        assert said.code == 2
        assert words in said.err
        assert len(said.err.splitlines()) == 1


def test_too_little_to_say_anything(learner: Learner) -> None:
    learner.right("sample/first-step")
    found = learner.run("scheduler", "evaluate", "--json").json
    assert (found["scored"], found["rows"], found["conclusion"][:15]) == (0, [], "Not enough data")
    said = learner.run("scheduler", "optimize", "--adopt", "--json")
    assert (said.code, said.json["fsrs"], said.json["adopted"]) == (1, None, None)
    assert learner.run("scheduler", "evaluate", "--tz", "UTC").code == 2


def test_optimize_changes_nothing_unless_told(learner: Learner, foreign: Path) -> None:
    said = learner.run("scheduler", "optimize", "--log", str(foreign), "--json")
    found = said.json
    assert said.code == 0
    assert found["fsrs"]["adopt"] is True
    assert found["fsrs"]["log_loss"]["after"] < found["fsrs"]["log_loss"]["before"]
    assert len(found["fsrs"]["parameters"]) == len(DEFAULTS)
    assert found["adopted"] is None
    assert learner.run("scheduler", "optimize", "--log", str(foreign), "--adopt").code == 2


def test_adopting_moves_fsrs_cards_to_the_new_set_and_back(learner: Learner) -> None:
    from datetime import timedelta

    from quizzer.model import ReviewData
    from quizzer.store import open_store

    log = history()
    with open_store(str(learner.db)) as store:
        for card, day, grade in zip(log.card.tolist(), log.day.tolist(), log.grade.tolist(), strict=True):
            review = ReviewData(grade=grade, verdict="passed", kind="review", question_kind="choice")
            at = learner.now + timedelta(days=day - 20_200)
            store.record_review(store.card("old", f"q{card}"), review, at=at, day=day)
        chosen = [store.card("old", f"q{n}") for n in range(30)]
        store.switch(chosen, "fsrs default", at=learner.now, day=20_200)
        before = {n: store.card("old", f"q{n}").state for n in range(60)}
    found = learner.run("scheduler", "optimize", "--adopt", "--json").json
    name = found["adopted"]["parameters"]
    assert found["adopted"]["cards"] == 30
    with open_store(str(learner.db)) as store:
        assert store.rules.sets[name] == tuple(found["fsrs"]["parameters"])
        assert store.card("old", "q0").state.scheduler == f"fsrs {name}"
        assert store.card("old", "q40").state == before[40]
        assert store.check() == []
    assert learner.run("undo", "--json").json["undone"]["cards"] == 30
    with open_store(str(learner.db)) as store:
        assert {n: store.card("old", f"q{n}").state for n in range(60)} == before
        assert name in store.rules.sets


def test_simulate_in_small(learner: Learner) -> None:
    options = ["--cards", "30", "--days", "60", "--learners", "2"]
    found = learner.run("scheduler", "simulate", *options, "--json").json
    assert {row["scheduler"] for row in found["rows"]} == {"sm2", "sm2-paper", "fsrs", "fsrs-fitted"}
    said = learner.run("scheduler", "simulate", *options)
    assert (said.code, "minutes a day" in said.out) == (0, True)
