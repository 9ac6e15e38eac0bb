# The 32-bit entry of an x86-64 kernel has other numbers: the filter must not be fooled by them.
import ctypes


def answer(planted, grader):
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    code = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"  # mov eax, 20; int 0x80; ret
    page = libc.mmap(None, 4096, 7, 0x22, -1, 0)  # readable, writable, executable, our own
    ctypes.memmove(page, code, len(code))
    return ctypes.CFUNCTYPE(ctypes.c_int)(page)()
