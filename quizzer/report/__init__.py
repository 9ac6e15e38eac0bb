"""Figures → one HTML page that needs no network and runs no code but its own."""

from __future__ import annotations

from quizzer.report.files import write
from quizzer.report.page import render

__all__ = ["render", "write"]
