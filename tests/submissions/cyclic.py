def answer(planted, grader):
    result = []
    result.append(result)
    return result
