def answer(planted, grader):
    with open("/tmp/quizzer-was-here", "w") as file:
        file.write("x")
