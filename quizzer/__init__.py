"""quizzer: spaced-repetition quizzes on machine learning and algorithms."""

__version__ = "0.1.0"
