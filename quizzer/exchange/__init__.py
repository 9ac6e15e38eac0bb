"""Histories on their way out and in: JSON Lines for another quizzer, CSV for other programs. Knows no database."""
