import os


def answer(planted, grader):
    done = []
    for deed in (
        lambda: os.link(planted, planted + ".link"),
        lambda: os.rename(planted, planted + ".moved"),
        lambda: os.unlink(planted),
        lambda: os.mkfifo(planted + ".pipe"),
        lambda: os.mkdir(planted + ".folder"),
        lambda: os.utime(planted, (0, 0)),
        lambda: os.setxattr(planted, "user.x", b"x"),
        lambda: os.chown(planted, 0, 0),
        lambda: os.chroot("/"),
        lambda: os.chdir("/"),
    ):
        try:
            deed()
            done.append("done")
        except OSError:
            pass
    return done
