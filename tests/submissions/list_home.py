import os


def answer(planted, grader):
    return os.listdir(os.path.dirname(os.path.dirname(os.__file__)))
