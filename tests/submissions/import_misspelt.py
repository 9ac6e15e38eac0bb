from collections import Mapping


def answer(planted, grader):
    return 1
