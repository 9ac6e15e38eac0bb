"""How near a typed number must be: `integer`, `{rel: r}`, `{abs: a}`, `{sigfigs: n}`, `unordered`, `exact`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from quizzer.lean import dataclass
from quizzer.questions.fields import WRONG, Issues
from quizzer.questions.nodes import Node
from quizzer.text import nearest


@dataclass(frozen=True, slots=True)
class Accept:
    """A rule of acceptance. With both `rel` and `abs` either suffices; `sigfigs` counts significant digits."""

    integer: bool = False
    rel: Decimal | None = None
    abs: Decimal | None = None
    sigfigs: int | None = None
    unordered: bool = False
    exact: bool = False

    def tolerance(self, expected: Any) -> Any:
        """The largest accepted distance from `expected` (an mpf); 0 where only equality counts."""
        import mpmath

        if self.integer or self.exact:
            return mpmath.mpf(0)
        if self.sigfigs is not None:
            if expected == 0:
                return mpmath.mpf(0)
            exponent = int(mpmath.floor(mpmath.log10(abs(expected))))
            return mpmath.mpf(10) ** (exponent - self.sigfigs + 1) / 2
        out = mpmath.mpf(0)
        if self.rel is not None:
            out = max(out, abs(expected) * mpmath.mpf(str(self.rel)))
        if self.abs is not None:
            out = max(out, mpmath.mpf(str(self.abs)))
        return out

    def near(self, value: Any, expected: Any, times: int = 1) -> bool:
        """Whether `value` lies within `times` tolerances of `expected`."""
        import mpmath

        with mpmath.workdps(40):
            gap = abs(value - expected)
            if self.integer or self.exact:
                # Both carry at least 30 digits, so what is left of a difference is rounding.
                return bool(gap <= abs(expected) * mpmath.mpf("1e-25") + mpmath.mpf("1e-12"))
            # A hair of slack: a boundary that was typed to the digit must not fail to rounding.
            return bool(gap <= times * self.tolerance(expected) * (1 + mpmath.mpf("1e-12")))

    def digits(self) -> int:
        """Significant digits worth showing: one more than the tolerance asks for."""
        if self.sigfigs is not None:
            return self.sigfigs + 1
        if self.rel is not None and self.rel > 0:
            return min(max(2, 1 - self.rel.adjusted() + 1), 12)
        return 8

    def completed(self, default: Accept) -> Accept:
        """The rule with the default tolerance where it names none, as `{unordered: true}` does."""
        if self.integer or self.exact or (self.rel, self.abs, self.sigfigs) != (None, None, None):
            return self
        return replace(default, unordered=self.unordered)


NUMBER_DEFAULT = Accept(rel=Decimal("1e-3"))
CODE_DEFAULT = Accept(rel=Decimal("1e-6"), abs=Decimal("1e-9"))
_KEYS = ("rel", "abs", "sigfigs", "unordered", "exact")


@dataclass(frozen=True, slots=True)
class AcceptSpec:
    """Reads an `accept` value of a deck."""

    def read(self, node: Node, issues: Issues) -> Any:
        if node.raw == "integer":
            return Accept(integer=True)
        if node.kind != "map":
            issues.add(node, "`accept` is not understood", "Use integer, {rel: 1e-3}, {abs: 0.01} or {sigfigs: 3}.")
            return WRONG
        found: dict[str, Any] = {}
        for name, value in node.items():
            if name.raw not in _KEYS:
                near = nearest(name.raw, _KEYS)
                issues.add(name, f"unknown key `{name.raw}` in `accept`", f"Did you mean `{near}`?" if near else "")
                return WRONG
            wanted = "bool" if name.raw in ("unordered", "exact") else "number"
            if value.kind != wanted or (wanted == "number" and value.value < 0):
                issues.add(value, f"`{name.raw}` needs {'true or false' if wanted == 'bool' else 'a positive number'}")
                return WRONG
            found[name.raw] = value.value
        if "sigfigs" in found and not (isinstance(found["sigfigs"], int) and found["sigfigs"] >= 1):
            issues.add(node, "`sigfigs` needs a whole number from 1")
            return WRONG
        for key in ("rel", "abs"):
            if key in found:
                found[key] = Decimal(found[key])
        return Accept(**found)

    def schema(self) -> dict[str, Any]:
        return {
            "anyOf": [
                {"const": "integer", "description": "exactly this whole number"},
                {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "rel": _described("number", 0, "the distance allowed, as a share of the right value"),
                        "abs": _described("number", 0, "the distance allowed"),
                        "sigfigs": _described("integer", 1, "how many significant digits must be right, and typed"),
                        "unordered": {"type": "boolean", "description": "a list may stand in any order"},
                        "exact": {"type": "boolean", "description": "no distance is allowed"},
                    },
                },
            ]
        }


def _described(kind: str, least: int, what: str) -> dict[str, Any]:
    return {"type": kind, "minimum": least, "description": what}


def match(accept: Accept, typed: Sequence[Any], expected: Sequence[Any], times: int = 1) -> bool:
    """Whether all numbers lie within `times` tolerances, in order or, when `unordered`, under some pairing (sorted)."""
    if len(typed) != len(expected):
        return False
    if accept.unordered:
        typed, expected = sorted(typed), sorted(expected)
    return all(accept.near(value, right, times) for value, right in zip(typed, expected, strict=True))
