def answer(planted, grader):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
