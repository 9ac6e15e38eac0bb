import os


def answer(planted, grader):
    os.abort()
