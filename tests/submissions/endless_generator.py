import itertools


def answer(planted, grader):
    return itertools.count()
