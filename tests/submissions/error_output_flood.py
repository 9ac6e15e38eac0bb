import os


def answer(planted, grader):
    while True:
        os.write(2, b"\x1b[31m" * 10_000)
