def answer(planted, grader):
    return [None] * 5_000_000
