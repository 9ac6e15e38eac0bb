def answer(planted, grader):
    return len(bytearray(10**10))
