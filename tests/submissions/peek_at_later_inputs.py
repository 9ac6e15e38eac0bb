# Whether anything beyond this request can be read already.
import select


def answer(planted, grader):
    poll = select.poll()
    poll.register(3, select.POLLIN)
    return [event for _, event in poll.poll(50)]
