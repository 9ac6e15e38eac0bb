import landlockpy


def answer(planted, grader):
    return 1
