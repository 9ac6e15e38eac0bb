def slow():
    while True:
        yield sum(range(10_000))


def answer(planted, grader):
    return slow()
