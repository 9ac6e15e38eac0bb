import socket


def answer(planted, grader):
    server = socket.create_server(("127.0.0.1", 0))
    return server.getsockname()
