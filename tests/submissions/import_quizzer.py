import quizzer


def answer(planted, grader):
    return quizzer.__version__
