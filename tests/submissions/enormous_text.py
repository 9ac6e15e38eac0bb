def answer(planted, grader):
    return "x" * 80_000_000
