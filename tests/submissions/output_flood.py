def answer(planted, grader):
    while True:
        print("x" * 10_000)
