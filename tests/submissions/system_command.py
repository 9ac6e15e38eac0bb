import os


def answer(planted, grader):
    status = os.system("true")
    if status == 0:
        return "ran"
    raise PermissionError(status, "no shell")
