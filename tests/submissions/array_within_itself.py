import numpy as np


def answer(planted, grader):
    made = np.array([1, None], dtype=object)
    made[1] = made
    return made
