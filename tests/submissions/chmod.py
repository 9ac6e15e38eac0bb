import os


def answer(planted, grader):
    os.chmod(planted, 0o777)
