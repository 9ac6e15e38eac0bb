# msgpack has a type of its own for times, which no plain value has.
import datetime

import msgpack


def answer(planted, grader):
    return [msgpack.Timestamp(1, 2)]
