def answer(planted, grader):
    return 1 << 10**7
