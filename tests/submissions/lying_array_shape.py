import struct

import msgpack


def answer(planted, grader):
    return msgpack.ExtType(4, struct.pack("<BB7s1Q", 7, 1, b"float64", 10**15) + bytes(8))
