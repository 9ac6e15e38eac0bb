import os


def answer(planted, grader):
    os.symlink("/etc/passwd", planted + ".link")
