def answer(planted, grader):
    with open("/dev/random", "rb") as file:
        return file.read(4)
