def answer(planted, grader):
    raise SystemExit(0)
