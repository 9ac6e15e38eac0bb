import re


def answer(planted, grader):
    return bool(re.match("(a+)+$", "a" * 60 + "b"))
