"""The libraries that read feeds, pages and PDFs, and what they rest on: all that a confined child may import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import metadata
from importlib.machinery import ModuleSpec, PathFinder, all_suffixes
from pathlib import Path
from types import ModuleType

NEEDED = ("chardet", "feedparser", "lxml", "markdownify", "pypdf", "trafilatura")
"""Distributions of the extra `articles`."""
_NAME = re.compile(r"([\w.-]+)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"extra\s*==\s*[\"']([^\"']*)")


@cache
def installed() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Top-level modules of NEEDED and of all that these require, where installed; and the folders that tell of them.

    They are read from what the installer left, so a new release may rest on other libraries than today's.
    """
    modules: set[str] = set()
    records: dict[str, str] = {}
    waiting = [(name, "") for name in NEEDED]
    seen: set[tuple[str, str]] = set()
    while waiting:
        name, extras = wanted = waiting.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # told when it is imported; its modules may be there all the same
            modules.update({name}.intersection(NEEDED))
            continue
        records[name] = str(getattr(distribution, "_path", ""))
        modules |= _top_level(distribution)
        waiting += _required(distribution, extras)
    return tuple(sorted(modules)), tuple(sorted(filter(None, records.values())))


def _top_level(distribution: metadata.Distribution) -> set[str]:
    record = distribution.read_text("RECORD")
    if record is None:  # Debian's packages keep none
        return set((distribution.read_text("top_level.txt") or distribution.metadata["Name"]).split())
    suffixes = tuple(all_suffixes())
    firsts = {line.partition(",")[0].partition("/")[0] for line in record.splitlines()}
    # `six.py`, `hash__mypyc.cpython-311-….so` and folders; not `lxml-6.0.dist-info`, `..`, `numpy.libs`.
    return {first.partition(".")[0] for first in firsts if "." not in first or first.endswith(suffixes)} - {""}


def _required(distribution: metadata.Distribution, extras: str) -> list[tuple[str, str]]:
    """Names with extras of what it requires; read from the text, since parsing it takes ten times as long."""
    head = (distribution.read_text("METADATA") or "").partition("\n\n")[0]
    chosen = {_folded(extra) for extra in extras.split(",")}
    found = []
    for line in head.splitlines():
        if line.startswith("Requires-Dist:"):
            wanted, _, marker = line.partition(":")[2].partition(";")
            name, only_for = _NAME.match(wanted.strip()), _EXTRA.search(marker)
            if name and (only_for is None or _folded(only_for[1]) in chosen):
                found.append((name[1], name[2] or ""))
    return found


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name.strip()).lower()


class Known:
    """Finds libraries where they were seen when they could still be looked for; a finder for `sys.meta_path`."""

    def __init__(self, modules: Iterable[str], records: Sequence[str]) -> None:
        """`modules` and `records` as `installed` gives them; looked for along `sys.path` as it is now."""
        self._specs: Mapping[str, ModuleSpec] = {
            name: spec for name in modules if (spec := PathFinder.find_spec(name)) is not None
        }
        self._records = {_folded(Path(record).name.partition("-")[0]): record for record in records}

    def places(self) -> list[Path]:
        """Files and folders that must be readable for them to be imported."""
        found = [
            place for spec in self._specs.values() for place in spec.submodule_search_locations or [spec.origin or ""]
        ]
        return [Path(place) for place in [*found, *self._records.values()] if place]

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """As import asks for a module."""
        return self._specs.get(name)

    def find_distributions(
        self, context: metadata.DistributionFinder.Context | None = None
    ) -> Iterable[metadata.Distribution]:
        """As a library asks for its own version."""
        wanted = context.name if context is not None else None
        if wanted is None:
            return [metadata.Distribution.at(record) for record in self._records.values()]
        record = self._records.get(_folded(wanted))
        return [metadata.Distribution.at(record)] if record else []
