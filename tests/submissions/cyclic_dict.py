def answer(planted, grader):
    result = {}
    result["again"] = ({1: [result]},)
    return result
