import msgpack


def answer(planted, grader):
    return [1, msgpack.ExtType(1, b"t")]
