import os


def answer(planted, grader):
    return os.listdir("/")
