import numpy as np


def answer(planted, grader):
    return np.zeros(3, dtype=[("a", "i4"), ("b", "O")])
