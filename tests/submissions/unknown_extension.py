import msgpack


def answer(planted, grader):
    return msgpack.ExtType(99, b"")
