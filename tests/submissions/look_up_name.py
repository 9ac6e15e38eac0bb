import socket


def answer(planted, grader):
    return socket.getaddrinfo("example.org", 80)
