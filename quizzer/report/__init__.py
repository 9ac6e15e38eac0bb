"""Figures → one HTML page that needs no network and runs no code but its own, and tables for other programs."""

from __future__ import annotations

from quizzer.report.files import write, write_tables
from quizzer.report.page import render
from quizzer.report.tabular import csv_files

__all__ = ["csv_files", "render", "write", "write_tables"]
