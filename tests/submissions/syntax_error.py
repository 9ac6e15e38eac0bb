def answer(planted, grader):
    retrun 1
