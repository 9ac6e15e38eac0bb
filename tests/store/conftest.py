"""The store's tests run on every road: the quick one, SQLAlchemy over SQLite, a real PostgreSQL where there is one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from postgres import new_schema
from store_helpers import Learner, Shelf

from quizzer.store import Store, open_store


@pytest.fixture(params=["quick", "sqlalchemy", "postgresql"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Opens the test's one database, as often as wanted; every connection is closed at the end."""
    stores: list[Store] = []
    if request.param == "postgresql":
        place, road = new_schema(request.getfixturevalue("server")), "sqlalchemy"
    else:
        place, road = str(tmp_path / "quizzer.db"), request.param

    def make(*, keep: bool = True, **options: Any) -> Store:
        store = open_store(place, road=road, **options)
        if keep:
            stores.append(store)
        return store

    yield make
    for store in stores:
        store.close()


@pytest.fixture(params=["quick", "sqlalchemy", "postgresql"])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """Opens databases by name, each the same at every call, all on one road."""
    stores: dict[str, Store] = {}

    def named(name: str) -> Store:
        if name not in stores:
            if request.param == "postgresql":
                stores[name] = open_store(new_schema(request.getfixturevalue("server")))
            else:
                stores[name] = open_store(str(tmp_path / f"{name}.db"), road=request.param)
        return stores[name]

    yield named
    for store in stores.values():
        store.close()


@pytest.fixture
def learner(opened: Callable[..., Store]) -> Learner:
    return Learner(opened())


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "decks")


@pytest.fixture
def python() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a program in an interpreter of its own."""

    def run(source: str, *args: str, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", source, *args], capture_output=True, text=True, encoding="utf-8", **options
        )

    return run
