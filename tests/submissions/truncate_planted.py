import os


def answer(planted, grader):
    os.truncate(planted, 0)
