import threading


def answer(planted, grader):
    thread = threading.Thread(target=print)
    thread.start()
    thread.join()
