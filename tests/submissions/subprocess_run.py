def answer(planted, grader):
    import subprocess

    return subprocess.run(["/bin/ls", "/"], capture_output=True).stdout
