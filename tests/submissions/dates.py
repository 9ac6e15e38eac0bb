import numpy as np


def answer(planted, grader):
    return np.datetime64("2020-01-01")
