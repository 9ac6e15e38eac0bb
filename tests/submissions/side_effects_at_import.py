print("loading")
with open("/tmp/quizzer-was-here", "w") as file:
    file.write("x")


def answer(planted, grader):
    return 1
