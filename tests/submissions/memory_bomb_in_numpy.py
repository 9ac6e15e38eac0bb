import numpy as np


def answer(planted, grader):
    return np.ones((40_000, 40_000)).sum()
