def answer(planted, grader):
    raise KeyboardInterrupt
