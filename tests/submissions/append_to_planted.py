def answer(planted, grader):
    with open(planted, "a") as file:
        file.write("x")
