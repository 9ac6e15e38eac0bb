def answer(planted, grader):
    return answer(planted, grader)
