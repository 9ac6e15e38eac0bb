def answer(planted, grader):
    with open(planted + ".new", "w") as file:
        file.write("x")
