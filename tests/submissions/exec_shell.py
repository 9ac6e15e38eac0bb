import os


def answer(planted, grader):
    os.execv("/bin/sh", ["sh", "-c", "echo gotcha"])
