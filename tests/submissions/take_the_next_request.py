# Reads from its own request pipe: it waits for what only comes when it has answered.
import os


def answer(planted, grader):
    return os.read(3, 1)
