def answer(planted, grader):
    return [{(2**61 - 1) * i: 0 for i in range(30_000)}]
