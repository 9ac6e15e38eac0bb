"""One sitting, and the desk at which a single card is asked, graded and recorded."""

from quizzer.session.asking import Ask, Desk
from quizzer.session.study import Answered, Study, Tally, Wish

__all__ = ["Answered", "Ask", "Desk", "Study", "Tally", "Wish"]
