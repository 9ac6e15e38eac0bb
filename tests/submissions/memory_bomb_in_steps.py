def answer(planted, grader):
    text = "x"
    while True:
        text += text
