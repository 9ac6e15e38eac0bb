import socket


def answer(planted, grader):
    return len(socket.socketpair())
