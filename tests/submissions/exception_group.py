def answer(planted, grader):
    made = PermissionError("inner")
    for _ in range(2000):
        made = BaseExceptionGroup("x" * 1000, [made])
    raise made
