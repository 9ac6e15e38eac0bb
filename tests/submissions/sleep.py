import time


def answer(planted, grader):
    time.sleep(60)
