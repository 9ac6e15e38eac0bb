def answer(planted, grader):
    return [1, object()]
