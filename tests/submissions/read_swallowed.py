# Every way to the bytes of a file that comes to mind, refusals swallowed.
import ctypes
import io
import linecache
import os

import numpy as np


def answer(planted, grader):
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p

    def mapped():
        import mmap

        fd = os.open(planted, os.O_RDONLY)
        return bytes(mmap.mmap(fd, 0, prot=mmap.PROT_READ))

    ways = [
        lambda: open(planted).read(),
        lambda: io.FileIO(planted).read(),
        lambda: os.read(os.open(planted, os.O_RDONLY), 100),
        lambda: os.read(os.open(planted, os.O_RDONLY | os.O_PATH), 100),
        mapped,
        lambda: "".join(linecache.getlines(planted)),
        lambda: np.fromfile(planted, dtype="u1").tolist(),
        lambda: np.loadtxt(planted, dtype=str).tolist(),
        lambda: np.memmap(planted, mode="r").tolist(),
        lambda: libc.fopen(planted.encode(), b"r"),
        lambda: open(f"/proc/self/root{planted}").read(),
        lambda: open(f"/proc/{grader}/root{planted}").read(),
    ]
    found = []
    for number, way in enumerate(ways):
        try:
            value = way()
        except Exception:
            continue
        if value:
            found.append([number, value])
    return found
