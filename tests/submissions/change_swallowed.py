# Every way to change a file or folder, refusals swallowed.
import os


def answer(planted, grader):
    new = planted + ".new"
    ways = [
        lambda: os.remove(planted),
        lambda: os.rename(planted, new),
        lambda: os.replace(planted, new),
        lambda: os.link(planted, new),
        lambda: os.symlink(planted, new),
        lambda: os.symlink("/etc/passwd", "/tmp/quizzer-was-here"),
        lambda: os.chmod(planted, 0o777),
        lambda: os.chown(planted, 0, 0),
        lambda: os.utime(planted, (0, 0)),
        lambda: os.mkdir(new),
        lambda: os.mkfifo(new),
        lambda: os.mknod(new),
        lambda: os.rmdir(os.path.dirname(planted)),
        lambda: os.truncate(planted, 0),
        lambda: os.setxattr(planted, "user.x", b"1"),
        lambda: os.open(new, os.O_RDWR | os.O_CREAT),
        lambda: os.open(os.path.dirname(planted), os.O_TMPFILE | os.O_WRONLY),
        lambda: os.chdir("/tmp"),
        lambda: os.chroot("/"),
        lambda: os.umask(0) and None or os.mkdir(new, 0o777),
    ]
    done = []
    for number, way in enumerate(ways):
        try:
            way()
        except Exception:
            continue
        done.append(number)
    return done
