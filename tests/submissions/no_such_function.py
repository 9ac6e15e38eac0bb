def anwser(planted, grader):
    return 1
