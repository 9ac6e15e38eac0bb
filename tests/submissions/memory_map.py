import numpy as np


def answer(planted, grader):
    return bytes(np.memmap(planted, dtype="u1", mode="r")[:30])
