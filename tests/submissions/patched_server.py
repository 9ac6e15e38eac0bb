# Reaches into the loop that runs it. All it can win is to return a value of its choosing.
import sys

main = sys.modules["__main__"]
main._outcome = None
main.Wire.pack = lambda self, value: b"\xa5wrong"


def answer(planted, grader):
    return "whatever"
