def answer(planted, grader):
    with open(planted) as file:
        return file.read()
