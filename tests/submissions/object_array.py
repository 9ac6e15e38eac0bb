import numpy as np


def answer(planted, grader):
    return np.array([1, object()], dtype=object)
