import os


def answer(planted, grader):
    while True:
        os.dup(1)
