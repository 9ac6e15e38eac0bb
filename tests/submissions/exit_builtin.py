def answer(planted, grader):
    exit()
