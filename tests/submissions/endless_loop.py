def answer(planted, grader):
    while True:
        pass
