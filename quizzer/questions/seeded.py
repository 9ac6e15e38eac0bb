"""Choices that a seed makes: the same on every machine, version and year, through SHA-256."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def permutation(seed: int, label: str, count: int) -> list[int]:
    """An order of 0…count-1, a function of (seed, label): indices sorted by their hash."""
    keys = [hashlib.sha256(f"{seed}:{label}:{index}".encode()).digest() for index in range(count)]
    return sorted(range(count), key=keys.__getitem__)


def pick(seed: int, label: str, count: int) -> int:
    """One of 0…count-1, a function of (seed, label). The bias of the remainder is below 2⁻⁶⁴ for any real count."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{label}".encode()).digest(), "big") % count


def content_hash(data: Any) -> str:
    """A short stable hash of plain data (numbers by their spelling, keys in order of name)."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:20]
