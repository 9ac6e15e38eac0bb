def answer(planted, grader):
    return lambda: 1
