def answer(planted, grader):
    return sum(range(10**18))
