# By the C library and by number: each must fail.
import ctypes


def answer(planted, grader):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    path, new = planted.encode(), planted.encode() + b".new"
    calls = {
        "socket": lambda: libc.socket(2, 1, 0),
        "ptrace": lambda: libc.ptrace(16, grader, 0, 0),
        "kill": lambda: libc.kill(grader, 9),
        "open": lambda: libc.open(path, 0),
        "creat": lambda: libc.creat(new, 0o644),
        "prctl": lambda: libc.prctl(4, 1, 0, 0, 0),
        "unshare": lambda: libc.unshare(0x10000000),
        "setns": lambda: libc.setns(3, 0),
        "mount": lambda: libc.mount(b"none", b"/tmp", b"tmpfs", 0, None),
        "setuid": lambda: libc.setuid(0),
        "setpriority": lambda: libc.setpriority(0, 0, 19),
        "memfd": lambda: libc.memfd_create(b"x", 0),
        "shmget": lambda: libc.shmget(0, 4096, 0o1777),
        "pipe": lambda: libc.pipe((ctypes.c_int * 2)()),
        "epoll": lambda: libc.epoll_create1(0),
        "vm_read": lambda: libc.process_vm_readv(grader, 0, 0, 0, 0, 0),
        "io_uring": lambda: libc.syscall(425, 1, 0),
        "pidfd_open": lambda: libc.syscall(434, grader, 0),
        "pidfd_getfd": lambda: libc.syscall(438, 3, 0, 0),
        "openat2": lambda: libc.syscall(437, -100, path, 0, 0),
        "clone3": lambda: libc.syscall(435, 0, 0),
        "landlock": lambda: libc.syscall(444, 0, 0, 1),
        "no such call": lambda: libc.syscall(9999),
        "another table": lambda: libc.syscall(0x40000000 + 39),
    }
    return [name for name, call in calls.items() if call() != -1]
