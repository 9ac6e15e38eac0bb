def nested():
    yield nested()


def answer(planted, grader):
    return nested()
