import os


def answer(planted, grader):
    return [os.getuid() == 0, os.geteuid() == 0, dict(os.environ), os.getpid() == grader]
