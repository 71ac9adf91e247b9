"""The queue of questions."""

from contextlib import ExitStack

import pytest

from assistant.chat.jobs.question_queue import BusyError, QuestionQueue
from assistant.server.options import ServerOptions
from assistant.server.state import queue_of


def test_some_questions_start_at_once_and_the_rest_wait_in_order() -> None:
    queue = QuestionQueue(2)
    with ExitStack() as ending:
        places = [ending.enter_context(queue.ticket()) for _ in range(4)]
        assert [queue.ahead(place) for place in places] == [0, 0, 1, 2]
    with queue.ticket() as alone:
        assert queue.ahead(alone) == 0


def test_running_and_waiting_questions_are_counted() -> None:
    queue = QuestionQueue(2)
    with ExitStack() as ending:
        places = [ending.enter_context(queue.ticket()) for _ in range(3)]
        assert (queue.running(), queue.waiting()) == (0, 3)
        for place in places:
            queue.ahead(place)
        assert (queue.running(), queue.waiting()) == (2, 1)
    assert (queue.running(), queue.waiting()) == (0, 0)


def test_visitors_take_turns() -> None:
    queue = QuestionQueue(1)
    with ExitStack() as ending:
        ada = [ending.enter_context(queue.ticket("ada")) for _ in range(3)]
        bo = ending.enter_context(queue.ticket("bo"))
        assert [queue.ahead(place) for place in ada] == [0, 2, 3]
        assert queue.ahead(bo) == 1


def test_full_queue_says_when_to_ask_again() -> None:
    queue = QuestionQueue(1, most=3)
    with ExitStack() as ending:
        for visitor in ("ada", "bo", "cy"):
            ending.enter_context(queue.ticket(visitor))
        with pytest.raises(BusyError, match="3 questions are ahead of yours"):
            queue.check_room("dee")
        with pytest.raises(BusyError), queue.ticket("dee"):
            pass
    queue.check_room("dee")


def test_one_visitor_cannot_fill_the_queue() -> None:
    queue = QuestionQueue(1, most=10, most_of_a_visitor=2)
    with queue.ticket("ada"), queue.ticket("ada"):
        with pytest.raises(BusyError, match="2 of your questions wait"):
            queue.check_room("ada")
        queue.check_room("bo")


def test_program_may_fill_the_queue_of_a_server_but_no_visitor_of_its_page() -> None:
    queue = queue_of(ServerOptions(max_waiting=4))
    with ExitStack() as ending:
        for _ in range(4):
            ending.enter_context(queue.ticket("ada"))
        with pytest.raises(BusyError, match="4 of your questions wait"):
            ending.enter_context(queue.ticket("ada"))
        for _ in range(4):
            ending.enter_context(queue.ticket("client webui", is_program=True))
        with pytest.raises(BusyError, match="8 questions are ahead"):
            ending.enter_context(queue.ticket("client webui", is_program=True))
