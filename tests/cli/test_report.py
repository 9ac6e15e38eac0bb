"""`quizzer report` and `stats` through the command: page, JSON, CSV, after real answers."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

from learner import Learner


def counts(page: Path) -> dict[str, Any]:
    """What the page's filters add up."""
    found = re.search(r'<script type="application/json" id="counts">(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_figures_of_a_few_answers_stand_in_page_json_and_csv_alike(learner: Learner, tmp_path: Path) -> None:
    page, folder = tmp_path / "报告.html", tmp_path / "new" / "figures"
    learner.answer("sample/off-by-one", "3")
    learner.answer("sample/area", "?")
    learner.answer("sample/area", "?")  # a drill: one state change a day
    learner.answer("sample/geometric", "?")
    learner.run("undo")
    learner.wait(2)
    learner.answer("sample/area", "?")
    said = learner.run("report", "-o", str(page), "--csv", str(folder), "--json")
    assert said.code == 0, said.err
    told = said.json
    figures = told["figures"]
    assert (told["path"], told["bytes"]) == (str(page), page.stat().st_size)
    assert figures["reviews"] == 3
    assert [(day["reviews"], day["drills"]) for day in figures["days"]] == [(2, 1), (1, 0)]
    kept = figures["retention"]["overall"]
    assert (kept["recalled"], kept["total"], kept["value"]) == (0, 1, 0.0)
    assert 0.8 < kept["expected"] < 0.9  # a day late
    assert [card["name"] for card in figures["weakest"]][:1] == ["sample/area"]
    assert figures == learner.run("stats", "--json").json
    assert sorted(told["csv"]) == sorted(str(path) for path in folder.iterdir())
    with (folder / "days.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["day"], row["reviews"]) for row in rows] == [
        (day["day"], str(day["reviews"])) for day in figures["days"]
    ]
    with (folder / "retention.csv").open(encoding="utf-8", newline="") as file:
        (overall, *_) = csv.DictReader(file)
    assert (overall["answers"], overall["total"], float(overall["value"])) == ("overall", "1", 0.0)
    data = counts(page)
    assert data["decks"] == ["sample"]
    assert sum(data["tables"]["days"][1]) == 3
    assert sum(data["tables"]["forecast"][1]) == len(data["tables"]["forecast"][0])


def test_a_deck_s_words_are_no_formula_for_a_spreadsheet() -> None:
    from quizzer.report.tabular import _safe

    assert [_safe(text) for text in ("=1+1", "@x", "-2", "plain", -2)] == ["'=1+1", "'@x", "'-2", "plain", -2]


def test_derivation_steps_that_were_missed_are_named(learner: Learner, tmp_path: Path) -> None:
    shown = learner.run("show", "sample/geometric", "--rung", "recall", "--json").json
    wrong = ["r + 7"] * len(shown["blanks"])
    learner.answer("sample/geometric", *wrong, options=["--rung", "recall"])
    told = learner.run("report", "-o", str(tmp_path / "r.html"), "--json").json["figures"]["steps"]
    assert len(told) == len(wrong)
    assert {(step["name"], step["missed"], step["asked"]) for step in told} == {("sample/geometric", 1, 1)}
    assert all(step["say"] for step in told)
    assert all(step["say"][:10] in (tmp_path / "r.html").read_text("utf-8") for step in told if "$" not in step["say"])


def test_a_folder_that_cannot_be_made_is_told_in_one_line(learner: Learner, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = learner.run("report", "-o", str(tmp_path / "r.html"), "--csv", str(tmp_path / "file"))
    assert said.code == 3
    assert "--csv" in said.err
    assert "Traceback" not in said.err
