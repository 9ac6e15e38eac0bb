def answer(planted, grader):
    with open("/etc/passwd") as file:
        return file.read()
