import numpy as np


def answer(planted, grader):
    return np.array(object(), dtype=object)
