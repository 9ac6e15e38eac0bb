def answer(planted, grader):
    return 9**9**8
