import socket


def answer(planted, grader):
    return socket.create_connection(("127.0.0.1", 22), timeout=1).recv(10)
