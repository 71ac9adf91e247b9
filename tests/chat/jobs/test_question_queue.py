"""The queue of questions."""

from contextlib import ExitStack

from assistant.chat.jobs.question_queue import QuestionQueue


def test_some_questions_start_at_once_and_the_rest_wait_in_order() -> None:
    queue = QuestionQueue(2)
    with ExitStack() as ending:
        places = [ending.enter_context(queue.ticket()) for _ in range(4)]
        assert [queue.ahead(place) for place in places] == [0, 0, 1, 2]
    with queue.ticket() as alone:
        assert queue.ahead(alone) == 0
